import type { PrintOptions } from './print-options.ts';

/** The characters of one kind of horizontal line. */
export interface Rule {
  readonly horizontal: string;
  readonly left: string;
  readonly middle: string;
  readonly right: string;
}

/** psql's printTextFormat: what lines and marks of an aligned table look like. */
export interface LineStyle {
  readonly top: Rule;
  /** Under the header, and above a record but the first. */
  readonly header: Rule;
  readonly bottom: Rule;
  readonly data: Rule;
  /** Between columns where the column to the right goes on after a newline, goes on wrapped, has ended. */
  readonly middleNewline: string;
  readonly middleWrap: string;
  readonly middleBlank: string;
  readonly headerNewlineLeft: string;
  readonly headerNewlineRight: string;
  readonly newlineLeft: string;
  readonly newlineRight: string;
  readonly wrapLeft: string;
  readonly wrapRight: string;
  /** Whether marks stand to the right of a value even without a border. */
  readonly hasRightMarks: boolean;
}

const asciiRule: Rule = { horizontal: '-', left: '+', middle: '+', right: '+' };
const asciiData: Rule = { horizontal: '', left: '|', middle: '|', right: '|' };
const asciiRules = { top: asciiRule, header: asciiRule, bottom: asciiRule, data: asciiData };

const ascii: LineStyle = {
  ...asciiRules,
  middleNewline: '|',
  middleWrap: '|',
  middleBlank: '|',
  headerNewlineLeft: ' ',
  headerNewlineRight: '+',
  newlineLeft: ' ',
  newlineRight: '+',
  wrapLeft: '.',
  wrapRight: '.',
  hasRightMarks: true,
};

const oldAscii: LineStyle = {
  ...asciiRules,
  middleNewline: ':',
  middleWrap: ';',
  middleBlank: ' ',
  headerNewlineLeft: '+',
  headerNewlineRight: ' ',
  newlineLeft: ' ',
  newlineRight: ' ',
  wrapLeft: ' ',
  wrapRight: ' ',
  hasRightMarks: false,
};

// Box drawing, by the \pset unicode_*_linestyle options. Joints are indexed by the style of the column, then of the line.
const border = {
  single: { horizontal: '─', vertical: '│', topLeft: '┌', topRight: '┐', bottomLeft: '└', bottomRight: '┘' },
  double: { horizontal: '═', vertical: '║', topLeft: '╔', topRight: '╗', bottomLeft: '╚', bottomRight: '╝' },
} as const;
const headerLeft = { single: { single: '├', double: '╟' }, double: { single: '╞', double: '╠' } } as const;
const headerRight = { single: { single: '┤', double: '╢' }, double: { single: '╡', double: '╣' } } as const;
const column = { single: '│', double: '║' } as const;
const cross = { single: { single: '┼', double: '╪' }, double: { single: '╫', double: '╬' } } as const;
const teeUp = { single: { single: '┴', double: '╧' }, double: { single: '╨', double: '╩' } } as const;
const teeDown = { single: { single: '┬', double: '╤' }, double: { single: '╥', double: '╦' } } as const;

/** The line style the options ask for. */
export function lineStyleOf(options: PrintOptions): LineStyle {
  switch (options.lineStyle) {
    case 'ascii':
      return ascii;
    case 'old-ascii':
      return oldAscii;
    case 'unicode':
      return unicode(options);
  }
}

function unicode(options: PrintOptions): LineStyle {
  const borderStyle = options.unicodeBorderLineStyle;
  const columnStyle = options.unicodeColumnLineStyle;
  const headerStyle = options.unicodeHeaderLineStyle;
  const { horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight } = border[borderStyle];
  const between = column[columnStyle];
  return {
    top: { horizontal, left: topLeft, middle: teeDown[columnStyle][borderStyle], right: topRight },
    header: {
      horizontal: border[headerStyle].horizontal,
      left: headerLeft[headerStyle][borderStyle],
      middle: cross[columnStyle][headerStyle],
      right: headerRight[headerStyle][borderStyle],
    },
    bottom: { horizontal, left: bottomLeft, middle: teeUp[columnStyle][borderStyle], right: bottomRight },
    data: { horizontal: '', left: vertical, middle: between, right: vertical },
    middleNewline: between,
    middleWrap: between,
    middleBlank: between,
    headerNewlineLeft: ' ',
    headerNewlineRight: '↵',
    newlineLeft: ' ',
    newlineRight: '↵',
    wrapLeft: '…',
    wrapRight: '…',
    hasRightMarks: true,
  };
}
