import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NativeServer } from '../support/native-server.ts';
import { oracle } from '../support/oracle.ts';
import { ownNode, program } from '../support/terminal.ts';
import { interleaved, type Run } from './measure.ts';
import { atMost, type Figure, forInformation } from './report.ts';

const millionRows = (millions: number) => `select i, md5(i::text), now(), random() from generate_series(1, ${millions}000000) i`;

/** The batch face against psql on the same server: streaming, aligned printing, start-up. */
export async function batchFigures(server: NativeServer, psql: string): Promise<readonly Figure[]> {
  const connection = ['-X', '-h', server.socketFolder, '-p', String(server.port), '-U', server.user, '-d', server.database];
  const compare = async (args: readonly string[], rounds = 5): Promise<readonly [Run, Run]> => {
    const [ours, theirs] = await interleaved(
      [
        [ownNode, program, ...connection, ...args],
        [psql, ...connection, ...args],
      ],
      rounds,
    );
    if (ours === undefined || theirs === undefined) throw new Error('nothing measured');
    return [ours, theirs];
  };
  const figures: Figure[] = [];
  const [streamed, psqlStreamed] = await compare(['-A', '-t', '-o', '/dev/null', '-c', millionRows(5)]);
  const note = (ours: Run, theirs: Run) => `${ours.seconds.toFixed(2)} s against psql's ${theirs.seconds.toFixed(2)} s`;
  figures.push(atMost(`5M rows -A -t -o /dev/null (${note(streamed, psqlStreamed)})`, streamed.seconds / psqlStreamed.seconds, 1, 'x'));
  figures.push(atMost(`  peak memory (psql ${psqlStreamed.peakMegabytes.toFixed(0)} MB)`, streamed.peakMegabytes, 150, 'MB'));
  const [aligned, psqlAligned] = await compare(['-o', join(tmpdir(), 'howdah-bench-aligned.txt'), '-c', millionRows(1)]);
  figures.push(atMost(`1M rows aligned to a file (${note(aligned, psqlAligned)})`, aligned.seconds / psqlAligned.seconds, 1.2, 'x'));
  figures.push(atMost(`  peak memory (psql ${psqlAligned.peakMegabytes.toFixed(0)} MB)`, aligned.peakMegabytes, 200, 'MB'));
  const [one, psqlOne] = await compare(['-c', 'select 1'], 15);
  const milliseconds = `${(one.seconds * 1000).toFixed(0)} ms against psql's ${(psqlOne.seconds * 1000).toFixed(0)} ms`;
  figures.push(atMost(`-X -c 'select 1' (${milliseconds})`, one.seconds / psqlOne.seconds, 3, 'x'));
  const [binary, again] =
    oracle === undefined
      ? []
      : await interleaved(
          [
            [oracle.psql, ...connection, '-c', 'select 1'],
            [ownNode, '-e', '0'],
          ],
          15,
        );
  if (binary !== undefined && again !== undefined) {
    const bare = `psql's binary without Debian's script ${(binary.seconds * 1000).toFixed(0)} ms, bare node ${(again.seconds * 1000).toFixed(0)} ms`;
    figures.push(forInformation(`  (${bare})`, `${(one.seconds / binary.seconds).toFixed(2)} x`));
  }
  return figures;
}
