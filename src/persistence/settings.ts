import { join, resolve, sep } from 'node:path';
import { packageRoot } from '../kernel/package-root.js';
import { defaultSchema } from './schema-names.js';

export interface DatabaseSettings {
  /** A PostgreSQL of the operator's own; without it the embedded one is used. */
  readonly url?: string;
  /** Where the embedded PostgreSQL keeps its data. */
  readonly directory: string;
  /** In which schema of the database everything lies: several cities may share one. */
  readonly schema: string;
}

/**
 * What `DATABASE_URL`, `HOTLINE_DATA` and `HOTLINE_SCHEMA` say; without the second `.data/` of the project, wherever one
 * stands. An installed package is replaced as a whole: then it is `.data/` of the current folder.
 */
export function databaseSettings(environment: NodeJS.ProcessEnv = process.env): DatabaseSettings {
  const url = environment['DATABASE_URL']?.trim();
  const data = environment['HOTLINE_DATA']?.trim();
  const isInstalled = packageRoot.split(sep).includes('node_modules');
  const directory = resolve(data || join(isInstalled ? process.cwd() : packageRoot, '.data'));
  const schema = environment['HOTLINE_SCHEMA']?.trim() || defaultSchema;
  return url ? { url, directory, schema } : { directory, schema };
}
