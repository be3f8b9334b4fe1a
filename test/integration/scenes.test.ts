import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type SceneEntry, ScenePlayer } from '../../src/engine/scene-player.ts';
import { loadScenes } from '../../src/snippets/load-scenes.ts';
import { openTestSession, run } from '../support/open-test-session.ts';

const scenes = await loadScenes(join(import.meta.dirname, '../../snippets/scenes'));

/** What a scene must show, in this order: rows, errors, and who waits when a step has come to rest. */
const shown: Readonly<Record<string, readonly string[]>> = {
  'read-committed': ['A 100', 'A 50'],
  'repeatable-read': ['A 200', 'A 200', 'A ✗ 40001'],
  'lost-update': ['A 100', 'B 100', 'A 100', 'B waits', 'B 70', 'B 20'],
  'write-skew': ['A 2', 'B 2', 'B 0', 'A 2', 'B 2', 'B ✗ 40001', 'B 1'],
  'waiting-for-a-row': ['B 100', 'B waits', 'B ✗ 55P03'],
};

async function openPlayer(): Promise<ScenePlayer> {
  const outcome = await ScenePlayer.open(
    async () => ({ ok: true, session: await openTestSession() }),
    () => undefined,
  );
  if (!outcome.ok) throw new Error(outcome.text);
  return outcome.player;
}

async function exists(schema: string): Promise<string | undefined> {
  const session = await openTestSession();
  const [, rows] = await run(session, `select to_regnamespace('${schema}') is not null`);
  await session.close();
  return rows;
}

/** Plays to the end; what was to be seen after each step. */
async function seen(name: string): Promise<{ readonly lines: readonly string[]; readonly entries: readonly SceneEntry[] }> {
  const scene = scenes.find((candidate) => candidate.name === name);
  const player = await openPlayer();
  const lines: string[] = [];
  let told = 0;
  for (const step of scene?.steps ?? []) {
    await player.play(step);
    for (const entry of player.state.entries.slice(told)) {
      if (entry.kind === 'rows') lines.push(`${entry.side} ${entry.rows.map((row) => row.join(',')).join(';')}`);
      if (entry.kind === 'error') lines.push(`${entry.side} ✗ ${entry.code}`);
    }
    told = player.state.entries.length;
    for (const side of ['A', 'B'] as const) if (player.state.sessions[side].waitsSince !== undefined) lines.push(`${side} waits`);
  }
  const { entries } = player.state;
  expect(await player.close()).toBe(true);
  return { lines, entries };
}

test('there are six, in their order', () => {
  expect(scenes.map(({ order }) => order)).toEqual([1, 2, 3, 4, 5, 6]);
});

test.each(Object.entries(shown))('%s shows what it tells', async (name, expected) => {
  expect((await seen(name)).lines).toEqual(expected);
});

test('deadlock: one of the two fails, the other goes on', async () => {
  const { lines, entries } = await seen('deadlock');
  expect(lines.filter((line) => line.includes('✗'))).toEqual([expect.stringMatching(/^[AB] ✗ 40P01$/)]);
  expect(entries.flatMap((entry) => (entry.kind === 'tag' && /^(?:COMMIT|ROLLBACK)$/.test(entry.tag) ? [entry.tag] : [])).sort()).toEqual([
    'COMMIT',
    'ROLLBACK',
  ]);
  expect(lines.at(-1)).toMatch(/^B 1,(?:110;2,90|90;2,110|120;2,80|80;2,120)$/);
});

test('a scene that is left while one waits leaves nothing behind', async () => {
  const player = await openPlayer();
  for (const step of scenes.find(({ name }) => name === 'waiting-for-a-row')?.steps.slice(0, 3) ?? []) await player.play(step);
  expect(player.state.sessions.B.waitsSince).toBeDefined();
  expect(await exists(player.schema)).toBe('rows t');
  expect(await player.close()).toBe(true);
  expect(await exists(player.schema)).toBe('rows f');
});

test('who may not make a schema is told so', async () => {
  const admin = await openTestSession();
  await run(admin, 'create role scene_reader login');
  const outcome = await ScenePlayer.open(
    async () => {
      const session = await openTestSession();
      await run(session, 'set role scene_reader');
      return { ok: true, session };
    },
    () => undefined,
  );
  expect(outcome).toEqual({ ok: false, text: expect.stringMatching(/schema of its own: permission denied for database/) });
  await run(admin, 'drop role scene_reader');
  await admin.close();
});
