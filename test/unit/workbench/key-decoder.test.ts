import { expect, test } from 'vitest';
import { KeyDecoder, type KeyEvent } from '../../../src/workbench/key-decoder.ts';

/** Chords bare, text in quotes, pastes in angle brackets. */
function shown(events: readonly KeyEvent[]): string {
  return events
    .map((event) => (event.type === 'chord' ? event.chord : event.type === 'text' ? `'${event.text}'` : `<${event.text}>`))
    .join(' ');
}

test.each([
  ['a', "'a'"],
  ['jjjj', "'jjjj'"],
  ['select 1;\r', "'select 1;' enter"],
  ['é漢', "'é漢'"],
  ['\r\r', 'enter enter'],
  ['\x03', 'ctrl+c'],
  ['\x00\x1f', 'ctrl+space ctrl+_'],
  ['\x7f\b\t', 'backspace backspace tab'],
  ['\x1b[A\x1bOB', 'up down'],
  ['\x1bOP\x1b[15~\x1b[24~\x1b[[E', 'f1 f5 f12 f5'],
  ['\x1b[1;5C\x1b[5;5~\x1b[6;3~', 'ctrl+right ctrl+pageup alt+pagedown'],
  ['\x1b[Z', 'shift+tab'],
  ['\x1b1\x1bb', 'alt+1 alt+b'],
  ['\x1b\r', 'alt+enter'],
  ['\x1b\x1b[A', 'alt+up'],
  ['\x1b[13;5u\x1b[99;5u\x1b[27u', 'ctrl+enter ctrl+c escape'],
  ['\x1b[27;5;13~', 'ctrl+enter'],
  // A mouse report, a focus report, an answer to a query are no keys.
  ['\x1b[<64;10;5M\x1b[?1u\x1b]11;rgb:0/0/0\x07x', "'x'"],
  ['\x1b[200~a\rb\x1b[31m\x1b[201~c', "<a\nb\x1b[31m> 'c'"],
  // Lines in one read without brackets are a paste all the same.
  ['select 1;\rselect 2;\r', '<select 1;\nselect 2;\n>'],
])('%j is %s', (bytes, expected) => {
  expect(shown(new KeyDecoder().feed(Buffer.from(bytes), 0))).toBe(expected);
});

test('what is split over reads is held until it is whole, wherever it is cut', () => {
  const bytes = Buffer.from('é\x1b[15~\x1b[200~x\ry\x1b[201~\x1b[1;5Cz');
  for (let at = 1; at < bytes.length; at++) {
    const decoder = new KeyDecoder();
    const events = [...decoder.feed(bytes.subarray(0, at), 0), ...decoder.feed(bytes.subarray(at), 5)];
    expect(shown(events), `cut at ${at}`).toBe("'é' f5 <x\ny> ctrl+right 'z'");
  }
});

test('a lone Esc is told by the silence after it', () => {
  const decoder = new KeyDecoder();
  expect(decoder.feed(Buffer.from('\x1b'), 0)).toEqual([]);
  expect(decoder.isWaiting).toBe(true);
  expect(shown(decoder.flush())).toBe('escape');
  expect(decoder.isWaiting).toBe(false);
});

test('a long paste without brackets goes on in the reads that follow at once, and ends with a pause', () => {
  const decoder = new KeyDecoder();
  decoder.feed(Buffer.from('a\rb\r'), 0);
  expect(shown(decoder.feed(Buffer.from('select 3;\r'), 10))).toBe('<select 3;\n>');
  expect(shown(decoder.feed(Buffer.from('select 4;\r'), 500))).toBe("'select 4;' enter");
});
