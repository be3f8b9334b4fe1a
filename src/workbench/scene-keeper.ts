import { type OpenSession, ScenePlayer } from '../engine/scene-player.ts';
import type { Scene, SceneStep } from '../snippets/scene.ts';
import type { Severity } from './log.ts';
import type { Message } from './message.ts';
import type { Model } from './model.ts';

export interface SceneHost {
  openSession: OpenSession;
  scenes(): Promise<readonly Scene[]>;
  dispatch(message: Message): void;
  say(severity: Severity, text: string): void;
}

/** Holds the sessions of the scene on the screen, and ends them when it leaves the screen. */
export class SceneKeeper {
  readonly #host: SceneHost;
  #player: ScenePlayer | undefined;
  /** Beginnings and ends, one after the other. */
  #changing: Promise<void> = Promise.resolve();

  constructor(host: SceneHost) {
    this.#host = host;
  }

  load(): void {
    this.#host.scenes().then(
      (scenes) => this.#host.dispatch({ type: 'scenes-loaded', scenes }),
      (error: unknown) => this.#host.say('warning', `no scenes: ${(error as Error).message}`),
    );
  }

  begin(): void {
    this.#changing = this.#changing.then(() => this.#begin());
  }

  async play(step: SceneStep): Promise<void> {
    const player = this.#player;
    await player?.play(step);
    if (player === this.#player) this.#host.dispatch({ type: 'scene-rests' });
  }

  /** Closing the panel, by whatever way, ends the scene. */
  follow({ panel }: Model): void {
    if (this.#player !== undefined && panel?.type !== 'scene') void this.end();
  }

  end(): Promise<void> {
    this.#changing = this.#changing.then(() => this.#end());
    return this.#changing;
  }

  async #begin(): Promise<void> {
    await this.#end();
    const outcome = await ScenePlayer.open(this.#host.openSession, (state) => this.#host.dispatch({ type: 'scene-told', state }));
    if (!outcome.ok) return this.#host.dispatch({ type: 'scene-refused', reason: outcome.text });
    this.#player = outcome.player;
    this.#host.dispatch({ type: 'scene-opened', state: outcome.player.state, schema: outcome.player.schema });
  }

  async #end(): Promise<void> {
    const player = this.#player;
    this.#player = undefined;
    if (player === undefined || (await player.close())) return;
    this.#host.say('warning', `The scene's schema is left behind: drop schema ${player.schema} cascade;`);
  }
}
