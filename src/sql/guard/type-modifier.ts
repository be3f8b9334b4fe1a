import { TokenReader } from './token-reader.ts';
import type { SqlToken } from './tokens.ts';

/** pg_type.oid of the types whose modifiers are known here. */
export const typeOids = {
  bpchar: '1042',
  varchar: '1043',
  time: '1083',
  timestamp: '1114',
  timestamptz: '1184',
  interval: '1186',
  timetz: '1266',
  bit: '1560',
  varbit: '1562',
  numeric: '1700',
} as const;

const temporal: readonly string[] = [typeOids.time, typeOids.timetz, typeOids.timestamp, typeOids.timestamptz];

export function isTemporal(oid: string): boolean {
  return temporal.includes(oid);
}

/** What a length or precision takes up before the number itself (VARHDRSZ). */
const header = 4;

/**
 * The modifier of a type as typed, as pg_attribute.atttypmod has it (varchartypmodin, numerictypmodin and their like): -1 for none;
 * undefined: there is one whose number is not known. `element` is the oid of the type, of an array's elements.
 */
export function typeModifier(type: readonly SqlToken[], element: string): number | undefined {
  const reader = new TokenReader(type);
  while (!reader.isDone && reader.peek()?.kind !== 'open') reader.at++;
  const group = reader.group();
  if (element === typeOids.interval) return intervalModifier(type, group);
  if (group === undefined) return isOneByDefault(type) ? (element === typeOids.bit ? 1 : header + 1) : -1;
  const [first, second = 0] = numbers(group);
  if (first === undefined) return undefined;
  switch (element) {
    case typeOids.varchar:
    case typeOids.bpchar:
      return first + header;
    case typeOids.bit:
    case typeOids.varbit:
      return first;
    case typeOids.numeric:
      return ((first << 16) | (second & 0x7ff)) + header;
    default:
      return isTemporal(element) ? Math.min(first, finest) : undefined;
  }
}

/** Digits of a second that are kept at most (MAX_TIMESTAMP_PRECISION). */
export const finest = 6;

/** CHAR and BIT, the key words, are of length 1; "bpchar" and "bit", the names, of none. */
function isOneByDefault(type: readonly SqlToken[]): boolean {
  const words = type.filter(({ kind }) => kind === 'word').map(({ value }) => value);
  if (type[1]?.kind === 'dot' || words.includes('varying') || type[0]?.kind !== 'word') return false;
  return /^(?:char|character|nchar|national|bit)$/.test(words[0] ?? '');
}

function numbers(group: readonly SqlToken[]): readonly number[] {
  const read: number[] = [];
  for (const [at, token] of group.entries()) {
    if (token.kind !== 'number') continue;
    read.push(group[at - 1]?.text === '-' ? -Number(token.text) : Number(token.text));
  }
  return read;
}

// utils/timestamp.h and utils/datetime.h.
const fullRange = 0x7fff;
const fullPrecision = 0xffff;
const fieldBits = { month: 1, year: 2, day: 3, hour: 10, minute: 11, second: 12 } as const;
const fieldOrder = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;

function intervalModifier(type: readonly SqlToken[], group: readonly SqlToken[] | undefined): number {
  const named = fieldOrder.filter((field) => type.some(({ kind, value }) => kind === 'word' && value === field));
  const [precision] = numbers(group ?? []);
  const [from, to] = [named[0], named.at(-1)];
  if (from === undefined || to === undefined) return precision === undefined ? -1 : intervalCode(fullRange, precision);
  const within = fieldOrder.slice(fieldOrder.indexOf(from), fieldOrder.indexOf(to) + 1);
  const mask = within.reduce((bits, field) => bits | (1 << fieldBits[field]), 0);
  return intervalCode(mask, precision ?? fullPrecision);
}

function intervalCode(range: number, precision: number): number {
  return (range << 16) | (precision === fullPrecision ? precision : Math.min(precision, finest));
}

/** What the modifier of an interval keeps: `leastField` counts from the second, 0, to the year, 5. */
export function intervalParts(modifier: number): { readonly leastField: number; readonly precision: number } {
  if (modifier < 0) return { leastField: 0, precision: fullPrecision };
  const range = (modifier >> 16) & fullRange;
  const least = fieldOrder.findLastIndex((field) => (range & (1 << fieldBits[field])) !== 0);
  return { leastField: range === fullRange ? 0 : fieldOrder.length - 1 - least, precision: modifier & fullPrecision };
}

/** Of numeric(precision, scale); undefined for one without. */
export function numericParts(modifier: number): { readonly precision: number; readonly scale: number } | undefined {
  if (modifier < header) return undefined;
  return { precision: ((modifier - header) >> 16) & 0xffff, scale: (modifier - header) & 0x7ff };
}
