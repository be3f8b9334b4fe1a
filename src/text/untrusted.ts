declare const untrustedBrand: unique symbol;
declare const visibleBrand: unique symbol;

/**
 * Text from a server or a file: cells, names, notices, errors, settings, payloads. It may hold anything, escape sequences
 * included, and bytes that are not UTF-8 as lone surrogates (see lossless.ts). Only `visible` makes it fit for a terminal.
 */
export type Untrusted = string & { readonly [untrustedBrand]: true };

/** Text that cannot drive a terminal: no control, no escape, no bidi or zero-width character. Made by `visible` alone. */
export type Visible = string & { readonly [visibleBrand]: true };

/** Marks text as coming from outside. */
export function untrusted(text: string): Untrusted {
  return text as Untrusted;
}
