import { parseDouble } from '../commands/parse-value.ts';
import type { Variables } from './variables.ts';

const name = 'WATCH_INTERVAL';
const longest = 1_000_000;

/**
 * WATCH_INTERVAL of psql 18: the seconds that \watch waits where it is not told. Unset it is 2 seconds, which \set lists where `isListed`:
 * before a server whose own psql has the variable.
 */
export function hookWatchInterval(variables: Variables, isListed: () => boolean): void {
  variables.hook(name, {
    substitute: (value) => value ?? (isListed() ? '2' : undefined),
    assign: (value) => (value === undefined ? undefined : refusal(value)),
  });
}

/** psql's ParseVariableDouble. */
function refusal(value: string): string | undefined {
  if (value === '') return `invalid input syntax for variable "${name}"`;
  const seconds = parseDouble(value);
  if (seconds === undefined) return `invalid value "${value}" for variable "${name}"`;
  if (!Number.isFinite(seconds)) return `value "${value}" is out of range for variable "${name}"`;
  const invalid = `invalid value "${value}" for variable "${name}": must be`;
  if (seconds < 0) return `${invalid} greater than 0.00`;
  return seconds > longest ? `${invalid} less than ${longest}.00` : undefined;
}
