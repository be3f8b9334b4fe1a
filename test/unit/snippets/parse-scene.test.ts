import { expect, test } from 'vitest';
import { parseScene } from '../../../src/snippets/parse-scene.ts';

const front = '-- title: A title\n-- order: 2\n-- why: First half,\n--   second half.\n';
const steps = `
-- A: One does this,
--   and looks.
begin;

select 1;

-- B: The other does that.
select 2;
`;

test('front matter, then steps with their statements, blank lines within them', () => {
  expect(parseScene('name', front + steps)).toEqual({
    ok: true,
    scene: {
      name: 'name',
      title: 'A title',
      order: 2,
      why: 'First half, second half.',
      steps: [
        { side: 'A', note: 'One does this, and looks.', sql: 'begin;\n\nselect 1;' },
        { side: 'B', note: 'The other does that.', sql: 'select 2;' },
      ],
    },
  });
});

test('Windows line ends make no difference', () => {
  const text = front + steps;
  const onWindows = parseScene('name', text.replaceAll('\n', '\r\n'));
  expect(onWindows).toEqual(parseScene('name', text));
});

test.each([
  [steps, 'name: no title in front of the steps'],
  [front.replace('-- order: 2\n', '') + steps, 'name: no order in front of the steps'],
  [front, 'name: no steps'],
  [`${front}\n-- C: A third.\nselect 3;\n`, 'name: line 6 is no step: a step begins with "-- A: " or "-- B: "'],
  [`${front}\nselect 3;\n`, 'name: line 6 is no step: a step begins with "-- A: " or "-- B: "'],
  [`${front}\n-- A: Nothing to send.\n\n-- B: Something.\nselect 1;\n`, 'name: no SQL behind line 6'],
])('%# a bad file says what is wrong', (text, problem) => {
  expect(parseScene('name', text)).toEqual({ ok: false, problem });
});
