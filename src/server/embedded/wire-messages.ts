/** The few messages of the frontend/backend protocol that the engine makes itself. */

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** Query: one string of the simple protocol. */
export function queryMessage(sql: string): Buffer {
  return message('Q', Buffer.from(`${sql}\0`));
}

/** ErrorResponse, FATAL: the last thing a client hears of a backend. */
export function fatalError(code: string, text: string): Buffer {
  const safe = text.replaceAll('\0', '');
  return message('E', Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${safe}\0\0`));
}

/** Whether the chunk is exactly one Terminate message. */
export function isTerminate(chunk: Uint8Array): boolean {
  return chunk.length === 5 && chunk[0] === 0x58 && chunk[1] === 0 && chunk[2] === 0 && chunk[3] === 0 && chunk[4] === 4;
}

/** The parameters of a StartupMessage: name, value, name, value … and an empty name. */
export function startupParameters(packet: Uint8Array): ReadonlyMap<string, string> {
  const texts = Buffer.from(packet.subarray(8)).toString('utf8').split('\0');
  const parameters = new Map<string, string>();
  for (let index = 0; index + 1 < texts.length && texts[index] !== ''; index += 2)
    parameters.set(texts[index] ?? '', texts[index + 1] ?? '');
  return parameters;
}
