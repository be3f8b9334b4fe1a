import { pause, type Terminal } from '../support/terminal.ts';

/** Milliseconds from a key to the bytes that show its effect. */
export async function latency(terminal: Terminal, key: string, effect: RegExp): Promise<number> {
  const shown = terminal.shows(effect);
  const sent = performance.now();
  terminal.send(key);
  return (await shown) - sent;
}

export async function paste(terminal: Terminal, text: string): Promise<void> {
  terminal.send(`\x1b[200~${text}\x1b[201~`);
  await pause(300);
}
