import type { Socket } from 'node:net';
import { decodeLossless } from '../../../src/text/lossless.ts';
import { answeringWords, complete, copyResponse, framed, message, parameterStatus, rowDescription, table, tables } from './fake-answers.ts';

/** One client of the recording server, from its start-up on: it answers by the words it finds in a statement. */
export class RecordingConnection {
  readonly #socket: Socket;
  readonly #statements: string[];
  readonly #isConforming: boolean;
  #status: 'I' | 'T' | 'E' = 'I';
  /** What is left to answer once COPY's data have come. */
  #waiting: { readonly sql: string; readonly words: readonly RegExpExecArray[] } | undefined;
  #data: Buffer[] = [];
  #isSkipping = false;
  #parsed = '';

  constructor(socket: Socket, statements: string[], isConforming: boolean) {
    this.#socket = socket;
    this.#statements = statements;
    this.#isConforming = isConforming;
    const parameters = { server_version: '15.0', client_encoding: 'UTF8', standard_conforming_strings: isConforming ? 'on' : 'off' };
    const told = Object.entries(parameters).map(([name, value]) => parameterStatus(name, value));
    socket.write(Buffer.concat([framed('R', '\0\0\0\0'), ...told]));
    this.#ready();
  }

  take(letter: string, body: Buffer): void {
    switch (letter) {
      case 'Q':
        this.#query(decodeLossless(body, 0, body.length - 1));
        break;
      case 'P':
      case 'D':
        if (!this.#isSkipping) this.#extended(letter, body);
        break;
      case 'S':
        this.#isSkipping = false;
        this.#ready();
        break;
      case 'd':
        this.#data.push(Buffer.from(body));
        break;
      case 'c':
      case 'f':
        this.#endCopy(letter === 'c');
        break;
      case 'X':
        this.#socket.end();
    }
  }

  #query(sql: string): void {
    this.#statements.push(sql);
    const first = /^\s*(begin|commit|rollback|savepoint|release)\b/i.exec(sql)?.[1]?.toUpperCase();
    const words = [...sql.matchAll(answeringWords)];
    if (first === undefined && words.length > 0) {
      this.#answer(sql, words);
      return;
    }
    if (first === 'BEGIN') this.#status = 'T';
    else if (first === 'COMMIT') this.#status = 'I';
    else if (first === 'ROLLBACK') this.#status = /\bto\b/i.test(sql) ? 'T' : 'I';
    this.#socket.write(complete(first ?? 'SELECT 0'));
    this.#ready();
  }

  #answer(sql: string, words: readonly RegExpExecArray[]): void {
    for (const [number, word] of words.entries()) {
      // A notice behind a result is told before that is printed where it has come by then: the time decides.
      if (word[0] === 'hint' && number > 0) continue;
      this.#socket.write(this.#answerTo(sql, word));
      if (word[0] === 'boom') break;
      if (word[0] !== 'copyin') continue;
      this.#waiting = { sql, words: words.slice(number + 1) };
      return;
    }
    this.#ready();
  }

  #answerTo(sql: string, { 0: word, index }: RegExpExecArray): Buffer {
    if (word in tables) return table(word);
    switch (word) {
      case 'boom':
        if (this.#status === 'T') this.#status = 'E';
        return message('E', 'ERROR', 'division by zero', { D: 'Détail;\n', ...place(sql, index) });
      case 'hint':
        return Buffer.concat([message('N', 'NOTICE', 'take note', { H: 'Do so.', W: 'line 1' }), complete('DO')]);
      case 'chime':
        return Buffer.concat([framed('A', '\0\0\0\u0007bell\0dong\0'), complete('NOTIFY')]);
      case 'copyin':
        return copyResponse('G');
      case 'copyout':
        return Buffer.concat([copyResponse('H'), framed('d', 'a\\\\\tb\n'), framed('d', 'é\t\\N\n'), framed('c'), complete('COPY 2')]);
      case 'conform on':
      case 'conform off':
        return Buffer.concat([parameterStatus('standard_conforming_strings', word.slice('conform '.length)), complete('SET')]);
      default:
        return this.#beginInput(word);
    }
  }

  /** The next script: what the one before has left in the session is gone. */
  #beginInput(word: string): Buffer {
    this.#status = 'I';
    const conforming = parameterStatus('standard_conforming_strings', this.#isConforming ? 'on' : 'off');
    return Buffer.concat([conforming, message('N', 'NOTICE', word), complete('DO')]);
  }

  #endCopy(isWhole: boolean): void {
    // The line that ends the data may be sent along: the server makes nothing of it.
    this.#statements.push(`data: ${decodeLossless(Buffer.concat(this.#data)).replace(/(^|\n)\\\.\r?\n$/, '$1')}`);
    this.#data = [];
    const { sql, words } = this.#waiting ?? { sql: '', words: [] };
    this.#waiting = undefined;
    this.#socket.write(isWhole ? complete('COPY 1') : message('E', 'ERROR', 'COPY failed'));
    if (isWhole) this.#answer(sql, words);
    else this.#ready();
  }

  /** Parse and Describe, as \gdesc sends them. */
  #extended(letter: 'P' | 'D', body: Buffer): void {
    if (letter === 'P') {
      const start = body.indexOf(0) + 1;
      this.#parsed = decodeLossless(body, start, body.indexOf(0, start));
      this.#statements.push(`parse: ${this.#parsed}`);
      this.#isSkipping = this.#parsed.includes('boom');
      this.#socket.write(this.#isSkipping ? message('E', 'ERROR', 'division by zero') : framed('1'));
      return;
    }
    const [word = ''] = this.#parsed.match(answeringWords) ?? [];
    const [names] = tables[word] ?? [];
    this.#socket.write(Buffer.concat([framed('t', '\0\0'), names === undefined ? framed('n') : rowDescription(names)]));
  }

  #ready(): void {
    this.#socket.write(framed('Z', this.#status));
  }
}

/** Where in the statement, in characters from 1; a server takes no text that is not UTF-8. */
function place(sql: string, index: number): { readonly P?: string } {
  return /[\udc80-\udcff]/.test(sql.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''))
    ? {}
    : { P: String([...sql.slice(0, index)].length + 1) };
}
