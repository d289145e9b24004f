/** Answers to try on a form, when it is asked whether the form can be sent at all. */
import type { Json, JsonObject } from '../../kernel/index.js';

export interface Asked {
  readonly key: string;
  readonly type: string;
  readonly required: boolean;
  readonly options: readonly { readonly value: string }[];
}

const plain: Readonly<Record<string, readonly Json[]>> = {
  ...{ boolean: [false, true], number: [1], date: ['2030-01-01'], accused: ['unknown'] },
};

/**
 * The shortest answers first, then those that differ from them in one field, then in two. Answers
 * that the form's rules refuse are among them: the refusal tells the author what is wrong.
 *
 * @param fixed answers that are not varied
 * @param known values by type of field, where the program keeps a register
 */
export function* answersTo(
  form: readonly Asked[],
  fixed: JsonObject,
  known: Readonly<Record<string, readonly Json[]>> = {},
): Generator<JsonObject> {
  const values = form.map((field): readonly (Json | undefined)[] => {
    const set = fixed[field.key];
    if (set !== undefined) return [set];
    const given =
      field.type === 'choice'
        ? field.options.map(({ value }) => value)
        : (known[field.type] ?? plain[field.type] ?? ['（核对）']);
    return field.required ? given : [undefined, ...given];
  });
  const changes = values.flatMap(([, ...others], place) => others.map((value) => [place, value] as const));
  const pairs = changes.flatMap((one, place) => changes.slice(place + 1).map((other) => [one, other]));
  for (const changed of [[], ...changes.map((one) => [one]), ...pairs]) {
    const chosen = new Map(values.map(([first], place) => [place, first] as const));
    for (const [place, value] of changed) chosen.set(place, value);
    const answers = form.map(({ key }, place) => [key, chosen.get(place)] as const);
    yield Object.fromEntries(answers.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
  }
}
