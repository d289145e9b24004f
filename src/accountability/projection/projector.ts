/**
 * The one home of what a row must say: each entry's changes of a table's rows. The act writes what it returns,
 * verification compares with what it returns.
 */
import type { Content, EntryType } from '../events/index.js';
import type { Column, Said } from './column.js';

/** An entry where it stands. */
export type Placed<Type extends EntryType = EntryType> = Content<Type> & {
  readonly stream: string;
  readonly seq: number;
  readonly digests: { readonly [name: string]: string };
};

export type Row<Name extends string = string> = { readonly [Column in Name]?: Said };

export interface Change<Name extends string = string> {
  /** `put` stands in place of a row with this key; `change` says some columns of one that is there. */
  readonly does: 'add' | 'put' | 'change' | 'remove';
  /** With its key. */
  readonly row: Row<Name>;
}

export const adds = <Name extends string>(row: Row<Name>): Change<Name> => ({ does: 'add', row });
export const puts = <Name extends string>(row: Row<Name>): Change<Name> => ({ does: 'put', row });
export const changes = <Name extends string>(row: Row<Name>): Change<Name> => ({ does: 'change', row });
export const removes = <Name extends string>(row: Row<Name>): Change<Name> => ({ does: 'remove', row });

/** A row as earlier entries of the stream have left it, in facts. */
export type Before<Name extends string = string> = { readonly [Column in Name]?: string | null };

type Project<Name extends string> = {
  readonly [Type in EntryType]?: (
    entry: Placed<Type>,
    rows: Iterable<Before<Name>>,
  ) => Change<Name> | readonly Change<Name>[];
};

export interface Projector<Name extends string = string> {
  readonly table: string;
  /** SQL of the rows as entries speak of them, where the table itself has numbers of other tables. */
  readonly source?: string;
  /** All rows stand on one stream, or each on the one that its column `by` names. */
  readonly stands: { readonly stream: string } | { readonly by: string };
  /** What tells the rows of the table, or of its stream, apart. */
  readonly key: readonly Name[];
  /** The key's column that the database gives to a row that is added. */
  readonly numbered?: Name;
  /** Of rows that no entry names: the column that orders those of one key, told apart by their place. */
  readonly list?: string;
  readonly columns: Readonly<Record<Name, Column>>;
  /** The row's name in findings, by its key and place. */
  readonly called?: (...key: string[]) => string;
  /** Rows that retention deletes: its class, and the column of the instant that it goes by. */
  readonly expires?: { readonly class: string; readonly by: Name };
  readonly project: Project<Name>;
}

/** Takes the names of the columns from `columns`, so that all else is checked against them. */
export const projector = <Name extends string>(
  one: Projector<NoInfer<Name>> & { readonly columns: Readonly<Record<Name, Column>> },
): Projector => one;

export function changesBy({ project }: Projector, entry: Placed, rows: Iterable<Before>): readonly Change[] {
  // The type of the entry picks the function for entries of that type, which the compiler cannot follow.
  const says = project[entry.type] as
    ((entry: Placed, rows: Iterable<Before>) => Change | readonly Change[]) | undefined;
  return says ? [says(entry, rows)].flat() : [];
}
