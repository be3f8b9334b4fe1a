import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attemptFiles, type ReadOnlyAttempt, readOnlyAttempts } from '../unit/sql/guard/corpus/read-only-attempts.ts';

const corpus = join(import.meta.dirname, '../unit/sql/guard/corpus');

/** All of them where asked for, else every hidden one and a seventh of the ways times writes. */
export const attempts = readOnlyAttempts(process.env.HOWDAH_ALL_ATTEMPTS === undefined ? 7 : 1);

/** All that a write could leave behind: rows, sequences, the size of the catalog, statistics, large objects, roles. */
const fingerprintFunction = `
create function audit.fingerprint() returns text language plpgsql as $$
declare found text := ''; line text; name text;
begin
  for name in select oid::regclass::text from pg_class where relnamespace in ('public'::regnamespace, 'audit'::regnamespace) and relkind in ('r', 'm', 'S') order by oid loop
    execute format('select coalesce(string_agg(row_to_json(t)::text, chr(10) order by row_to_json(t)::text), '''') from (select * from %s) t', name) into line;
    found := found || name || md5(line) || ' ';
  end loop;
  select found || string_agg(c.relname || c.relfilenode || c.relpages || c.reltuples || coalesce(c.relacl::text, '') || c.relhastriggers, ' ' order by c.oid)
    into found from pg_class c where c.relnamespace in ('public'::regnamespace, 'audit'::regnamespace);
  return found || (select count(*) from pg_attribute) || ' ' || (select count(*) from pg_proc) || ' ' || (select count(*) from pg_trigger where tgenabled = 'O')
    || ' ' || (select count(*) from pg_largeobject_metadata) || ' ' || (select count(*) from pg_roles where rolname = 'written') || ' '
    || (select count(*) from pg_prepared_xacts) || ' ' || (select count(*) from pg_namespace where nspname !~ '^pg_(toast_)?temp') || ' '
    || (select count(*) from pg_publication) || ' ' || (select count(*) from pg_database where datname = 'written');
end $$;`;

/** The guards' schema, the traps, and what tells whether anything was written. Statistics of the server's own would look like traces. */
export const readOnlySchema = `set client_min_messages = error;
${readFileSync(join(corpus, 'schema.sql'), 'utf8').replace(/^create (?:role|publication) .*$/gm, '')}
${readFileSync(join(corpus, 'read-only-traps.sql'), 'utf8')}
${fingerprintFunction}
do $$ declare r record; begin
  for r in select oid::regclass as name from pg_class where relkind in ('r', 'm') and relnamespace in ('public'::regnamespace, 'audit'::regnamespace)
  loop execute format('alter table %s set (autovacuum_enabled = off)', r.name); end loop; end $$;
`;

export const fingerprintQuery = 'select audit.fingerprint();';

/** Between two attempts: out of what the one before has left open. */
const between = `\\r
\\o
\\set ON_ERROR_STOP off
\\set AUTOCOMMIT on
\\set ON_ERROR_ROLLBACK off
\\set SINGLELINE off
\\set ECHO none
\\set QUIET on
\\unset FETCH_COUNT
\\encoding UTF8
rollback;
reset session authorization;
reset all;
deallocate all;
`;

/** A folder in which attempts run, and the text that runs them one after the other. */
export class AttemptFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'howdah-attempts-'));
  #count = 0;

  constructor() {
    for (const [name, text] of Object.entries(attemptFiles)) this.#write(name, text);
  }

  /** Each as a script of its own, so that none can leave a literal or a condition open for the next. */
  script(attempts: readonly ReadOnlyAttempt[]): string {
    return attempts
      .map(({ script }) => {
        const name = `attempt-${this.#count++}.sql`;
        this.#write(name, `${script}\n`);
        return `\\i ${join(this.path, name)}\n${between}`;
      })
      .join('');
  }

  /** The files it names are in the folder, wherever the program runs. */
  #write(name: string, text: string): void {
    const located = Object.keys(attemptFiles).reduce(
      (known, file) => known.replaceAll(new RegExp(`(?<=[ ']|cat )${file}`, 'g'), join(this.path, file)),
      text,
    );
    writeFileSync(join(this.path, name), located);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The attempts in portions, for one process each. */
export function portions<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
