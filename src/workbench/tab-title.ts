/** A few words for a result's tab: `select payments`, `explain`. */
export function tabTitle(sql: string): string {
  const words = sql
    .replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
    .trim()
    .split(/[\s(;]+/)
    .filter((word) => word !== '');
  if (words[0]?.startsWith('\\') === true) return words.slice(0, 2).join(' ');
  const verb = (words[0] ?? 'result').toLowerCase();
  const from = words.findIndex((word) => /^(?:from|into|update|table)$/i.test(word));
  const object = from < 0 ? undefined : words[from + 1];
  // After FROM may stand a subquery instead of a name.
  const isName = object !== undefined && /^[\w."$]+$/.test(object) && !/^(?:select|values|with|lateral)$/i.test(object);
  const title = !isName ? verb : `${verb} ${object}`;
  return title.length > 20 ? `${title.slice(0, 19)}…` : title;
}
