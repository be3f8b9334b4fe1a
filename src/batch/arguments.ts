import { longOption, shortOption } from './option-scanner.ts';

/** What -c and -f ask for, in order. */
export type BatchAction = { readonly type: 'command'; readonly text: string } | { readonly type: 'file'; readonly path: string };

/** psql's command line. */
export interface Arguments {
  readonly actions: readonly BatchAction[];
  readonly database?: string;
  readonly host?: string;
  readonly port?: string;
  readonly user?: string;
  readonly askPassword: 'never' | 'always' | 'when-needed';
  /** -v, and what -a, -q and their kin mean, in order; undefined unsets. */
  readonly variables: readonly (readonly [name: string, value: string | undefined])[];
  /** -P, and what -A, -t and their kin mean, in order. */
  readonly pset: readonly (readonly [name: string, value: string | undefined])[];
  readonly output?: string;
  readonly logFile?: string;
  readonly listsDatabases: boolean;
  readonly singleTransaction: boolean;
  readonly noStartupFiles: boolean;
  readonly noReadline: boolean;
  /** Ours: psql's prompt instead of the workbench. */
  readonly noWorkbench: boolean;
  /** Ours: a saved profile to connect with. */
  readonly profile?: string;
  /** Ours: nothing is written. */
  readonly isReadOnly: boolean;
  /** Said before anything runs. */
  readonly warnings: readonly string[];
}

export type ParsedArguments =
  | { readonly type: 'run'; readonly arguments: Arguments }
  | { readonly type: 'version' }
  | { readonly type: 'help'; readonly topic: 'options' | 'commands' | 'variables' }
  /** psql's "Try …", after `text` without the program's name; psql leaves it without where --help has a topic it does not know. */
  | { readonly type: 'error'; readonly text: string | undefined };

/** Reads a command line by psql's rules: bundled short options, abbreviated long ones, options after other arguments. */
export function parseArguments(words: readonly string[]): ParsedArguments {
  const quick = quickAnswer(words[0]);
  if (quick !== undefined) return quick;
  const draft = new Draft();
  const plain: string[] = [];
  let at = 0;
  let rest = '';
  while (at < words.length || rest !== '') {
    const word = words[at] ?? '';
    if (rest === '' && word === '--') {
      plain.push(...words.slice(at + 1));
      break;
    }
    if (rest === '' && (word === '-' || !word.startsWith('-'))) {
      plain.push(word);
      at++;
      continue;
    }
    const found = rest === '' && word.startsWith('--') ? longOption(words, at) : shortOption(words, at, rest === '' ? word.slice(1) : rest);
    if ('error' in found) return { type: 'error', text: found.error };
    ({ next: at, rest } = found);
    const answer = draft.take(found.option, found.value);
    if (answer !== undefined) return answer;
  }
  return draft.finish(plain);
}

function quickAnswer(first: string | undefined): ParsedArguments | undefined {
  if (first === '-?' || first === '--help') return { type: 'help', topic: 'options' };
  if (first === '-V' || first === '--version') return { type: 'version' };
  return undefined;
}

/** What single options set, without a value of their own. */
const fixedVariables: Readonly<Record<string, readonly [string, string]>> = {
  a: ['ECHO', 'all'],
  b: ['ECHO', 'errors'],
  e: ['ECHO', 'queries'],
  E: ['ECHO_HIDDEN', 'on'],
  q: ['QUIET', 'on'],
  s: ['SINGLESTEP', 'on'],
  S: ['SINGLELINE', 'on'],
};

const fixedPset: Readonly<Record<string, readonly [string, string | undefined]>> = {
  A: ['format', 'unaligned'],
  H: ['format', 'html'],
  csv: ['format', 'csv'],
  t: ['tuples_only', 'on'],
  x: ['expanded', 'on'],
  z: ['fieldsep_zero', undefined],
  '0': ['recordsep_zero', undefined],
};

const namedPset: Readonly<Record<string, string>> = { F: 'fieldsep', R: 'recordsep', T: 'tableattr', format: 'format' };

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

class Draft {
  readonly #actions: BatchAction[] = [];
  readonly #variables: [string, string | undefined][] = [];
  readonly #pset: [string, string | undefined][] = [];
  readonly #fields: Partial<Writable<Arguments>> = {};

  /** Takes an option in; an answer ends the reading. */
  take(option: string, value: string | undefined): ParsedArguments | undefined {
    const variable = fixedVariables[option];
    if (variable !== undefined) {
      this.#variables.push([...variable]);
      return undefined;
    }
    const pset = fixedPset[option];
    if (pset !== undefined) {
      this.#pset.push([...pset]);
      return undefined;
    }
    const text = value ?? '';
    const named = namedPset[option];
    if (named !== undefined) {
      this.#pset.push([named, text]);
      return undefined;
    }
    return this.#takeOther(option, value, text);
  }

  #takeOther(option: string, value: string | undefined, text: string): ParsedArguments | undefined {
    const fields = this.#fields;
    switch (option) {
      case 'c':
        this.#actions.push({ type: 'command', text });
        return undefined;
      case 'f':
        this.#actions.push({ type: 'file', path: text });
        return undefined;
      case 'v':
        this.#variables.push(assignment(text));
        return undefined;
      case 'P':
        this.#pset.push(assignment(text));
        return undefined;
      case 'd':
        fields.database = text;
        return undefined;
      case 'h':
        fields.host = text;
        return undefined;
      case 'p':
        fields.port = text;
        return undefined;
      case 'U':
        fields.user = text;
        return undefined;
      case 'o':
        fields.output = text;
        return undefined;
      case 'L':
        fields.logFile = text;
        return undefined;
      case 'profile':
        fields.profile = text;
        return undefined;
      case 'l':
        fields.listsDatabases = true;
        return undefined;
      case 'n':
        fields.noReadline = true;
        return undefined;
      case 'no-workbench':
        fields.noWorkbench = true;
        return undefined;
      case 'read-only':
        fields.isReadOnly = true;
        return undefined;
      case 'w':
        fields.askPassword = 'never';
        return undefined;
      case 'W':
        fields.askPassword = 'always';
        return undefined;
      case 'X':
        fields.noStartupFiles = true;
        return undefined;
      case '1':
        fields.singleTransaction = true;
        return undefined;
      case 'V':
        return { type: 'version' };
      case '?':
        return { type: 'help', topic: 'options' };
      default:
        return helpTopic(value);
    }
  }

  finish(plain: readonly string[]): ParsedArguments {
    const fields = this.#fields;
    const warnings: string[] = [];
    for (const word of plain) {
      if (word.startsWith('@') && word.length > 1 && fields.profile === undefined && fields.database === undefined) {
        fields.profile = word.slice(1);
      } else if (fields.database === undefined) fields.database = word;
      else if (fields.user === undefined) fields.user = word;
      else warnings.push(`extra command-line argument "${word}" ignored`);
    }
    return {
      type: 'run',
      arguments: {
        askPassword: 'when-needed',
        listsDatabases: false,
        singleTransaction: false,
        noStartupFiles: false,
        noReadline: false,
        noWorkbench: false,
        isReadOnly: false,
        ...fields,
        actions: this.#actions,
        variables: this.#variables,
        pset: this.#pset,
        warnings,
      },
    };
  }
}

function helpTopic(value: string | undefined): ParsedArguments {
  if (value === undefined || value === 'options') return { type: 'help', topic: 'options' };
  if (value === 'commands' || value === 'variables') return { type: 'help', topic: value };
  return { type: 'error', text: undefined };
}

/** NAME=VALUE; without = the value is undefined. */
function assignment(text: string): [string, string | undefined] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)];
}
