import { StringDecoder } from 'node:string_decoder';

/** What the terminal sent. A chord is canonical: modifiers in the order ctrl, alt, shift, then the name: `ctrl+alt+x`, `shift+tab`, `f5`. */
export type KeyEvent =
  | { readonly type: 'chord'; readonly chord: string }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'paste'; readonly text: string };

// A lone Esc is told from the beginning of a sequence by silence of this many milliseconds after it.
export const escapeSilence = 30;
// Reads of one unbracketed paste follow each other faster than this.
const burstGap = 25;
const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';

const letterKeys: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};
const numberKeys: Readonly<Record<string, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};
const codeNames: Readonly<Record<number, string>> = { 9: 'tab', 13: 'enter', 27: 'escape', 32: 'space', 127: 'backspace' };
const controlNames: Readonly<Record<string, string>> = {
  '\x00': 'ctrl+space',
  '\b': 'backspace',
  '\t': 'tab',
  '\r': 'enter',
  '\x7f': 'backspace',
  '\x1b': 'escape',
  '\x1c': 'ctrl+\\',
  '\x1d': 'ctrl+]',
  '\x1e': 'ctrl+^',
  '\x1f': 'ctrl+_',
};
// CSI with its parameters and final byte; SS3; the Linux console's F1-F5; alt before any of them.
const sequence = /^\x1b(\x1b)?(?:\[\[([A-E])|\[([<>=?]?[\d;:]*)([ -/]*[@-~])|O([\d;]*)([@-~]))/;
const unfinished = /^\x1b\x1b?(?:\[\[?[<>=?]?[\d;:]*[ -/]*|O[\d;]*)?$/;
// OSC, DCS, APC, PM, SOS: answers of the terminal, never keys.
const answer = /^\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)/;
const unfinishedAnswer = /^\x1b[\]PX^_][^\x07\x1b]*\x1b?$/;

/** Turns the terminal's bytes into keys, text and pastes. Sequences split over reads are held until they are whole. */
export class KeyDecoder {
  readonly #utf8 = new StringDecoder('utf8');
  #pending = '';
  #paste: string | undefined;
  #burstUntil = 0;

  /** True while bytes wait that may be a lone Esc: call `flush` after `escapeSilence`. */
  get isWaiting(): boolean {
    return this.#pending !== '' && this.#paste === undefined;
  }

  /** `now` in milliseconds: reads that follow a burst of lines at once belong to it. */
  feed(bytes: Buffer, now: number): KeyEvent[] {
    const read = this.#utf8.write(bytes);
    if (this.#pending === '' && this.#paste === undefined && isBurst(read, now < this.#burstUntil)) {
      this.#burstUntil = now + burstGap;
      return [{ type: 'paste', text: unixLines(read) }];
    }
    const text = this.#pending + read;
    this.#pending = '';
    return this.#decode(text);
  }

  /** Nothing followed: what waits is what it looks like, Esc or Alt with a character. */
  flush(): KeyEvent[] {
    const text = this.#pending;
    this.#pending = '';
    if (text === '') return [];
    if (text === '\x1b') return [chord('escape')];
    if (text === '\x1b\x1b') return [chord('escape'), chord('escape')];
    return text.length === 2 ? [chord(`alt+${text[1]}`)] : [];
  }

  #decode(text: string): KeyEvent[] {
    const events: KeyEvent[] = [];
    let rest = text;
    while (rest !== '') {
      if (this.#paste !== undefined) {
        rest = this.#takePaste(rest, events);
        continue;
      }
      const length = this.#takeOne(rest, events);
      if (length === 0) {
        this.#pending = rest;
        break;
      }
      rest = rest.slice(length);
    }
    return events;
  }

  #takePaste(rest: string, events: KeyEvent[]): string {
    const text = (this.#paste ?? '') + rest;
    const end = text.indexOf(pasteEnd);
    if (end < 0) {
      this.#paste = text;
      return '';
    }
    this.#paste = undefined;
    events.push({ type: 'paste', text: unixLines(text.slice(0, end)) });
    return text.slice(end + pasteEnd.length);
  }

  /** Takes one key or run of text; returns how long it was, 0 where more bytes are needed. */
  #takeOne(rest: string, events: KeyEvent[]): number {
    if (rest.startsWith(pasteStart)) {
      this.#paste = '';
      return pasteStart.length;
    }
    if (rest.startsWith('\x1b')) return takeEscape(rest, events);
    const run = /^[^\x00-\x1f\x7f]+/.exec(rest)?.[0];
    if (run !== undefined) {
      events.push({ type: 'text', text: run });
      return run.length;
    }
    events.push(chord(controlChord(rest[0] ?? '')));
    return 1;
  }
}

/**
 * Lines that came in one read without a bracketed paste: a character follows a line's end. `select 1;` and Enter typed ahead are keys.
 */
function isBurst(read: string, isContinued: boolean): boolean {
  if (read.includes('\x1b')) return false;
  if (isContinued) return /[^\x00-\x1f\x7f]/.test(read);
  return /[\r\n][^\x00-\x1f\x7f]/.test(read) && !/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(read);
}

function unixLines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

function chord(name: string): KeyEvent {
  return { type: 'chord', chord: name };
}

function controlChord(character: string): string {
  return controlNames[character] ?? `ctrl+${String.fromCharCode(character.charCodeAt(0) + 96)}`;
}

function takeEscape(rest: string, events: KeyEvent[]): number {
  const found = sequence.exec(rest);
  if (found !== null) {
    const key = sequenceChord(found);
    if (key !== undefined) events.push(chord(key));
    return found[0].length;
  }
  const answered = answer.exec(rest);
  if (answered !== null) return answered[0].length;
  if (unfinished.test(rest) || unfinishedAnswer.test(rest)) return 0;
  if (rest.startsWith('\x1b\x1b')) {
    events.push(chord('escape'));
    return 1;
  }
  const character = String.fromCodePoint(rest.codePointAt(1) ?? 0);
  const name = /^[\x00-\x1f\x7f]$/.test(character) ? controlChord(character) : character;
  events.push(chord(name.startsWith('ctrl+') ? `ctrl+alt+${name.slice(5)}` : `alt+${name}`));
  return 1 + character.length;
}

function sequenceChord(found: RegExpExecArray): string | undefined {
  const [, alt, linuxConsole, parameters = '', final = '', ss3Parameters = '', ss3Final] = found;
  if (linuxConsole !== undefined) return `f${linuxConsole.charCodeAt(0) - 64}`;
  // Mouse reports and answers to queries.
  if (/^[<>=?]/.test(parameters)) return undefined;
  const numbers = (ss3Final === undefined ? parameters : ss3Parameters).split(/[;:]/);
  const last = ss3Final ?? final;
  // modifyOtherKeys sends 27;modifier;code~, the kitty protocol code;modifier u.
  if (last === '~' && numbers[0] === '27') return modified(codeName(numbers[2]), numbers[1], alt);
  if (last === 'u') return modified(codeName(numbers[0]), numbers[1], alt);
  if (last === '~') return modified(numberKeys[numbers[0] ?? ''], numbers[1], alt);
  if (last === 'Z') return 'shift+tab';
  if (last === 'M' && ss3Final !== undefined) return 'enter';
  return modified(letterKeys[last], numbers[1], alt);
}

function codeName(code: string | undefined): string | undefined {
  const number = Number(code ?? '0');
  if (codeNames[number] !== undefined) return codeNames[number];
  return number > 32 && number <= 0x10ffff ? String.fromCodePoint(number) : undefined;
}

/** xterm's modifier parameter: 1 + (1 shift, 2 alt, 4 ctrl). */
function modified(name: string | undefined, parameter: string | undefined, alt: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const bits = Math.max(0, Number(parameter || '1') - 1);
  const prefix = `${bits & 4 ? 'ctrl+' : ''}${bits & 2 || alt !== undefined ? 'alt+' : ''}${bits & 1 ? 'shift+' : ''}`;
  return prefix + name;
}
