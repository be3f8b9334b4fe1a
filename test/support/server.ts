import { inject } from 'vitest';

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly socketFolder: string;
  readonly user: string;
  readonly database: string;
}

/** The run's PostgreSQL 18 (trust authentication, superuser). */
export function testServer(): ServerAddress {
  return inject('server');
}
