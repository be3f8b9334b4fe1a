import { defaultPrintOptions, type PrintOptions } from '../print/print-options.ts';
import { applyPset } from '../print/pset.ts';
import type { Arguments } from './arguments.ts';

type PrintFromArguments = { readonly ok: true; readonly print: PrintOptions } | { readonly ok: false; readonly texts: readonly string[] };

/** The print options -P, -A and their kin make of the defaults. */
export function printFromArguments(pset: Arguments['pset']): PrintFromArguments {
  let print: PrintOptions = defaultPrintOptions;
  for (const [name, value] of pset) {
    const result = applyPset(print, name, value, { versionMajor: 18 });
    if ('error' in result) return { ok: false, texts: [result.error, `could not set printing parameter "${name}"`] };
    print = result.options;
  }
  return { ok: true, print };
}
