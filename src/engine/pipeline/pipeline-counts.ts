import type { VariableAccess } from '../../commands/context.ts';

/** psql's counters of the pipeline that is open (piped_syncs, piped_commands and available_results in its settings). */
export class PipelineCounts {
  /** Syncs not answered yet. */
  syncs = 0;
  /** Requests that neither a Sync nor a request to flush has followed: their answers may never come. */
  commands = 0;
  /** Answers that can be read. */
  results = 0;
  /** What libpq refused since the last answer was read: it says it all again with the next refusal. */
  refusals: string[] = [];

  /** All answers that can be read, those of Syncs too. */
  get readable(): number {
    return this.results + this.syncs;
  }

  /** A Sync or a request to flush: the answers of what was sent so far will come. */
  makeReadable(): void {
    this.results += this.commands;
    this.commands = 0;
  }

  /** PIPELINE_SYNC_COUNT and its kin. */
  show(variables: VariableAccess): void {
    variables.set('PIPELINE_SYNC_COUNT', String(this.syncs));
    variables.set('PIPELINE_COMMAND_COUNT', String(this.commands));
    variables.set('PIPELINE_RESULT_COUNT', String(this.results));
  }
}
