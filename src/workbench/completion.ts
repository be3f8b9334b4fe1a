import type { Candidate } from '../complete/complete.ts';

/** The list at the cursor: any of the candidates may take the place of the text from start to end, in UTF-16 units. */
export interface Completion {
  readonly bufferId: string;
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly Candidate[];
  readonly chosen: number;
}
