/** Takes the bytes of an answer apart into messages, in whatever pieces they come. */
export class AnswerReader {
  readonly #onMessage: (type: string, body: Buffer) => void;
  #rest: Buffer = Buffer.alloc(0);

  constructor(onMessage: (type: string, body: Buffer) => void) {
    this.#onMessage = onMessage;
  }

  /** The bytes are lent: what is left over is copied. */
  feed(bytes: Uint8Array): void {
    const all = this.#rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#rest, bytes]);
    let at = 0;
    while (at + 5 <= all.length) {
      const end = at + 1 + all.readInt32BE(at + 1);
      if (end > all.length) break;
      this.#onMessage(String.fromCharCode(all[at] ?? 0), all.subarray(at + 5, end));
      at = end;
    }
    this.#rest = Buffer.from(all.subarray(at));
  }
}

/** The columns of a DataRow as text; NULL is undefined. */
export function rowTexts(body: Buffer): readonly (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  let at = 2;
  for (let left = body.readInt16BE(0); left > 0; left--) {
    const length = body.readInt32BE(at);
    at += 4;
    texts.push(length < 0 ? undefined : body.toString('utf8', at, at + length));
    at += Math.max(length, 0);
  }
  return texts;
}
