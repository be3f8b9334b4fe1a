import { contextsOf } from '../workbench/contexts.ts';
import { keyLabel, liveBindings } from '../workbench/keymap.ts';
import type { Model } from '../workbench/model.ts';
import { type Part, part, widthOf } from './paint.ts';

/** The live keys of the focused pane, most used first, each command once, cut to fit; F1 always stands among them, for it leads to the others. */
export function footerParts(model: Model): readonly Part[] {
  const named = liveBindings(contextsOf(model)).filter(({ footer }) => footer !== undefined);
  const entries = named.flatMap(({ command, keys: [key = ''], footer = '' }, index) => {
    const isFirst = named.findIndex((other) => other.command === command) === index;
    return isFirst ? [{ isHelp: command === 'help', parts: keyParts(key, footer) }] : [];
  });
  const help = entries.find(({ isHelp }) => isHelp);
  let room = model.size.columns - (help === undefined ? 0 : widthOf(help.parts));
  const shown = entries.filter(({ isHelp, parts }) => {
    if (isHelp) return true;
    const fits = widthOf(parts) <= room;
    if (fits) room -= widthOf(parts);
    return fits;
  });
  // The first one stands a column from the edge.
  return shown.flatMap(({ parts }, index) => (index === 0 ? [part(' '), ...parts.slice(1)] : parts));
}

function keyParts(key: string, footer: string): readonly Part[] {
  return [part('  '), part(keyLabel(key, 'short'), 'key'), part(` ${footer}`, 'dim')];
}
