import type { RowStore } from '../result/row-store.ts';
import type { SceneStep } from '../snippets/scene.ts';
import type { Buffer } from './buffers.ts';
import type { PickerStart, ProfileFields } from './picker.ts';
import type { ResultTab } from './results.ts';
import type { RetryOffer } from './retry.ts';
import type { Submission } from './submission.ts';

/** What an update wants done in the world; the controller does it. */
export type Effect =
  | { readonly type: 'run'; readonly submission: Submission }
  /** Runs it dry; a command on tables is reported on first, unless it has been. */
  | { readonly type: 'rehearse'; readonly submission: Submission; readonly isReported: boolean }
  /** Asks once more before what was rehearsed is committed. */
  | { readonly type: 'ask-rehearsal' }
  | { readonly type: 'cancel' }
  /** Rows wait at the size limit: ask again what is to be done. */
  | { readonly type: 'ask-read-on' }
  /** undefined: declined. */
  | { readonly type: 'answer'; readonly id: string; readonly answer: string | undefined }
  /** Nothing runs on a lost session: ask what to do first. */
  | { readonly type: 'ask-fence' }
  /** Asks the server what is not known of its transaction. */
  | { readonly type: 'follow-transaction' }
  /** Lets writes through a read-only session, or no longer. */
  | { readonly type: 'toggle-lock' }
  | { readonly type: 'load-scenes' }
  | { readonly type: 'begin-scene' }
  | { readonly type: 'play-step'; readonly step: SceneStep }
  | { readonly type: 'ask-transaction'; readonly what: 'savepoint' | 'begin' | 'prepare' }
  | { readonly type: 'look-at-locks' }
  /** Runs again what a serialization failure or a deadlock has ended. */
  | { readonly type: 'retry'; readonly offer: RetryOffer }
  | { readonly type: 'connect'; readonly to: PickerStart }
  | { readonly type: 'detect' }
  | { readonly type: 'profile-save'; readonly fields: ProfileFields; readonly replaces: string | undefined }
  | { readonly type: 'profile-test'; readonly to: PickerStart }
  /** What may stand at the cursor of this buffer? */
  | { readonly type: 'complete'; readonly buffer: Buffer }
  /** $EDITOR on the buffer's text. */
  | { readonly type: 'edit-externally'; readonly buffer: Buffer }
  | { readonly type: 'new-script' }
  | { readonly type: 'save-script'; readonly buffer: Buffer }
  | { readonly type: 'close-script'; readonly buffer: Buffer }
  | { readonly type: 'load-snippets' }
  | { readonly type: 'copy'; readonly text: string; readonly what: string }
  /** y in the grid: the cell, or the whole row, comes from the store. */
  | { readonly type: 'copy-cells'; readonly tab: ResultTab; readonly whole: boolean }
  | { readonly type: 'view-cell'; readonly tab: ResultTab }
  | { readonly type: 'close-stores'; readonly tabs: readonly ResultTab[] }
  | { readonly type: 'close-store'; readonly store: RowStore }
  | { readonly type: 'redraw' }
  | { readonly type: 'suspend' }
  | { readonly type: 'quit' };
