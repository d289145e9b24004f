/** Converts between form fields and answers. */
import { call, type Output } from '../../api/client.js';

type Order = Output<'readWorkOrder'>;
type Field = Order['tasks'][number]['form'][number];

export interface Answers {
  [key: string]: string | number | boolean;
}

/** Prefilled from the sheet. */
export function startingValues(form: readonly Field[], sheet?: Order['sheet']): { [key: string]: string } {
  const known: { readonly [key: string]: string } =
    sheet === undefined
      ? {}
      : {
          channel: sheet.channel,
          kind: sheet.kind,
          wishesReply: String(sheet.replyWanted),
          confidential: String(sheet.confidential),
        };
  return Object.fromEntries(form.map(({ key }) => [key, known[key] ?? '']));
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

export const completeOfSheet = (
  id: string,
  answers: Answers,
  members?: { readonly told?: string },
): Promise<Output<'completeTask'>> =>
  call('completeTask', { params: { id }, body: { answers, ...(members && { members }) } });
