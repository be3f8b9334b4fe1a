/** The words in capitals of a synopsis: keywords and options, not what stands for a name. */
export function synopsisWords(synopsis: string): ReadonlySet<string> {
  return new Set(synopsis.match(/(?<!\w)[A-Z][A-Z0-9_]+(?!\w)/g));
}
