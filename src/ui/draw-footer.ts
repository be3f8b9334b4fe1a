import { contextsOf } from '../workbench/contexts.ts';
import { keyLabel, liveBindings } from '../workbench/keymap.ts';
import type { Model } from '../workbench/model.ts';
import { type Part, part, widthOf } from './paint.ts';

/** The live keys of the focused pane, most used first, cut to fit. */
export function footerParts(model: Model): readonly Part[] {
  const parts: Part[] = [part(' ')];
  for (const { keys, footer } of liveBindings(contextsOf(model))) {
    const [key] = keys;
    if (footer === undefined || key === undefined) continue;
    const next = [part(parts.length > 1 ? '  ' : ''), part(keyLabel(key, 'short'), 'key'), part(` ${footer}`, 'dim')];
    if (widthOf(parts) + widthOf(next) <= model.size.columns) parts.push(...next);
  }
  return parts;
}
