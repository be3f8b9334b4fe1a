import type { ControlContext } from './control-context.ts';
import type { MetaCommand } from './meta-command.ts';

const defaultSeconds = 2;

export const watch: MetaCommand<ControlContext> = {
  names: ['watch'],
  group: 'General',
  help: [['\\watch [SEC]', 'execute query every SEC seconds']],
  run: async (context, invocation) => {
    const argument = await invocation.next('normal', { stripSemicolon: true });
    // strtod: the number it begins with; what is none or negative counts as one second.
    const parsed = argument === undefined ? defaultSeconds : Number.parseFloat(argument.value);
    const seconds = Number.isNaN(parsed) || parsed <= 0 ? 1 : parsed;
    const sql = context.buffer.current;
    if (sql === '') {
      context.complain('\\watch cannot be used with an empty query');
      context.buffer.clear();
      return 'error';
    }
    context.buffer.clear();
    const title = context.print.title === undefined ? '' : `${context.print.title}\t`;
    for (;;) {
      const heading = `${title}${localTime(new Date())} (every ${formatNumber(seconds)}s)\n`;
      if (!(await context.runStatement(sql, { title: heading }))) return 'error';
      if (!(await context.pause(seconds * 1000))) return 'done';
    }
  },
};

/** printf's %g for the numbers that occur. */
function formatNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** strftime's %c in the C locale: `Sat Nov 21 03:48:06 2026`. */
function localTime(date: Date): string {
  const [weekday, month, , year, time] = date.toString().split(' ');
  return `${weekday} ${month} ${String(date.getDate()).padStart(2)} ${time} ${year}`;
}
