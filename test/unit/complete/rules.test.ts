import { describe, expect, test } from 'vitest';
import { commandArguments } from '../../../src/complete/command-rules.ts';
import { matchRule, parseRules } from '../../../src/complete/rule.ts';
import { sources } from '../../../src/complete/sources.ts';
import { statementRules } from '../../../src/complete/statement-rules.ts';
import { placeAt } from '../../../src/complete/words.ts';

// Arguments of meta-commands that are no names of the catalog.
const otherArguments = ['files', 'variables', 'variable-values', 'pset-options', 'pset-values', 'statements'];

function matched(pattern: string, text: string): readonly string[] | undefined {
  const place = placeAt(text, text.length);
  const [rule] = parseRules(`${pattern} : X`);
  if (place.type !== 'sql' || rule === undefined) throw new Error('no statement, or no rule');
  return matchRule(rule.pattern, place.before);
}

describe('rules', () => {
  test.each<readonly [pattern: string, text: string, found: readonly string[] | undefined]>([
    ['DROP TABLE', 'drop table ', []],
    ['DROP TABLE', 'drop table t ', undefined],
    ['ALTER TABLE *', 'alter table public."My tab" ', ['public."My tab"']],
    ['SET|RESET *', 'reset x ', ['x']],
    ['SET * !TO', 'set x to ', undefined],
    ['SET * !TO', 'set x y ', ['x']],
    ['GRANT ... ON *', 'grant select, insert on t ', ['t']],
    ['ANALYZE () *', 'analyze (verbose, (x)) t ', ['t']],
    ['ANALYZE ()', 'analyze (verbose ', undefined],
    ['CREATE ... TABLE *', 'create table t ', ['t']],
    ['COPY * FROM', 'copy ( from ', undefined],
  ])('%s and %j', (pattern, text, found) => {
    expect(matched(pattern, text)).toEqual(found);
  });

  test('name only sources that exist, and only words that their pattern has', () => {
    const wrong = statementRules.flatMap(({ pattern, offers }) =>
      offers.filter((offer) => {
        if (offer.type !== 'source') return false;
        return sources[offer.name] === undefined || offer.about > pattern.filter((element) => element.type === 'any').length;
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('of meta-commands name only sources that exist', () => {
    const named = commandArguments.flatMap(([, ...kinds]) => kinds.filter((kind) => kind.startsWith('@')).map((kind) => kind.slice(1)));
    expect(named.filter((name) => sources[name] === undefined && !otherArguments.includes(name))).toEqual([]);
  });
});
