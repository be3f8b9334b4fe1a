import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Interpreter } from '../../../src/engine/interpreter.ts';
import type { SideSession } from '../../../src/engine/side-session.ts';
import type { Access } from '../../../src/server/read-only/read-only-session.ts';
import type { Message } from '../../../src/workbench/message.ts';
import { ReadOnlyKeeper } from '../../../src/workbench/read-only-keeper.ts';
import { unlockingText } from '../../../src/workbench/unlocking.ts';
import { firstModel, update } from '../../../src/workbench/update.ts';

const start = new Date('2026-01-01T12:00:00Z').getTime();

beforeEach(() => {
  vi.useFakeTimers({ now: start });
});

afterEach(() => {
  vi.useRealTimers();
});

/** A keeper over a session whose state the test sets, with the answers that a person gives in order. */
function keeperOf(answers: readonly (string | undefined)[], environment: 'development' | 'production' = 'development') {
  const session = { status: 'idle' as 'idle' | 'transaction', isBusy: false, info: { user: 'app', host: 'db', database: 'shop' } };
  let access: Access = 'locked';
  const given = [...answers];
  const facts = { profile: 'shop', environment, user: 'app', host: 'db', database: 'shop', version: '18', security: 'socket' as const };
  const size = { columns: 80, rows: 24 };
  let model = update(firstModel('howdah', size, 'work', start), { type: 'connected', facts, status: 'idle', now: start }).model;
  const dispatch = (message: Message) => {
    model = update(model, message).model;
  };
  const interpreter = {
    session,
    isReadOnly: true,
    get writeAccess() {
      if (access === 'closing' && session.status === 'idle') access = 'locked';
      return access;
    },
    unlock() {
      access = 'unlocked';
      return true;
    },
    lock() {
      access = 'closing';
    },
  };
  const asked: string[] = [];
  const keeper = new ReadOnlyKeeper({
    interpreter: interpreter as unknown as Interpreter,
    side: {} as SideSession,
    model: () => model,
    dispatch,
    say: (severity, text) => dispatch({ type: 'said', severity, text, now: Date.now() }),
    ask: (question) => {
      asked.push('prompt' in question ? question.prompt : question.type);
      return Promise.resolve(given.shift());
    },
  });
  return {
    keeper,
    session,
    asked,
    said: () => model.log.entries.map(({ text }) => text),
    unlocking: () => model.unlocking,
    access: () => interpreter.writeAccess,
  };
}

test('a reason and the default time: writes go through for five minutes, the reason is in the messages, then it is locked by itself', async () => {
  const { keeper, said, unlocking, access } = keeperOf(['ticket 4711', '']);
  await keeper.toggle();
  expect(access()).toBe('unlocked');
  expect(said()).toEqual([expect.stringMatching(/^Writes go through to app@db\/shop for 5 min from .*: ticket 4711$/)]);
  const shown = unlocking();
  expect(shown && unlockingText(shown, start + 61_000)).toBe('WRITES ALLOWED, 3:59 left · ticket 4711 · Alt-U locks');
  await vi.advanceTimersByTimeAsync(299_000);
  expect(access()).toBe('unlocked');
  await vi.advanceTimersByTimeAsync(1000);
  expect(access()).toBe('locked');
  expect(unlocking()).toBeUndefined();
  expect(said().at(-1)).toBe('Read-only again.');
});

test.each([
  ['no reason', [' '], 'Nothing was unlocked: that needs a reason.'],
  ['declined', ['x', undefined], 'Nothing was unlocked.'],
  ['too long', ['x', '61'], 'Nothing was unlocked: the time is 1 to 60 whole minutes, not "61".'],
  ['no number', ['x', 'soon'], 'Nothing was unlocked: the time is 1 to 60 whole minutes, not "soon".'],
])('%s: it stays locked', async (_, answers, text) => {
  const { keeper, said, access } = keeperOf(answers);
  await keeper.toggle();
  expect(access()).toBe('locked');
  expect(said()).toEqual([text]);
});

test('on production the name of the profile is typed', async () => {
  const wrong = keeperOf(['x', '1', 'shopp'], 'production');
  await wrong.keeper.toggle();
  expect(wrong.access()).toBe('locked');
  expect(wrong.asked.at(-1)).toBe('This is PRODUCTION: type shop to let writes through');
  const right = keeperOf(['x', '1', 'shop'], 'production');
  await right.keeper.toggle();
  expect(right.access()).toBe('unlocked');
});

test('with a transaction open at the end of the time it is said, and locked when that has ended', async () => {
  const { keeper, session, said, unlocking, access } = keeperOf(['x', '1']);
  await keeper.toggle();
  session.status = 'transaction';
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said().at(-1)).toBe('Read-only again; the transaction that is open can only be ended: COMMIT or ROLLBACK it.');
  expect(unlocking()).toMatchObject({ isClosing: true });
  keeper.settle();
  expect(unlocking()).toMatchObject({ isClosing: true });
  session.status = 'idle';
  keeper.settle();
  expect(access()).toBe('locked');
  expect(unlocking()).toBeUndefined();
});

test('the key again locks it at once, and another session is locked', async () => {
  const { keeper, access, unlocking } = keeperOf(['x', '60', 'y', '60']);
  await keeper.toggle();
  await keeper.toggle();
  expect(access()).toBe('locked');
  await keeper.toggle();
  keeper.forget();
  expect(unlocking()).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});

test('in a transaction nothing is unlocked', async () => {
  const { keeper, session, said } = keeperOf(['x', '1']);
  session.status = 'transaction';
  await keeper.toggle();
  expect(said()).toEqual(['Nothing was unlocked: something runs, or a transaction is open; end it first.']);
});
