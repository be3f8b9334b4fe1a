import type { Chance } from './random.ts';

/** The names that random savepoints have. */
export const savepointNames: readonly string[] = ['a', 'b', 'c', 'savepoint', 'say "hi"'];

/** The names that random prepared transactions have. */
export const preparedNames: readonly string[] = ['random 0', 'random 1', 'random 2'];

/** What random statements are about, in a schema of its own. */
export const randomFixtures = (schema: string): string => `
  set client_min_messages = error;
  -- A transaction left prepared keeps its locks.
  set lock_timeout = '5ms';
  create schema ${schema};
  set search_path = ${schema};
  create table t (i int check (i < 1000));
  create table parent (id int primary key);
  create table child (id int references parent deferrable initially deferred);
  create function caught() returns int language plpgsql as $$ begin begin perform 1/0; exception when others then return 0; end; end $$;
  create function uncaught() returns int language plpgsql as $$ begin insert into t values (1); return 1/0; end $$;
  create function savepoint_inside() returns int language plpgsql as $$ begin execute 'savepoint a'; return 1; end $$;
  create procedure committing() language plpgsql as $$ begin insert into t values (2); commit; insert into t values (3); rollback; end $$;
  create procedure quiet() language plpgsql as $$ begin insert into t values (4); end $$`;

/** A string of one or more statements, good, bad and odd, all that moves a transaction among them. */
export function randomStatement(chance: Chance): string {
  if (chance.oneIn(4)) return Array.from({ length: 2 + chance.below(4) }, () => one(chance)).join(chance.oneOf(joins));
  return one(chance);
}

const joins = ['; ', ';', ';;\n', '; -- savepoint a;\n', '; /* ; commit /* ; */ ; */ ', " ; select ';' ; ", '; select $x$ ; commit; $x$; '];

type Maker = (chance: Chance) => string;

/** Most of them work in a transaction. */
const plain: readonly string[] = [
  'select 1',
  'insert into t values (1), (2)',
  'update t set i = i where i = 1',
  'delete from t where i = 3',
  'with gone as (delete from t returning 1) select count(*) from gone',
  'insert into child values (7)',
  'truncate t',
  'copy (select 1) to stdout',
  'select caught()',
  'call quiet()',
  'do $$ begin begin perform 1/0; exception when division_by_zero then null; end; end $$',
  'create or replace function body() returns int begin atomic select 1; select 2; end',
  'create or replace rule r as on insert to parent do also (select 1; select 2)',
  'create or replace view savepoint_view as select 1 as begin',
  'lock table t',
  'set local work_mem = 1000',
  'set standard_conforming_strings = off',
  'set standard_conforming_strings = on',
  String.raw`select '\'; savepoint a; --'`,
  String.raw`select E'\'; commit; --'`,
  'declare c cursor for select 1',
  'fetch all from c',
  'show transaction_isolation',
  'listen x',
  'notify x',
  'discard plans',
  '',
  ' ; ',
  '-- commit',
  'select 1 as "commit; begin"',
  'prepare p as select 1',
  'execute p',
  'deallocate p',
];

/** What fails always, in a transaction, or now and then; or makes others fail. */
const failing: readonly string[] = [
  'select 1/0',
  'selec',
  'insert into t values (1000)',
  'copy t from stdin',
  'select uncaught()',
  'select savepoint_inside()',
  'call committing()',
  'do $$ begin savepoint a; end $$',
  'do $$ begin commit; end $$',
  'do $$ begin rollback; end $$',
  'do $$ begin insert into t values (8); raise exception $x$; commit;$x$; end $$',
  'vacuum t',
  'set transaction read only',
  'set transaction isolation level serializable',
  'set transaction_read_only = off',
];

const control: readonly (readonly [weight: number, make: Maker])[] = [
  [
    9,
    (chance) =>
      chance.oneOf([
        'begin',
        'BEGIN',
        'start transaction',
        'begin isolation level repeatable read, read write',
        'begin work',
        '/* x */ begin -- y',
      ]),
  ],
  [2, (chance) => chance.oneOf(['commit', 'end', 'COMMIT work', 'commit and no chain', 'end transaction'])],
  [1, (chance) => chance.oneOf(['commit and chain', 'rollback and chain', 'abort and chain'])],
  [2, (chance) => chance.oneOf(['rollback', 'abort', 'rollback work', 'ROLLBACK transaction'])],
  [8, (chance) => `savepoint ${spelled(chance)}`],
  [2, (chance) => chance.oneOf(['savepoint', 'release', 'rollback to', String.raw`savepoint U&"\0061"`, 'savepoint a b'])],
  [3, (chance) => `${chance.oneOf(['release', 'release savepoint', 'RELEASE'])} ${spelled(chance)}`],
  [
    4,
    (chance) => `${chance.oneOf(['rollback to', 'rollback to savepoint', 'abort work to', 'rollback transaction to'])} ${spelled(chance)}`,
  ],
  [1, (chance) => `prepare transaction '${chance.oneOf(preparedNames)}'`],
  [6, (chance) => `${chance.oneOf(['commit', 'rollback'])} prepared '${chance.oneOf(preparedNames)}'`],
];

function one(chance: Chance): string {
  if (chance.oneIn(2)) return chance.oneOf(chance.oneIn(7) ? failing : plain);
  const total = control.reduce((sum, [weight]) => sum + weight, 0);
  let at = chance.below(total);
  for (const [weight, make] of control) {
    if (at < weight) return make(chance);
    at -= weight;
  }
  throw new Error('weights do not add up');
}

function spelled(chance: Chance): string {
  const name = chance.oneOf(chance.oneIn(3) ? savepointNames : savepointNames.slice(0, 2));
  if (!/^[a-z]+$/.test(name) || chance.oneIn(4)) return `"${name.replaceAll('"', '""')}"`;
  return chance.oneOf([name, name, name.toUpperCase(), `/* ; */ ${name}`]);
}
