/** What a built-in or contrib function does besides giving a value. */
export interface WritingFunction {
  /** Completes "…, which". */
  readonly does: string;
  /** The server refuses it in a READ ONLY transaction, whatever its version. */
  readonly isRefusedReadOnly: boolean;
  /** A rollback takes it back. */
  readonly isUndone: boolean;
  /** What stays of it after a rollback is of no consequence to anybody else. */
  readonly isSlight: boolean;
  /** Worth a question in the workbench before it runs. */
  readonly asks: boolean;
}

type Flags = 'refused' | 'undone' | 'slight' | 'asks';

function row(names: string, does: string, ...flags: readonly Flags[]): readonly (readonly [string, WritingFunction])[] {
  const entry: WritingFunction = {
    does,
    isRefusedReadOnly: flags.includes('refused'),
    isUndone: flags.includes('undone'),
    isSlight: flags.includes('slight'),
    asks: flags.includes('asks'),
  };
  return names.split(/\s+/).map((name) => [name, entry] as const);
}

// "asks" is kept for what takes something away from others; what only adds or advances is never asked about.
const functions: ReadonlyMap<string, WritingFunction> = new Map([
  ...row('nextval setval', 'moves a sequence', 'refused', 'slight'),
  ...row('pg_terminate_backend', 'ends another session', 'asks'),
  ...row('pg_cancel_backend', "cancels another session's statement", 'asks'),
  ...row('pg_reload_conf', "reloads the server's configuration"),
  ...row('pg_rotate_logfile', "starts a new file of the server's log"),
  ...row('pg_switch_wal pg_switch_xlog', 'switches to a new WAL file'),
  ...row('pg_create_restore_point', 'writes a restore point to the WAL'),
  ...row('pg_backup_start pg_backup_stop pg_start_backup pg_stop_backup', 'starts or ends a base backup'),
  ...row('pg_promote', 'makes a standby a primary', 'asks'),
  ...row('pg_wal_replay_pause pg_wal_replay_resume', 'stops or resumes replay on a standby'),
  ...row('pg_notify', 'sends a notification', 'undone'),
  ...row(
    'pg_advisory_lock pg_advisory_lock_shared pg_try_advisory_lock pg_try_advisory_lock_shared pg_advisory_unlock pg_advisory_unlock_shared pg_advisory_unlock_all',
    'takes or gives back an advisory lock of the session',
    'slight',
  ),
  ...row(
    'pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared',
    'takes an advisory lock',
    'undone',
  ),
  ...row('lo_creat lo_create lo_from_bytea lo_put lo_import lowrite lo_truncate lo_truncate64', 'writes a large object', 'undone'),
  ...row('lo_unlink', 'deletes a large object', 'undone', 'asks'),
  ...row('lo_export', 'writes a file on the server', 'asks'),
  ...row('pg_file_write pg_file_rename pg_file_unlink pg_file_sync pg_logdir_ls', 'changes files on the server', 'asks'),
  ...row('dblink dblink_exec dblink_open dblink_send_query dblink_fetch', 'runs SQL on another connection'),
  ...row('pg_create_physical_replication_slot pg_create_logical_replication_slot', 'creates a replication slot'),
  ...row('pg_copy_physical_replication_slot pg_copy_logical_replication_slot', 'creates a replication slot'),
  ...row('pg_drop_replication_slot', 'drops a replication slot', 'asks'),
  ...row(
    'pg_replication_slot_advance pg_logical_slot_get_changes pg_logical_slot_get_binary_changes',
    'moves a replication slot on',
    'asks',
  ),
  ...row('pg_sync_replication_slots', 'changes replication slots'),
  ...row('pg_logical_emit_message pg_log_standby_snapshot', 'writes to the WAL'),
  ...row('pg_nextoid', 'draws an object identifier', 'slight'),
  ...row(
    'pg_replication_origin_create pg_replication_origin_drop pg_replication_origin_advance pg_replication_origin_session_setup pg_replication_origin_session_reset pg_replication_origin_xact_setup pg_replication_origin_xact_reset',
    'changes a replication origin',
  ),
  ...row(
    'pg_stat_reset pg_stat_reset_shared pg_stat_reset_slru pg_stat_reset_single_table_counters pg_stat_reset_single_function_counters pg_stat_reset_replication_slot pg_stat_reset_subscription_stats pg_stat_reset_backend_stats pg_stat_statements_reset',
    'throws statistics away',
    'asks',
  ),
  ...row(
    'pg_restore_relation_stats pg_restore_attribute_stats pg_clear_relation_stats pg_clear_attribute_stats',
    'changes the statistics of the planner',
  ),
  ...row('brin_summarize_new_values brin_summarize_range brin_desummarize_range gin_clean_pending_list', 'writes to an index'),
  ...row('pg_truncate_visibility_map heap_force_kill heap_force_freeze', 'changes the pages of a table', 'asks'),
  ...row('pg_import_system_collations', 'creates collations'),
  ...row(
    'pg_prewarm pg_buffercache_evict pg_buffercache_evict_relation pg_buffercache_evict_all autoprewarm_dump_now',
    'changes what the server keeps in memory',
    'slight',
  ),
  ...row('pg_log_backend_memory_contexts', "writes to the server's log", 'slight'),
]);

/** What a function of this name, in lower case and without its schema, does; undefined for those that are not known to write. */
export function writingFunction(name: string): WritingFunction | undefined {
  return functions.get(name);
}
