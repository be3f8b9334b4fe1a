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

/** Sync: ends a sequence of the extended protocol, also one that failed. */
export function syncMessage(): Buffer {
  return message('S', Buffer.alloc(0));
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

/** The settings a StartupMessage asks for: those of `options` first, then the named ones, as a server applies them. */
export function startupSettings(packet: Uint8Array): readonly (readonly [name: string, value: string])[] {
  const texts = Buffer.from(packet.subarray(8)).toString('utf8').split('\0');
  const settings: (readonly [string, string])[] = [];
  for (let index = 0; index + 1 < texts.length && texts[index] !== ''; index += 2) {
    const [name = '', value = ''] = texts.slice(index, index + 2);
    if (name === 'options') settings.unshift(...commandLineSettings(value));
    else if (!['user', 'database', 'replication'].includes(name) && !name.startsWith('_pq_.')) settings.push([name, value]);
  }
  return settings;
}

/** `-c name=value`, `--name=value`, with blanks escaped by a backslash (pg_split_opts). Other switches mean nothing here. */
function commandLineSettings(options: string): readonly (readonly [string, string])[] {
  const words = (options.match(/(?:\\.|\S)+/gs) ?? []).map((word) => word.replace(/\\(.)/gs, '$1'));
  const assignments = words.flatMap((word, index) => {
    if (word === '-c') return [words[index + 1] ?? ''];
    return /^--|^-c./.test(word) ? [word.slice(2)] : [];
  });
  return assignments.flatMap((assignment) => {
    const [, name, value] = /^([\w.-]+)=(.*)$/s.exec(assignment) ?? [];
    return name === undefined || value === undefined ? [] : [[name.replaceAll('-', '_'), value] as const];
  });
}
