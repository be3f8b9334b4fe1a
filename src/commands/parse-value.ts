/** psql's ParseVariableBool: unique prefixes of true, false, yes, no; on, of(f) with two letters at least; 1 and 0. */
export function parseBoolean(value: string): boolean | undefined {
  const text = value.toLowerCase();
  if (text.length > 0) {
    if ('true'.startsWith(text) || 'yes'.startsWith(text)) return true;
    if ('false'.startsWith(text) || 'no'.startsWith(text)) return false;
  }
  if (text === '1' || text === 'on') return true;
  if (text === '0' || (text.length >= 2 && 'off'.startsWith(text))) return false;
  return undefined;
}

/** psql's ParseVariableNum: what strtol takes with base 0 within an int. */
export function parseInteger(value: string): number | undefined {
  const found = /^\s*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/.exec(value);
  if (found?.[2] === undefined) return undefined;
  const digits = found[2];
  const number = /^0[0-7]/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  const signed = found[1] === '-' ? -number : number;
  return signed < -2147483648 || signed > 2147483647 ? undefined : signed;
}

/** What C's strtod takes as a whole, without its infinities and hexadecimal forms: '' is 0, as it is to psql. */
export function parseDouble(value: string): number | undefined {
  if (value === '') return 0;
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value) ? Number(value) : undefined;
}

export function booleanRefusal(value: string, name: string): string {
  return `unrecognized value "${value}" for "${name}": Boolean expected`;
}

export function choiceRefusal(value: string, name: string, choices: string): string {
  return `unrecognized value "${value}" for "${name}"\nAvailable values are: ${choices}.`;
}
