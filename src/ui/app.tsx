import { Box, type SuspendTerminal, Text, useApp, useCursor } from 'ink';
import { memo, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Model } from '../workbench/model.ts';
import { type ScreenView, screenView } from './screen-view.ts';
import type { Theme } from './theme.ts';

interface AppProps {
  readonly subscribe: (listener: () => void) => () => void;
  readonly model: () => Model;
  readonly theme: Theme;
  /** Told how to give the terminal away. */
  readonly onReady: (suspend: SuspendTerminal) => void;
}

/** What is rendered, for a module without JSX. */
export function appElement(props: AppProps) {
  return <App {...props} />;
}

/** The workbench on the screen: draws the model whenever it changes. */
function App({ subscribe, model, theme, onReady }: AppProps) {
  const { suspendTerminal } = useApp();
  useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
  const shown = useSyncExternalStore(subscribe, model);
  const view = useMemo(() => screenView(shown, theme), [shown, theme]);
  return <Screen view={view} />;
}

/** One Text a row: a Text a cell costs three times as much a frame. */
export function Screen({ view }: { readonly view: ScreenView }) {
  const { setCursorPosition } = useCursor();
  setCursorPosition(view.cursor);
  return (
    <Box flexDirection="column">
      <Rows rows={view.rows} />
      {view.over !== undefined && (
        <Box position="absolute" marginLeft={view.over.at.x} marginTop={view.over.at.y} flexDirection="column">
          <Rows rows={view.over.rows} />
        </Box>
      )}
    </Box>
  );
}

const Rows = memo(function Rows({ rows }: { readonly rows: readonly string[] }) {
  // Rows have no identity but their place on the screen.
  return rows.map((text, place) => ({ text, key: String(place) })).map(({ text, key }) => <Row key={key} text={text} />);
});

const Row = memo(function Row({ text }: { readonly text: string }) {
  return <Text wrap="truncate">{text}</Text>;
});
