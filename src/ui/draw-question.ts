import { lineAt } from '../text/text-value.ts';
import { expandTabs, visible, visibleLines } from '../text/visible.ts';
import { displayWidth, wrap } from '../text/width.ts';
import { layoutOf } from '../workbench/layout.ts';
import type { Model } from '../workbench/model.ts';
import type { Naming, PendingQuestion } from '../workbench/question.ts';
import { type Part, part } from './paint.ts';

export interface QuestionView {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Lines between two rules, top to bottom. */
  readonly rows: readonly (readonly Part[])[];
  /** From the corner of the screen. */
  readonly cursor?: { readonly x: number; readonly y: number };
}

/** However long a secret is, it shows as many dots. */
const secretDots = 8;

/** The question in the middle of the screen. */
export function questionView(model: Model, question: PendingQuestion): QuestionView {
  // A band over the whole width: nothing of what is behind it stands beside it.
  const width = model.size.columns;
  const room = Math.min(72, width - 4);
  const margin = Math.max(2, Math.floor((width - room) / 2));
  const { lines, cursor } = bodyOf(question, room, Math.max(3, model.size.rows - 8));
  const rule = [part('─'.repeat(width), 'accent')];
  const rows = [rule, [], ...lines.map((line) => [part(' '.repeat(margin)), ...line]), [], rule];
  const y = Math.max(0, question.type === 'choice' && question.place === 'low' ? lowest(model, rows.length) : middle(model, rows.length));
  return { x: 0, y, width, rows, ...(cursor === undefined ? {} : { cursor: { x: margin + cursor.x, y: y + 2 + cursor.y } }) };
}

function middle({ size }: Model, lines: number): number {
  return Math.floor((size.rows - lines) / 2);
}

function lowest(model: Model, lines: number): number {
  const { footer, strip } = layoutOf(model);
  return model.size.rows - footer - strip - lines;
}

interface Body {
  readonly lines: readonly (readonly Part[])[];
  readonly cursor?: { readonly x: number; readonly y: number };
}

/** The field of the name to be typed, with room below it. */
function namingLines({ prompt, field, isWrong }: Naming, width: number): Required<Body> {
  const before = displayWidth(visible(lineAt(field, 0).slice(0, field.cursor.column)));
  const prompts = wrap(visible(prompt), width).map((text) => [{ text, style: 'bold' } as const]);
  const wrong = part(isWrong ? 'That is another name: nothing was run.' : '', 'danger');
  const lines = [...prompts, [part('› ', 'accent'), { text: visible(lineAt(field, 0)), style: 'plain' } as const], [wrong]];
  return { lines, cursor: { x: Math.min(width, before + 2), y: prompts.length } };
}

function bodyOf(question: PendingQuestion, width: number, room: number): Body {
  switch (question.type) {
    case 'choice': {
      const title = wrap(visible(question.title), width).map((text) => [{ text, style: 'bold' } as const]);
      const text = question.lines
        .flatMap((line) => visibleLines(line).flatMap((one) => wrap(one, width)))
        .map((line) => [{ text: line, style: 'plain' } as const]);
      const choices = question.choices.map((choice, index): readonly Part[] => {
        const isChosen = index === question.chosen;
        return [
          part(isChosen ? '▸ ' : '  ', 'accent'),
          { text: visible(` ${choice.label}${choice.key === undefined ? '' : ` (${choice.key})`} `), style: isChosen ? 'chosen' : 'plain' },
        ];
      });
      const naming = question.naming === undefined ? undefined : namingLines(question.naming, width);
      const left = Math.max(0, room - choices.length - title.length - (naming?.lines.length ?? 0));
      const above = [...title, ...text.slice(0, left), []];
      if (naming === undefined) return { lines: [...above, ...choices] };
      const cursor = { x: naming.cursor.x, y: above.length + naming.cursor.y };
      return { lines: [...above, ...naming.lines, ...choices], cursor };
    }
    case 'text':
    case 'secret': {
      const prompts = wrap(visible(question.prompt), width)
        .slice(0, Math.max(1, room - 1))
        .map((text): readonly Part[] => [{ text, style: 'bold' }]);
      const typed = lineAt(question.field, 0);
      const shown = visible(question.type !== 'secret' ? typed : typed === '' ? '' : '•'.repeat(secretDots));
      const before = question.type === 'secret' ? displayWidth(shown) : displayWidth(visible(typed.slice(0, question.field.cursor.column)));
      const left = Math.max(0, before - width + 1);
      return {
        lines: [...prompts, [{ text: visible(shown.slice(left)), style: 'plain' }]],
        cursor: { x: before - left, y: prompts.length },
      };
    }
    case 'copy-data': {
      const shown = question.lines.slice(-Math.max(1, room - 3));
      const typed = lineAt(question.field, 0);
      const lines: (readonly Part[])[] = [
        [part('Data for COPY', 'bold'), part(' · columns separated by tabs; a line \\. or Ctrl-D ends it', 'dim')],
        ...shown.map((line) => [{ text: expandTabs(line), style: 'dim' } as const]),
        [{ text: expandTabs(typed), style: 'plain' }],
      ];
      return {
        lines,
        cursor: { x: Math.min(width, displayWidth(expandTabs(typed.slice(0, question.field.cursor.column)))), y: lines.length - 1 },
      };
    }
  }
}
