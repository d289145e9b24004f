/** Whether the schema in the database is the one that the program's migrations produce (schema/dump.txt). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../kernel/package-root.js';
import { dumpSchema, type SchemaObject } from './schema-dump.js';
import { schemaNames } from './schema-names.js';
import type { Transaction } from './transaction.js';

export interface SchemaDifference {
  /** For example `table trail_entry` or `function refuse_change() returns trigger`. */
  readonly object: string;
  /** Lines of the dump. If both lists are empty, the object is missing. */
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** Compares only the program's own objects: others guard nothing, and the stream `schema` records who created them. */
export async function schemaDifferences(
  transaction: Pick<Transaction, 'query'>,
  schema: string,
): Promise<readonly SchemaDifference[]> {
  const committed = await readFile(
    join(packageRoot, 'src', 'platform', 'database', 'schema', 'dump.txt'),
    'utf8',
  );
  const dumped = await dumpSchema(transaction, schemaNames(schema));
  const found = new Map(dumped.map(({ title, parts }) => [title, parts]));
  return objectsIn(committed).flatMap(({ title: object, parts }): SchemaDifference[] => {
    const now = found.get(object);
    if (!now) return [{ object, missing: [], extra: [] }];
    const missing = parts.filter((part) => !now.includes(part));
    const extra = now.filter((part) => !parts.includes(part));
    return missing.length + extra.length > 0 ? [{ object, missing, extra }] : [];
  });
}

const objectsIn = (text: string): readonly SchemaObject[] =>
  text.split('\n\n').map((part) => {
    const [title = '', ...lines] = part.trim().split('\n');
    return { title, parts: lines.map((line) => line.trim()) };
  });
