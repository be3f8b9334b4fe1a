import type { SceneState } from '../engine/scene-player.ts';
import type { Scene } from '../snippets/scene.ts';

/** Two sessions side by side: the list of the scenes. */
export interface SceneListPanel {
  readonly type: 'scenes';
  readonly scenes: readonly Scene[];
  readonly chosen: number;
  /** Why none can be played, or the last one could not. */
  readonly note: string;
}

/** A scene that is played. */
export interface ScenePanel {
  readonly type: 'scene';
  readonly list: SceneListPanel;
  readonly scene: Scene;
  /** Undefined until its sessions are open. */
  readonly state: SceneState | undefined;
  /** Its schema, dropped in the end. */
  readonly schema: string;
  /** Steps begun. */
  readonly played: number;
  /** A step has begun and not come to rest. */
  readonly isPlaying: boolean;
}

/** Of two sessions side by side. */
export type SceneMessage =
  | { readonly type: 'scenes-loaded'; readonly scenes: readonly Scene[] }
  | { readonly type: 'scene-opened'; readonly state: SceneState; readonly schema: string }
  | { readonly type: 'scene-refused'; readonly reason: string }
  | { readonly type: 'scene-told'; readonly state: SceneState }
  /** The step has ended, or waits and will go on waiting. */
  | { readonly type: 'scene-rests' };
