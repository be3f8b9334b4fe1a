import { freshHome } from '../support/home.ts';
import { Terminal } from '../support/terminal.ts';
import { cancelLatencies } from './keys.ts';
import { quantile } from './measure.ts';
import { atMost, type Figure } from './report.ts';

/** The practice database from an empty home: how soon it is there, and how soon it stops. */
export async function embeddedFigures(): Promise<readonly Figure[]> {
  const firstStarts: number[] = [];
  const cancels: number[] = [];
  for (let round = 0; round < 5; round++) {
    const home = freshHome();
    const started = performance.now();
    const terminal = new Terminal(['practice'], { columns: 200, rows: 50, environment: home.environment });
    const live = await terminal.shows(/embedded.*console/s, 60_000);
    firstStarts.push(live - started);
    cancels.push(...(await cancelLatencies(terminal, 200)));
    await terminal.close();
    home.remove();
  }
  return [
    atMost('practice database, first start from an empty home (median of 5)', quantile(firstStarts, 0.5) / 1000, 2, 's'),
    atMost('  cancel of a streaming query p99 (1,000 samples)', quantile(cancels, 0.99), 250, 'ms'),
  ];
}
