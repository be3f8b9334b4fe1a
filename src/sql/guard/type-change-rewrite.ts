import type { TypeChange } from './column-change.ts';
import type { RewriteVerdict } from './ddl-fact.ts';
import { finest, intervalParts, isTemporal, numericParts, typeModifier, typeOids } from './type-modifier.ts';

/** `plain`: it is called for each value; `seen-through`: the planner may find that it does nothing (SQL, a support function). */
export type FunctionKind = 'plain' | 'seen-through';

/** What the catalog says of a change of a column's type. Types by their oid; `base` is that below all domains. */
export interface TypeChangeFacts {
  /** pg_class.relkind. */
  readonly relationKind: string;
  /** Computed when it is read (18 and newer). */
  readonly isVirtual: boolean;
  readonly from: SideOfChange & { readonly modifier: number };
  readonly to: SideOfChange & {
    /** Of an array its elements', else `base`. */
    readonly element: string;
    readonly isDomain: boolean;
    /** What a domain says of its base type. */
    readonly domainModifier: number;
    readonly isConstrained: boolean;
    readonly takesModifiers: boolean;
    /** Fits a value to a modifier; undefined: nothing has to. */
    readonly lengthFunction: FunctionKind | undefined;
  };
  /** Of pg_cast, from base to base. */
  readonly cast: { readonly method: string; readonly context: string; readonly function: FunctionKind | undefined } | undefined;
  /** Of USING x::type: undefined for a name that means none. */
  readonly castType: string | undefined;
  readonly timeZone: SessionTimeZone;
}

interface SideOfChange {
  readonly type: string;
  readonly base: string;
  readonly isString: boolean;
  readonly isArray: boolean;
}

export interface SessionTimeZone {
  readonly name: string;
  /** It was off UTC at one of some instants since 1800. */
  readonly isOff: boolean;
}

const staysSentence =
  'Everybody waits, readers too, but the stored values stay as they are; only an index on the column may be built anew.';
const stays: RewriteVerdict = { rewrites: 'no', why: staysSentence };

function writtenAnew(because: string): RewriteVerdict {
  return { rewrites: 'yes', why: `${because}, so the table and its indexes are written anew; everybody waits, readers too.` };
}

function unsure(why: string): RewriteVerdict {
  return { rewrites: 'depends', why };
}

/**
 * Whether ALTER COLUMN … TYPE writes the table anew: what ATColumnChangeRequiresRewrite (tablecmds.c) finds in the expression that
 * coerce_to_target_type (parse_coerce.c) makes of the column, as the planner has simplified it. `version` as 180000; `isComputed`: of
 * the expression in USING the planner leaves more than the column and casts.
 */
export function typeChangeRewrite(change: TypeChange, facts: TypeChangeFacts, version: number, isComputed: boolean): RewriteVerdict {
  if (facts.relationKind === 'f') return { rewrites: 'no', why: 'The rows of a foreign table are kept elsewhere.' };
  if (facts.isVirtual) return { rewrites: 'no', why: 'A virtual column is computed when it is read.' };
  const { using, newType } = change;
  if (isComputed) return writtenAnew('USING computes every value');
  const modifier = facts.to.isDomain || !facts.to.takesModifiers ? -1 : typeModifier(newType, facts.to.element);
  const isOwnCast = using.type === 'cast' && facts.castType === facts.to.type && isSameModifier(change, facts, modifier);
  if (using.type === 'expression' || (using.type === 'cast' && !isOwnCast))
    return unsure('The table and its indexes are written anew, unless USING leaves every value as it is stored.');
  return worst([...steps(facts, modifier, isOwnCast, version)]);
}

function isSameModifier({ using }: TypeChange, { to }: TypeChangeFacts, modifier: number | undefined): boolean {
  if (using.type !== 'cast' || to.isDomain || !to.takesModifiers) return true;
  return modifier !== undefined && typeModifier(using.castType, to.element) === modifier;
}

