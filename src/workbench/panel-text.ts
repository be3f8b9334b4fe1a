import type { Visible } from '../text/untrusted.ts';
import { visible, visibleForTerminal, visibleLines } from '../text/visible.ts';
import { pad, wrap } from '../text/width.ts';
import type { ReportLine } from './ddl-report.ts';
import { type Context, keyLabel, liveBindings } from './keymap.ts';
import { panelColumns } from './layout.ts';
import type { Model } from './model.ts';
import type { Panel } from './panel.ts';

const headings: Readonly<Record<Context, string>> = {
  global: 'Everywhere',
  work: 'Panes',
  editor: 'Editor',
  completion: 'Completion',
  console: 'Console',
  script: 'Script',
  result: 'Result',
  grid: 'Rows',
  document: 'Document',
  field: 'Field',
  list: 'List',
  picker: 'Connect to',
  form: 'Profile',
  snippets: 'Snippets',
  history: 'History',
  scenes: 'Two sessions',
  scene: 'Scene',
  drawer: 'Transaction',
  'drawer-open': 'While a transaction is open',
  'drawer-question': 'Transaction',
  rehearsal: 'Rehearsal',
  'ddl-report': 'Before it is sent',
  'ddl-dry': 'Before it is sent',
  'rehearsal-point': 'Rehearsal in your transaction',
  reader: 'Text',
  question: 'Question',
  choice: 'Question',
  naming: 'Question',
  'copy-data': 'Data of COPY',
};

/** The lines of a panel that is read: help, the log, a cell. Safe for a terminal, wrapped to its width. */
export function panelLines(model: Model, panel: Panel): readonly Visible[] {
  switch (panel.type) {
    case 'help':
      return helpLines(panel.contexts, panelColumns(model));
    case 'log':
      return logLines(model, panelColumns(model));
    case 'cell':
      return visibleLines(panel.text).flatMap((line) => wrap(line, Math.max(8, panelColumns(model) - 2)));
    case 'ddl-report':
      return panel.lines.flatMap((line) => reportLines(line, panelColumns(model)));
    case 'snippets':
    case 'history':
    case 'transaction':
    case 'scenes':
    case 'scene':
      return [];
  }
}

/** The word stands once, beside the first line of its text. */
function reportLines({ word, text }: ReportLine, columns: number): readonly Visible[] {
  const width = 12;
  const lines = wrap(visible(text), Math.max(12, columns - width - 2));
  return (lines.length === 0 ? [visible('')] : lines).map(
    (line, index) => `${pad(visible(index === 0 ? word : ''), width)}${line}` as Visible,
  );
}

/** Help for these contexts, from the one table of keys. */
function helpLines(contexts: readonly Context[], columns: number): readonly Visible[] {
  const isNarrow = columns < 90;
  const keyWidth = isNarrow ? 20 : 30;
  const lines: string[] = [];
  for (const context of contexts) {
    const rows = liveBindings(contexts).filter((binding) => binding.context === context && binding.does !== '');
    if (rows.length === 0) continue;
    if (lines.length > 0) lines.push('');
    lines.push(headings[context]);
    for (const { keys, does } of rows) {
      const shown = (isNarrow ? keys.slice(0, 2) : keys).map((key) => keyLabel(key)).join('  ');
      const words = wrap(visibleForTerminal(does), Math.max(12, columns - keyWidth - 5));
      lines.push(...words.map((text, index) => `  ${(index === 0 ? shown : '').padEnd(keyWidth)} ${text}`));
    }
  }
  return [...lines, '', ...psqlWords].map(visibleForTerminal);
}

const psqlWords = [
  'psql',
  '  \\?  meta-commands        \\d [NAME]  describe         \\dt  tables',
  '  \\x  expanded view        \\timing    on or off        \\c   connect to another database',
  '  \\e  edit in $EDITOR      \\i FILE    run a file       \\q   quit',
  '  \\? variables            settings, HOWDAH_GUARD and HOWDAH_SAVEPOINTS among them',
];

function logLines(model: Model, columns: number): readonly Visible[] {
  const width = Math.max(8, columns - 12);
  return model.log.entries.flatMap((entry) => {
    const at = new Date(entry.at).toTimeString().slice(0, 8);
    const lines = visibleLines(entry.text.replace(/\n+$/, '')).flatMap((line) => wrap(line, width));
    return lines.map((line, index) => ` ${index === 0 ? at : '        '}  ${line}` as Visible);
  });
}
