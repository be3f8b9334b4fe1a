import type { CatalogKeeper } from '../engine/catalog-keeper.ts';
import type { Interpreter } from '../engine/interpreter.ts';
import { suspend } from '../system/suspend.ts';
import type { Asker } from './asker.ts';
import { copiedCells, viewedCell } from './cell-access.ts';
import type { Children } from './children.ts';
import { completionOf } from './completer.ts';
import { copyText } from './copy-text.ts';
import type { Effect } from './effect.ts';
import { editExternally } from './external-editor-keeper.ts';
import type { Severity } from './log.ts';
import type { Memory } from './memory.ts';
import type { Message } from './message.ts';
import type { OutsideKeeper } from './outside-keeper.ts';
import { detectEntries, type ProfileKeeper } from './profile-keeper.ts';
import type { ReadOnlyKeeper } from './read-only-keeper.ts';
import type { RehearsalKeeper } from './rehearsal-keeper.ts';
import type { ReplayKeeper } from './replay-keeper.ts';
import type { ResultTab } from './results.ts';
import type { SceneKeeper } from './scene-keeper.ts';
import type { ScriptKeeper } from './script-keeper.ts';
import type { SessionKeeper } from './session-keeper.ts';
import type { Submission } from './submission.ts';
import type { TerminalPort } from './terminal-port.ts';
import type { TransactionKeeper } from './transaction-keeper.ts';

/** Whoever does the work that updates ask for. */
export interface EffectParts {
  readonly asker: Asker;
  readonly catalog: CatalogKeeper;
  readonly children: Children;
  readonly interpreter: Interpreter;
  readonly memory: Memory;
  readonly outside: OutsideKeeper;
  readonly profiles: ProfileKeeper;
  readonly readOnly: ReadOnlyKeeper;
  readonly scenes: SceneKeeper;
  readonly replay: ReplayKeeper;
  readonly rehearsals: RehearsalKeeper;
  readonly scripts: ScriptKeeper;
  readonly sessions: SessionKeeper;
  readonly terminal: TerminalPort;
  readonly transaction: TransactionKeeper;
  dispatch(message: Message): void;
  say(severity: Severity, text: string): void;
  run(submission: Submission): Promise<void>;
  rehearse(submission: Submission, isReported: boolean): Promise<void>;
  /** A question that the workbench itself asked, and nobody waits for. */
  answered(id: string, answer: string | undefined): Promise<void>;
  quit(): Promise<void>;
}

/** Begins what an update wants done in the world; what comes of it comes as messages. */
export function performEffect(effect: Effect, parts: EffectParts): void {
  const { asker, dispatch, interpreter, memory, profiles, scripts, sessions, terminal, transaction } = parts;
  switch (effect.type) {
    case 'run':
      void parts.run(effect.submission);
      return;
    case 'rehearse':
      void parts.rehearse(effect.submission, effect.isReported);
      return;
    case 'ask-rehearsal':
      void parts.rehearsals.confirm();
      return;
    case 'cancel':
      sessions.abort();
      asker.wake(false);
      void interpreter.cancel();
      return;
    case 'answer':
      if (!asker.give(effect.id, effect.answer)) void parts.answered(effect.id, effect.answer);
      return;
    case 'ask-read-on':
      asker.wake(true);
      return;
    case 'ask-fence':
      void sessions.fence(true);
      return;
    case 'follow-transaction':
      void transaction.follow();
      return;
    case 'ask-transaction':
      void transaction.ask(effect.what);
      return;
    case 'toggle-lock':
      void parts.readOnly.toggle();
      return;
    case 'load-scenes':
      parts.scenes.load();
      return;
    case 'begin-scene':
      parts.scenes.begin();
      return;
    case 'play-step':
      void parts.scenes.play(effect.step);
      return;
    case 'look-at-locks':
      void parts.outside.look();
      return;
    case 'retry':
      void parts.replay.take(effect.offer);
      return;
    case 'connect':
      void sessions.connect(effect.to, false);
      return;
    case 'detect':
      void detectEntries(profiles, (entries) => dispatch({ type: 'entries-found', entries }));
      return;
    case 'profile-save':
      void profiles.save(effect.fields, effect.replaces).then((complaint) => {
        if (complaint === undefined) dispatch({ type: 'form-saved', name: effect.fields.name });
        else dispatch({ type: 'form-refused', complaint });
      });
      return;
    case 'profile-test':
      void sessions.test(effect.to);
      return;
    case 'complete':
      void completionOf(effect.buffer, interpreter, parts.catalog).then(dispatch);
      return;
    case 'edit-externally':
      void editExternally(effect.buffer, {
        run: (command) => parts.children.run({ command, needsTerminal: true }),
        dispatch,
        say: parts.say,
      });
      return;
    case 'new-script':
      void scripts.create();
      return;
    case 'save-script':
      void scripts.save(effect.buffer);
      return;
    case 'close-script':
      void scripts.close(effect.buffer);
      return;
    case 'load-snippets':
      void memory.snippets().then(
        (snippets) => dispatch({ type: 'snippets-loaded', snippets }),
        (error: unknown) => parts.say('warning', `no snippets: ${(error as Error).message}`),
      );
      return;
    case 'copy':
      void copy(effect.text, effect.what, parts);
      return;
    case 'copy-cells':
      void copy(...copiedCells(effect.tab, effect.whole), parts);
      return;
    case 'view-cell': {
      const viewed = viewedCell(effect.tab);
      if (viewed !== undefined) dispatch({ type: 'cell-opened', ...viewed });
      return;
    }
    case 'close-stores':
      closeStores(effect.tabs);
      return;
    case 'close-store':
      effect.store.close();
      return;
    case 'redraw':
      terminal.redraw();
      return;
    case 'suspend':
      void terminal.handOver(suspend);
      return;
    case 'quit':
      void parts.quit();
      return;
  }
}

export function closeStores(tabs: readonly ResultTab[]): void {
  for (const { content } of tabs) if (content.type === 'rows') content.store.close();
}

async function copy(text: string, what: string, { say, terminal }: EffectParts): Promise<void> {
  say(...(await copyText(text, what, terminal)));
}
