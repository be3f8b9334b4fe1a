import type { EngineState } from './engine-state.ts';

/** Tells how long a statement took. */
export async function tellTiming(state: EngineState, milliseconds: number): Promise<void> {
  const text = timingText(milliseconds);
  if (state.face.standardOutput !== undefined) await state.say(`${text}\n`);
  else await state.emit({ type: 'timing', milliseconds, text });
}

/** \timing's line (psql's PrintTiming), without its newline. */
export function timingText(milliseconds: number): string {
  const exact = `Time: ${milliseconds.toFixed(3)} ms`;
  if (milliseconds < 1000) return exact;
  const seconds = milliseconds / 1000;
  const minutes = Math.floor(seconds / 60);
  const restSeconds = (seconds - minutes * 60).toFixed(3).padStart(6, '0');
  if (minutes < 60) return `${exact} (${two(minutes)}:${restSeconds})`;
  const hours = Math.floor(minutes / 60);
  const clock = `${two(minutes - hours * 60)}:${restSeconds}`;
  if (hours < 24) return `${exact} (${two(hours)}:${clock})`;
  const days = Math.floor(hours / 24);
  return `${exact} (${days} d ${two(hours - days * 24)}:${clock})`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
