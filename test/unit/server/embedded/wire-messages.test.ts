import { expect, test } from 'vitest';
import { fatalError, isTerminate, queryMessage, startupSettings } from '../../../../src/server/embedded/wire-messages.ts';

function startupPacket(...texts: readonly string[]): Buffer {
  const body = Buffer.from(`${texts.join('\0')}\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(body.length + 8, 0);
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, body]);
}

test.each([
  [['user', 'u', 'database', 'd'], []],
  [['user', 'u', 'TimeZone', 'UTC', '_pq_.x', '1'], [['TimeZone', 'UTC']]],
  [
    ['application_name', '', 'DateStyle', 'ISO'],
    [
      ['application_name', ''],
      ['DateStyle', 'ISO'],
    ],
  ],
  [
    ['DateStyle', 'ISO', 'options', '-c a.b=1 --work-mem=4MB -cx=y -d 5'],
    [
      ['a.b', '1'],
      ['work_mem', '4MB'],
      ['x', 'y'],
      ['DateStyle', 'ISO'],
    ],
  ],
  [['options', '-c search_path=a,\\ b\\\\'], [['search_path', 'a, b\\']]],
  [['options', '-c'], []],
])('settings of %j', (texts, expected) => {
  expect(startupSettings(startupPacket(...texts))).toEqual(expected);
});

test('messages are framed as the protocol says', () => {
  expect([...queryMessage('é')]).toEqual([0x51, 0, 0, 0, 7, 0xc3, 0xa9, 0]);
  expect(fatalError('57P02', 'a\0b').toString('latin1')).toBe('E\0\0\0\x1eSFATAL\0VFATAL\0C57P02\0Mab\0\0');
  expect(isTerminate(Buffer.from('X\0\0\0\x04'))).toBe(true);
  expect(isTerminate(Buffer.from('X\0\0\0\x05'))).toBe(false);
});
