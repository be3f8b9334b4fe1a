/** Where a key means something. The focused context comes first, then those it stands in. */
export type Context =
  | 'global'
  /** Wherever there is a session on the screen. */
  | 'work'
  | 'editor'
  | 'completion'
  | 'console'
  | 'script'
  | 'result'
  | 'grid'
  | 'document'
  | 'field'
  | 'list'
  | 'picker'
  | 'form'
  | 'snippets'
  | 'history'
  | 'drawer'
  /** What is for an open transaction: its keys come first while there is one. */
  | 'drawer-open'
  | 'drawer-question'
  | 'scenes'
  | 'scene'
  | 'rehearsal'
  | 'ddl-report'
  /** What it tells of can be run dry. */
  | 'ddl-dry'
  /** In the user's own transaction: what Enter, Esc and k do is another thing there. */
  | 'rehearsal-point'
  | 'reader'
  | 'question'
  | 'choice'
  | 'naming'
  | 'copy-data';

/** One row of the table: footer, help and documentation derive from it. */
export interface Binding<Command extends string = string> {
  readonly context: Context;
  readonly command: Command;
  /** Chords as the key decoder names them, two of them with a blank between; a single character is that character typed. The first one is shown. */
  readonly keys: readonly string[];
  /** What it does, for help. */
  readonly does: string;
  /** What the footer calls it; absent: help only. Rows stand in order of use. */
  readonly footer?: string;
}

const row = <const Command extends string>(
  context: Context,
  command: Command,
  keys: readonly string[],
  does: string,
  footer?: string,
): Binding<Command> => ({ context, command, keys, does, ...(footer === undefined ? {} : { footer }) });

