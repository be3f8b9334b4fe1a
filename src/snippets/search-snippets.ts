import type { Snippet } from './snippet.ts';

/**
 * The snippets in which every typed word begins some word, best first: the title counts most, then topic and words, then the
 * lesson and the SQL. No words: all, as they come.
 */
export function searchSnippets(snippets: readonly Snippet[], typed: string): readonly Snippet[] {
  const wanted = wordsOf(typed);
  if (wanted.length === 0) return snippets;
  const found = snippets.flatMap((snippet) => {
    const scores = wanted.map((word) => score(snippet, word));
    return scores.includes(0) ? [] : [{ snippet, total: scores.reduce((sum, next) => sum + next, 0) }];
  });
  return found.sort((a, b) => b.total - a.total).map(({ snippet }) => snippet);
}

function score(snippet: Snippet, word: string): number {
  const begins = (text: string) => wordsOf(text).some((candidate) => candidate.startsWith(word));
  if (begins(snippet.title)) return 8;
  if (begins(snippet.topic) || snippet.words.some(begins)) return 4;
  return begins(snippet.why) || begins(snippet.body) ? 1 : 0;
}

/** Operators such as ->> and @> are words too: that is what one looks for in JSONB. */
function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]+/gu) ?? [];
}
