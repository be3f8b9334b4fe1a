type Value = 'none' | 'required' | 'optional';

// Long name, the short option it stands for (or a name of its own), whether it takes a value.
const longOptions: readonly (readonly [string, string, Value])[] = [
  ['echo-all', 'a', 'none'],
  ['no-align', 'A', 'none'],
  ['command', 'c', 'required'],
  ['dbname', 'd', 'required'],
  ['echo-queries', 'e', 'none'],
  ['echo-errors', 'b', 'none'],
  ['echo-hidden', 'E', 'none'],
  ['file', 'f', 'required'],
  ['field-separator', 'F', 'required'],
  ['field-separator-zero', 'z', 'none'],
  ['host', 'h', 'required'],
  ['html', 'H', 'none'],
  ['list', 'l', 'none'],
  ['log-file', 'L', 'required'],
  ['no-readline', 'n', 'none'],
  ['single-transaction', '1', 'none'],
  ['output', 'o', 'required'],
  ['port', 'p', 'required'],
  ['pset', 'P', 'required'],
  ['quiet', 'q', 'none'],
  ['record-separator', 'R', 'required'],
  ['record-separator-zero', '0', 'none'],
  ['single-step', 's', 'none'],
  ['single-line', 'S', 'none'],
  ['tuples-only', 't', 'none'],
  ['table-attr', 'T', 'required'],
  ['username', 'U', 'required'],
  ['set', 'v', 'required'],
  ['variable', 'v', 'required'],
  ['version', 'V', 'none'],
  ['no-password', 'w', 'none'],
  ['password', 'W', 'none'],
  ['expanded', 'x', 'none'],
  ['no-psqlrc', 'X', 'none'],
  ['help', 'help', 'optional'],
  ['csv', 'csv', 'none'],
  // ours
  ['profile', 'profile', 'required'],
  ['no-workbench', 'no-workbench', 'none'],
  ['read-only', 'read-only', 'none'],
  ['format', 'format', 'required'],
];

const shortWithValue = 'cdfFhLopPRTUv';
const shortAlone = 'aAbeEHlnqsStVwWxXz01?';

/** One option as getopt_long finds it. */
type Found =
  | { readonly option: string; readonly value: string | undefined; readonly next: number; readonly rest: string }
  | { readonly error: string };

/** The option of a bundle's next letter. */
export function shortOption(words: readonly string[], at: number, letters: string): Found {
  const option = letters[0] ?? '';
  const rest = letters.slice(1);
  if (shortAlone.includes(option)) return { option, value: undefined, next: rest === '' ? at + 1 : at, rest };
  if (!shortWithValue.includes(option)) return { error: `invalid option -- '${option}'` };
  if (rest !== '') return { option, value: rest, next: at + 1, rest: '' };
  const value = words[at + 1];
  if (value === undefined) return { error: `option requires an argument -- '${option}'` };
  return { option, value, next: at + 2, rest: '' };
}

/** The option of a word that begins with two dashes, abbreviated or not. */
export function longOption(words: readonly string[], at: number): Found {
  const word = words[at] ?? '';
  const equals = word.indexOf('=');
  const name = word.slice(2, equals < 0 ? undefined : equals);
  const exact = longOptions.filter(([long]) => long === name);
  const matches = exact.length > 0 ? exact : longOptions.filter(([long]) => long.startsWith(name));
  const [first, ...others] = matches;
  if (first === undefined) return { error: `unrecognized option '--${word.slice(2)}'` };
  if (others.some(([, option]) => option !== first[1])) {
    const possibilities = matches.map(([long]) => ` '--${long}'`).join('');
    return { error: `option '--${name}' is ambiguous; possibilities:${possibilities}` };
  }
  const [long, option, takes] = first;
  if (equals >= 0) {
    if (takes === 'none') return { error: `option '--${long}' doesn't allow an argument` };
    return { option, value: word.slice(equals + 1), next: at + 1, rest: '' };
  }
  if (takes !== 'required') return { option, value: undefined, next: at + 1, rest: '' };
  const value = words[at + 1];
  if (value === undefined) return { error: `option '--${long}' requires an argument` };
  return { option, value, next: at + 2, rest: '' };
}
