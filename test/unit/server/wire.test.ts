import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { duplexTransport } from '../../../src/server/transport.ts';
import { Wire } from '../../../src/server/wire.ts';
import { commandComplete } from './wire-messages.ts';

function open(): { readonly wire: Wire; readonly stream: Duplex } {
  const stream = new Duplex({ read() {}, write: (_bytes, _encoding, done) => done() });
  return { stream, wire: new Wire(duplexTransport(stream)) };
}

test('what comes while it is held is read afterwards', async () => {
  const { wire, stream } = open();
  const goOn = wire.hold(10_000);
  stream.push(commandComplete('SELECT 1'));
  await sleep(20);
  expect(wire.take()).toBeUndefined();
  goOn();
  expect((await wire.next()).type).toBe('complete');
});

test('it is not held for longer than the limit', async () => {
  const { wire, stream } = open();
  wire.hold(20);
  stream.push(commandComplete('SELECT 1'));
  expect(wire.take()).toBeUndefined();
  expect((await wire.next()).type).toBe('complete');
});
