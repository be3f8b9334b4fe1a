import { writeSync } from 'node:fs';
import { constants } from 'node:os';

/** Modes of a terminal that this program may switch on, and how each is switched off (xterm's control sequences). */
const switchOff = {
  mouse: '\x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l',
  keyboard: '\x1b[<u',
  bracketedPaste: '\x1b[?2004l',
  focus: '\x1b[?1004l',
  synchronized: '\x1b[?2026l',
  cursor: '\x1b[?25h',
  // Last: what follows is on the shell's screen.
  alternateScreen: '\x1b[?1049l',
} as const;

export type TerminalMode = keyof typeof switchOff;

export interface GuardOptions {
  /** The modes in force while the guard stands. */
  readonly modes: readonly TerminalMode[];
  /** Saves what must not be lost; runs before the terminal is restored, and must be synchronous. */
  readonly onEnd?: () => void;
  /** Where the terminal is; standard output unless told. */
  readonly descriptor?: number;
}

export interface TerminalGuard {
  /** Restores now, for a child or a suspension; `resume` puts the guard back on duty. */
  restore(): void;
  resume(): void;
  /** Restores and stands down. */
  release(): void;
}

const endingSignals = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const;

/** What puts the terminal back from these modes, colours included. */
function restoringSequence(modes: readonly TerminalMode[]): string {
  const ordered = (Object.keys(switchOff) as TerminalMode[]).filter((mode) => modes.includes(mode));
  return `\x1b[0m${ordered.map((mode) => switchOff[mode]).join('')}`;
}

/**
 * Stands watch over the terminal: whatever way the process ends, short of SIGKILL, the terminal is as it was. A signal ends the process
 * with 128 + its number, an uncaught error with 1 and its stack on standard error.
 */
export function guardTerminal(options: GuardOptions): TerminalGuard {
  const descriptor = options.descriptor ?? 1;
  let isOnDuty = true;
  const restore = () => {
    if (!isOnDuty) return;
    isOnDuty = false;
    if (process.stdin.isTTY) quietly(() => process.stdin.setRawMode(false));
    quietly(() => writeSync(descriptor, restoringSequence(options.modes)));
  };
  let hasEnded = false;
  const end = () => {
    if (!hasEnded) {
      hasEnded = true;
      quietly(() => options.onEnd?.());
    }
    restore();
  };
  const onSignal = (signal: NodeJS.Signals) => {
    end();
    process.exit(128 + constants.signals[signal]);
  };
  const onError = (error: unknown) => {
    end();
    quietly(() => writeSync(2, `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`));
    process.exit(1);
  };
  process.on('exit', end);
  process.on('uncaughtException', onError);
  process.on('unhandledRejection', onError);
  for (const signal of endingSignals) process.on(signal, onSignal);
  return {
    restore,
    resume: () => {
      isOnDuty = true;
    },
    release: () => {
      restore();
      process.off('exit', end);
      process.off('uncaughtException', onError);
      process.off('unhandledRejection', onError);
      for (const signal of endingSignals) process.off(signal, onSignal);
    },
  };
}

/** A terminal that is gone (SIGHUP) cannot be written; nothing else may stand in the way of the exit either. */
function quietly(action: () => unknown): void {
  try {
    action();
  } catch {
    // Going away regardless.
  }
}
