import type { Instance } from 'ink';
import { suspend, watchJobControl } from '../system/suspend.ts';
import { guardTerminal, type TerminalMode } from '../system/terminal-guard.ts';
import { limitYoungGeneration } from '../system/young-generation.ts';
import { Controller } from '../workbench/controller.ts';
import { escapeSilence, KeyDecoder } from '../workbench/key-decoder.ts';
import type { WorkbenchLaunch } from '../workbench/launch.ts';
import type { TerminalPort } from '../workbench/terminal-port.ts';
import { mountScreen } from './mount-screen.ts';
import { chooseTheme } from './theme.ts';

const modes: readonly TerminalMode[] = ['bracketedPaste', 'synchronized', 'cursor', 'alternateScreen'];
// Two halves of 8 MB: a page of the grid makes about 2 MB of garbage.
const youngGeneration = 16 * 1024 * 1024;
const bracketedPasteOn = '\x1b[?2004h';
const bracketedPasteOff = '\x1b[?2004l';

/** Opens the workbench on this terminal; resolves with the exit status when it is left, the terminal as it was. */
export async function startWorkbench(launch: WorkbenchLaunch): Promise<number> {
  const { stdin, stdout } = process;
  limitYoungGeneration(youngGeneration);
  let screen: (Instance & { readonly handOver: TerminalPort['handOver'] }) | undefined;
  let isHandedOver = false;
  const terminal: TerminalPort = {
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
    write: (sequence) => stdout.write(sequence),
    handOver: async (work) => {
      isHandedOver = true;
      try {
        return screen === undefined ? await work() : await screen.handOver(work);
      } finally {
        isHandedOver = false;
      }
    },
    redraw: () => void terminal.handOver(async () => undefined),
  };
  const controller = new Controller(launch, terminal);
  const onEnd = () => {
    controller.saveNow();
    // Before the terminal is restored: Ink's last frame belongs on the screen that goes away.
    screen?.unmount();
  };
  const guard = guardTerminal({ modes, onEnd });
  const input = readKeys(controller);
  const onResize = () => controller.dispatch({ type: 'resized', size: terminal.size() });
  stdout.on('resize', onResize);
  controller.start();
  screen = await mountScreen(controller, chooseTheme(launch.environment), {
    beforeChild: () => {
      input.pause();
      guard.restore();
    },
    afterChild: () => {
      guard.resume();
      input.resume();
      onResize();
    },
  });
  const endJobControl = watchJobControl({
    // A program that has the terminal, an editor, is stopped with us and needs nothing restored.
    onStop: () => void (isHandedOver ? suspend() : terminal.handOver(suspend)),
    onContinue: () => {
      if (!isHandedOver) terminal.redraw();
    },
  });
  const ending = await controller.ended;
  endJobControl();
  stdout.off('resize', onResize);
  input.pause();
  screen.unmount();
  await screen.waitUntilExit();
  guard.release();
  stdin.unref();
  if (ending.text !== undefined) process.stderr.write(`${ending.text}\n`);
  return ending.status;
}

/** The keyboard, read raw from the first moment on: what is typed while the program loads is not lost. */
function readKeys(controller: Controller): { pause(): void; resume(): void } {
  const { stdin, stdout } = process;
  const decoder = new KeyDecoder();
  let silence: NodeJS.Timeout | undefined;
  const send = (events: ReturnType<KeyDecoder['flush']>) => {
    for (const event of events) controller.dispatch({ type: 'key', event, now: Date.now() });
  };
  const onData = (bytes: Buffer) => {
    clearTimeout(silence);
    send(decoder.feed(bytes, Date.now()));
    if (decoder.isWaiting) silence = setTimeout(() => send(decoder.flush()), escapeSilence);
  };
  const resume = () => {
    stdin.setRawMode(true);
    stdin.on('data', onData);
    stdin.resume();
    stdout.write(bracketedPasteOn);
  };
  const pause = () => {
    clearTimeout(silence);
    stdin.off('data', onData);
    stdin.pause();
    stdin.setRawMode(false);
    stdout.write(bracketedPasteOff);
  };
  resume();
  return { pause, resume };
}
