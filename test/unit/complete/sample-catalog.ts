import type { CatalogRelation, CompletionCatalog } from '../../../src/catalog/completion-snapshot.ts';

function relation(oid: string, qualified: string, kind: string, columns: string): CatalogRelation {
  const [schema = '', name = ''] = qualified.split('.');
  return {
    oid,
    schema,
    name,
    kind,
    isVisible: schema === 'public' || schema === 'pg_catalog',
    columns: columns.split(' ').map((column) => {
      const [columnName = '', type = 'text'] = column.split(':');
      return { name: columnName, type };
    }),
  };
}

/** A small database: what psql's own completion test creates, and a shop. */
export const sampleCatalog: CompletionCatalog = {
  relations: [
    relation('1', 'public.tab1', 'r', 'c1:integer c2'),
    relation('2', 'public.mytab123', 'r', 'f1:integer f2'),
    relation('3', 'public.mytab246', 'r', 'f1:integer f2'),
    relation('4', 'public.mixedName', 'r', 'f1:integer f2'),
    relation('5', 'public.customers', 'r', 'id:integer name email'),
    relation('6', 'public.orders', 'p', 'id:integer customer_id:integer status:order_status'),
    relation('7', 'public.order_view', 'v', 'id:integer name'),
    relation('8', 'sales.invoices', 'r', 'number:integer order_id:integer'),
    relation('9', 'pg_catalog.pg_publication', 'r', 'pubname:name'),
    relation('10', 'pg_catalog.tabula', 'r', 'x'),
    relation('11', 'public.orders_id_seq', 'S', 'last_value'),
    relation('12', 'public.orders_pkey', 'i', 'id'),
  ],
  types: [
    { schema: 'pg_catalog', name: 'bigint', kind: 'b', isVisible: true, labels: [] },
    { schema: 'pg_catalog', name: 'timestamp with time zone', kind: 'b', isVisible: true, labels: [] },
    { schema: 'public', name: 'enum1', kind: 'e', isVisible: true, labels: ['foo', 'bar', 'baz', 'BLACK'] },
    { schema: 'public', name: 'order_status', kind: 'e', isVisible: true, labels: ['new', 'paid', "won't pay"] },
  ],
  functions: [
    { schema: 'pg_catalog', name: 'lower', kind: 'f', isVisible: true, arguments: 'text' },
    { schema: 'pg_catalog', name: 'count', kind: 'a', isVisible: true, arguments: '"any"' },
    { schema: 'sales', name: 'bill', kind: 'p', isVisible: false, arguments: '' },
  ],
  settings: [
    { name: 'DateStyle', type: 'string', values: [] },
    { name: 'IntervalStyle', type: 'enum', values: ['postgres', 'postgres_verbose', 'sql_standard', 'iso_8601'] },
    { name: 'TimeZone', type: 'string', values: [] },
    { name: 'enable_seqscan', type: 'bool', values: [] },
    { name: 'search_path', type: 'string', values: [] },
  ],
  parts: [
    { kind: 'constraint', name: 'tab1_pkey', relation: '1' },
    { kind: 'constraint', name: 'orders_customer_id_fkey', relation: '6' },
    { kind: 'index', name: 'orders_pkey', relation: '6' },
    { kind: 'trigger', name: 'audit', relation: '6' },
  ],
  foreignKeys: [{ relation: '6', columns: ['customer_id'], referenced: '5', referencedColumns: ['id'] }],
  timeZones: ['America/Adak', 'America/New_York', 'UTC'],
  globals: [
    { kind: 'schema', name: 'public' },
    { kind: 'schema', name: 'sales' },
    { kind: 'schema', name: 'pg_catalog' },
    { kind: 'publication', name: 'some_publication' },
    { kind: 'role', name: 'alice' },
    { kind: 'database', name: 'postgres' },
    { kind: 'extension', name: 'plpgsql' },
  ],
};
