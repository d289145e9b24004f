/**
 * The only place that defines what a row must contain: for each entry, the changes to a table's
 * rows. Acts write what a projector returns, and verification compares the table with it.
 */
import type { Content, EntryType } from '../events/index.js';
import type { Column, Said } from './column.js';

/** An entry with its place in the stream. */
export type Placed<Type extends EntryType = EntryType> = Content<Type> & {
  readonly stream: string;
  readonly seq: number;
  readonly digests: { readonly [name: string]: string };
};

export type Row<Name extends string = string> = { readonly [Column in Name]?: Said };

export interface Change<Name extends string = string> {
  /** `put` adds the row or replaces the one with this key; `change` sets some columns of an existing row. */
  readonly does: 'add' | 'put' | 'change' | 'remove';
  /** The row, including its key. */
  readonly row: Row<Name>;
}

export const adds = <Name extends string>(row: Row<Name>): Change<Name> => ({ does: 'add', row });
export const puts = <Name extends string>(row: Row<Name>): Change<Name> => ({ does: 'put', row });
export const changes = <Name extends string>(row: Row<Name>): Change<Name> => ({ does: 'change', row });
export const removes = <Name extends string>(row: Row<Name>): Change<Name> => ({ does: 'remove', row });

/** A row as the earlier entries of the stream have left it, as facts. */
export type Before<Name extends string = string> = { readonly [Column in Name]?: string | null };

type Project<Name extends string> = {
  readonly [Type in EntryType]?: (
    entry: Placed<Type>,
    rows: Iterable<Before<Name>>,
  ) => Change<Name> | readonly Change<Name>[];
};

export interface Projector<Name extends string = string> {
  readonly table: string;
  /** SQL that reads the rows in the terms of the entries, if the table itself stores numbers of other tables. */
  readonly source?: string;
  /** The stream of the rows: one stream for all, or the one that the row's column `by` names. */
  readonly stands: { readonly stream: string } | { readonly by: string };
  /** Columns that identify a row within the table, or within its stream. */
  readonly key: readonly Name[];
  /** The key column that the database numbers when a row is added. */
  readonly numbered?: Name;
  /**
   * For rows that no entry names: the column that orders the rows with the same key. They are
   * distinguished by position.
   */
  readonly list?: string;
  readonly columns: Readonly<Record<Name, Column>>;
  /** Name of the row in findings, from its key and position. */
  readonly called?: (...key: string[]) => string;
  /** For rows that retention deletes: the retention class, and the column with the decisive instant. */
  readonly expires?: { readonly class: string; readonly by: Name };
  readonly project: Project<Name>;
}

/** Infers the column names from `columns`, so that everything else is checked against them. */
export const projector = <Name extends string>(
  one: Projector<NoInfer<Name>> & { readonly columns: Readonly<Record<Name, Column>> },
): Projector => one;

export function changesBy({ project }: Projector, entry: Placed, rows: Iterable<Before>): readonly Change[] {
  // The entry's type selects the function for entries of that type, which the compiler cannot
  // follow.
  const says = project[entry.type] as
    ((entry: Placed, rows: Iterable<Before>) => Change | readonly Change[]) | undefined;
  return says ? [says(entry, rows)].flat() : [];
}
