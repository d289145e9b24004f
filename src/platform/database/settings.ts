import { join, resolve, sep } from 'node:path';
import { packageRoot } from '../../kernel/package-root.js';
import { defaultSchema } from './schema-names.js';

export interface DatabaseSettings {
  /** The operator's own PostgreSQL; default: the embedded one. */
  readonly url?: string;
  /** Data directory: keys, attachments, and the embedded PostgreSQL unless that is elsewhere. */
  readonly directory: string;
  /** Directory of the embedded PostgreSQL that several cities share. */
  readonly postgres?: string;
  /** The schema: several cities may share one database. */
  readonly schema: string;
}

/**
 * Read from `DATABASE_URL`, `HOTLINE_DATA`, `HOTLINE_POSTGRES` and `HOTLINE_SCHEMA`. The data
 * directory defaults to the project's `.data/`; for an installed package, which is replaced as a
 * whole, to `.data/` of the current folder.
 */
export function databaseSettings(environment: NodeJS.ProcessEnv = process.env): DatabaseSettings {
  const url = environment['DATABASE_URL']?.trim();
  const data = environment['HOTLINE_DATA']?.trim();
  const isInstalled = packageRoot.split(sep).includes('node_modules');
  const directory = resolve(data || join(isInstalled ? process.cwd() : packageRoot, '.data'));
  const schema = environment['HOTLINE_SCHEMA']?.trim() || defaultSchema;
  const postgres = environment['HOTLINE_POSTGRES']?.trim();
  if (url) return { url, directory, schema };
  return { directory, schema, ...(postgres ? { postgres: resolve(postgres) } : {}) };
}
