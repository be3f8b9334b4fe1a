import type { CompletionCatalog } from '../catalog/completion-snapshot.ts';
import type { KeywordCase } from './candidate.ts';
import type { QueryContext } from './query-context.ts';
import type { Word } from './words.ts';

/** A query and what is typed in it. */
export interface QueryRequest {
  readonly context: QueryContext;
  readonly before: readonly Word[];
  readonly current: string;
  readonly catalog: CompletionCatalog;
  readonly keywordCase: KeywordCase;
}
