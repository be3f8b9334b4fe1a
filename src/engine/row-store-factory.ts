import type { RowStore } from '../result/row-store.ts';

/** A store whose rows beyond memory lie in an unlinked file in the cache folder. Loaded when a result is that large. */
export async function makeRowStore(columnCount: number): Promise<RowStore> {
  const [{ createRowStore }, { openSpool }, { appPaths }] = await Promise.all([
    import('../result/create-row-store.ts'),
    import('../system/spool.ts'),
    import('../system/paths.ts'),
  ]);
  const { cache } = await appPaths();
  return createRowStore(columnCount, () => openSpool(cache));
}
