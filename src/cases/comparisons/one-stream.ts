/** Tables whose rows stand on the entries of one stream. */
import { comparison, type Comparison, type Entry } from '../../accountability/index.js';
import type { Facts } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { differencesOf, type Gathered } from './gathered.js';

interface ComparedRow<Name extends string> {
  readonly table: Name;
  readonly name: string;
  readonly facts: Facts;
}

interface OneStream<Name extends string> {
  readonly stream: string;
  readonly tables: readonly Name[];
  readonly takes: (type: string) => boolean;
  /** Says of the rows what the entry says. */
  readonly add: (rows: Readonly<Record<Name, Gathered>>, entry: Entry) => void;
  readonly rows: (transaction: Transaction) => Promise<readonly ComparedRow<Name>[]>;
}

export const onOneStream = <Name extends string>(one: OneStream<Name>): Comparison =>
  comparison<Readonly<Record<Name, Gathered>>>({
    tables: one.tables,
    stream: one.stream,
    reads: (stream) => stream === one.stream,
    takes: one.takes,
    begin: () => Object.fromEntries(one.tables.map((table) => [table, new Map()])) as Record<Name, Gathered>,
    add: (rows, entry) => {
      one.add(rows, entry);
      return rows;
    },
    compare: async (transaction, ended) => {
      const is = await one.rows(transaction);
      return [...ended.values()].flatMap((rows) =>
        one.tables.flatMap((table) =>
          differencesOf(
            table,
            is.filter((row) => row.table === table),
            rows[table],
          ),
        ),
      );
    },
  });
