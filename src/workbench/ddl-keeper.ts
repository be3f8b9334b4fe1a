import type { Rows } from '../catalog/catalog-work.ts';
import { dependentsLine, dependentsQuery, sizeLine, sizeQuery } from '../catalog/loss-preview.ts';
import { type TableSession, tableSessions, tableSessionsQuery, tablesNamedQuery } from '../catalog/rehearsal/table-sessions.ts';
import type { Interpreter } from '../engine/interpreter.ts';
import type { SideSession } from '../engine/side-session.ts';
import { hasStandardStrings } from '../server/has-standard-strings.ts';
import { leadingKeywords } from '../sql/classify.ts';
import { columnChanges } from '../sql/guard/alter-table-facts.ts';
import type { RewriteVerdicts } from '../sql/guard/ddl-fact.ts';
import { ddlFacts } from '../sql/guard/ddl-facts.ts';
import { ddlTargets } from '../sql/rehearsal/ddl-targets.ts';
import { rehearsalRefusal } from '../sql/rehearsal/rehearsal-refusal.ts';
import { type DdlReport, ddlReportLines } from './ddl-report.ts';
import { rewriteVerdicts } from './rewrite-lookup.ts';

export interface DdlKeeperParts {
  readonly interpreter: Interpreter;
  readonly side: SideSession;
}

const commands = new Set(['alter', 'drop', 'create', 'truncate', 'cluster', 'reindex', 'refresh', 'vacuum', 'comment', 'security', 'lock']);

/** Looks up what a command on tables would take and meet, before anything of it is sent. */
export class DdlKeeper {
  readonly #parts: DdlKeeperParts;

  constructor(parts: DdlKeeperParts) {
    this.#parts = parts;
  }

  /** Undefined: it is no command that locks a table. */
  async report(text: string): Promise<DdlReport | undefined> {
    const { interpreter } = this.#parts;
    const { session } = interpreter;
    const sql = interpreter.statementText(text);
    if (session === undefined || session.status === 'failed' || sql === undefined) return undefined;
    const [command = ''] = leadingKeywords(sql, 1);
    if (!commands.has(command) || ddlFacts(sql, session.versionNumber) === undefined) return undefined;
    const standardStrings = hasStandardStrings(session);
    const names = ddlTargets(sql, standardStrings);
    const asked: string[] = [];
    const tables = await this.#tables(names, asked);
    const facts = ddlFacts(sql, session.versionNumber, await this.#verdicts(sql, tables, asked));
    if (facts === undefined) return undefined;
    const sizes = tables.length === 0 ? [] : await this.#sizes(tables, asked);
    const sessions = await this.#sessions(tables, asked);
    const refusal = rehearsalRefusal(sql, standardStrings, session.versionNumber);
    const findings = {
      facts,
      tables: tables.map(({ name }) => name),
      hasUnknown: names.length > 0 && tables.length === 0,
      sizes,
      sessions: typeof sessions === 'string' ? undefined : sessions,
      why: typeof sessions === 'string' ? sessions : '',
      refusal,
    };
    return { lines: ddlReportLines(findings), sql: asked, canRun: refusal === undefined };
  }

  /** What the names mean on the user's session, which alone knows: temporary tables, search_path, what its transaction has made. */
  async #tables(names: readonly string[], asked: string[]): Promise<readonly Table[]> {
    if (names.length === 0) return [];
    const query = tablesNamedQuery(names);
    asked.push(query);
    const rows = (await this.#parts.interpreter.aside((ask) => ask(query))) ?? [];
    return rows.map(([oid, fullName, name]) => ({ oid: oid ?? '', fullName: fullName ?? '', name: name ?? '' }));
  }

  /** Whether changes of its columns write the table anew, by what their types are on the user's session. */
  async #verdicts(sql: string, tables: readonly Table[], asked: string[]): Promise<RewriteVerdicts> {
    const { interpreter } = this.#parts;
    const version = interpreter.session?.versionNumber ?? 0;
    const standardStrings = hasStandardStrings(interpreter.session);
    const changes = columnChanges(sql, version, standardStrings);
    const [table] = tables;
    if (table === undefined || changes.length === 0) return new Map();
    const found = await interpreter.aside((ask) =>
      rewriteVerdicts(changes, table, version, (query, holds) => {
        asked.push(query);
        return ask(query, holds);
      }),
    );
    return found ?? new Map();
  }

  async #sizes(tables: readonly Table[], asked: string[]): Promise<readonly string[]> {
    const subject = { kind: 'relation', names: tables.map(({ fullName }) => fullName), how: 'object' } as const;
    const [size, dependents] = [sizeQuery(subject), dependentsQuery(subject)];
    const sizeRows = size === undefined ? undefined : await this.#ask(size, asked);
    const dependentRows = dependents === undefined ? undefined : await this.#ask(dependents, asked);
    return [sizeLine(sizeRows), dependentsLine(dependentRows, 'Depends on it')];
  }

  /** A sentence: why they are not known. */
  async #sessions(tables: readonly Table[], asked: string[]): Promise<readonly TableSession[] | string> {
    const { interpreter, side } = this.#parts;
    const { session } = interpreter;
    if (tables.length === 0 || session === undefined) return [];
    const query = tableSessionsQuery(
      tables.map(({ oid }) => oid),
      session.info.processId,
    );
    // The embedded engine has no other sessions.
    if (session.info.security === 'embedded') return [];
    asked.push(query);
    const answer = await side.ask(query);
    return answer.ok ? tableSessions(answer) : answer.text;
  }

  /** On the second connection; where there is none, on the one there is. */
  async #ask(sql: string, asked: string[]): Promise<Rows | undefined> {
    const { interpreter, side } = this.#parts;
    asked.push(sql);
    if (interpreter.session?.info.security !== 'embedded') {
      const answer = await side.ask(sql);
      return answer.ok ? answer : undefined;
    }
    const rows = await interpreter.aside((ask) => ask(sql));
    return rows && { columns: [], rows };
  }
}

interface Table {
  readonly oid: string;
  /** With its schema. */
  readonly fullName: string;
  /** As the server writes it on that session. */
  readonly name: string;
}
