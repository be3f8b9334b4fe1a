import { expect } from 'vitest';
import { cellBytes } from '../../src/result/row-batch.ts';
import type { ServerEvent } from '../../src/result/server-event.ts';
import { openSession } from '../../src/server/open-session.ts';
import type { Pipeline, Session, StatementRequest } from '../../src/server/session.ts';
import type { ConnectionTarget } from '../../src/server/target.ts';
import { type ServerAddress, testServer } from './server.ts';

/** A target for the run's server, over TCP. */
export function testTarget(changes: Partial<ConnectionTarget> = {}): ConnectionTarget {
  return { ...targetOf(testServer()), ...changes };
}

/** A target for a server, or what stands before one, over TCP. */
export function targetOf({ host, port, user, database }: Omit<ServerAddress, 'socketFolder'>): ConnectionTarget {
  return { hosts: [{ host, port }], user, database, sslMode: 'disable', startupParameters: {}, keepalives: true };
}

export async function openTestSession(target = testTarget()): Promise<Session> {
  const outcome = await openSession(target, { programName: 'howdah-test' });
  if (!outcome.ok) throw new Error(outcome.text);
  return outcome.session;
}

/** A pipeline of a session that has some. */
export function openPipeline(session: Session): Pipeline {
  const pipeline = session.openPipeline();
  if (pipeline === undefined) throw new Error('no pipeline');
  return pipeline;
}

/** Events as short texts, rows as their cells: what a test compares. */
export function written(event: ServerEvent): string {
  switch (event.type) {
    case 'columns':
      return `columns ${event.columns.map((column) => column.name).join(',')}`;
    case 'rows': {
      const { batch } = event;
      const rows = Array.from({ length: batch.rowCount }, (_, row) =>
        Array.from({ length: batch.columnCount }, (_, column) => cellBytes(batch, row, column)?.toString() ?? 'NULL').join('|'),
      );
      return `rows ${rows.join(';')}`;
    }
    case 'complete':
      return `complete ${event.tag}`;
    case 'notice':
      return `notice ${event.notice.severity} ${event.notice.message}`;
    case 'error':
      return `error ${event.error.code} ${event.error.message}`;
    case 'copyIn':
      return `copyIn ${event.columnCount}`;
    case 'copyOut':
      return `copyOut ${event.columnCount}`;
    case 'copyData':
      return `copyData ${event.bytes}`;
    case 'notification':
      return `notification ${event.channel} ${event.payload}`;
    case 'parameter':
      return `parameter ${event.name}=${event.value}`;
    case 'ready':
      return `ready ${event.status}`;
    case 'lost':
      return `lost ${event.reason}`;
    case 'empty':
    case 'parsed':
    case 'closed':
    case 'suspended':
      return event.type;
  }
}

/** Runs to the end, answering copyIn with the given data. */
export async function run(session: Session, request: string | StatementRequest, ...copies: readonly string[]): Promise<string[]> {
  const answers = [...copies];
  const texts: string[] = [];
  for await (const event of session.run(typeof request === 'string' ? { sql: request } : request)) {
    texts.push(written(event));
    if (event.type !== 'copyIn') continue;
    const answer = answers.shift();
    if (answer === undefined) session.copyFail('no data');
    else {
      await session.copyData(Buffer.from(answer));
      session.copyDone();
    }
  }
  expect(session.isBusy).toBe(false);
  return texts;
}
