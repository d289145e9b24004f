/** Whether the schema in the database is the one that the program's migrations leave (schema/dump.txt). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../kernel/package-root.js';
import { dumpSchema } from './schema-dump.js';
import { schemaNames } from './schema-names.js';
import type { Transaction } from './transaction.js';

export interface SchemaDifference {
  /** `table trail_entry`, `function refuse_change() returns trigger`. */
  readonly object: string;
  /** Lines of the dump. Both empty: the object is missing. */
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** Of the program's own objects: others beside them guard nothing, and the stream `schema` has who made them. */
export async function schemaDifferences(
  transaction: Pick<Transaction, 'query'>,
  schema: string,
): Promise<readonly SchemaDifference[]> {
  const committed = await readFile(join(packageRoot, 'src', 'persistence', 'schema', 'dump.txt'), 'utf8');
  const found = objectsIn(await dumpSchema(transaction, schemaNames(schema)));
  return [...objectsIn(committed)].flatMap(([object, lines]): SchemaDifference[] => {
    const now = found.get(object);
    if (!now) return [{ object, missing: [], extra: [] }];
    const missing = lines.filter((line) => !now.includes(line) && !isTuning(line));
    const extra = now.filter((line) => !lines.includes(line) && !isTuning(line));
    return missing.length + extra.length > 0 ? [{ object, missing, extra }] : [];
  });
}

/** An administrator may tune how a table is stored and vacuumed. */
const isTuning = (line: string): boolean => line.startsWith('storage ');

function objectsIn(dump: string): ReadonlyMap<string, readonly string[]> {
  const objects = dump.split('\n\n').map((part) => part.trim().split('\n'));
  return new Map(objects.map(([title = '', ...lines]) => [title, lines.map((line) => line.trim())]));
}
