import { booleanRefusal, choiceRefusal, parseBoolean, parseInteger } from '../commands/parse-value.ts';
import type { ShowContext, Verbosity } from './server-message.ts';
import type { AutomaticSetting } from './transaction/automatic-savepoint.ts';
import { warningTimes } from './transaction/timers.ts';
import type { Variables } from './variables.ts';

/** What the special variables mean to the engine (psql's settings.h), kept in step by their hooks. */
export interface Settings {
  autocommit: boolean;
  onErrorStop: boolean;
  quiet: boolean;
  singleLine: boolean;
  singleStep: boolean;
  showAllResults: boolean;
  hideTableAccessMethod: boolean;
  hideToastCompression: boolean;
  fetchCount: number;
  echo: 'none' | 'all' | 'queries' | 'errors';
  echoHidden: 'off' | 'on' | 'noexec';
  onErrorRollback: 'off' | 'on' | 'interactive';
  automaticSavepoints: AutomaticSetting;
  /** After so many a rehearsal that nobody answers is rolled back. */
  rehearsalSeconds: number;
  verbosity: Verbosity;
  showContext: ShowContext;
}

export function defaultSettings(): Settings {
  return {
    autocommit: true,
    onErrorStop: false,
    quiet: false,
    singleLine: false,
    singleStep: false,
    showAllResults: true,
    hideTableAccessMethod: false,
    hideToastCompression: false,
    fetchCount: 0,
    echo: 'none',
    echoHidden: 'off',
    onErrorRollback: 'off',
    automaticSavepoints: 'off',
    rehearsalSeconds: 60,
    verbosity: 'default',
    showContext: 'errors',
  };
}

type BooleanSetting = { [Name in keyof Settings]: Settings[Name] extends boolean ? Name : never }[keyof Settings];
type ChoiceSetting = 'echo' | 'verbosity' | 'showContext';

const booleans: readonly (readonly [string, BooleanSetting])[] = [
  ['AUTOCOMMIT', 'autocommit'],
  ['ON_ERROR_STOP', 'onErrorStop'],
  ['QUIET', 'quiet'],
  ['SINGLELINE', 'singleLine'],
  ['SINGLESTEP', 'singleStep'],
  ['SHOW_ALL_RESULTS', 'showAllResults'],
  ['HIDE_TABLEAM', 'hideTableAccessMethod'],
  ['HIDE_TOAST_COMPRESSION', 'hideToastCompression'],
];

// Name, setting (none: the engine itself does not care), value when unset, values in the order of psql's message.
const choices: readonly (readonly [string, ChoiceSetting | undefined, string, readonly string[]])[] = [
  ['ECHO', 'echo', 'none', ['none', 'errors', 'queries', 'all']],
  ['COMP_KEYWORD_CASE', undefined, 'preserve-upper', ['lower', 'upper', 'preserve-lower', 'preserve-upper']],
  ['HISTCONTROL', undefined, 'none', ['none', 'ignorespace', 'ignoredups', 'ignoreboth']],
  ['VERBOSITY', 'verbosity', 'default', ['default', 'verbose', 'terse', 'sqlstate']],
  ['SHOW_CONTEXT', 'showContext', 'errors', ['never', 'errors', 'always']],
];

// Booleans with one more value.
const extendedBooleans: readonly (readonly [string, 'echoHidden' | 'onErrorRollback', 'noexec' | 'interactive'])[] = [
  ['ECHO_HIDDEN', 'echoHidden', 'noexec'],
  ['ON_ERROR_ROLLBACK', 'onErrorRollback', 'interactive'],
];

const integers: readonly (readonly [string, 'fetchCount' | undefined, string])[] = [
  ['FETCH_COUNT', 'fetchCount', '0'],
  ['HISTSIZE', undefined, '500'],
];

const onOrOff = (value: string | undefined): string => (value === undefined ? 'off' : value === '' ? 'on' : value);

/** Makes psql's special variables special (startup.c, EstablishVariableSpace). */
export function hookSettings(variables: Variables, settings: Settings): void {
  for (const [name, setting] of booleans) {
    const assign = (value = ''): string | undefined => {
      const parsed = parseBoolean(value);
      if (parsed === undefined) return booleanRefusal(value, name);
      settings[setting] = parsed;
      return undefined;
    };
    if (settings[setting]) variables.set(name, 'on');
    variables.hook(name, { substitute: onOrOff, assign });
  }
  for (const [name, setting, extra] of extendedBooleans) {
    const assign = (value = ''): string | undefined => {
      const parsed = parseBoolean(value);
      if (value.toLowerCase() === extra) (settings[setting] as string) = extra;
      else if (parsed === undefined) return choiceRefusal(value, name, `on, off, ${extra}`);
      else settings[setting] = parsed ? 'on' : 'off';
      return undefined;
    };
    variables.hook(name, { substitute: onOrOff, assign });
  }
  hookChoices(variables, settings);
  hookIntegers(variables, settings);
  for (const name of ['HISTFILE', 'PROMPT1', 'PROMPT2', 'PROMPT3']) {
    variables.hook(name, { substitute: (value) => value, assign: () => undefined });
  }
}

