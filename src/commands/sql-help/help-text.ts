import type { SqlHelp } from './sql-help.ts';

/** What `\h` prints without a name: the names in as many columns as fit, filled downwards. */
export function listOfCommands(table: readonly SqlHelp[], width: number): string {
  const longest = Math.max(...table.map((command) => command.name.length));
  const columns = Math.max(1, Math.floor((width - 3) / (longest + 1)));
  const rows = Math.ceil(table.length / columns);
  let text = 'Available help:\n';
  for (let row = 0; row < rows; row++) {
    const cells = Array.from({ length: columns }, (_, column) => {
      const name = table[row + column * rows]?.name ?? '';
      return column < columns - 1 ? name.padEnd(longest + 1) : name;
    });
    text += `  ${cells.join('')}\n`;
  }
  return text;
}

/** What `\h NAME` prints for a server of this version, as a number: 150018 is 15.18. */
export function helpOn(table: readonly SqlHelp[], topic: string, versionNumber: number): string {
  const found = commandsMatching(table, topic);
  if (found.length === 0) return `No help available for "${topic}".\nTry \\h with no arguments to see available help.\n`;
  return found.map((command) => describe(command, versionNumber)).join('');
}

function describe({ name, description, id, synopsis }: SqlHelp, versionNumber: number): string {
  const majorVersion = Math.floor(versionNumber / 10_000);
  // Before 10 the first two numbers made the major version: 90603 is 9.6.3.
  const manual = majorVersion < 10 ? `${majorVersion}.${Math.floor(versionNumber / 100) % 100}` : String(majorVersion);
  return `Command:     ${name}
Description: ${description}
Syntax:
${synopsisFor(synopsis, majorVersion)}

URL: https://www.postgresql.org/docs/${manual}/${id}.html

`;
}

/** The lines of a synopsis that hold for a major version, without their version marks. */
export function synopsisFor(synopsis: string, majorVersion: number): string {
  return synopsis
    .split('\n')
    .flatMap((line) => {
      const mark = /^(\d+)([+-]) /.exec(line);
      if (mark === null) return [line];
      const isSince = majorVersion >= Number(mark[1]);
      return isSince === (mark[2] === '+') ? [line.slice(mark[0].length)] : [];
    })
    .join('\n');
}

/** psql's three tries: what begins with the whole topic, with its first two words, with its first word; the first that finds any. */
export function commandsMatching(table: readonly SqlHelp[], topic: string): readonly SqlHelp[] {
  if (topic === '*') return table;
  const exact = table.find((command) => sameText(command.name, topic));
  if (exact !== undefined) return [exact];
  for (const beginning of beginnings(topic)) {
    const found = table.filter((command) => sameText(command.name.slice(0, beginning.length), beginning));
    if (found.length > 0) return found;
  }
  return [];
}

function beginnings(topic: string): readonly string[] {
  const words = topic.split(' ');
  return [topic, words.slice(0, 2).join(' '), words.slice(0, 1).join('')];
}

function sameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
