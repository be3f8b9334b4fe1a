import type { ControlContext } from './control-context.ts';
import type { Invocation, MetaCommand } from './meta-command.ts';
import { parseDouble } from './parse-value.ts';
import { refusedInPipeline } from './pipelines.ts';

const majorWithOptions = 160_000;
const isLabeled = /^(?:i|interval|c|count|m|min_rows)=/;

interface WatchPlan {
  readonly seconds: number;
  /** How often; undefined: until interrupted. */
  readonly count?: number;
  /** Ends when a result has fewer rows. */
  readonly minimumRows?: number;
}

export const watch: MetaCommand<ControlContext> = {
  names: ['watch'],
  group: 'General',
  help: [['\\watch [SEC]', 'execute query every SEC seconds']],
  run: async (context, invocation) => {
    const refusal = refusedInPipeline(context, invocation);
    if (refusal !== undefined) {
      context.buffer.clear();
      return refusal;
    }
    const plan = await readPlan(context, invocation);
    const sql = context.buffer.current;
    context.buffer.clear();
    if (typeof plan === 'string' || sql === '') {
      context.complain(typeof plan === 'string' ? `\\watch: ${plan}` : '\\watch cannot be used with an empty query');
      return 'error';
    }
    const { seconds, count = Number.POSITIVE_INFINITY, minimumRows = 0 } = plan;
    const title = context.print.title === undefined ? '' : `${context.print.title}\t`;
    const isOk = await context.inWatchPager(repeat);
    // psql ends with an empty line, lest a prompt follow an echoed ^C.
    if (!context.isInteractive) await context.say('\n');
    return isOk ? 'done' : 'error';

    async function repeat(ended: Promise<unknown> | undefined): Promise<boolean> {
      for (let run = 1; ; run++) {
        const at = new Date();
        const heading = `${title}${localTime(at)} (every ${formatNumber(seconds)}s)\n`;
        const isOk = await context.runStatement(sql, { watch: { title: heading, run, seconds, at: at.getTime() } });
        // Ctrl-C means the whole of it, be it that the statement runs or that it waits.
        if (!isOk) return context.signal.aborted;
        if (run >= count || context.lastRowCount < minimumRows) return true;
        if (!(await context.pause(seconds * 1000, ended))) return true;
      }
    }
  },
};

/** The arguments; a text: what is wrong with them. psql 15 takes one number, and what is none counts as one second. */
async function readPlan(context: ControlContext, invocation: Invocation): Promise<WatchPlan | string> {
  const first = await invocation.next('normal', { stripSemicolon: true });
  const defaultSeconds = Number(context.variables.get('WATCH_INTERVAL') ?? 2);
  if (first === undefined) return { seconds: defaultSeconds };
  const isOld = (context.session?.versionNumber ?? 0) < majorWithOptions && !isLabeled.test(first.value);
  if (isOld) {
    const parsed = Number.parseFloat(first.value);
    return { seconds: Number.isNaN(parsed) || parsed <= 0 ? 1 : parsed };
  }
  let plan: Partial<WatchPlan> = {};
  for (let argument: typeof first | undefined = first; argument !== undefined; ) {
    const taken = takeOption(plan, argument.value);
    if (typeof taken === 'string') return taken;
    plan = taken;
    argument = await invocation.next('normal', { stripSemicolon: true });
  }
  return { seconds: defaultSeconds, ...plan };
}

/** `i=` or `interval=`, `c=` or `count=` (psql 16), `m=` or `min_rows=` (17), or the bare interval. */
function takeOption(plan: Partial<WatchPlan>, word: string): Partial<WatchPlan> | string {
  const [, name = 'i', value = word] = /^([^=]*)=(.*)$/s.exec(word) ?? [];
  const seconds = parseDouble(value);
  switch (name) {
    case 'i':
    case 'interval':
      if (plan.seconds !== undefined) return 'interval value is specified more than once';
      return seconds !== undefined && seconds >= 0 && Number.isFinite(seconds)
        ? { ...plan, seconds }
        : `incorrect interval value "${value}"`;
    case 'c':
    case 'count':
      if (plan.count !== undefined) return 'iteration count is specified more than once';
      return isCount(value) ? { ...plan, count: Number(value) } : `incorrect iteration count "${value}"`;
    case 'm':
    case 'min_rows':
      if (plan.minimumRows !== undefined) return 'minimum row count specified more than once';
      return isCount(value) ? { ...plan, minimumRows: Number(value) } : `incorrect minimum row count "${value}"`;
    default:
      return `unrecognized parameter "${word}"`;
  }
}

function isCount(text: string): boolean {
  return /^\s*\+?[0-9]+$/.test(text) && Number(text) > 0 && Number(text) <= 0x7fff_ffff;
}

/** printf's %g for the numbers that occur. */
function formatNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** strftime's %c in the C locale: `Sat Nov 21 03:48:06 2026`. */
function localTime(date: Date): string {
  const [weekday, month, , year, time] = date.toString().split(' ');
  return `${weekday} ${month} ${String(date.getDate()).padStart(2)} ${time} ${year}`;
}
