import type { Rows } from '../catalog/catalog-work.ts';
import { dependentsLine, dependentsQuery, sizeLine, sizeQuery } from '../catalog/loss-preview.ts';
import type { LossRequest } from '../catalog/loss-subject.ts';

/** Rows of a catalog query; undefined where it failed or there is nobody to ask. */
export type CatalogAsk = (sql: string) => Promise<Rows | undefined>;

/** Milliseconds for which an answer is waited for. */
const patience = 3000;

/**
 * Looks up what would be lost, and tells the lines as they arrive, first of all that they are being looked up. Resolves when nothing more
 * is on its way, be it told or too late.
 */
export async function lookUpLoss({ subject, lead }: LossRequest, ask: CatalogAsk, tell: (lines: readonly string[]) => void): Promise<void> {
  const parts = [
    { sql: sizeQuery(subject), wait: 'Size and rows: …', line: sizeLine },
    { sql: dependentsQuery(subject), wait: `${lead}: …`, line: (rows: Rows | undefined) => dependentsLine(rows, lead) },
  ];
  const wanted = parts.flatMap(({ sql, wait, line }) => (sql === undefined ? [] : [{ sql, wait, line }]));
  const lines = wanted.map(({ wait }) => wait);
  tell([...lines]);
  await Promise.all(
    wanted.map(async ({ sql, line }, index) => {
      const answer = ask(sql);
      const rows = await Promise.race([answer, after(patience)]);
      lines[index] = line(rows);
      tell([...lines]);
      await answer;
    }),
  );
}

function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds).unref());
}
