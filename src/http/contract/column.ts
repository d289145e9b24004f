/**
 * How lists present a field: its title and format, defined once, at the field. Screens, files and
 * the OpenAPI document (where the title describes the field) read it here.
 */
import { z } from 'zod';

/** How a value is shown. `name`: the row's subject, with its link; `light` and `due` read the row's level and limit. */
type ColumnKind =
  | 'text'
  | 'number'
  | 'instant'
  | 'limit'
  | 'light'
  | 'due'
  | 'person'
  | 'article'
  | 'case'
  | 'code'
  | 'name'
  | 'act';

export interface Column {
  readonly key: string;
  /** May hold marks for texts of the law (`said-by-law.ts`). */
  readonly title: string;
  readonly kind: ColumnKind;
  /** Display words for the values of an enumeration. */
  readonly words?: { readonly [value: string]: string };
  /** Text for a missing value; default: a dash. In a filter: the choice of none. */
  readonly none?: string;
  /** True: the list is complete, and can be sorted by this column. */
  readonly sort?: true;
}

const said = z.registry<Omit<Column, 'key'>>();

export function column<Schema extends z.ZodType>(
  title: string,
  kind: ColumnKind,
  schema: Schema,
  more: Pick<Column, 'words' | 'none' | 'sort'> = {},
): Schema {
  const shown = schema.meta({ title });
  said.add(shown, { title, kind, ...more });
  return shown;
}

/** The title of a field, which files use, too. @throws {Error} for an unknown field */
export function titleOf<Shape extends z.core.$ZodShape>(
  row: z.ZodObject<Shape>,
  key: keyof Shape & string,
): string {
  const found = columnsOf(row).find((one) => one.key === key);
  if (!found) throw new Error(`${key} is no column`);
  return found.title;
}

/** The columns of an object's fields, in their order, but the limit first. */
export function columnsOf(shape: z.ZodObject): readonly Column[] {
  const all = Object.entries(shape.shape).flatMap(([key, field]) => {
    const found = said.get(field);
    return found ? [{ key, ...found }] : [];
  });
  return all.toSorted((one, other) => rank(one) - rank(other));
}

const rank = ({ kind }: Column): number => (kind === 'light' ? 0 : kind === 'due' ? 1 : 2);
