import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EmbeddedSession } from '../../src/server/embedded/embedded-session.ts';
import { loadSnippets } from '../../src/snippets/load-snippets.ts';
import { fillSlots } from '../../src/snippets/slots.ts';
import { run } from '../support/open-test-session.ts';
import { openVendorpay } from '../support/practice.ts';

const { snippets } = await loadSnippets(join(import.meta.dirname, '../../snippets'));

// Of every table: how many rows, and a hash of them.
const fingerprint = `
  select table_name, (xpath('/row/c/text()', query_to_xml(format(
    'select count(*) || coalesce(md5(string_agg(t::text, chr(10) order by t::text)), '''') as c from %I as t', table_name), false, true, '')))[1]::text
  from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;

describe('every snippet runs as it stands on its practice database', () => {
  let embedded: EmbeddedSession;
  beforeAll(async () => {
    embedded = await openVendorpay();
  });
  afterAll(async () => {
    await embedded.session.close();
  });

  test.each(snippets.map((snippet) => [snippet.name, snippet] as const))('%s', async (_name, snippet) => {
    const { session } = embedded;
    const contents = async () =>
      (await run(session, fingerprint))
        .filter((event) => event.startsWith('rows '))
        .join(';')
        .replaceAll('rows ', '');
    const before = await contents();
    // Each runs in a transaction that is rolled back, but for those that are about transactions.
    const ownsTransaction = /^begin;/m.test(snippet.body);
    if (!ownsTransaction) await run(session, 'begin');
    const answers = await run(session, fillSlots(snippet));
    const after = await contents();
    if (!ownsTransaction) await run(session, 'rollback');
    expect(answers.filter((answer) => answer.startsWith('error'))).toEqual([]);
    // Everything that returns rows returns some: an example that shows nothing teaches nothing.
    const answered = answers.filter((answer) => answer.startsWith('rows')).length;
    expect(answered).toBeGreaterThan(0);
    expect(answers.filter((answer) => /^complete SELECT 0$/.test(answer))).toEqual([]);
    expect(after !== before).toBe(snippet.changesData);
    expect(answers.at(-1)).toBe(ownsTransaction ? 'ready idle' : 'ready transaction');
  });
});
