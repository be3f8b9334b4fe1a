export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
  /** Undefined: told for comparison, nothing is promised. */
  readonly isMet: boolean | undefined;
}

/** A figure that must not exceed its goal. */
export function atMost(what: string, value: number, goal: number, unit: string): Figure {
  const digits = unit === 'x' ? 2 : value < 10 ? 1 : 0;
  const written = (number: number) => `${number.toFixed(number === goal && Number.isInteger(goal) ? 0 : digits)} ${unit}`;
  return { what, measured: written(value), goal: `<= ${goal} ${unit}`, isMet: value <= goal };
}

export function forInformation(what: string, measured: string): Figure {
  return { what, measured, goal: '', isMet: undefined };
}

export function report(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [figure.what, figure.measured, figure.goal, verdict(figure)]);
  const all = [['figure', 'measured', 'goal', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function verdict({ isMet }: Figure): string {
  if (isMet === undefined) return '';
  return isMet ? 'met' : 'MISSED';
}
