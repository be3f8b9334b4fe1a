// npm run record: writes the README's screen as the program draws it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshHome } from '../test/support/home.ts';
import { pause, Terminal } from '../test/support/terminal.ts';

const readme = join(import.meta.dirname, '../README.md');
const home = freshHome();
const terminal = new Terminal(['practice'], { columns: 100, rows: 24, environment: home.environment });
try {
  await terminal.sees('console', 60_000);
  await terminal.type('begin;');
  await terminal.press('Enter');
  await terminal.sees('in transaction');
  terminal.send(
    "\x1b[200~select p.reference, u.email, p.amount, p.currency, p.status\n  from payments p join users u on u.id = p.user_id\n where p.status = 'failed'\n order by p.created_at desc;\x1b[201~",
  );
  await pause(300);
  await terminal.press('F5');
  await terminal.sees(/rows, complete|of [\d,]+ complete/);
  await pause(300);
  const screen = terminal.lines().map((line) => line.trimEnd());
  const text = readFileSync(readme, 'utf8');
  const block = `<!-- screen -->\n\`\`\`\n${screen.join('\n')}\n\`\`\`\n<!-- end of screen -->`;
  writeFileSync(
    readme,
    text.replace(/<!-- screen -->(?:.*<!-- end of screen -->)?/su, () => block),
  );
} finally {
  await terminal.close();
  home.remove();
}
