import { join, resolve } from 'node:path';
import { packageRoot } from '../kernel/package-root.js';

export interface DatabaseSettings {
  /** A PostgreSQL of the operator's own; without it the embedded one is used. */
  readonly url?: string;
  /** Where the embedded PostgreSQL keeps its data. */
  readonly directory: string;
}

/** What `DATABASE_URL` and `HOTLINE_DATA` say; without the latter `.data/` of the project, wherever one stands. */
export function databaseSettings(environment: NodeJS.ProcessEnv = process.env): DatabaseSettings {
  const url = environment['DATABASE_URL']?.trim();
  const data = environment['HOTLINE_DATA']?.trim();
  const directory = data ? resolve(data) : join(packageRoot, '.data');
  return url ? { url, directory } : { directory };
}
