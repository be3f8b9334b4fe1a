import { PassThrough } from 'node:stream';
import type { Instance, SuspendTerminal } from 'ink';
import type { Controller } from '../workbench/controller.ts';
import type { TerminalPort } from '../workbench/terminal-port.ts';
import type { Theme } from './theme.ts';

export interface ChildHooks {
  readonly beforeChild: () => void;
  readonly afterChild: () => void;
}

/** Loads Ink and draws the controller's model until it is unmounted. */
export async function mountScreen(
  controller: Controller,
  theme: Theme,
  hooks: ChildHooks,
): Promise<Instance & { readonly handOver: TerminalPort['handOver'] }> {
  const { render, appElement } = await loadInk();
  let suspendTerminal: SuspendTerminal | undefined;
  const app = appElement({
    subscribe: (listener) => controller.subscribe(listener),
    model: () => controller.model,
    theme,
    onReady: (suspend) => {
      suspendTerminal = suspend;
    },
  });
  const instance = render(app, {
    // The keyboard is ours: Ink drops the function keys.
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 60,
    patchConsole: false,
    exitOnCtrlC: false,
    interactive: true,
    // Tells Ctrl-Enter from Enter and Esc from Alt where the terminal knows how; others ignore it.
    kittyKeyboard: { mode: 'enabled', flags: ['disambiguateEscapeCodes'] },
  });
  const handOver: TerminalPort['handOver'] = async (work) => {
    let result: Awaited<ReturnType<typeof work>> | undefined;
    await suspendTerminal?.(async () => {
      hooks.beforeChild();
      try {
        result = await work();
      } finally {
        hooks.afterChild();
      }
    });
    return result as Awaited<ReturnType<typeof work>>;
  };
  return { ...instance, handOver };
}

/** Yoga loads its wasm by fetch of a data: URL, which would load all of undici; without fetch it decodes it itself. */
async function loadInk() {
  const { fetch } = globalThis;
  Reflect.deleteProperty(globalThis, 'fetch');
  try {
    const [{ render }, { appElement }] = await Promise.all([import('ink'), import('./app.tsx')]);
    return { render, appElement };
  } finally {
    globalThis.fetch = fetch;
  }
}
