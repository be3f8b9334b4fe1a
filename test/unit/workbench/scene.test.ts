import { expect, test } from 'vitest';
import type { SceneState } from '../../../src/engine/scene-player.ts';
import type { Scene } from '../../../src/snippets/scene.ts';
import type { Model } from '../../../src/workbench/model.ts';
import { openModel, press, send } from './model-builder.ts';

const scene = (order: number): Scene => ({
  name: `scene-${order}`,
  title: `Scene ${order}`,
  order,
  why: 'Why.',
  steps: [
    { side: 'A', note: 'First.', sql: 'select 1;' },
    { side: 'B', note: 'Second.', sql: 'select 2;' },
  ],
});
const session = { status: 'idle', isRunning: false, waitsSince: undefined } as const;
const state: SceneState = { entries: [], sessions: { A: session, B: session } };

function list(changed: Parameters<typeof openModel>[2] = {}): Model {
  const { model, effects } = press(openModel(80, 24, changed), '<f4>t');
  expect(effects).toContainEqual({ type: 'load-scenes' });
  return send(model, { type: 'scenes-loaded', scenes: [scene(1), scene(2), scene(3)] }).model;
}

function opened(): Model {
  return send(press(list(), '<down><enter>').model, { type: 'scene-opened', state, schema: 'howdah_scene_1' }).model;
}

test('the list opens from the drawer, the arrows choose, Enter opens sessions for the chosen one', () => {
  const { model, effects } = press(list(), '<down><down><down><up><enter>');
  expect(effects).toEqual([{ type: 'begin-scene' }]);
  expect(model.panel).toMatchObject({ type: 'scene', scene: { title: 'Scene 2' }, played: 0 });
});

test.each([
  ['the embedded engine', { security: 'embedded' as const }, /docker run .* howdah -h localhost/],
  ['a production profile', { environment: 'production' as const }, /marked production/],
])('%s plays none, and the list says why', (_, changed, reason) => {
  const { model, effects } = press(list(changed), '<enter>');
  expect(effects).toEqual([]);
  expect(model.panel).toMatchObject({ type: 'scenes', note: expect.stringMatching(reason) });
});

test('one step at a time, each when the one before has come to rest; behind the last the list', () => {
  const first = press(opened(), '<enter><enter>');
  expect(first.effects).toEqual([{ type: 'play-step', step: scene(2).steps[0] }]);
  const second = press(send(first.model, { type: 'scene-rests' }).model, ' ');
  expect(second.effects).toEqual([{ type: 'play-step', step: scene(2).steps[1] }]);
  const end = press(send(second.model, { type: 'scene-rests' }).model, '<enter>');
  expect(end.model.panel).toMatchObject({ type: 'scenes', chosen: 1 });
});

test('nothing is played before the sessions are open', () => {
  expect(press(press(list(), '<enter>').model, '<enter>').effects).toEqual([]);
});

test('again begins with new sessions; Esc goes back to the list', () => {
  const again = press(press(opened(), '<enter>').model, 'r');
  expect(again.effects).toEqual([{ type: 'begin-scene' }]);
  expect(again.model.panel).toMatchObject({ type: 'scene', played: 0, state: undefined });
  expect(press(opened(), '<escape>').model.panel).toMatchObject({ type: 'scenes' });
});

test('why no session could be opened stands in the list; what comes late finds nobody', () => {
  const refused = send(press(list(), '<enter>').model, { type: 'scene-refused', reason: 'too many clients' }).model;
  expect(refused.panel).toMatchObject({ type: 'scenes', note: 'too many clients' });
  const closed = press(opened(), '<escape><escape>').model;
  expect(send(closed, { type: 'scene-told', state }, { type: 'scene-rests' }).model.panel).toBeUndefined();
});
