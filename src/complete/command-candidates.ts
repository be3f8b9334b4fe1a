import type { CompletionCatalog } from '../catalog/completion-snapshot.ts';
import { type Candidate, type CandidateKind, startsLike } from './candidate.ts';
import { commandArguments, psetOptions, variableValues } from './command-rules.ts';
import { sources } from './sources.ts';
import { statementStarts } from './statement-rules.ts';

export interface CommandRequest {
  /** The line from the backslash to the cursor. */
  readonly text: string;
  readonly catalog: CompletionCatalog;
  /** Names of the meta-commands without their backslash. */
  readonly commands: readonly string[];
  /** Names of the variables that are set. */
  readonly variables: readonly string[];
  readonly listFiles: (typed: string) => readonly string[];
}

/** What the end of the text may become; `length` characters of it are replaced. */
export interface CommandCompletion {
  readonly length: number;
  readonly candidates: readonly Candidate[];
}

const modifiers = /[S+x]+$/;

/** Completes a meta-command's name or argument. */
export function commandCandidates(request: CommandRequest): CommandCompletion {
  const name = /^\\(\S*)$/.exec(request.text)?.[1];
  if (name !== undefined) return { length: request.text.length, candidates: commandNames(name, request.commands) };
  const [command = '', ...given] = splitArguments(request.text.slice(1));
  const current = given.pop() ?? '';
  const rule = commandArguments.find(([names]) => namesCommand(names, command));
  const argument = rule?.[Math.min(given.length + 1, rule.length - 1)] ?? '';
  return { length: current.length, candidates: argumentCandidates(argument, current, given, request) };
}

/** Where a name is meant in full, its own letters come first. */
function commandNames(typed: string, commands: readonly string[]): readonly Candidate[] {
  const exact = commands.filter((name) => name.startsWith(typed));
  const found = exact.length > 0 ? exact : commands.filter((name) => startsLike(name, typed));
  return [...new Set(found)].sort().map((name) => ({ text: `\\${name}`, kind: 'command' }));
}

function namesCommand(names: string, command: string): boolean {
  const known = names.split(' ');
  return known.includes(command) || (/^(?:d|l|z)/.test(command) && known.includes(command.replace(modifiers, '')));
}

/** The words of a command line, quotes kept; the last one is what is being typed. */
function splitArguments(text: string): readonly string[] {
  const found = text.match(/(?:'(?:[^']|'')*'?|"(?:[^"]|"")*"?|[^\s'"])+/g) ?? [];
  return /\s$/.test(text) && !isInQuote(text) ? [...found, ''] : found;
}

function isInQuote(text: string): boolean {
  return /^(?:[^'"]|'[^']*'|"[^"]*")*['"][^'"]*$/.test(text);
}

function argumentCandidates(argument: string, current: string, given: readonly string[], request: CommandRequest): readonly Candidate[] {
  const { catalog, variables, listFiles } = request;
  const about = given.at(-1) ?? '';
  switch (argument) {
    case '':
      return [];
    case '@files':
      return fileCandidates(current, listFiles);
    case '@variables':
      return choices([...new Set([...Object.keys(variableValues), ...variables])].sort(), current, 'variable');
    case '@variable-values':
      return choices(variableValues[about] ?? [], current, 'value');
    case '@pset-options':
      return choices(Object.keys(psetOptions), current, 'setting');
    case '@pset-values':
      return choices(psetOptions[about] ?? [], current, 'value');
    case '@statements':
      return choices(statementStarts, current, 'keyword');
    default:
      if (!argument.startsWith('@')) return choices(argument.split(' '), current, 'value');
      return sources[argument.slice(1)]?.({ catalog, current, about: '', listFiles }) ?? [];
  }
}

function choices(values: readonly string[], current: string, kind: CandidateKind): readonly Candidate[] {
  return values.filter((value) => startsLike(value, current)).map((text) => ({ text, kind }));
}

/** A path as a meta-command takes it: quoted only where it must be. */
function fileCandidates(current: string, listFiles: CommandRequest['listFiles']): readonly Candidate[] {
  const isQuoted = current.startsWith("'");
  return listFiles(current.replace(/^'/, '').replaceAll("''", "'")).map((path) => {
    const isFolder = path.endsWith('/');
    const needsQuotes = isQuoted || /[\s'"\\:`;]/.test(path);
    const quoted = `'${path.replaceAll("'", "''")}${isFolder ? '' : "'"}`;
    return { text: needsQuotes ? quoted : path, kind: 'file', ...(isFolder ? { continues: true as const } : {}) };
  });
}

/** `:name` and its quoted forms; what was typed of the name is replaced. */
export function variableCandidates(typed: string, quote: string, variables: readonly string[]): readonly Candidate[] {
  const names = [...new Set([...variables])].sort();
  const exact = names.filter((name) => name.startsWith(typed));
  const found = exact.length > 0 ? exact : names.filter((name) => startsLike(name, typed));
  return found.map((name) => ({ text: `${name}${quote}`, kind: 'variable' }));
}
