/** Tables with encrypted columns, for key rotation. */
import { Refusal } from '../../kernel/refusal.js';
import type { Vault } from '../../kernel/vault.js';
import type { Transaction } from './transaction.js';

/** The primary key of a row, by column. */
export type RowKey = { readonly [column: string]: string | number };

export interface VaultTable {
  /** Its content, in Chinese. */
  readonly title: string;
  /**
   * Re-encrypts up to `most` rows after `after` under the current key, unless they already are.
   *
   * @returns rows re-encrypted; rows that could not be opened and are unchanged; the last row's key, undefined if there
   * are no more
   */
  renew(
    transaction: Transaction,
    vault: Vault,
    after: RowKey | undefined,
    most: number,
  ): Promise<{
    readonly renewed: number;
    readonly damaged: readonly RowKey[];
    readonly last: RowKey | undefined;
  }>;
}

export interface BoxedColumns {
  readonly table: string;
  /** Columns of the primary key with their types. */
  readonly key: { readonly [column: string]: 'text' | 'integer' };
  readonly boxes: readonly string[];
  /** What the box is bound to besides the key. */
  readonly with?: readonly string[];
  belongsTo(row: RowKey, column: string): string;
}

/** Implements `VaultTable.renew` for a table of this shape. Rows under the current key are skipped: can be repeated. */
export function renewing(columns: BoxedColumns): VaultTable['renew'] {
  const { table, key, boxes } = columns;
  const names = Object.keys(key);
  const list = names.join(', ');
  const stale = boxes
    .map((box) => `substring(${box} FROM 1 FOR length($2::bytea)) <> $2::bytea`)
    .join(' OR ');
  const after = names.map((name) => `($1::json ->> '${name}')::${key[name] ?? 'text'}`).join(', ');
  const find = `
    SELECT ${[...names, ...(columns.with ?? []), ...boxes].join(', ')} FROM ${table}
     WHERE ($1::json IS NULL OR (${list}) > (${after})) AND (${stale})
     ORDER BY ${list} LIMIT $3 FOR UPDATE`;
  const update = `
    UPDATE ${table} t SET ${boxes.map((box) => `${box} = decode(n.${box}, 'base64')`).join(', ')}
      FROM json_to_recordset($1::json)
        AS n (${[...names.map((name) => `${name} ${key[name] ?? 'text'}`), ...boxes.map((box) => `${box} text`)].join(', ')})
     WHERE ${names.map((name) => `t.${name} = n.${name}`).join(' AND ')}`;
  return async (transaction, vault, last, most) => {
    const rows = await transaction.query<{ [column: string]: string | number | Buffer | null }>(find, [
      last ? JSON.stringify(last) : null,
      vault.current,
      most,
    ]);
    if (rows.length === 0) return { renewed: 0, damaged: [], last: undefined };
    const damaged: RowKey[] = [];
    const anew = (row: { readonly [column: string]: unknown }): { readonly [column: string]: unknown } => {
      const closed = boxes.map((box) => {
        const old = row[box];
        const place = columns.belongsTo(row as RowKey, box);
        return [
          box,
          Buffer.isBuffer(old) ? vault.seal(vault.open(old, place), place).toString('base64') : null,
        ];
      });
      return {
        ...keyOf(names, row),
        ...(Object.fromEntries(closed) as { readonly [box: string]: string | null }),
      };
    };
    const renewed = rows.flatMap((row) => {
      try {
        return [anew(row)];
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        damaged.push(keyOf(names, row));
        return [];
      }
    });
    await transaction.query(update, [JSON.stringify(renewed)]);
    const lastRow = rows.at(-1);
    return { renewed: renewed.length, damaged, last: lastRow && keyOf(names, lastRow) };
  };
}

const keyOf = (names: readonly string[], row: { readonly [column: string]: unknown }): RowKey =>
  Object.fromEntries(names.map((name) => [name, row[name]])) as RowKey;
