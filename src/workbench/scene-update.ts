import type { Command } from './keymap.ts';
import type { Model } from './model.ts';
import type { SceneListPanel, SceneMessage, ScenePanel } from './scene-panel.ts';
import { type Step, step } from './step.ts';

const noServer =
  'The embedded engine has one session; these scenes need a server. One line gets one: ' +
  'docker run --rm -p 5432:5432 -e POSTGRES_HOST_AUTH_METHOD=trust postgres:18 and then: howdah -h localhost -U postgres';

/** Opens the list; it says so where no scene can be played here. */
export function openScenes(model: Model): Step {
  return step({ ...model, panel: { type: 'scenes', scenes: [], chosen: 0, note: refusalOf(model) ?? '' } }, { type: 'load-scenes' });
}

function refusalOf({ connection }: Model): string | undefined {
  if (connection.phase !== 'open') return 'There is no session: connect to a server first (F9).';
  if (connection.facts.security === 'embedded') return noServer;
  if (connection.facts.environment === 'production')
    return 'This profile is marked production, and scenes make tables and hold locks: connect to another server (F9).';
  return undefined;
}

/** Commands of the list and of a scene. */
export function updateScenes(model: Model, panel: SceneListPanel | ScenePanel, command: Command): Step {
  if (panel.type === 'scenes') return updateList(model, panel, command);
  switch (command) {
    case 'scene-next':
      return playNext(model, panel);
    case 'scene-again':
      return step({ ...model, panel: begun(panel.list, panel.scene) }, { type: 'begin-scene' });
    case 'scene-leave':
      return step({ ...model, panel: panel.list });
    default:
      return step(model);
  }
}

function updateList(model: Model, panel: SceneListPanel, command: Command): Step {
  const last = Math.max(0, panel.scenes.length - 1);
  const steps: Partial<Record<Command, number>> = { 'list-up': -1, 'list-down': 1, 'list-page-up': -last, 'list-page-down': last };
  const by = steps[command];
  if (by !== undefined) return step({ ...model, panel: { ...panel, chosen: Math.max(0, Math.min(last, panel.chosen + by)) } });
  const scene = panel.scenes[panel.chosen];
  if (command !== 'scene-open' || scene === undefined) return step(model);
  const note = refusalOf(model);
  if (note !== undefined) return step({ ...model, panel: { ...panel, note } });
  return step({ ...model, panel: begun({ ...panel, note: '' }, scene) }, { type: 'begin-scene' });
}

function begun(list: SceneListPanel, scene: ScenePanel['scene']): ScenePanel {
  return { type: 'scene', list, scene, state: undefined, schema: '', played: 0, isPlaying: false };
}

function playNext(model: Model, panel: ScenePanel): Step {
  const next = panel.scene.steps[panel.played];
  if (panel.state === undefined || panel.isPlaying) return step(model);
  if (next === undefined) return step({ ...model, panel: panel.list });
  return step({ ...model, panel: { ...panel, played: panel.played + 1, isPlaying: true } }, { type: 'play-step', step: next });
}

/** What comes of the sessions. It may come when the panel has been closed. */
export function takeScene(model: Model, message: SceneMessage): Model {
  const { panel } = model;
  switch (message.type) {
    case 'scenes-loaded':
      return panel?.type === 'scenes' ? { ...model, panel: { ...panel, scenes: message.scenes } } : model;
    case 'scene-opened':
      return changeScene(model, (scene) => ({ ...scene, state: message.state, schema: message.schema }));
    case 'scene-refused':
      return changeScene(model, (scene) => ({ ...scene.list, note: message.reason }));
    case 'scene-told':
      return changeScene(model, (scene) => ({ ...scene, state: message.state }));
    case 'scene-rests':
      return changeScene(model, (scene) => ({ ...scene, isPlaying: false }));
  }
}

function changeScene(model: Model, change: (panel: ScenePanel) => Model['panel']): Model {
  return model.panel?.type === 'scene' ? { ...model, panel: change(model.panel) } : model;
}
