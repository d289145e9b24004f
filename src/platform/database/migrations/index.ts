/**
 * All migrations in order, as plain SQL. Until 0.1.0 there is only the baseline, which may change; afterwards a
 * released file never changes: the database records the content of each migration, and a program with other content
 * refuses it.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../kernel/package-root.js';

export interface Migration {
  /** TypeORM orders by the last thirteen digits of a name. */
  readonly name: string;
  /** Hex of SHA-256 over names and texts. */
  readonly sha256: string;
  readonly files: readonly { readonly name: string; readonly sql: string }[];
}

const folder = join(packageRoot, 'src', 'platform', 'database');

/** The baseline and later migrations, `NNNN-name.sql` in this folder. */
export function shippedMigrations(): readonly Migration[] {
  const baseline = sqlFiles(join(folder, 'schema'));
  const later = sqlFiles(join(folder, 'migrations'));
  return [
    migration(1, 'baseline', baseline),
    ...later.map((file) => migration(Number(file.name.slice(0, 4)), file.name.slice(5, -4), [file])),
  ];
}

export function migration(number: number, title: string, files: Migration['files']): Migration {
  const digest = createHash('sha256');
  for (const { name, sql } of files) digest.update(`${name}\n${sql}\n`);
  const name = `${title}-${String(number).padStart(13, '0')}`;
  return { name, sha256: digest.digest('hex'), files };
}

/** By name. Independent of line endings. */
const sqlFiles = (directory: string): Migration['files'] =>
  readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({
      name,
      sql: readFileSync(join(directory, name), 'utf8').replaceAll('\r\n', '\n'),
    }));
