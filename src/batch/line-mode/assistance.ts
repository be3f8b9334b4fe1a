import type { PromptStatus } from '../../sql/scanner.ts';

/** What the words help, quit and exit do, alone on a line (psql's mainloop.c). */
export type Assistance =
  | { readonly type: 'none' }
  /** Said instead of reading the line. */
  | { readonly type: 'answer'; readonly text: string }
  /** Said, and the line is text of the statement all the same. */
  | { readonly type: 'remark'; readonly text: string }
  | { readonly type: 'quit' };

const alone = /^\s*;?\s*$/;

/** `isEmpty`: nothing is typed before the line. */
export function assist(line: string, isEmpty: boolean, status: PromptStatus): Assistance {
  const word = line.slice(0, 4).toLowerCase();
  const rest = line.slice(4);
  const isInQuote = status !== 'ready' && status !== 'continue' && status !== 'paren';
  if (word === 'help' && alone.test(rest)) {
    if (!isEmpty) return { type: 'remark', text: 'Use \\? for help or press control-C to clear the input buffer.\n' };
    return { type: 'answer', text: helpText };
  }
  if ((word === 'quit' || word === 'exit') && alone.test(rest)) {
    if (isEmpty) return { type: 'quit' };
    return { type: 'remark', text: isInQuote ? 'Use control-D to quit.\n' : 'Use \\q to quit.\n' };
  }
  if (line.startsWith('\\q') && !isEmpty && isInQuote) return { type: 'remark', text: 'Use control-D to quit.\n' };
  return { type: 'none' };
}

const helpText = `You are using howdah, which speaks psql, the command-line interface to PostgreSQL.
Type:  \\copyright for distribution terms
       \\h for help with SQL commands
       \\? for help with psql commands
       \\g or terminate with semicolon to execute query
       \\q to quit
`;
