import { metaCommands } from '../commands/registry.ts';
import { complete, type KeywordCase } from '../complete/complete.ts';
import type { CatalogKeeper } from '../engine/catalog-keeper.ts';
import type { Interpreter } from '../engine/interpreter.ts';
import { listFiles } from '../system/list-files.ts';
import { offsetOf, textOf } from '../text/text-value.ts';
import type { Buffer } from './buffers.ts';
import type { Message } from './message.ts';

const commands = metaCommands.flatMap((command) => command.names);

/** What may stand at the cursor, once the names of the database are known. */
export async function completionOf(buffer: Buffer, { variables }: Interpreter, catalog: CatalogKeeper): Promise<Message> {
  const { start, end, candidates } = complete({
    text: textOf(buffer.value),
    cursor: offsetOf(buffer.value),
    catalog: await catalog.read(),
    commands,
    variables: variables.entries().map(([name]) => name),
    keywordCase: (variables.get('COMP_KEYWORD_CASE') ?? 'preserve-upper') as KeywordCase,
    listFiles,
  });
  return { type: 'completed', value: buffer.value, completion: { bufferId: buffer.id, start, end, candidates, chosen: 0 } };
}
