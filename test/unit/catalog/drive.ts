import type { CatalogTable, CatalogWork, Rows } from '../../../src/catalog/catalog-work.ts';
import type { ListRequest } from '../../../src/catalog/list-request.ts';

/** A request of a psql 15 server's user, with what the test changes. */
export function request(change: Partial<ListRequest> = {}): ListRequest {
  return {
    version: 150_000,
    database: 'shop',
    patterns: [],
    letters: '',
    isVerbose: false,
    showsSystem: false,
    hidesAccessMethod: false,
    hidesCompression: false,
    isQuiet: false,
    ...change,
  };
}

export function rowsOf(...rows: readonly (readonly (string | null)[])[]): Rows {
  return { columns: [], rows };
}

/** Runs a description on canned answers, one after the other. */
export function drive<Result>(work: CatalogWork<Result>, answers: readonly Rows[]) {
  const queries: string[] = [];
  const tables: CatalogTable[] = [];
  let step = work.next();
  while (step.done !== true) {
    if (typeof step.value === 'string') {
      const answer = answers[queries.length];
      if (answer === undefined) throw new Error(`no answer for\n${step.value}`);
      queries.push(step.value);
      step = work.next(answer);
    } else {
      tables.push(step.value);
      step = work.next(rowsOf());
    }
  }
  return { queries, tables, result: step.value };
}