/** Every key of the workbench. */
export const keymap = [
  row('completion', 'completion-take', ['enter'], 'take the chosen one', 'take'),
  row('completion', 'completion-next', ['tab', 'down'], 'the next one', 'next'),
  row('completion', 'completion-previous', ['shift+tab', 'up'], 'the one before'),
  row('completion', 'completion-close', ['escape'], 'close the list', 'close'),
  row('console', 'submit', ['enter'], 'run when the input is complete, else a new line', 'run'),
  row('script', 'save-script', ['ctrl+s', 'alt+s'], 'save the script in its file', 'save'),
  row('script', 'close-buffer', ['alt+w'], 'close the script; asks where it is not saved'),
  row('editor', 'run-statement', ['f5', 'ctrl+enter'], 'run the statement at the cursor, or the selection', 'run statement'),
  row('editor', 'new-line', ['alt+enter', 'ctrl+j', 'enter', 'shift+enter'], 'new line'),
  row('editor', 'focus-result', ['escape'], 'to the result', 'result'),
  row('editor', 'history-search', ['ctrl+r', 'f8'], 'search the history', 'history'),
  row('editor', 'new-buffer', ['ctrl+n'], 'open a file, a new one, or a scratch, as a script', 'script'),
  row('editor', 'edit-externally', ['ctrl+x ctrl+e'], 'edit the text in $EDITOR; what is saved there is here'),
  row('editor', 'history-older', ['ctrl+p'], 'the statement before, from the history'),
  row('editor', 'clear-or-quit', ['ctrl+d'], 'quit where nothing is typed, else delete forward'),
  row('editor', 'left', ['left', 'ctrl+b'], 'left'),
  row('editor', 'right', ['right', 'ctrl+f'], 'right'),
  row('editor', 'up', ['up'], 'up; on the first line of the console the statement before'),
  row('editor', 'down', ['down'], 'down; on the last line of the console the statement after'),
  row('editor', 'line-start', ['home', 'ctrl+a'], 'begin of the line'),
  row('editor', 'line-end', ['end', 'ctrl+e'], 'end of the line'),
  row('editor', 'word-left', ['ctrl+left', 'alt+b', 'alt+left'], 'a word left'),
  row('editor', 'word-right', ['ctrl+right', 'alt+f', 'alt+right'], 'a word right'),
  row('editor', 'text-start', ['ctrl+home'], 'begin of the text'),
  row('editor', 'text-end', ['ctrl+end'], 'end of the text'),
  row('editor', 'page-up', ['pageup'], 'a page up'),
  row('editor', 'page-down', ['pagedown'], 'a page down'),
  row('editor', 'select-left', ['shift+left'], 'select to the left'),
  row('editor', 'select-right', ['shift+right'], 'select to the right'),
  row('editor', 'select-up', ['shift+up'], 'select up'),
  row('editor', 'select-down', ['shift+down'], 'select down'),
  row('editor', 'select-line-start', ['shift+home'], 'select to the begin of the line'),
  row('editor', 'select-line-end', ['shift+end'], 'select to the end of the line'),
  row('editor', 'erase', ['backspace', 'ctrl+h', 'shift+backspace'], 'erase backward'),
  row('editor', 'erase-forward', ['delete'], 'erase forward'),
  row('editor', 'erase-word', ['alt+backspace', 'ctrl+backspace'], 'erase the word before'),
  row('editor', 'erase-word-forward', ['alt+d', 'ctrl+delete'], 'erase the word after'),
  row('editor', 'kill-word', ['ctrl+w'], 'cut the word before'),
  row('editor', 'kill-line-start', ['ctrl+u'], 'cut to the begin of the line'),
  row('editor', 'kill-line-end', ['ctrl+k'], 'cut to the end of the line'),
  row('editor', 'yank', ['ctrl+y'], 'insert what was cut last'),
  row('editor', 'yank-older', ['alt+y'], 'after that: the cut before'),
  row('editor', 'undo', ['ctrl+_', 'ctrl+/'], 'undo'),
  row('editor', 'redo', ['alt+_', 'alt+/'], 'redo'),
  row(
    'editor',
    'indent',
    ['tab'],
    'replace what the error screen has a better word for; else complete; at the begin of a line two blanks',
    'completion',
  ),

  row('grid', 'focus-editor', ['escape', 'i'], 'to the editor', 'editor'),
  row('grid', 'cell-up', ['up', 'k'], 'a row up'),
  row('grid', 'cell-down', ['down', 'j'], 'a row down', 'rows'),
  row('grid', 'cell-left', ['left', 'h'], 'a column left'),
  row('grid', 'cell-right', ['right', 'l'], 'a column right', 'columns'),
  row('grid', 'view-cell', ['enter', 'v'], 'the whole cell', 'cell'),
  row('grid', 'copy-cell', ['y'], 'copy the cell', 'copy'),
  row('grid', 'show-sql', ['E'], 'the SQL behind it (psql -E), to read, change and run', 'SQL'),
  row('grid', 'copy-row', ['Y'], 'copy the row, tabs between', 'copy row'),
  row('grid', 'toggle-expanded', ['x'], 'one column a line, or the grid', 'expanded'),
  row('grid', 'ask-read-on', ['r'], 'where reading is paused at the size limit: go on, or stop'),
  row('grid', 'page-rows-up', ['pageup', 'ctrl+b'], 'a page up'),
  row('grid', 'page-rows-down', ['pagedown', 'ctrl+f', ' '], 'a page down'),
  row('grid', 'first-row', ['g', 'ctrl+home'], 'the first row'),
  row('grid', 'last-row', ['G', 'ctrl+end'], 'the last row', 'last'),
  row('grid', 'first-column', ['0', 'home', '^'], 'the first column'),
  row('grid', 'last-column', ['$', 'end'], 'the last column'),
  row('document', 'focus-editor', ['escape', 'i'], 'to the editor', 'editor'),
  row('document', 'scroll-up', ['up', 'k'], 'a line up'),
  row('document', 'scroll-down', ['down', 'j'], 'a line down', 'lines'),
  row('document', 'show-sql', ['E'], 'the SQL behind it (psql -E), to read, change and run', 'SQL'),
  row('document', 'scroll-left', ['left', 'h'], 'to the left'),
  row('document', 'scroll-right', ['right', 'l'], 'to the right'),
  row('document', 'scroll-page-up', ['pageup', 'ctrl+b'], 'a page up'),
  row('document', 'scroll-page-down', ['pagedown', 'ctrl+f', ' '], 'a page down', 'page'),
  row('document', 'scroll-start', ['g', 'home', 'ctrl+home'], 'the begin'),
  row('document', 'scroll-end', ['G', 'end', 'ctrl+end'], 'the end', 'end'),
  row('result', 'focus-editor', ['escape', 'i'], 'to the editor', 'editor'),
  row('result', 'close-result', ['D'], 'close this result'),
  row('result', 'help', ['?'], 'help'),
  row('result', 'next-pane', ['tab'], 'the next pane'),
  row('result', 'previous-pane', ['shift+tab'], 'the pane before'),

  row('picker', 'pick', ['enter'], 'connect', 'connect'),
  row('picker', 'profile-new', ['n'], 'new profile', 'new'),
  row('picker', 'profile-edit', ['e'], 'edit the profile', 'edit'),
  row('picker', 'profile-test', ['t'], 'test the connection', 'test'),
  row('picker', 'profile-delete', ['d', 'delete'], 'delete the profile', 'delete'),
  row('picker', 'picker-find', ['/'], 'find', 'find'),
  row('picker', 'list-up', ['up', 'k', 'ctrl+p'], 'up'),
  row('picker', 'list-down', ['down', 'j', 'ctrl+n'], 'down'),
  row('picker', 'picker-back', ['escape'], 'back'),
  row('form', 'form-save', ['enter', 'ctrl+s'], 'save', 'save'),
  row('form', 'form-next', ['tab', 'down'], 'the next field', 'next field'),
  row('form', 'form-previous', ['shift+tab', 'up'], 'the field before'),
  row('form', 'form-cancel', ['escape'], 'leave it as it was', 'cancel'),
  row('snippets', 'snippet-insert', ['enter'], 'insert into the editor', 'insert'),
  row('snippets', 'snippet-run', ['f5'], 'insert and run', 'run'),
  row('snippets', 'panel-close', ['escape', 'f3'], 'back', 'back'),
  row('history', 'history-take', ['enter', 'tab'], 'into the editor', 'take'),
  row('history', 'list-down', ['ctrl+r', 'f8'], 'the next older match', 'older'),
  row('history', 'panel-close', ['escape', 'ctrl+g'], 'back', 'back'),
  row('ddl-dry', 'rehearse-dry', ['enter'], 'run it dry: in a transaction, until you commit or roll back', 'run dry'),
  row('ddl-report', 'show-sql', ['E'], 'the SQL behind it, to read, change and run', 'SQL'),
  row('rehearsal-point', 'rehearsal-commit', ['enter'], 'keep what it did in the transaction', 'keep'),
  row('rehearsal-point', 'rehearsal-back', ['escape'], 'roll back to before it', 'roll back'),
  row('rehearsal-point', 'rehearsal-keep', ['k'], 'keep it, and the savepoint before it', 'keep savepoint'),
  row('rehearsal', 'rehearsal-commit', ['enter'], 'commit', 'commit'),
  row('rehearsal', 'rehearsal-back', ['escape'], 'roll back', 'roll back'),
  row('rehearsal', 'rehearsal-keep', ['k'], 'keep it open: the transaction is yours', 'keep open'),
  row('rehearsal', 'cell-up', ['up'], 'a row up'),
  row('rehearsal', 'cell-down', ['down'], 'a row down', 'rows'),
  row('rehearsal', 'cell-left', ['left'], 'a column left'),
  row('rehearsal', 'cell-right', ['right'], 'a column right'),
  row('rehearsal', 'rehearsal-columns', ['a'], 'all columns, or the key and those that change', 'columns'),
  row('rehearsal', 'show-sql', ['E', 'alt+e'], 'the SQL behind it, to read', 'SQL'),
  row('rehearsal', 'toggle-expanded', ['x'], 'one column a line, or the grid', 'expanded'),
  row('rehearsal', 'page-rows-up', ['pageup'], 'a page up'),
  row('rehearsal', 'page-rows-down', ['pagedown', ' '], 'a page down'),
  row('rehearsal', 'first-row', ['g', 'home', 'ctrl+home'], 'the first row'),
  row('rehearsal', 'last-row', ['G', 'end', 'ctrl+end'], 'the last row'),
  row('rehearsal', 'log', ['ctrl+o'], 'all messages', 'messages'),
  row('drawer-question', 'drawer-do', ['enter'], 'undo it', 'undo it'),
  row('drawer-question', 'drawer-keep', ['escape'], 'leave it as it is', 'leave it'),
  row('drawer-open', 'drawer-savepoint', ['s'], 'set a savepoint', 'savepoint'),
  row('drawer-open', 'drawer-back', ['b'], 'back to the marked savepoint; says first what that undoes', 'to marked'),
  row('drawer-open', 'drawer-undo', ['u'], 'undo the last statement, where an automatic savepoint stands before it', 'undo'),
  row('drawer-open', 'drawer-commit', ['c'], 'commit', 'commit'),
  row('drawer-open', 'drawer-rollback', ['r'], 'roll back; says first what that undoes', 'roll back'),
  row('drawer', 'rehearse', ['d'], "rehearse the statement at the editor's cursor", 'rehearse'),
  row('drawer', 'drawer-begin', ['n'], 'begin a transaction', 'begin'),
  row('drawer', 'drawer-automatic', ['a'], 'automatic savepoints: off, before the last statement, before every one', 'automatic'),
  row('drawer', 'drawer-scenes', ['t'], 'two sessions side by side: six scenes of isolation and locks', 'two sessions'),
  row('drawer', 'drawer-release', ['x'], 'release the marked savepoint', 'release'),
  row('drawer', 'drawer-look', ['l'], 'look at the locks and who waits, now', 'locks'),
  row('drawer', 'drawer-prepare', ['p'], 'prepare for two-phase commit, where the server has it enabled; asks the name', 'prepare'),
  row('drawer', 'drawer-up', ['up', 'k'], 'mark the savepoint above'),
  row('drawer', 'drawer-down', ['down', 'j'], 'mark the savepoint below'),
  row('drawer', 'show-sql', ['E'], 'the SQL behind it, to read, change and run', 'SQL'),
  row('drawer', 'drawer-page-up', ['pageup', 'ctrl+b'], 'a page up in the timeline'),
  row('drawer', 'drawer-page-down', ['pagedown', 'ctrl+f'], 'a page down in the timeline'),
  row('drawer', 'drawer-leave', ['f6', 'shift+f6', 'tab'], 'to the editor; a drawer beside the result stays'),
  row('drawer', 'panel-close', ['escape', 'f4', 'q'], 'close', 'close'),
  row('scenes', 'scene-open', ['enter'], 'play the scene', 'play'),
  row('scenes', 'panel-close', ['escape', 'q'], 'close', 'close'),
  row('scene', 'scene-next', ['enter', ' '], 'the next step', 'next step'),
  row('scene', 'scene-again', ['r'], 'from the beginning', 'from the beginning'),
  row('scene', 'scene-leave', ['escape', 'q'], 'end the scene; both sessions roll back', 'end the scene'),
  row('list', 'list-up', ['up'], 'up'),
  row('list', 'list-down', ['down'], 'down'),
  row('list', 'list-page-up', ['pageup'], 'a page up'),
  row('list', 'list-page-down', ['pagedown'], 'a page down'),
  row('field', 'field-left', ['left', 'ctrl+b'], 'left'),
  row('field', 'field-right', ['right', 'ctrl+f'], 'right'),
  row('field', 'field-start', ['home', 'ctrl+a'], 'begin'),
  row('field', 'field-end', ['end', 'ctrl+e'], 'end'),
  row('field', 'field-erase', ['backspace', 'ctrl+h'], 'erase backward'),
  row('field', 'field-erase-forward', ['delete', 'ctrl+d'], 'erase forward'),
  row('field', 'field-kill-start', ['ctrl+u'], 'erase to the begin'),
  row('field', 'field-kill-end', ['ctrl+k'], 'erase to the end'),
  row('field', 'field-kill-word', ['ctrl+w', 'alt+backspace'], 'erase the word before'),
  row('reader', 'panel-close', ['escape', 'q', 'enter'], 'back', 'back'),
  row('reader', 'reader-copy', ['y'], 'copy it all', 'copy'),
  row('reader', 'scroll-up', ['up', 'k'], 'a line up'),
  row('reader', 'scroll-down', ['down', 'j'], 'a line down', 'lines'),
  row('reader', 'scroll-page-up', ['pageup', 'ctrl+b'], 'a page up'),
  row('reader', 'scroll-page-down', ['pagedown', 'ctrl+f', ' '], 'a page down', 'page'),
  row('reader', 'scroll-start', ['g', 'home'], 'the begin'),
  row('reader', 'scroll-end', ['G', 'end'], 'the end', 'end'),
  row('question', 'answer', ['enter'], 'answer', 'answer'),
  row('question', 'decline', ['escape', 'ctrl+c', 'ctrl+d'], 'decline', 'decline'),
  row('choice', 'choose', ['enter'], 'choose', 'choose'),
  row('choice', 'choice-next', ['down', 'right', 'tab', 'j', 'l'], 'the next choice', 'next'),
  row('choice', 'choice-previous', ['up', 'left', 'shift+tab', 'k', 'h'], 'the choice before'),
  row('choice', 'decline', ['escape', 'ctrl+c'], 'the safe way out', 'back'),
  row('naming', 'choose', ['enter'], 'confirm the name typed, or choose', 'confirm'),
  row('naming', 'decline', ['escape', 'ctrl+c', 'ctrl+d'], 'the safe way out', 'back'),
  row('naming', 'choice-next', ['down', 'tab'], 'the next choice', 'next'),
  row('naming', 'choice-previous', ['up', 'shift+tab'], 'the choice before'),
  row('copy-data', 'copy-data-line', ['enter'], 'end of the line; a line \\. ends the data', 'next line'),
  row('copy-data', 'copy-data-end', ['ctrl+d'], 'end of the data', 'end of data'),
  row('copy-data', 'decline', ['escape', 'ctrl+c'], 'copy nothing', 'cancel'),

  row('global', 'help', ['f1'], 'help', 'help'),
  row(
    'work',
    'rehearse',
    ['alt+t'],
    'rehearse the statement at the cursor: run it, look at what it changes, then commit or roll back',
    'rehearse',
  ),
  row('work', 'snippets', ['f3'], 'snippets', 'snippets'),
  row('work', 'transaction', ['f4'], 'the transaction: its timeline, savepoints, commit and roll back', 'transaction'),
  row('work', 'log', ['ctrl+o'], 'all messages', 'messages'),
  row('work', 'show-sql', ['alt+e'], 'the SQL behind what is shown (psql -E), to read, change and run'),
  row('work', 'next-pane', ['f6'], 'the next pane'),
  row('work', 'previous-pane', ['shift+f6'], 'the pane before'),
  row('work', 'toggle-lock', ['alt+u'], 'let writes through a read-only session for a while; again: no longer'),
  row('work', 'profiles', ['f9'], 'profiles: connect to another database', 'profiles'),
  row('work', 'result-1', ['alt+1'], 'the first result; Alt-2 to Alt-9 the others'),
  row('work', 'result-2', ['alt+2'], ''),
  row('work', 'result-3', ['alt+3'], ''),
  row('work', 'result-4', ['alt+4'], ''),
  row('work', 'result-5', ['alt+5'], ''),
  row('work', 'result-6', ['alt+6'], ''),
  row('work', 'result-7', ['alt+7'], ''),
  row('work', 'result-8', ['alt+8'], ''),
  row('work', 'result-9', ['alt+9'], ''),
  row('document', 'retry', ['r'], 'after a serialization failure or a deadlock: run it again, statement by statement'),
  row('work', 'retry', ['alt+r'], 'after a serialization failure or a deadlock: run it again, statement by statement'),
  row('work', 'next-buffer', ['ctrl+pagedown', 'alt+n'], 'the next buffer'),
  row('work', 'previous-buffer', ['ctrl+pageup', 'alt+p'], 'the buffer before'),
  row('global', 'cancel', ['ctrl+c'], 'cancel what runs, else clear the input; never quits'),
  row('global', 'redraw', ['ctrl+l'], 'draw the screen anew'),
  row('global', 'suspend', ['ctrl+z'], 'suspend; fg comes back'),
  row('global', 'quit', ['ctrl+q'], 'quit; asks when a transaction is open', 'quit'),
] as const;

