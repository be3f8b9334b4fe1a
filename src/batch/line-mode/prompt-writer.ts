import { spawnSync } from 'node:child_process';
import type { Interpreter } from '../../engine/interpreter.ts';
import { expandPrompt, type Prompt, type PromptFacts, type PromptSession } from '../../engine/prompt.ts';
import type { Session } from '../../server/session.ts';

/** Makes the prompts of what the interpreter waits for. */
export class PromptWriter {
  readonly #interpreter: Interpreter;
  #firstWidth = 0;

  constructor(interpreter: Interpreter) {
    this.#interpreter = interpreter;
  }

  /** PROMPT1, or PROMPT2 where the next line continues something. */
  next(): string {
    const { status } = this.#interpreter.prompting;
    return status === 'ready' ? this.first() : this.#expand('PROMPT2', status).text;
  }

  first(): string {
    const prompt = this.#expand('PROMPT1', 'ready');
    this.#firstWidth = prompt.width;
    return prompt.text;
  }

  /** PROMPT3. */
  copy(): string {
    return this.#expand('PROMPT3', 'copy').text;
  }

  #expand(name: string, status: PromptFacts['status']): Prompt {
    const { variables, session, prompting } = this.#interpreter;
    return expandPrompt(variables.get(name) ?? '', {
      status,
      session: session === undefined ? undefined : sessionFacts(session),
      homeDatabases: [session?.info.user, process.env.PGDATABASE].filter((text) => text !== undefined),
      isActive: prompting.isActive,
      isSingleLine: variables.get('SINGLELINE') === 'on',
      statementLine: prompting.statementLine,
      firstWidth: this.#firstWidth,
      variable: (variable) => variables.get(variable),
      run: firstLine,
    });
  }
}

function sessionFacts({ info, parameters, status, pipeline }: Session): PromptSession {
  return {
    database: info.database,
    host: info.security === 'embedded' ? '' : info.host,
    port: info.port,
    sessionUser: parameters.get('session_authorization') ?? info.user,
    isSuperuser: parameters.get('is_superuser') === 'on',
    processId: info.processId,
    service: info.service,
    status,
    pipeline: pipeline && { isAborted: pipeline.isAborted, isAnswered: pipeline.unanswered.length === 0 },
  };
}

/** A command's output up to its first newline. */
function firstLine(command: string): string {
  const { stdout } = spawnSync('/bin/sh', ['-c', command], { stdio: ['inherit', 'pipe', 'inherit'], encoding: 'utf8' });
  return /^[^\r\n]*/.exec(stdout ?? '')?.[0] ?? '';
}
