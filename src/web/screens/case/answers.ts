/** Converts between form fields and answers. */
import type { Output } from '../../api/shapes.js';
import { answersOfSheet } from '../../../kernel/program-fields.js';

type Order = Output<'readWorkOrder'>;
type Field = Order['tasks'][number]['form'][number];

export interface Answers {
  [key: string]: string | number | boolean;
}

/** Values from the sheet. */
export function startingValues(form: readonly Field[], sheet?: Order['sheet']): { [key: string]: string } {
  const known = new Map(Object.entries(sheet === undefined ? {} : answersOfSheet(sheet)));
  return Object.fromEntries(form.map(({ key }) => [key, String(known.get(key) ?? '')]));
}

/** Empty fields are omitted. */
export function answersIn(
  form: readonly Field[],
  values: { readonly [key: string]: string | undefined },
): Answers {
  return Object.fromEntries(
    form.flatMap(({ key, type }) => {
      const text = String(values[key] ?? '').trim();
      if (text === '') return [];
      return [[key, type === 'boolean' ? text === 'true' : type === 'number' ? Number(text) : text]];
    }),
  );
}
