import type { CatalogSetting, CompletionCatalog } from '../catalog/completion-snapshot.ts';
import { type Candidate, startsLike } from './candidate.ts';
import { plainNames } from './catalog-names.ts';

interface SettingRequest {
  readonly catalog: CompletionCatalog;
  readonly current: string;
  readonly about: string;
}

// PL/pgSQL is loaded by the session that uses it; another one does not list its settings.
const plpgsqlSettings: readonly CatalogSetting[] = [
  { name: 'plpgsql.check_asserts', type: 'bool', values: [] },
  { name: 'plpgsql.extra_errors', type: 'string', values: [] },
  { name: 'plpgsql.extra_warnings', type: 'string', values: [] },
  { name: 'plpgsql.print_strict_params', type: 'bool', values: [] },
  { name: 'plpgsql.variable_conflict', type: 'enum', values: ['error', 'use_variable', 'use_column'] },
];

function allSettings({ settings }: CompletionCatalog): readonly CatalogSetting[] {
  if (settings.length === 0) return [];
  return [...settings, ...plpgsqlSettings.filter((own) => !settings.some(({ name }) => name === own.name))];
}

export function settingNames({ catalog, current }: SettingRequest): readonly Candidate[] {
  return allSettings(catalog)
    .filter(({ name }) => startsLike(name, current))
    .map(({ name, type }) => ({ text: name.toLowerCase(), kind: 'setting', detail: type }));
}

/** The values a setting may have, as far as they can be listed. */
export function settingValues({ catalog, current, about }: SettingRequest): readonly Candidate[] {
  const name = about.toLowerCase();
  const setting = allSettings(catalog).find((one) => one.name.toLowerCase() === name);
  const values = setting?.type === 'bool' ? ['on', 'off', 'true', 'false', 'yes', 'no', '1', '0'] : (setting?.values ?? []);
  if (name === 'search_path') return schemaValues(catalog, current);
  const typed = current.replace(/^'/, '');
  return values
    .filter((value) => startsLike(value, typed))
    .map((value) => ({ text: /^[a-z_][a-z0-9_]*$/i.test(value) && !current.startsWith("'") ? value : `'${value}'`, kind: 'value' }));
}

function schemaValues(catalog: CompletionCatalog, current: string): readonly Candidate[] {
  const names = catalog.globals.filter((one) => one.kind === 'schema').map((one) => one.name);
  return plainNames(names, current, 'schema');
}
