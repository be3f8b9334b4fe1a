import { expect, test } from 'vitest';
import { withSharedMemory } from '../../../../src/server/embedded/shared-memory.ts';

const header = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const name = (text: string) => [text.length, ...Buffer.from(text)];
const section = (id: number, body: readonly number[]) => [id, body.length, ...body];
const imports = (...entries: readonly (readonly number[])[]) => section(2, [entries.length, ...entries.flat()]);
const memory = (...limits: readonly number[]) => [...name('env'), ...name('memory'), 2, ...limits];
const types = section(1, [1, 0x60, 0, 0]);
const custom = section(0, [...name('note'), 9, 9]);
const module = (...sections: readonly (readonly number[])[]) => Uint8Array.from([...header, ...sections.flat()]);
// Shared, its minimum, and a maximum of 32768 pages in LEB128.
const shared = (minimum: readonly number[]) => [3, ...minimum, 0x80, 0x80, 2];

const before = [
  [...name('env'), ...name('f'), 0, 0],
  [...name('env'), ...name('table'), 1, 0x70, 0, 5],
  [...name('env'), ...name('limited'), 1, 0x70, 1, 5, 9],
  [...name('env'), ...name('stack'), 3, 0x7f, 1],
];

test.each([
  ['without a maximum', [0, 1], shared([1])],
  ['with a maximum', [1, 0x80, 0x10, 0x80, 0x80, 2], shared([0x80, 0x10])],
])('a memory %s is declared shared', (_name, limits, expected) => {
  const after = [...name('env'), ...name('g'), 3, 0x7f, 0];
  const input = module(custom, types, imports(...before, memory(...limits), after), custom);
  const output = module(custom, types, imports(...before, memory(...expected), after), custom);
  expect([...withSharedMemory(input)]).toEqual([...output]);
});

test.each([
  ['has no imports', module(types, custom)],
  ['imports no memory', module(types, imports(...before))],
  ['imports a shared one', module(types, imports(memory(3, 1, 2)))],
])('a module that %s is left as it is', (_name, input) => {
  expect(withSharedMemory(input)).toBe(input);
});
