import type { CompletionCatalog } from '../catalog/completion-snapshot.ts';
import { type Candidate, type KeywordCase, keywordText, startsLike } from './candidate.ts';
import { unique } from './catalog-names.ts';
import { commandCandidates, variableCandidates } from './command-candidates.ts';
import { queryCandidates } from './query-candidates.ts';
import { queryContext } from './query-context.ts';
import { matchRule, type Offer, type Rule } from './rule.ts';
import { sources } from './sources.ts';
import { statementRules, statementStarts } from './statement-rules.ts';
import { type Place, placeAt, type Word } from './words.ts';

export type { Candidate, KeywordCase } from './candidate.ts';

export interface CompletionRequest {
  /** A statement, or several, perhaps with meta-commands between them; what follows the cursor counts as well. */
  readonly text: string;
  /** In UTF-16 units. */
  readonly cursor: number;
  readonly catalog: CompletionCatalog;
  /** Names of the meta-commands without their backslash. */
  readonly commands: readonly string[];
  /** Names of psql variables. */
  readonly variables: readonly string[];
  readonly keywordCase: KeywordCase;
  /** Paths that begin with what was typed, folders with a slash at their end; left out: no files are offered. */
  readonly listFiles?: (typed: string) => readonly string[];
}

/** text[start, end) may become any of the candidates. */
export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly Candidate[];
}

type SqlPlace = Extract<Place, { type: 'sql' }>;

/**
 * Completes what is typed at the cursor: at least what psql's Tab offers, and the columns, aliases, common tables and join conditions of
 * the query around it. Names match without regard to case unless they are quoted.
 */
export function complete(request: CompletionRequest): Completion {
  const { text, cursor, variables } = request;
  const place = placeAt(text, cursor);
  const at = (start: number, candidates: readonly Candidate[]): Completion => ({ start, end: cursor, candidates });
  switch (place.type) {
    case 'none':
      return at(cursor, []);
    case 'variable':
      return at(place.start, variableCandidates(place.name, place.quote, variables));
    case 'command': {
      const variable = /(?<!:):(['"]?)([A-Za-z_0-9\u0080-\uffff]*)$/.exec(place.text);
      if (variable !== null) {
        const name = variable[2] ?? '';
        return at(cursor - name.length, variableCandidates(name, variable[1] ?? '', variables));
      }
      const { length, candidates } = commandCandidates({ ...request, text: place.text, listFiles: request.listFiles ?? noFiles });
      return at(cursor - length, candidates);
    }
    case 'sql':
      return completeSql(request, place, at);
  }
}

const noFiles = (): readonly string[] => [];

function completeSql(
  request: CompletionRequest,
  place: SqlPlace,
  at: (start: number, candidates: readonly Candidate[]) => Completion,
): Completion {
  const path = pathPlace(request, place);
  if (path !== undefined) return at(path.start, path.candidates);
  return at(place.start, sqlCandidates(request, place));
}

function sqlCandidates(request: CompletionRequest, { before, current, after }: SqlPlace): readonly Candidate[] {
  const { catalog, keywordCase } = request;
  const first = before[0];
  if (first === undefined) return keywords(statementStarts, current, keywordCase);
  const rule = findRule(before);
  if (rule !== undefined) return unique(rule.offers.flatMap((offer) => offered(offer, rule.found, current, request)));
  const context = queryContext(before, after, catalog);
  return context === undefined ? [] : queryCandidates({ context, before, current, catalog, keywordCase });
}

/** The word after COPY … FROM is a path up to the last blank, whatever signs it holds. */
function pathPlace(
  request: CompletionRequest,
  { before, start }: SqlPlace,
): { start: number; candidates: readonly Candidate[] } | undefined {
  const { text, cursor, listFiles } = request;
  if (listFiles === undefined || before[0]?.upper !== 'COPY') return undefined;
  const from = Math.min(start, text.slice(0, cursor).search(/[^\s']*$/));
  const earlier = before.filter((word) => word.end <= from);
  const rule = findRule(earlier);
  if (rule?.offers.some((offer) => offer.type === 'source' && offer.name === 'files') !== true) return undefined;
  const current = text.slice(from, cursor);
  return { start: from, candidates: rule.offers.flatMap((offer) => offered(offer, rule.found, current, request)) };
}

interface FoundRule extends Rule {
  readonly found: readonly string[];
}

/** The rule for the words; those that open a query of their own (a view's, a function's) are a query's business. */
function findRule(words: readonly Word[]): FoundRule | undefined {
  for (const rule of statementRules) {
    const found = matchRule(rule.pattern, words);
    if (found !== undefined) return { ...rule, found };
  }
  return undefined;
}

function offered(offer: Offer, found: readonly string[], current: string, request: CompletionRequest): readonly Candidate[] {
  const { catalog, keywordCase, listFiles = noFiles } = request;
  switch (offer.type) {
    case 'keyword':
      return offer.isShy && current === '' ? [] : keywords([offer.text], current, keywordCase);
    case 'source': {
      const about = offer.about === 0 ? '' : (found[offer.about - 1] ?? '');
      return sources[offer.name]?.({ catalog, current, about, listFiles }) ?? [];
    }
  }
}

function keywords(list: readonly string[], current: string, keywordCase: KeywordCase): readonly Candidate[] {
  return list
    .filter((word) => startsLike(word, current))
    .map((word) => ({ text: keywordText(word, current, keywordCase), kind: 'keyword' as const }));
}
