const simpleEscapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** What a literal stands for: '…', E'…', U&'…', B'…', $tag$…$tag$. A literal without its end is read as far as it goes. */
export function stringValue(text: string, standardStrings: boolean, unicodeEscape = '\\'): string {
  const dollars = /^\$[^$]*\$/.exec(text)?.[0];
  if (dollars !== undefined)
    return text.slice(dollars.length, text.endsWith(dollars) && text.length >= 2 * dollars.length ? -dollars.length : undefined);
  const [, prefix = '', body = ''] = /^(u&|[ebxn])?'(.*?)'?$/is.exec(text) ?? [];
  const hasEscapes = prefix.toLowerCase() === 'e' || (prefix === '' && !standardStrings);
  const joined = body.replace(/'(?:[ \t\f]|--[^\n\r]*)*[\n\r](?:\s|--[^\n\r]*[\n\r])*'/g, '').replaceAll("''", "'");
  if (hasEscapes) return unescaped(joined);
  return prefix.toLowerCase() === 'u&' ? unicode(joined, unicodeEscape) : joined;
}

/** The name that "…" or U&"…" stands for. */
export function identifierValue(text: string, unicodeEscape = '\\'): string {
  const [, prefix = '', body = ''] = /^(u&)?"(.*?)"?$/is.exec(text) ?? [];
  const name = body.replaceAll('""', '"');
  return prefix === '' ? name : unicode(name, unicodeEscape);
}

function unescaped(text: string): string {
  return text.replace(/\\(?:x([\da-f]{1,2})|u([\da-f]{4})|U([\da-f]{8})|([0-7]{1,3})|(.))/gis, (whole, hex, short, long, octal, letter) => {
    if (letter !== undefined) return simpleEscapes[letter] ?? letter;
    return character(octal === undefined ? Number.parseInt(hex ?? short ?? long, 16) : Number.parseInt(octal, 8)) ?? whole;
  });
}

function unicode(text: string, escapeMark: string): string {
  const mark = escapeMark.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const rule = new RegExp(`${mark}(?:${mark}|([\\da-f]{4})|\\+([\\da-f]{6}))`, 'gi');
  return text.replace(rule, (whole, short, long) => {
    if (short === undefined && long === undefined) return escapeMark;
    return character(Number.parseInt(short ?? long, 16)) ?? whole;
  });
}

function character(code: number): string | undefined {
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
