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

/** A script without a file, in front. */
export async function openScratch(terminal: Terminal): Promise<void> {
  await terminal.press('Ctrl-N');
  await terminal.sees('File of the script');
  await terminal.press('Enter');
  await terminal.sees('scratch 2');
}

/** A query whose rows never end. */
export const endless = 'select i, md5(i::text) from (select generate_series(1, 2000000000) i) q;';

/** Runs the endless query from a script, cancels it as its rows stream in, and again. */
export async function cancelLatencies(terminal: Terminal, samples: number): Promise<readonly number[]> {
  const times: number[] = [];
  await openScratch(terminal);
  await paste(terminal, endless);
  for (let sample = 0; sample < samples; sample++) {
    await latency(terminal, '\x1b[15~', /so far/);
    await pause(10 + (sample % 20));
    times.push(await latency(terminal, '\x03', /CANCELLED/));
    await pause(10);
  }
  return times;
}
