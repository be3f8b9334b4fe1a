const simple = /^[ -~·–•…‹›←-↓∅─-╿▌▏▸]*$/;

/**
 * Whether a text holds nothing but ASCII and the signs this program draws with: each shown as it is, in one column of its own.
 * Most rows of a screen are such texts, and need neither a segmenter nor a search for what is hidden.
 */
export function isSimple(text: string): boolean {
  return simple.test(text);
}
