import { closeSync, fsyncSync, ftruncateSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { AnswerReader, rowTexts } from './answer-reader.ts';
import type { BackendConnection } from './backend-connection.ts';
import type { OwnTablesOrder } from './engine-channel.ts';
import { afterRows, beforeRows, changedCopy, isChanged, ownTables } from './own-objects-sql.ts';
import type { SeedFacts } from './seed.ts';

const chunkSize = 64 * 1024;

const settings = [
  `set search_path = ''`,
  `set client_encoding = 'UTF8'`,
  `set client_min_messages = 'error'`,
  `set datestyle = 'ISO, YMD'`,
  `set intervalstyle = 'postgres'`,
  `set timezone = 'UTC'`,
  'set extra_float_digits = 3',
  `set bytea_output = 'hex'`,
  'set row_security = off',
  'set standard_conforming_strings = on',
  'set quote_all_identifiers = off',
  'set statement_timeout = 0',
];

const head = `-- What you made in the practice database, as it was when it was last closed: tables with their rows, types, sequences, views,
-- functions, keys, indexes, triggers, comments. Not here: privileges, policies and what is in memory only.
-- Tables of the practice data that you changed are here as copies in the schema "changed".
-- It loads into a fresh practice database: howdah practice -f THIS-FILE
set client_encoding = 'UTF8';
set standard_conforming_strings = on;
set check_function_bodies = off;
set client_min_messages = warning;
set datestyle = 'ISO, YMD';
set intervalstyle = 'postgres';
set timezone = 'UTC';
set search_path = '';
`;

const tail = `reset search_path;
reset timezone;
reset intervalstyle;
reset datestyle;
reset client_min_messages;
reset check_function_bodies;
`;

/** A file written beside and renamed at the end, so that a killed program leaves the export there was before. */
class ExportFile {
  readonly #path: string;
  readonly #temporary: string;
  readonly #descriptor: number;
  readonly #chunk = Buffer.allocUnsafe(chunkSize);
  #fill = 0;
  #written = 0;

  constructor(path: string) {
    this.#path = path;
    this.#temporary = `${path}.new-${process.pid}`;
    this.#descriptor = openSync(this.#temporary, 'w', 0o600);
  }

  write(bytes: Buffer): void {
    if (this.#fill + bytes.length > chunkSize) this.#flush();
    if (bytes.length > chunkSize) {
      this.#put(bytes);
      return;
    }
    bytes.copy(this.#chunk, this.#fill);
    this.#fill += bytes.length;
  }

  /** Bytes so far, for `cutTo`. */
  get length(): number {
    return this.#written + this.#fill;
  }

  cutTo(length: number): void {
    this.#flush();
    ftruncateSync(this.#descriptor, length);
    this.#written = length;
  }

  finish(): void {
    this.#flush();
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
    renameSync(this.#temporary, this.#path);
  }

  discard(): void {
    closeSync(this.#descriptor);
    rmSync(this.#temporary, { force: true });
  }

  #flush(): void {
    this.#put(this.#chunk.subarray(0, this.#fill));
    this.#fill = 0;
  }

  #put(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at, bytes.length - at, this.#written + at);
    this.#written += bytes.length;
  }
}

interface Copied {
  /** The table to read, and the one the export fills. */
  readonly from: string;
  readonly into: string;
  readonly columns: string;
}

/** Writes everything of the user's own as SQL that any PostgreSQL of this major or a newer one loads. */
class OwnTablesExport {
  readonly #backend: BackendConnection;
  readonly #facts: SeedFacts;
  readonly #file: ExportFile;
  readonly #timeForRows: number;
  #deadline = 0;
  #count = 0;

  constructor(backend: BackendConnection, order: OwnTablesOrder, file: ExportFile) {
    this.#backend = backend;
    this.#facts = order.facts;
    this.#file = file;
    this.#timeForRows = order.timeForRows;
  }

  /** How many statements and tables there are; none: there is nothing of the user's own. */
  write(): number {
    this.#file.write(Buffer.from(head));
    this.#statements(beforeRows);
    const tables = this.#rows(ownTables(this.#facts.firstObject)).map(([from = '', columns = '']) => ({ from, into: from, columns }));
    const copied = [...this.#changedTables(), ...tables];
    this.#deadline = performance.now() + this.#timeForRows;
    for (const table of copied) this.#copy(table);
    this.#statements(afterRows);
    this.#file.write(Buffer.from(tail));
    return this.#count;
  }

  #line(text: string): void {
    this.#count++;
    this.#file.write(Buffer.from(`${text}\n`));
  }

  #statements(queries: typeof beforeRows): void {
    for (const query of queries) for (const [ddl] of this.#rows(query(this.#facts.firstObject))) if (ddl !== undefined) this.#line(ddl);
  }

  #rows(sql: string): (readonly (string | undefined)[])[] {
    const rows: (readonly (string | undefined)[])[] = [];
    const reader = new AnswerReader((type, body) => {
      if (type === 'D') rows.push(rowTexts(body));
      if (type === 'E') throw new Error(errorText(body));
    });
    const answer: Buffer[] = [];
    this.#backend.ask(sql, (bytes) => answer.push(Buffer.from(bytes)));
    for (const bytes of answer) reader.feed(bytes);
    return rows;
  }

  #changedTables(): readonly Copied[] {
    const changed = Object.entries(this.#facts.rows).filter(
      ([table, rows]) => this.#rows(isChanged(table, rows, this.#facts))[0]?.[0] !== undefined,
    );
    if (changed.length > 0) this.#line('create schema if not exists changed;');
    return changed.flatMap(([from]) =>
      this.#rows(changedCopy(from)).map(([into = '', columns = '', ddl = '']) => {
        this.#line(ddl);
        return { from, into, columns };
      }),
    );
  }

  /** COPY to COPY. Where the time runs out the table comes without its rows, and the file says so. */
  #copy({ from, into, columns }: Copied): void {
    const start = this.#file.length;
    let isLate = performance.now() > this.#deadline;
    let failure: string | undefined;
    let writeError: unknown;
    this.#line(`copy ${into} (${columns}) from stdin;`);
    const reader = new AnswerReader((type, body) => {
      if (type === 'd') this.#file.write(body);
      else if (type === 'E') failure = errorText(body);
    });
    if (!isLate) {
      this.#backend.ask(`copy ${from} (${columns}) to stdout`, (bytes) => {
        if (writeError !== undefined || isLate) return;
        try {
          reader.feed(bytes);
        } catch (error) {
          // Not thrown through the backend, which would not survive it.
          writeError = error;
        }
        isLate = performance.now() > this.#deadline;
        if (isLate || writeError !== undefined) this.#backend.interruptSelf();
      });
    }
    if (writeError !== undefined) throw writeError;
    if (isLate || failure !== undefined) {
      this.#file.cutTo(start);
      this.#line(
        `\\warn The rows of ${into} are not in this file: ${isLate ? 'there were too many to write them at every quit' : failure}.`,
      );
    } else this.#line('\\.');
  }
}

function errorText(body: Buffer): string {
  return /\0M([^\0]*)\0/.exec(`\0${body.toString('utf8')}`)?.[1] ?? 'an error';
}

/** Leaves the export at `path`; none where nothing is the user's own. False: it could not be written. */
export function exportOwnTables(backend: BackendConnection, order: OwnTablesOrder): boolean {
  backend.settle();
  for (const sql of settings) backend.ask(sql, () => undefined);
  let file: ExportFile | undefined;
  try {
    file = new ExportFile(order.path);
    if (new OwnTablesExport(backend, order, file).write() > 0) {
      file.finish();
      return true;
    }
    file.discard();
    rmSync(order.path, { force: true });
    return true;
  } catch {
    // A full disk, a catalog that is damaged: the export there was stays, and the next session tries again.
    file?.discard();
    return false;
  } finally {
    backend.settle();
  }
}