export type Command = (typeof keymap)[number]['command'];

const byContext = new Map<Context, Map<string, Command>>();
for (const binding of keymap) {
  const keys = byContext.get(binding.context) ?? new Map<string, Command>();
  for (const key of binding.keys) keys.set(key, binding.command);
  byContext.set(binding.context, keys);
}

/** The command of a key: the first of the contexts that knows it decides. */
export function commandOf(contexts: readonly Context[], key: string): Command | undefined {
  for (const context of contexts) {
    const command = byContext.get(context)?.get(key);
    if (command !== undefined) return command;
  }
  return undefined;
}

/** Whether a key only begins others, which are two. */
export function isPrefix(contexts: readonly Context[], key: string): boolean {
  return contexts.some((context) => [...(byContext.get(context)?.keys() ?? [])].some((known) => known.startsWith(`${key} `)));
}

/** The rows live in these contexts, the focused one's first; a key taken by an earlier context is not shown again. */
export function liveBindings(contexts: readonly Context[]): readonly Binding<Command>[] {
  const taken = new Set<string>();
  const live: Binding<Command>[] = [];
  for (const context of contexts) {
    const rows: readonly Binding<Command>[] = keymap.filter((binding) => binding.context === context);
    for (const binding of rows) {
      const keys = binding.keys.filter((key) => !taken.has(key));
      if (keys.length > 0) live.push({ ...binding, keys });
    }
    for (const binding of rows) for (const key of binding.keys) taken.add(key);
  }
  return live;
}

const shownNames: Readonly<Record<string, string>> = {
  enter: 'Enter',
  escape: 'Esc',
  tab: 'Tab',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  delete: 'Del',
  backspace: 'Bksp',
  space: 'Space',
  ' ': 'Space',
};

/** A chord as people write it: `Ctrl-R`, `^R` where it must be short, `F5`, `Alt-1`. */
export function keyLabel(key: string, form: 'short' | 'long' = 'long'): string {
  const [first = '', second] = key === ' ' ? [key] : key.split(' ');
  if (second !== undefined) return `${keyLabel(first, form)} ${keyLabel(second, form)}`;
  const parts = key === '+' ? ['+'] : key.split('+');
  const name = parts.at(-1) ?? '';
  const shown = shownNames[name] ?? (/^f\d+$/.test(name) || (parts.length > 1 && name.length === 1) ? name.toUpperCase() : name);
  if (form === 'short' && key.startsWith('ctrl+') && name.length === 1) return `^${shown}`;
  return [...parts.slice(0, -1).map((part) => part.charAt(0).toUpperCase() + part.slice(1)), shown].join('-');
}
