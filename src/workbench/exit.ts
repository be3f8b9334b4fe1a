import type { Interpreter } from '../engine/interpreter.ts';
import type { SideSession } from '../engine/side-session.ts';
import type { Ending } from './ending.ts';
import type { Memory } from './memory.ts';
import type { Model } from './model.ts';
import { closeStores } from './perform-effect.ts';
import type { ReadOnlyKeeper } from './read-only-keeper.ts';
import type { SceneKeeper } from './scene-keeper.ts';
import type { ScriptKeeper } from './script-keeper.ts';
import type { SessionKeeper } from './session-keeper.ts';

export interface ExitParts {
  readonly interpreter: Interpreter;
  readonly memory: Memory;
  readonly readOnly: ReadOnlyKeeper;
  readonly scenes: SceneKeeper;
  readonly scripts: ScriptKeeper;
  readonly sessions: SessionKeeper;
  readonly side: SideSession;
  model(): Model;
  stopClock(): void;
}

/** Milliseconds that sessions have to close. */
const closeLimit = 3000;

/** Leaves the workbench: what runs is cancelled, sessions are closed, what was typed is kept. */
export class Exit {
  readonly #parts: ExitParts;
  #finish: (ending: Ending) => void = () => undefined;
  /** Resolves when everything is let go of. */
  readonly ended: Promise<Ending>;

  constructor(parts: ExitParts) {
    this.#parts = parts;
    this.ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  async leave(ending: Ending): Promise<void> {
    const { interpreter, memory, readOnly, scenes, scripts, sessions, side, model, stopClock } = this.#parts;
    stopClock();
    sessions.end();
    scripts.stop();
    readOnly.forget();
    void side.end();
    if (model().running !== undefined) await interpreter.cancel();
    await Promise.race([
      Promise.all([interpreter.close(), scenes.end()]),
      new Promise((resolve) => setTimeout(resolve, closeLimit).unref()),
    ]);
    closeStores(model().results.tabs);
    memory.flushNow();
    this.#finish(ending);
  }
}
