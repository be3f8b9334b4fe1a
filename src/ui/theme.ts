/** What text means; how that looks depends on the terminal. Colour is never the only carrier. */
export type Style =
  | 'plain'
  | 'dim'
  | 'bold'
  | 'rule'
  | 'accent'
  | 'good'
  | 'warning'
  | 'danger'
  | 'production'
  | 'staging'
  | 'development'
  | 'chosen'
  | 'cell'
  | 'row'
  | 'selected'
  | 'heading'
  | 'key'
  | 'null'
  /** Not what it was in the run before. */
  | 'changed'
  /** No longer so: dim and struck through. */
  | 'undone'
  | 'wave'
  | 'keyword'
  | 'type'
  | 'string'
  | 'number'
  | 'comment'
  | 'command'
  | 'variable';

/** SGR parameters (ECMA-48, 8.3.117) with the sixteen colours, whose shades are the user's own. */
const coloured: Readonly<Record<Style, string>> = {
  plain: '',
  dim: '2',
  bold: '1',
  rule: '90',
  accent: '36',
  good: '32',
  warning: '33',
  danger: '1;31',
  production: '1;97;41',
  staging: '30;43',
  development: '30;42',
  chosen: '7',
  cell: '7',
  row: '1',
  selected: '7',
  heading: '1;36',
  key: '1',
  null: '2',
  changed: '1;33',
  undone: '2;9',
  wave: '31',
  keyword: '34;1',
  type: '36',
  string: '32',
  number: '33',
  comment: '90',
  command: '35',
  variable: '35',
};

/** Without colour: weight, reverse and underline carry what they can. */
const monochrome: Readonly<Record<Style, string>> = {
  plain: '',
  dim: '2',
  bold: '1',
  rule: '2',
  accent: '',
  good: '',
  warning: '1',
  danger: '1',
  production: '1;7',
  staging: '7',
  development: '',
  chosen: '7',
  cell: '7',
  row: '1',
  selected: '7',
  heading: '1',
  key: '1',
  null: '2',
  changed: '1',
  undone: '2;9',
  wave: '1',
  keyword: '1',
  type: '',
  string: '',
  number: '',
  comment: '2',
  command: '',
  variable: '',
};

export interface Theme {
  readonly hasColour: boolean;
  sgr(style: Style): string;
}

const themeOf = (hasColour: boolean, table: Readonly<Record<Style, string>>): Theme => ({ hasColour, sgr: (style) => table[style] });

/** NO_COLOR (no-color.org) and terminals without colours get the same words without them. */
export function chooseTheme(environment: Readonly<Record<string, string | undefined>>): Theme {
  const isPlain = (environment.NO_COLOR ?? '') !== '' || environment.TERM === 'dumb' || /^vt(?:100|220)/.test(environment.TERM ?? '');
  return isPlain ? themeOf(false, monochrome) : themeOf(true, coloured);
}
