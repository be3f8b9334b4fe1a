import { activeBuffer } from './buffers.ts';
import type { Context } from './keymap.ts';
import type { Model } from './model.ts';
import { focusedPanel } from './panel.ts';
import type { OpenRehearsal } from './rehearsal.ts';
import { activeTab } from './results.ts';

/** Where the keys go, the focused context first. */
export function contextsOf(model: Model): readonly Context[] {
  const [question] = model.questions;
  if (question !== undefined) {
    if (question.type === 'choice') return question.naming === undefined ? ['choice'] : ['naming', 'field'];
    return question.type === 'copy-data' ? ['copy-data', 'field'] : ['question', 'field'];
  }
  const panel = focusedPanel(model.panel);
  if (panel !== undefined) {
    switch (panel.type) {
      case 'help':
      case 'log':
      case 'cell':
        return ['reader', ...workOf(model), 'global'];
      case 'ddl-report':
        return [...(panel.canRun ? ['ddl-dry' as const] : []), 'ddl-report', 'reader', ...workOf(model), 'global'];
      case 'snippets':
        return ['snippets', 'list', 'field', 'work', 'global'];
      case 'transaction':
        return [...(panel.undoing === undefined ? [] : ['drawer-question' as const]), ...drawerContexts(model), 'work', 'global'];
      case 'scenes':
        return ['scenes', 'list', 'work', 'global'];
      case 'scene':
        return ['scene', 'work', 'global'];
      case 'history':
        return ['history', 'list', 'field', 'work', 'global'];
    }
  }
  if (model.rehearsal !== undefined) return rehearsalContexts(model.rehearsal);
  if (model.screen === 'picker') {
    if (model.picker.form !== undefined) return ['form', 'field', 'global'];
    return model.picker.query === undefined ? ['picker', 'global'] : ['field', 'picker', 'global'];
  }
  return paneContexts(model);
}

function drawerContexts({ connection }: Model): readonly Context[] {
  const isOpen = connection.phase === 'open' && connection.status !== 'idle';
  return isOpen ? ['drawer-open', 'drawer'] : ['drawer', 'drawer-open'];
}

function rehearsalContexts({ rehearsed }: OpenRehearsal): readonly Context[] {
  return [...(rehearsed.savepoint === undefined ? [] : ['rehearsal-point' as const]), 'rehearsal', 'global'];
}

function workOf(model: Model): readonly Context[] {
  // A rehearsal holds locks: it is answered before anything else is begun.
  return model.screen === 'work' && model.rehearsal === undefined ? ['work'] : [];
}

/** The contexts of the focused pane, whatever stands over it: what help is about. */
export function paneContexts(model: Model): readonly Context[] {
  if (model.rehearsal !== undefined) return rehearsalContexts(model.rehearsal);
  if (model.screen === 'picker') return ['picker', 'global'];
  if (model.focus === 'editor') {
    const kind = activeBuffer(model.buffers).kind;
    return [...(model.completion === undefined ? [] : ['completion' as const]), kind, 'editor', 'work', 'global'];
  }
  const content = activeTab(model.results)?.content;
  if (content === undefined) return ['result', 'work', 'global'];
  return [content.type === 'rows' ? 'grid' : 'document', 'result', 'work', 'global'];
}

/** Whether characters are text here; elsewhere each is a key. */
export function takesText(model: Model): boolean {
  const [question] = model.questions;
  if (question !== undefined) return question.type !== 'choice' || question.naming !== undefined;
  const panel = focusedPanel(model.panel);
  if (panel !== undefined) return panel.type === 'snippets' || panel.type === 'history';
  if (model.rehearsal !== undefined) return false;
  if (model.screen === 'picker') return model.picker.form !== undefined || model.picker.query !== undefined;
  return model.focus === 'editor';
}
