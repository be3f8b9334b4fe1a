import type { ControlContext, PipelineStep } from './control-context.ts';
import type { CommandOutcome, Invocation, MetaCommand } from './meta-command.ts';

// Of psql 18; the \? of psql 15, which ours matches, does not list them.
const shared = { group: 'General', help: [] } as const;

function stepCommand(name: string, step: PipelineStep): MetaCommand<ControlContext> {
  return {
    ...shared,
    names: [name],
    run: async (context) => {
      context.sendAs({ pipeline: step });
      return 'send';
    },
  };
}

const getResults: MetaCommand<ControlContext> = {
  ...shared,
  names: ['getresults'],
  run: async (context, invocation) => {
    // C's atoi.
    const count = Number.parseInt((await invocation.next())?.value ?? '0', 10) || 0;
    if (count < 0) {
      context.complain('\\getresults: invalid number of requested results');
      return 'error';
    }
    context.sendAs({ pipeline: { do: 'read', count } });
    return 'send';
  },
};

const sendPipeline: MetaCommand<ControlContext> = {
  ...shared,
  names: ['sendpipeline'],
  run: async (context) => {
    if (context.isPiping && (context.mode.bind !== undefined || context.mode.prepared !== undefined)) return 'send';
    context.complain(
      context.isPiping ? '\\sendpipeline must be used after \\bind or \\bind_named' : '\\sendpipeline not allowed outside of pipeline mode',
    );
    context.forgetMode();
    return 'error';
  },
};

/** Statements that are sent without waiting for each other's results. */
export const pipelineCommands = [
  stepCommand('startpipeline', { do: 'start' }),
  sendPipeline,
  stepCommand('syncpipeline', { do: 'sync' }),
  stepCommand('flushrequest', { do: 'request-flush' }),
  stepCommand('flush', { do: 'flush' }),
  getResults,
  stepCommand('endpipeline', { do: 'end' }),
];

/** What cannot be done in a pipeline; undefined: there is none. */
export function refusedInPipeline(context: ControlContext, { name }: Invocation): CommandOutcome | undefined {
  if (!context.isPiping) return undefined;
  context.complain(`\\${name} not allowed in pipeline mode`);
  context.forgetMode();
  return 'error';
}
