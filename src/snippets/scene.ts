export type SceneSide = 'A' | 'B';

/** What one of a scene's two sessions does, and what there is to see. */
export interface SceneStep {
  readonly side: SceneSide;
  readonly note: string;
  /** Statements, sent one after the other. */
  readonly sql: string;
}

/** A play for two sessions on one server, told step by step: a file of snippets/scenes/. */
export interface Scene {
  /** The file's name without `.sql`. */
  readonly name: string;
  readonly title: string;
  /** Its place in the list, from 1. */
  readonly order: number;
  /** What it teaches, in two or three sentences. */
  readonly why: string;
  readonly steps: readonly SceneStep[];
}
