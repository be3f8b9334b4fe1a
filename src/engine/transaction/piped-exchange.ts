import type { Exchange, Lexing, PipedRequest } from './exchange.ts';
import type { ReadStatement } from './exchange-walk.ts';
import { readStatements } from './settle.ts';

/** What a pipeline sends: a request, or its Sync. */
export type PipedPiece = PipedRequest | 'sync';

/** What an exchange that begins with it is known by. */
export interface Beginning {
  readonly number: number;
  readonly at: number;
  readonly lexing: Lexing;
}

/** All that was sent and is not over: a piece of a pipeline joins the stretch that no Sync has ended yet, or begins another. */
export function withPiece(sent: readonly Exchange[], piece: PipedPiece, beginning: Beginning): readonly Exchange[] {
  const last = sent.at(-1);
  if (last?.stretch?.isSynced === false) return [...sent.slice(0, -1), joined(last, piece)];
  return [...sent, joined({ ...beginning, sql: '', isOwn: false, isExecuted: true, hasParameters: false, completions: undefined }, piece)];
}

function joined(exchange: Exchange, piece: PipedPiece): Exchange {
  const { stretch = { requests: [], answered: 0, isSynced: false } } = exchange;
  if (piece === 'sync') return { ...exchange, stretch: { ...stretch, isSynced: true } };
  const hasParameters = exchange.hasParameters || piece.hasParameters;
  return { ...exchange, hasParameters, stretch: { ...stretch, requests: [...stretch.requests, piece] } };
}

/** CommandComplete for the statement whose turn it is; the tag undefined: for what has none. */
export function withCompletion(exchange: Exchange, tag: string | undefined, milliseconds: number): Exchange {
  const { completions, stretch } = exchange;
  return {
    ...exchange,
    completions: { tag, milliseconds, previous: completions },
    ...(stretch === undefined ? {} : { stretch: { ...stretch, answered: stretch.answered + 1 } }),
  };
}

/** ParseComplete and its kin end a request only where it asked for nothing else; outside a pipeline they tell nothing. */
export function withoutTag(exchange: Exchange, isExecuted: boolean, milliseconds: number): Exchange {
  const request = exchange.stretch?.requests[exchange.stretch.answered];
  return request?.isExecuted === isExecuted ? withCompletion(exchange, undefined, milliseconds) : exchange;
}

/** Everything that was asked for in it. */
export function requestsOf({ stretch, lexing }: Exchange): readonly ReadStatement[] {
  return (stretch?.requests ?? []).flatMap(({ sql }) => readStatements(sql, lexing));
}
