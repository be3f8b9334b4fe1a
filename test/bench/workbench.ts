import { freshHome } from '../support/home.ts';
import type { NativeServer } from '../support/native-server.ts';
import { pause, Terminal } from '../support/terminal.ts';
import { cancelLatencies, endless, latency, openScratch, paste } from './keys.ts';
import { peakOf, quantile } from './measure.ts';
import { atMost, type Figure } from './report.ts';

const tenMillion = 'select i, md5(i::text), now(), random() from (select generate_series(1, 10000000) i) q;';

/** The workbench through a pseudo-terminal: latencies from the byte sent to the bytes that show its effect. */
export async function workbenchFigures(server: NativeServer, psqlSelectSeconds: number): Promise<readonly Figure[]> {
  return [
    ...(await firstFrame(server, psqlSelectSeconds)),
    ...(await inWorkbench(server, bigResult)),
    ...(await inWorkbench(server, typing)),
    ...(await inWorkbench(server, cancelling)),
  ];
}

/** A workbench of its own, in a home where nothing is left of another. */
async function inWorkbench<Result>(server: NativeServer, use: (terminal: Terminal) => Promise<Result>): Promise<Result> {
  const home = freshHome();
  const args = ['-h', server.socketFolder, '-p', String(server.port), '-U', server.user, '-d', server.database];
  const terminal = new Terminal(args, { columns: 200, rows: 50, environment: home.environment });
  try {
    return await use(terminal);
  } finally {
    await terminal.close();
    home.remove();
  }
}

async function firstFrame(server: NativeServer, psqlSelectSeconds: number): Promise<readonly Figure[]> {
  const times: number[] = [];
  for (let round = 0; round < 12; round++) {
    const started = performance.now();
    // Live: connected and answering, its status line names the server.
    const live = await inWorkbench(server, (terminal) => terminal.shows(/postgres@.*\/postgres/));
    if (round > 0) times.push(live - started);
  }
  const median = quantile(times, 0.5);
  return [
    atMost(`first live frame, connected (${median.toFixed(0)} ms against psql's select 1)`, median / 1000 / psqlSelectSeconds, 6, 'x'),
  ];
}

async function bigResult(terminal: Terminal): Promise<readonly Figure[]> {
  await terminal.sees('console');
  await paste(terminal, tenMillion);
  const complete = terminal.shows(/of 10,000,000/, 180_000);
  const firstRows = await latency(terminal, '\r', /so far/);
  await complete;
  await terminal.press('F6');
  const lastPage = await latency(terminal, 'G', /–10,000,000/);
  await latency(terminal, 'g', / 1–\d+ of/);
  const steps: number[] = [];
  const pageRows = Number(/ 1–(\d+) of/.exec(terminal.text())?.[1]);
  for (let page = 2; page <= 1001; page++) {
    const last = (page * pageRows).toLocaleString('en-US');
    steps.push(await latency(terminal, '\x1b[6~', new RegExp(`–${last} of 10,000,000`)));
    // A key held down repeats 30 times a second; Ink draws 60 frames a second, and would hold back what is sent faster.
    await pause(20);
  }
  const peak = peakOf(terminal.processId);
  return [
    atMost('10M rows in the workbench: peak memory', peak, 200, 'MB'),
    atMost('  first rows on screen after Enter', firstRows, 100, 'ms'),
    atMost('  last page after the end', lastPage, 50, 'ms'),
    atMost('  page step p50 (1,000 samples)', quantile(steps, 0.5), 15, 'ms'),
    atMost('  page step p99', quantile(steps, 0.99), 40, 'ms'),
  ];
}

async function typing(terminal: Terminal): Promise<readonly Figure[]> {
  await terminal.sees('console');
  const line = (number: number) =>
    `  left join table_${number} t${number} on t${number}.id = base.id and t${number}.name = 'value ${number}'`;
  await openScratch(terminal);
  await paste(terminal, `${Array.from({ length: 499 }, (_, number) => line(number)).join('\n')}\n`);
  const idle = await keyLatencies(terminal, 1000);
  await terminal.press('Ctrl-PageUp');
  await paste(terminal, endless);
  await latency(terminal, '\r', /so far/);
  await terminal.press('Ctrl-PageDown');
  const streaming = await keyLatencies(terminal, 1000);
  return [
    atMost('a key in a 500-line buffer p50 (1,000 samples)', quantile(idle, 0.5), 10, 'ms'),
    atMost('  p99', quantile(idle, 0.99), 40, 'ms'),
    atMost('  p99 while rows stream in', quantile(streaming, 0.99), 80, 'ms'),
  ];
}

/** Types identifiers; a key has arrived when the last few characters stand in what was written since. */
async function keyLatencies(terminal: Terminal, samples: number): Promise<readonly number[]> {
  const times: number[] = [];
  let word = '';
  for (let sample = 0; sample < samples; sample++) {
    if (sample % 60 === 0) {
      terminal.send('\r');
      await pause(60);
      word = '';
    }
    const key = String.fromCharCode(97 + (sample % 26));
    word = (word + key).slice(-4);
    times.push(await latency(terminal, key, new RegExp(`${word}\\b`)));
    await pause(15 + (sample % 7));
  }
  return times;
}

async function cancelling(terminal: Terminal): Promise<readonly Figure[]> {
  await terminal.sees('console');
  const times = await cancelLatencies(terminal, 1000);
  return [atMost('cancel of a streaming query p99 (1,000 samples)', quantile(times, 0.99), 250, 'ms')];
}
