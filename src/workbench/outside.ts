import type { ServerTraits } from '../catalog/server-traits.ts';
import type { SessionActivity } from '../catalog/session-activity.ts';

/** What is known of the session from outside it: by a second connection, or by a look that was asked for. */
export interface Outside {
  readonly traits: ServerTraits | undefined;
  readonly look: Look | undefined;
  /** Why there is no look. */
  readonly refusal: string | undefined;
}

/** One look at locks, and what it was of: numbers from before are no answer for what came after. */
export interface Look {
  readonly activity: SessionActivity;
  /** Milliseconds of the clock. */
  readonly at: number;
  readonly of: Looked;
  /** The queries behind it. */
  readonly sql: readonly string[];
}

/** The transaction, by its beginning, or what runs outside of one, by its. */
export type Looked = { readonly transaction: number } | { readonly run: number };

export const nothingSeen: Outside = { traits: undefined, look: undefined, refusal: undefined };
