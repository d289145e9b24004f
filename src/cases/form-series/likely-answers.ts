/** Answers with which a form could be handed in, for looking ahead: its texts stand for what will be written. */
import { optionsUnder, type ElementAnnotation, type FormField } from '../../engine/index.js';
import type { Json, JsonObject } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';

/** Of choices that nobody has made, so many ways are tried. */
const mostTried = 24;
const anyText = '…';

/** In order of preference: earlier options first. None if something is required that nobody can assume. */
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

/** Undefined: may be left out. */
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

/** Of the assumed answers those that a person chooses. */
export function chosenIn({ form }: ElementAnnotation, answers: JsonObject): JsonObject {
  const chosen = form.filter(({ type }) => type === 'choice' || type === 'boolean');
  return Object.fromEntries(
    chosen.flatMap(({ key }): [string, Json][] => (answers[key] === undefined ? [] : [[key, answers[key]]])),
  );
}
