/** One message of the server's: its type's letter and body (the manual, "Message Formats"). */
export function framed(letter: string, body: string | Buffer = ''): Buffer {
  const bytes = Buffer.from(body);
  const message = Buffer.alloc(5 + bytes.length);
  message.write(letter, 0);
  message.writeInt32BE(message.length - 1, 1);
  bytes.copy(message, 5);
  return message;
}

export const parameterStatus = (name: string, value: string): Buffer => framed('S', `${name}\0${value}\0`);
export const complete = (tag: string): Buffer => framed('C', `${tag}\0`);

/** What the words in a statement have the server answer, one result each; `copyin` waits for data. */
export const answeringWords = /boom|hint|chime|onerow|rows|cross|steps|copyin|copyout|conform (?:on|off)|input \w+/g;

export const tables: Readonly<Record<string, readonly (readonly (string | null)[])[]>> = {
  onerow: [
    ['a', 'b'],
    ["it's;", '42'],
  ],
  rows: [
    ['a', 'b'],
    ['x', '1'],
    ['日本\t;', null],
    ['select 7\nhint', '-3'],
  ],
  cross: [
    ['r', 'c', 'v'],
    ['one', 'x', '1'],
    ['two', 'y', null],
  ],
  steps: [
    ['first', 'then'],
    ['select onerow', 'begin'],
    ['copyout', 'boom'],
    ['rows; copyin', 'commit'],
  ],
};

/** RowDescription: texts, but for the second column's integers. */
export function rowDescription(names: readonly (string | null)[]): Buffer {
  const fields = names.map((name, number) => {
    const rest = Buffer.alloc(18);
    rest.writeInt32BE(number === 1 ? 23 : 25, 6);
    rest.writeInt16BE(number === 1 ? 4 : -1, 10);
    rest.writeInt32BE(-1, 12);
    return Buffer.concat([Buffer.from(`${name}\0`), rest]);
  });
  return framed('T', Buffer.concat([count(names.length), ...fields]));
}

export function dataRow(values: readonly (string | null)[]): Buffer {
  const cells = values.map((value) => {
    const bytes = Buffer.from(value ?? '');
    const length = Buffer.alloc(4);
    length.writeInt32BE(value === null ? -1 : bytes.length);
    return Buffer.concat([length, bytes]);
  });
  return framed('D', Buffer.concat([count(values.length), ...cells]));
}

export function table(word: string): Buffer {
  const [names = [], ...rows] = tables[word] ?? [];
  return Buffer.concat([rowDescription(names), ...rows.map(dataRow), complete(`SELECT ${rows.length}`)]);
}

/** ErrorResponse (E) or NoticeResponse (N). */
export function message(letter: 'E' | 'N', severity: string, text: string, more: Readonly<Record<string, string>> = {}): Buffer {
  const fields = { S: severity, V: severity, C: letter === 'E' ? '22012' : '00000', M: text, ...more };
  return framed(
    letter,
    `${Object.entries(fields)
      .map(([code, value]) => `${code}${value}\0`)
      .join('')}\0`,
  );
}

/** CopyInResponse (G) or CopyOutResponse (H) of two text columns. */
export const copyResponse = (letter: 'G' | 'H'): Buffer => framed(letter, Buffer.of(0, 0, 2, 0, 0, 0, 0));

function count(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}
