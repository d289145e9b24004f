/** Writes the rows that a projector makes of an act's entries. */
import type { Transaction } from '../../platform/database/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { readContent } from '../events/index.js';
import type { Said } from './column.js';
import { changesBy, type Change, type Projector } from './projector.js';

/** Values by column that the entry states only as a digest, or does not prove. */
export type Given = Readonly<Record<string, unknown>>;

/** An entry of this transaction, with its number if rows refer to it. */
export interface Writing {
  readonly stream: string;
  readonly type: string;
  readonly at: Date;
  readonly body: JsonObject;
  readonly seq?: number;
}

/**
 * Writes the row changes that follow from the entries, in the transaction that appends them.
 *
 * @returns the number that the database assigned to an added row
 * @throws {TypeError} for a fault of the program: a given value differs from the digest in the entry; an entry of a
 * stream from which the table's rows do not follow
 */
export async function write(
  transaction: Transaction,
  projector: Projector,
  entries: Writing | readonly Writing[],
  given: Given = {},
): Promise<number> {
  const number = await writeOnce(transaction, projector, entries, given);
  if (number === undefined) throw new Error(`${projector.table} has such a row already`);
  return number;
}

/** The same of one row; undefined, with nothing added, where there is such a row already. */
export async function writeOnce(
  transaction: Transaction,
  projector: Projector,
  entries: Writing | readonly Writing[],
  given: Given = {},
): Promise<number | undefined> {
  const changes = [entries].flat().flatMap((entry) => {
    const placed = { seq: 0, digests: {}, ...readContent(entry) };
    return changesBy(projector, placed, unread).map((change) => ({ change, stream: entry.stream }));
  });
  let number: number | undefined = 0;
  let added: Given[] = [];
  const flush = async (): Promise<void> => {
    if (added.length > 0 && number !== undefined) number = await insert(transaction, projector, added);
    added = [];
  };
  for (const { change, stream } of changes) {
    const key = keyOf(projector, stream, change);
    if (change.does !== 'add' || added.length === atOnce) await flush();
    if (change.does === 'remove' || change.does === 'put') await remove(transaction, projector.table, key);
    if (change.does === 'remove') continue;
    const values = valuesOf(projector, change, given);
    if (change.does === 'change') {
      const changed = await update(transaction, projector.table, values, key);
      if (changed.length !== 1)
        throw new Error(`${projector.table}: ${changed.length} rows ${JSON.stringify(key)}`);
    } else added.push({ ...key, ...values });
  }
  await flush();
  return number;
}

/** An act knows its rows: a projector that reads them belongs to verification alone. */
const unread: Iterable<never> = {
  [Symbol.iterator]: () => {
    throw new TypeError('an act writes what its entry says, whatever the rows were');
  },
};

/** Rows of one statement. */
const atOnce = 500;

function keyOf({ table, stands, key }: Projector, stream: string, { row }: Change): Given {
  if ('stream' in stands && stream !== stands.stream)
    throw new TypeError(`${table} follows from ${stands.stream}, not from ${stream}`);
  const own = Object.fromEntries(key.map((name) => [name, row[name] ?? null]));
  return 'by' in stands ? { [stands.by]: stream, ...own } : own;
}

/** Values of the row's columns: those the entry states, and the given values that it proves. */
function valuesOf({ table, key, columns }: Projector, { row }: Change, given: Given): Given {
  const values: Record<string, unknown> = { ...given };
  for (const [name, said] of Object.entries(row)) {
    const column = columns[name];
    if (key.includes(name) || said === undefined || !column) continue;
    if (!column.of && !column.digest) values[name] = said;
    else if (!isSame(column.read(given, name), said))
      throw new TypeError(`${table}.${name} is not what the entry says`);
    // A list whose entry states only a digest is stored as JSON, even if it is empty.
    else if (Array.isArray(given[name])) values[name] = JSON.stringify(given[name]);
  }
  return values;
}

const isSame = (one: Said, other: Said): boolean => JSON.stringify(one) === JSON.stringify(other);

const remove = (transaction: Transaction, table: string, key: Given): Promise<unknown> =>
  transaction.query(`DELETE FROM ${table} WHERE ${where(key, 0)}`, Object.values(key));

const update = (
  transaction: Transaction,
  table: string,
  values: Given,
  key: Given,
): Promise<readonly unknown[]> => {
  const set = Object.keys(values).map((name, at) => `"${name}" = $${at + 1}`);
  const all = [...Object.values(values), ...Object.values(key)];
  return transaction.query(
    `UPDATE ${table} SET ${set.join(', ')} WHERE ${where(key, set.length)} RETURNING 1`,
    all.map(parameterOf),
  );
};

/** @param rows all with the same columns */
async function insert(
  transaction: Transaction,
  { table, numbered }: Projector,
  rows: readonly Given[],
): Promise<number | undefined> {
  const names = Object.keys(rows[0] ?? {}).filter((name) => name !== numbered);
  const places = rows.map(
    (_, row) => `(${names.map((_name, at) => `$${row * names.length + at + 1}`).join(', ')})`,
  );
  const added = await transaction.query<{ number: number }>(
    `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join(', ')}) VALUES ${places.join(', ')}
     ON CONFLICT DO NOTHING RETURNING ${numbered ? `"${numbered}"` : '0'} AS number`,
    rows.flatMap((row) => names.map((name) => parameterOf(row[name]))),
  );
  return added.length === rows.length ? added[0]?.number : undefined;
}

const where = (key: Given, after: number): string =>
  Object.keys(key)
    .map((name, at) => `"${name}" = $${after + at + 1}`)
    .join(' AND ');

/** Objects become JSON; arrays become PostgreSQL arrays, unless they hold objects. */
function parameterOf(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Date || Buffer.isBuffer(value))
    return value;
  const isList = Array.isArray(value) && value.every((item) => typeof item !== 'object');
  return isList ? value : JSON.stringify(value);
}