/** The coercions in turn: to the other type, to what a domain demands, to the length or precision. */
function steps(facts: TypeChangeFacts, modifier: number | undefined, isExplicit: boolean, version: number): readonly RewriteVerdict[] {
  const { from, to } = facts;
  if (from.type === to.type) return [fitted(from.modifier, modifier, to)];
  const conversion = converted(facts, isExplicit, version);
  if (conversion === refused) return [refused];
  if (!to.isDomain) return [conversion, fitted(-1, modifier, to)];
  // A domain over what the value can be taken for at once is fitted from the column's own modifier.
  const isRelabelled = from.base === to.base || facts.cast?.method === 'b';
  const checked = to.isConstrained ? writtenAnew('Every value is checked against the constraints of the domain') : stays;
  return [conversion, fitted(isRelabelled ? from.modifier : -1, to.domainModifier, to), checked];
}

function worst(verdicts: readonly RewriteVerdict[]): RewriteVerdict {
  const of = (rewrites: RewriteVerdict['rewrites']) => verdicts.find((verdict) => verdict.rewrites === rewrites);
  return of('yes') ?? of('depends') ?? of('no') ?? stays;
}

const refused = unsure('The server knows no way from the one type to the other unless USING says it, and will refuse.');

/** find_coercion_pathway. */
function converted({ from, to, cast, timeZone }: TypeChangeFacts, isExplicit: boolean, version: number): RewriteVerdict {
  if (from.base === to.base) return stays;
  if (cast === undefined) {
    if (from.isArray && to.isArray) return writtenAnew('Every array is converted element by element');
    return to.isString || (isExplicit && from.isString) ? writtenAnew('Every value is converted through its text') : refused;
  }
  if (cast.context === 'e' && !isExplicit) return refused;
  switch (cast.method) {
    case 'b':
      return stays;
    case 'i':
      return writtenAnew('Every value is converted through its text');
    default:
      break;
  }
  const isZoneChange = [from.base, to.base].every((oid) => oid === typeOids.timestamp || oid === typeOids.timestamptz);
  if (isZoneChange && version >= 120000) return zoneChange(timeZone);
  return cast.function === 'plain'
    ? writtenAnew('Every value is converted by a function')
    : unsure('The table is written anew, unless the function of the cast turns out to leave the values as they are.');
}

/** TimestampTimestampTzRequiresRewrite: only where the time zone has never been off UTC. */
function zoneChange({ name, isOff }: SessionTimeZone): RewriteVerdict {
  if (isOff) return writtenAnew("Every value is moved by the session's TimeZone, which is not always UTC");
  return /^(?:(?:etc\/)?(?:utc|uct|gmt|zulu|universal|greenwich|gmt[-+]?0)|<[-+]00>[-+]00)$/i.test(name)
    ? { rewrites: 'no', why: `${staysSentence} That is so while the session's TimeZone is UTC.` }
    : unsure("The table is written anew, unless the session's TimeZone is UTC all year.");
}

/** coerce_type_typmod, with what the types' support functions find to change nothing (varchar_support and its like). */
function fitted(old: number, now: number | undefined, to: TypeChangeFacts['to']): RewriteVerdict {
  if (now === old || to.lengthFunction === undefined || (now !== undefined && now < 0)) return stays;
  if (now === undefined && old >= 0)
    return unsure('The table and its indexes are written anew, unless what is in the parentheses is as before.');
  if (to.isArray) return writtenAnew('Every element is fitted to the new length or precision');
  const widens = now === undefined ? undefined : isWidening(to.base, old, now);
  if (widens === true) return stays;
  if (widens === undefined && to.lengthFunction === 'seen-through')
    return unsure('The table and its indexes are written anew, unless the type itself finds that the old values fit.');
  return writtenAnew('Every value is fitted to the new length or precision');
}

/** Undefined: not a type whose support function is known here. */
function isWidening(type: string, old: number, now: number): boolean | undefined {
  if (isTemporal(type)) return now === finest || (old >= 0 && now >= old);
  switch (type) {
    case typeOids.varchar:
    case typeOids.varbit:
      return old >= 0 && old <= now;
    case typeOids.numeric: {
      const [before, after] = [numericParts(old), numericParts(now)];
      return before !== undefined && before.scale === after?.scale && before.precision <= after.precision;
    }
    case typeOids.interval: {
      const [before, after] = [intervalParts(old), intervalParts(now)];
      const isFine = before.leastField > 0 || after.precision >= finest || after.precision >= before.precision;
      return after.leastField <= before.leastField && isFine;
    }
    default:
      return undefined;
  }
}
