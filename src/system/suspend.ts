/**
 * Stops this program's whole process group, as the terminal does on Ctrl-Z (a launcher that waits for us must stop too, or the shell
 * never gets the terminal); resolves when the shell has continued us. The caller restores the terminal before and draws again after.
 */
export async function suspend(): Promise<void> {
  const continued = new Promise<void>((resolve) => process.once('SIGCONT', () => resolve()));
  // The default action of the signal is what stops us: no listener of ours may be in its way.
  const listeners = process.listeners('SIGTSTP');
  process.removeAllListeners('SIGTSTP');
  process.kill(0, 'SIGTSTP');
  await continued;
  for (const listener of listeners) process.on('SIGTSTP', listener);
}

export interface JobControl {
  /** Someone else asks us to stop (`kill -TSTP`): restore the terminal, then `suspend()`. */
  readonly onStop: () => void;
  /** Continued, perhaps after a SIGSTOP that could not be seen: raw mode and the screen are to be set again. */
  readonly onContinue: () => void;
}

/** Listens to the shell's job control; returns what ends it. */
export function watchJobControl({ onStop, onContinue }: JobControl): () => void {
  process.on('SIGTSTP', onStop);
  process.on('SIGCONT', onContinue);
  return () => {
    process.off('SIGTSTP', onStop);
    process.off('SIGCONT', onContinue);
  };
}
