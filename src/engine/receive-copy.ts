import type { ServerEvent } from '../result/server-event.ts';
import { decodeLossless, encodeLossless } from '../text/lossless.ts';
import { visibleForTerminal } from '../text/visible.ts';
import type { OutputSink } from './output-sink.ts';

/** Writes COPY's data as they come (undefined: nowhere). Resolves with the event that ends them; what comes between is handed on at once. `show` sees all. */
export async function receiveCopy(
  sink: OutputSink | undefined,
  events: AsyncIterator<ServerEvent>,
  between: (event: ServerEvent) => Promise<void> | undefined,
  show?: (event: ServerEvent) => Promise<void> | undefined,
): Promise<ServerEvent | undefined> {
  for (let next = await events.next(); next.done !== true; next = await events.next()) {
    const event = next.value;
    await show?.(event);
    if (event.type === 'copyData') {
      const waiting = sink?.write(sink.isTerminal ? visibleBytes(event.bytes) : event.bytes);
      if (waiting !== undefined) await waiting;
    } else if (event.type === 'notice' || event.type === 'notification' || event.type === 'parameter') await between(event);
    else return event;
  }
  return undefined;
}

/** A terminal must not obey data. */
function visibleBytes(bytes: Buffer): Buffer {
  return encodeLossless(visibleForTerminal(decodeLossless(bytes)));
}
