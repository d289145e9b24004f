/** Invents acceptable answers to a form, for looking ahead; its texts are placeholders. */
import { optionsUnder, type ElementAnnotation, type FormField } from '../../engine/index.js';
import type { Json, JsonObject } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';

/** Number of combinations tried for choices that nobody has made. */
const mostTried = 24;
const anyText = '…';

/** Candidate answers in order of preference, earlier options first. Empty if a required field cannot be assumed. */
export function likelyAnswers(
  element: ElementAnnotation,
  given: JsonObject,
  law: Law,
): readonly JsonObject[] {
  let ways: JsonObject[] = [{}];
  for (const field of element.form) {
    const options = optionsOf(field, given[field.key], law);
    if (options === undefined) continue;
    ways = ways.flatMap((way) => options.map((option) => ({ ...way, [field.key]: option })));
    ways = ways.slice(0, mostTried);
  }
  return ways;
}

/** An undefined option means that the field may be left out. */
function optionsOf(field: FormField, given: Json | undefined, law: Law): readonly Json[] | undefined {
  if (given !== undefined && given !== null) return [given];
  if (!field.required) return undefined;
  switch (field.type) {
    case 'choice':
      return optionsUnder(field, law).map(({ value }) => value);
    case 'boolean':
      return [false, true];
    case 'longText':
      return [anyText];
    case 'text':
      return [optionsUnder(field, law)[0]?.value ?? anyText];
    default:
      return [];
  }
}

/** Those assumed answers that a person chooses. */
export function chosenIn({ form }: ElementAnnotation, answers: JsonObject): JsonObject {
  const chosen = form.filter(({ type }) => type === 'choice' || type === 'boolean');
  return Object.fromEntries(
    chosen.flatMap(({ key }): [string, Json][] => (answers[key] === undefined ? [] : [[key, answers[key]]])),
  );
}
