/**
 * What a list says of a field: its title and how it is shown, once, at the field. Screens, files and the OpenAPI
 * document (where the title describes the field) read it here.
 */
import { z } from 'zod';

/** How a value is shown. `name`: what the row is about, its link; `light` and `due` read the row's level and limit. */
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
  /** May hold marks of what the law says (`said-by-law.ts`). */
  readonly title: string;
  readonly kind: ColumnKind;
  /** Of the values of an enumeration. */
  readonly words?: { readonly [value: string]: string };
  /** Where there is no value; otherwise a dash. In a filter: the choice of none. */
  readonly none?: string;
  /** The list is whole, and sorted by this column on demand. */
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

/** What a file calls the same column. @throws {Error} for a field that is none */
export function titleOf<Shape extends z.core.$ZodShape>(
  row: z.ZodObject<Shape>,
  key: keyof Shape & string,
): string {
  const found = columnsOf(row).find((one) => one.key === key);
  if (!found) throw new Error(`${key} is no column`);
  return found.title;
}

/** Of an object's fields, in their order, but the limit first. */
export function columnsOf(shape: z.ZodObject): readonly Column[] {
  const all = Object.entries(shape.shape).flatMap(([key, field]) => {
    const found = said.get(field);
    return found ? [{ key, ...found }] : [];
  });
  return all.toSorted((one, other) => rank(one) - rank(other));
}

const rank = ({ kind }: Column): number => (kind === 'light' ? 0 : kind === 'due' ? 1 : 2);
