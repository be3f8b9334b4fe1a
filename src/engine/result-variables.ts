import type { Variables } from './variables.ts';

/** PQcmdTuples: the count at the end of a command tag, '' where it has none. */
export function tagRows(tag: string): string {
  return /^(?:INSERT \d+|DELETE|UPDATE|SELECT|MERGE|FETCH|MOVE|COPY) (\d+)$/.exec(tag)?.[1] ?? '';
}

/** ERROR, SQLSTATE, ROW_COUNT after a statement that ran. */
export function setSuccessVariables(variables: Variables, tag: string | undefined): void {
  variables.set('ERROR', 'false');
  variables.set('SQLSTATE', '00000');
  variables.set('ROW_COUNT', tagRows(tag ?? '') || '0');
  const oid = /^INSERT (\d+) /.exec(tag ?? '')?.[1];
  variables.set('LASTOID', oid ?? '0');
}

export function setErrorVariables(variables: Variables, error: { readonly code: string; readonly message: string }): void {
  variables.set('ERROR', 'true');
  variables.set('SQLSTATE', error.code);
  variables.set('ROW_COUNT', '0');
  variables.set('LAST_ERROR_SQLSTATE', error.code);
  variables.set('LAST_ERROR_MESSAGE', error.message);
}
