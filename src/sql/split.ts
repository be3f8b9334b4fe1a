import { SqlScanner } from './scanner.ts';

/** A statement or a meta-command of a text: [start, end) in UTF-16 units, its `;` included, blanks and comments around it not. */
export interface InputSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: 'sql' | 'command';
  /** False for the last statement while it lacks its end. */
  readonly terminated: boolean;
}

// No variable is expanded, so that offsets hold; a text is split before there is any connection to ask.
const environment = {
  standardConformingStrings: () => true,
  variable: () => undefined,
  quote: () => undefined,
  warn: () => undefined,
  complain: () => undefined,
};

/** Meta-commands that send the query buffer: a statement they stand behind ends with them. */
const sending = /^(?:g|gx|gset|gexec|gdesc|crosstabview|watch|bind|bind_named|parse|sendpipeline)$/;
/** Meta-commands that take the rest of the line as it is. */
const wholeLine = /^(?:copy|!|h|help|ef|ev|sf\+?|sv\+?)$/;

/** Splits a text as psql's main loop would read it, line by line. */
export function splitInput(text: string): readonly InputSpan[] {
  const scanner = new SqlScanner(environment);
  const spans: InputSpan[] = [];
  let start: number | undefined;
  let lineStart = 0;
  for (const line of text.split('\n')) {
    if (scanner.output !== '') scanner.output += '\n';
    scanner.feed(line);
    for (;;) {
      const wasEmpty = scanner.output === '';
      const before = scanner.position;
      const { stop } = scanner.scan();
      if (wasEmpty && scanner.output !== '') start = lineStart + scanner.outputStart;
      if (stop === 'end' || stop === 'incomplete') break;
      const end = lineStart + scanner.position;
      if (stop === 'semicolon') {
        spans.push({ start: start ?? lineStart + before, end, kind: 'sql', terminated: true });
        scanner.clearOutput();
        continue;
      }
      const name = skipCommand(scanner);
      const commandEnd = lineStart + trimmedEnd(line, scanner.position);
      if (scanner.output === '') {
        spans.push({ start: end - 1, end: commandEnd, kind: 'command', terminated: true });
      } else if (sending.test(name) || name === 'r' || name === 'reset') {
        spans.push({ start: start ?? end - 1, end: commandEnd, kind: 'sql', terminated: true });
        scanner.clearOutput();
        scanner.reset();
      }
    }
    lineStart += line.length + 1;
  }
  if (scanner.output !== '' && start !== undefined) {
    spans.push({ start, end: text.trimEnd().length, kind: 'sql', terminated: false });
  }
  return spans;
}

/** Whether nothing of the text waits for more: all statements end, only meta-commands follow, or it is blank. */
export function isCompleteInput(text: string): boolean {
  return splitInput(text).every((span) => span.terminated);
}

/**
 * The statement or meta-command a cursor at `offset` means: the one it is in or right behind, else the last one that ends before it on
 * the same line, else the next, else the last.
 */
export function spanAt(text: string, offset: number): InputSpan | undefined {
  const spans = splitInput(text);
  const around = spans.find((span) => span.start <= offset && offset <= span.end);
  if (around !== undefined) return around;
  const before = spans.findLast((span) => span.end < offset);
  if (before !== undefined && !text.slice(before.end, offset).includes('\n')) return before;
  return spans.find((span) => span.start > offset) ?? before;
}

/** Reads past a meta-command and its arguments; its name. */
function skipCommand(scanner: SqlScanner): string {
  const name = scanner.slashCommand();
  if (wholeLine.test(name)) scanner.slashRest();
  else while (scanner.slashArgument('no-evaluation') !== undefined);
  scanner.slashEnd();
  return name;
}

function trimmedEnd(line: string, end: number): number {
  return line.slice(0, end).trimEnd().length;
}
