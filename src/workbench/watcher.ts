import type { WatchRun } from '../commands/control-context.ts';
import type { FaceHost } from './face-host.ts';
import type { Message } from './message.ts';
import type { ResultTab, RowsContent, WatchedRun } from './results.ts';
import { RowsReader } from './rows-reader.ts';

/** Where the results of \watch go: those of the first run open tabs, those of the next ones take their place. */
export class Watcher {
  readonly #host: FaceHost;
  /** The tabs of the first run, in the order of its results. */
  readonly #tabs: ResultTab[] = [];
  #run: WatchedRun;
  #next = 0;

  constructor(host: FaceHost, run: WatchRun) {
    this.#host = host;
    this.#run = watchedRun(run);
  }

  begin(run: WatchRun): void {
    this.#run = watchedRun(run);
    this.#next = 0;
  }

  /** The next result of the run begins. `open` makes its tab where there is none. */
  read(content: RowsContent, open: (content: RowsContent) => ResultTab, chooses: boolean): RowsReader {
    const watched: RowsContent = { ...content, watch: this.#run };
    const place = this.#next++;
    const tab = this.#tabs[place];
    if (tab !== undefined) return new RowsReader(holding(this.#host, tab, watched), tab, watched, false);
    const opened = open(watched);
    this.#tabs[place] = opened;
    return new RowsReader(this.#host, opened, watched, chooses);
  }
}

function watchedRun({ seconds, run, at }: WatchRun): WatchedRun {
  return { seconds, run, at, changes: undefined, isOver: false };
}

/** Keeps what is told of a result until that is whole, so that the rows before it stay on the screen. */
function holding(host: FaceHost, tab: ResultTab, content: RowsContent): FaceHost {
  let { widths } = content;
  let isShown = false;
  const dispatch = (message: Message): void => {
    if (isShown) host.dispatch(message);
    else if (message.type === 'widths-seen') widths = message.widths;
    else if (message.type === 'rows-arrived' && message.state.type === 'cancelled') content.store.close();
    else if (message.type === 'rows-arrived' && message.state.type !== 'reading') {
      isShown = true;
      const { rowCount, state } = message;
      host.dispatch({ type: 'rows-refreshed', id: tab.id, content: { ...content, widths, rowCount, state } });
    }
  };
  return { ...host, dispatch };
}
