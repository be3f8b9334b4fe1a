import type { ServerEvent } from '../result/server-event.ts';
import type { CopyMeter } from './copy-meter.ts';
import type { CopyTarget } from './copy-target.ts';

/** Writes COPY's data as they come (undefined: nowhere). Resolves with the event that ends them; what comes between is handed on at once. `show` sees all. */
export async function receiveCopy(
  target: CopyTarget | undefined,
  events: AsyncIterator<ServerEvent>,
  between: (event: ServerEvent) => Promise<void> | undefined,
  meter: CopyMeter | undefined,
  show?: (event: ServerEvent) => Promise<void> | undefined,
): Promise<ServerEvent | undefined> {
  for (let next = await events.next(); next.done !== true; next = await events.next()) {
    const event = next.value;
    await show?.(event);
    if (event.type === 'copyData') {
      const waiting = target?.write(event.bytes);
      if (waiting !== undefined) await waiting;
      meter?.add(event.bytes);
    } else if (event.type === 'notice' || event.type === 'notification' || event.type === 'parameter') await between(event);
    else return event;
  }
  return undefined;
}
