import type { ObjectName } from './token-reader.ts';
import type { WritingFunction } from './writing-functions.ts';

/** How an effect hides in its statement, from the outside in; a name with `()` is that of a routine whose body does it. */
export type Via = 'cte' | 'explain-analyze' | 'do' | 'execute' | 'copy' | `${string}()`;

/** Which rows a WHERE leaves: all for there is none, all for it is always true, or those it selects. */
export type RowFilter = 'none' | 'always-true' | 'some';

interface Place {
  /** [start, end) in UTF-16 units of the assessed text. For what EXECUTE, a DO block or a routine brings along, the place of these. */
  readonly start: number;
  readonly end: number;
  readonly via: readonly Via[];
}

export type MaintenanceCommand = 'vacuum' | 'analyze' | 'cluster' | 'reindex' | 'checkpoint';

/** What a statement does apart from reading rows, as far as its text tells. */
export type EffectKind =
  | { readonly kind: 'insert'; readonly target?: ObjectName }
  | { readonly kind: 'update' | 'delete'; readonly target?: ObjectName; readonly filter: RowFilter }
  | {
      readonly kind: 'merge';
      readonly target?: ObjectName;
      /** Of its ON; 'always-true' joins every row with every row. */
      readonly filter: RowFilter;
      /** WHEN NOT MATCHED BY SOURCE THEN DELETE or UPDATE without a condition: every row the source does not have. */
      readonly unmatched: 'kept' | 'updated' | 'deleted';
    }
  | {
      readonly kind: 'drop';
      readonly object: string;
      readonly names: readonly ObjectName[];
      readonly cascade: boolean;
      readonly ifExists: boolean;
    }
  | { readonly kind: 'truncate'; readonly names: readonly ObjectName[]; readonly cascade: boolean; readonly restartsIdentity: boolean }
  | {
      readonly kind: 'alter-drop';
      readonly object: string;
      readonly target?: ObjectName;
      /** 'column', 'constraint', 'attribute', 'default', 'not null' … */
      readonly part: string;
      readonly name?: ObjectName;
      readonly cascade: boolean;
    }
  | { readonly kind: 'alter'; readonly object: string; readonly target?: ObjectName }
  | {
      readonly kind: 'create';
      readonly object: string;
      readonly target?: ObjectName;
      readonly isTemporary: boolean;
      /** IF NOT EXISTS or OR REPLACE: it may have been there before. */
      readonly mayExist: boolean;
      /** Filled by a query: SELECT … INTO or CREATE TABLE … AS. */
      readonly from?: 'select-into' | 'query';
    }
  /** COMMENT, SECURITY LABEL, IMPORT FOREIGN SCHEMA, REASSIGN OWNED. */
  | { readonly kind: 'define'; readonly command: string }
  | { readonly kind: 'grant' | 'revoke'; readonly what: string; readonly toPublic: boolean }
  | {
      readonly kind: 'copy';
      readonly direction: 'from-stdin' | 'from-file' | 'from-program' | 'to-stdout' | 'to-file' | 'to-program';
      readonly target?: ObjectName;
      /** The file or the program. */
      readonly argument?: string;
    }
  /** `isKnown`: its body was read and holds no dynamic SQL. What was found in it are effects of their own. */
  | { readonly kind: 'do'; readonly isKnown: boolean }
  /** `isKnown`: as of DO, with the body of the procedure. */
  | { readonly kind: 'call'; readonly target?: ObjectName; readonly isKnown: boolean }
  /** A function of the user's own that runs what its body does not show, or whose body cannot be read. */
  | { readonly kind: 'routine'; readonly target: ObjectName }
  /** Of a prepared statement; known: its effects follow. */
  | { readonly kind: 'execute'; readonly name: string; readonly isKnown: boolean }
  | { readonly kind: 'prepare'; readonly name: string }
  | { readonly kind: 'function'; readonly target: ObjectName; readonly does: WritingFunction; readonly firstArgument?: string }
  | { readonly kind: 'lock-rows'; readonly strength: string }
  | { readonly kind: 'lock-table'; readonly names: readonly ObjectName[]; readonly mode: string }
  | { readonly kind: 'refresh'; readonly target?: ObjectName; readonly concurrently: boolean }
  | { readonly kind: 'maintenance'; readonly command: MaintenanceCommand; readonly names: readonly ObjectName[]; readonly full: boolean }
  | {
      readonly kind: 'transaction';
      readonly command:
        | 'begin'
        | 'commit'
        | 'rollback'
        | 'savepoint'
        | 'release'
        | 'rollback-to'
        | 'prepare'
        | 'commit-prepared'
        | 'rollback-prepared';
      readonly readWrite: boolean;
    }
  /** SET, RESET and set_config; `name` in lower case, '' where it is put together at run time. */
  | {
      readonly kind: 'setting';
      readonly command: 'set' | 'reset';
      readonly name: string;
      readonly value: string;
      readonly isLocal: boolean;
    }
  | { readonly kind: 'alter-system'; readonly name: string }
  | { readonly kind: 'session'; readonly command: 'discard' | 'load' | 'listen' | 'unlisten' | 'notify'; readonly name: string }
  /** A statement that is nested too deep to be read. */
  | { readonly kind: 'unread' }
  /** A command the guards have never heard of. */
  | { readonly kind: 'unknown'; readonly command: string };

export type Effect = EffectKind & Place;