/** HOWDAH_SAVEPOINTS, for those who type; psql has none, so \set lists it only where it was set. */
export function hookAutomaticSavepoints(variables: Variables, settings: Settings): void {
  const name = 'HOWDAH_SAVEPOINTS';
  const values: readonly AutomaticSetting[] = ['off', 'last', 'every'];
  const assign = (value = 'off'): string | undefined => {
    const chosen = values.find((one) => one === value.toLowerCase());
    if (chosen === undefined) return choiceRefusal(value, name, values.join(', '));
    settings.automaticSavepoints = chosen;
    return undefined;
  };
  variables.hook(name, { substitute: (value) => value, assign });
}

/** HOWDAH_GUARD and HOWDAH_GUARD_ROWS, for a face that reviews what is sent; unset, they have the defaults of the guards. */
export function hookGuards(variables: Variables): void {
  const isOn = (value?: string): string | undefined =>
    value === undefined || parseBoolean(value) !== undefined ? undefined : booleanRefusal(value, 'HOWDAH_GUARD');
  const isCount = (value?: string): string | undefined =>
    value === undefined || /^[1-9]\d{0,14}$/.test(value)
      ? undefined
      : `invalid value "${value}" for "HOWDAH_GUARD_ROWS": a number of rows expected, 1 or more`;
  variables.hook('HOWDAH_GUARD', { substitute: (value) => value, assign: isOn });
  variables.hook('HOWDAH_GUARD_ROWS', { substitute: (value) => value, assign: isCount });
}

/** HOWDAH_IDLE_WARNINGS and HOWDAH_AGE_WARNINGS, for those who type; unset they are as usual. */
export function hookWarnings(variables: Variables): void {
  for (const name of ['HOWDAH_IDLE_WARNINGS', 'HOWDAH_AGE_WARNINGS']) {
    const assign = (value?: string): string | undefined =>
      value === undefined || warningTimes(value) !== undefined
        ? undefined
        : `unrecognized value "${value}" for "${name}"\nGive times such as "30s 5min", or off.`;
    variables.hook(name, { substitute: (value) => value, assign });
  }
}

/** HOWDAH_REHEARSAL_SECONDS: locks are held meanwhile, so an hour at most. */
export function hookRehearsal(variables: Variables, settings: Settings): void {
  const name = 'HOWDAH_REHEARSAL_SECONDS';
  const assign = (value = '60'): string | undefined => {
    const seconds = parseInteger(value);
    if (seconds === undefined || seconds < 5 || seconds > 3600) return `invalid value "${value}" for "${name}": 5 to 3600 seconds expected`;
    settings.rehearsalSeconds = seconds;
    return undefined;
  };
  variables.hook(name, { substitute: (value) => value, assign });
}

function hookChoices(variables: Variables, settings: Settings): void {
  for (const [name, setting, unset, values] of choices) {
    const assign = (value = ''): string | undefined => {
      const chosen = values.find((one) => one === value.toLowerCase());
      if (chosen === undefined) return choiceRefusal(value, name, values.join(', '));
      if (setting !== undefined) (settings[setting] as string) = chosen;
      return undefined;
    };
    variables.hook(name, { substitute: (value) => value ?? unset, assign });
  }
}

function hookIntegers(variables: Variables, settings: Settings): void {
  for (const [name, setting, unset] of integers) {
    const assign = (value = ''): string | undefined => {
      const parsed = parseInteger(value);
      if (parsed === undefined) return `invalid value "${value}" for "${name}": integer expected`;
      if (setting !== undefined) settings[setting] = parsed;
      return undefined;
    };
    variables.hook(name, { substitute: (value) => value ?? unset, assign });
  }
  // A word that is no number means psql's ten ends of file.
  variables.hook('IGNOREEOF', {
    substitute: (value) => (value === undefined ? '0' : parseInteger(value) === undefined ? '10' : value),
    assign: () => undefined,
  });
}
