import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshHome } from '../support/home.ts';
import { type NativeServer, startNativeServer } from '../support/native-server.ts';
import { oracle, whyNoOracle } from '../support/oracle.ts';
import { run } from '../support/run.ts';
import { ownNode, pause, program, Terminal } from '../support/terminal.ts';

/** Statements and meta-commands of one session, each of which shows something that fits a screen. */
const inputs = [
  'create table shop (id int primary key, name text not null, price numeric(8,2) check (price > 0), tags text[]);',
  "insert into shop values (1, 'tea', 2.50, '{hot,leaf}'), (2, 'cup', 7.00, null), (3, '', 1.10, '{}') returning id;",
  'select * from shop order by id;',
  'select name, price * 2 as double from shop where price > 2 order by price desc;',
  "select null as nothing, '' as blank, true as yes, 1.50::numeric as money, array[1,2] as list;",
  "update shop set price = price + 1 where name = 'tea' returning price;",
  'delete from shop where id = 3;',
  'select count(*), sum(price), string_agg(name, $$,$$ order by id) from shop;',
  'select 1/0;',
  'select * from nowhere;',
  'insert into shop values (1, $$again$$, 1, null);',
  'insert into shop values (9, $$free$$, 0, null);',
  'begin;',
  'savepoint one;',
  'select txid_current() is not null as inside;',
  'rollback to one;',
  'commit;',
  "with recursive t(n) as (values (1) union all select n + 1 from t where n < 5) select n, repeat('*', n) from t;",
  'select id, rank() over (order by price) from shop;',
  "select '{\"a\": {\"b\": [1, 2]}}'::jsonb -> 'a' -> 'b' -> 1 as deep;",
  "do $$ begin raise notice 'mind the %', 'gap'; end $$;",
  'create view cheap as select id from shop where price < 5;',
  'explain (costs off) select * from shop where id = 1;',
  "values ('ünï', '日本', 'a b');",
  '\\dt',
  '\\d shop',
  '\\d+ cheap',
  '\\di',
  '\\dv',
  '\\dn',
  '\\du',
  '\\df pg_catalog.pg_typeof',
  '\\echo hello :USER',
  '\\set greeting hi',
  '\\echo :greeting',
  '\\bogus',
  '\\pset null ∅',
];

const home = freshHome();
let server: NativeServer;
let connection: readonly string[];

beforeAll(async () => {
  if (oracle === undefined) return;
  server = await startNativeServer({ binFolder: oracle.binFolder, locale: 'C.UTF-8' });
  connection = ['-X', '-h', server.host, '-p', String(server.port), '-U', server.user];
  for (const name of ['by_psql', 'by_batch', 'by_workbench']) await run([oracle.psql, ...connection, '-c', `create database ${name}`]);
});

afterAll(async () => {
  await server?.stop();
  home.remove();
});

/** What a program prints for each input of one session, both streams in one, cut apart at marks. */
async function printed(command: readonly string[], database: string): Promise<readonly string[]> {
  const script = inputs.map((input) => `${input}\n\\echo --8<--\n`).join('');
  const shell = ['/bin/sh', '-c', '"$@" 2>&1', 'sh', ...command, ...connection, '-d', database, '-P', 'null=∅'];
  const { stdout } = await run(shell, { input: script, environment: { LC_ALL: 'C.UTF-8' } });
  return stdout.split('--8<--\n').slice(0, inputs.length);
}

/** Rows, headings, footers and messages without the drawing around them. */
function essence(text: string): readonly string[] {
  return text
    .replaceAll('│', '|')
    .split('\n')
    .map((line) =>
      line
        .replace(/^\s*▌/, '')
        .replace(/\s+/g, ' ')
        .replace(/\s*\|\s*/g, '|')
        .trim(),
    )
    .filter((line) => line !== '' && !/^[-+─┼|]*$/.test(line) && !/^\(\d+ rows?\)$/.test(line) && !/^LINE \d+:/.test(line) && line !== '^');
}

test.skipIf(oracle === undefined)(
  `psql, the batch face and the workbench agree on ${inputs.length} statements and meta-commands (${oracle === undefined ? whyNoOracle : 'compared'})`,
  async () => {
    const psql = await printed([oracle?.psql ?? 'psql'], 'by_psql');
    expect(await printed([ownNode, program], 'by_batch')).toEqual(psql);

    const terminal = new Terminal([...connection, '-d', 'by_workbench', '-P', 'null=∅'], {
      columns: 200,
      rows: 60,
      environment: home.environment,
    });
    try {
      // Before that Ctrl-C gives up connecting.
      await terminal.sees('no TLS');
      for (const [index, input] of inputs.entries()) {
        const expected = essence(psql[index] ?? '');
        await terminal.press('Ctrl-C');
        const before = terminal.text();
        terminal.send(`\x1b[200~${input}\x1b[201~`);
        await terminal.sees(input.slice(-12));
        await terminal.press('F5');
        await terminal.sees((screen) => screen !== before);
        const seen = () => essence(terminal.text());
        const misses = () => expected.filter((line) => !seen().some((shown) => shown.includes(line)));
        for (let tries = 0; tries < 100 && misses().length > 0; tries++) await pause(50);
        expect(misses(), `${input}\n${terminal.text()}`).toEqual([]);
        const rows = /^\((\d+) rows?\)$/m.exec(psql[index] ?? '')?.[1];
        if (rows !== undefined && !input.startsWith('\\d')) await terminal.sees(new RegExp(`\\b${rows} rows?, complete`));
        await terminal.press('Esc', 'Esc');
      }
    } finally {
      await terminal.close();
    }
  },
  120_000,
);
