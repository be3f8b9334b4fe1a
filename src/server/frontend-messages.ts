/**
 * Messages to the server (protocol, section "Message Formats"), each as its own buffer. Text that came in losslessly (bytes that
 * are not UTF-8 as lone surrogates) goes out as the bytes it came from.
 */
import { encodeLossless } from '../text/lossless.ts';

const protocolVersion = 0x30000;
const sslRequestCode = 80877103;
const cancelRequestCode = 80877102;

/** StartupMessage: the only one without a type byte. */
export function startupMessage(parameters: Readonly<Record<string, string>>): Buffer {
  const texts = Object.entries(parameters).flatMap(([name, value]) => [cString(name), cString(value)]);
  const body = Buffer.concat([int32(protocolVersion), ...texts, Buffer.of(0)]);
  return Buffer.concat([int32(4 + body.length), body]);
}

export function sslRequest(): Buffer {
  return Buffer.concat([int32(8), int32(sslRequestCode)]);
}

/** Keys are 4 bytes in protocol 3.0, up to 256 in 3.2. */
export function cancelRequest(processId: number, secretKey: Buffer): Buffer {
  return Buffer.concat([int32(12 + secretKey.length), int32(cancelRequestCode), int32(processId), secretKey]);
}

export function passwordMessage(password: string): Buffer {
  return message('p', cString(password));
}

export function saslInitialResponse(mechanism: string, response: string): Buffer {
  const bytes = Buffer.from(response);
  return message('p', cString(mechanism), int32(bytes.length), bytes);
}

export function saslResponse(response: string): Buffer {
  return message('p', Buffer.from(response));
}

export function queryMessage(sql: string): Buffer {
  return message('Q', cString(sql));
}

/** Parse of a statement, the unnamed one where no name is given; the server infers the parameters' types. */
export function parseMessage(sql: string, name = ''): Buffer {
  return message('P', cString(name), cString(sql), int16(0));
}

/** Bind of the unnamed portal, all parameters and results as text. */
export function bindMessage(parameters: readonly (string | null)[], name = ''): Buffer {
  const values = parameters.flatMap((value) => {
    if (value === null) return [int32(-1)];
    const bytes = encodeLossless(value);
    return [int32(bytes.length), bytes];
  });
  return message('B', Buffer.of(0), cString(name), int16(0), int16(parameters.length), ...values, int16(0));
}

export function describeStatement(): Buffer {
  return message('D', Buffer.from('S\0'));
}

export function describePortal(): Buffer {
  return message('D', Buffer.from('P\0'));
}

/** Close of a prepared statement. */
export function closeStatement(name: string): Buffer {
  return message('C', Buffer.from('S'), cString(name));
}

/** Execute of the unnamed portal without a row limit. */
export function executeMessage(): Buffer {
  return message('E', Buffer.of(0), int32(0));
}

export function syncMessage(): Buffer {
  return message('S');
}

/** Flush: the server sends what it holds back of its answers. */
export function flushMessage(): Buffer {
  return message('H');
}

export function copyDataHeader(length: number): Buffer {
  return Buffer.concat([Buffer.from('d'), int32(4 + length)]);
}

export function copyDoneMessage(): Buffer {
  return message('c');
}

export function copyFailMessage(reason: string): Buffer {
  return message('f', cString(reason));
}

export function terminateMessage(): Buffer {
  return message('X');
}

function message(type: string, ...parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 4);
  return Buffer.concat([Buffer.from(type), int32(length), ...parts]);
}

/** A NUL would end the string early and desynchronize the stream; a statement cannot hold one. */
function cString(text: string): Buffer {
  const nul = text.indexOf('\0');
  return Buffer.concat([encodeLossless(nul < 0 ? text : text.slice(0, nul)), Buffer.of(0)]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int16(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
