import type { SqlToken } from './tokens.ts';

/** LIKE: every text where the pattern is all %, else a constant text. */
export function matches(subject: readonly SqlToken[], pattern: string, escapeMark: string): boolean | undefined {
  if (/^%+$/.test(pattern) && escapeMark !== '%') return true;
  const text = constantText(subject);
  const isPlain = /^[^_]{0,100}$/.test(pattern) && !pattern.includes(escapeMark) && (pattern.match(/%/g)?.length ?? 0) <= 3;
  if (text === undefined || !isPlain || text.length > 100) return undefined;
  const parts = pattern.split('%').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}

/** A regular expression that matches everything, or plain letters looked for in a constant text. */
export function matchesExpression(subject: readonly SqlToken[], pattern: string): boolean | undefined {
  if (/^\^?(?:\.\*)?\$?$/.test(pattern) && pattern !== '^$' && pattern !== '$') return true;
  const text = constantText(subject);
  return text !== undefined && /^\w+$/.test(pattern) ? text.includes(pattern) : undefined;
}

/** A literal, or literals joined by ||. */
export function constantText(tokens: readonly SqlToken[]): string | undefined {
  const bare = tokens.at(-2)?.text === '::' ? tokens.slice(0, -2) : tokens;
  const isJoined = bare.every((token, at) => (at % 2 === 0 ? token.kind === 'string' : token.text === '||'));
  return isJoined && bare.length % 2 === 1 ? bare.map((token, at) => (at % 2 === 0 ? token.value : '')).join('') : undefined;
}
