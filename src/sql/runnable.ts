import { isCompleteInput, splitInput } from './split.ts';

/** SQL as it was sent, as text to type: with an end, on a line of its own where a comment would swallow it; statements sent as one stay one. */
export function runnable(sql: string): string {
  const text = sql.trimEnd();
  const joined = splitInput(text)
    .slice(0, -1)
    .filter(({ end }) => text[end - 1] === ';')
    .reduceRight((rest, { end }) => `${rest.slice(0, end - 1)}\\${rest.slice(end - 1)}`, text);
  if (isCompleteInput(joined)) return joined;
  return isCompleteInput(`${joined};`) ? `${joined};` : `${joined}\n;`;
}
