/** Answers of a form that are worth trying: those that an expression of some diagram can tell apart. */
import { elementsOf, processOf, type ElementAnnotation, type FormField } from '../../engine/index.js';
import type { Json, JsonObject } from '../../kernel/index.js';
import type { Stage } from '../stage.js';

const mostTried = 64;
const day = 86_400_000;

const kept = new WeakMap<Stage['definitions'], string>();

/** All expressions of the stage. */
function expressionsOf(stage: Stage): string {
  const known = kept.get(stage.definitions);
  if (known !== undefined) return known;
  const texts = stage.definitions.all.flatMap(({ annotations, definition }) => [
    // Not from the nodes: a diagram need not list the flows there.
    ...elementsOf(processOf(definition)).flows.map(
      ({ conditionExpression }) => conditionExpression?.body ?? '',
    ),
    ...annotations.elements.flatMap(({ deeds, rules }) => [
      ...deeds.flatMap(({ when, facts }) => [when ?? '', ...facts.map(({ value }) => value)]),
      ...rules.map(({ holds }) => holds),
    ]),
  ]);
  const all = texts.join('\n');
  kept.set(stage.definitions, all);
  return all;
}

const tried = new WeakMap<Stage['definitions'], Map<string, readonly JsonObject[]>>();

/** The plainest first, then those that differ from it in one answer, in two, …; free texts are filled in. */
export function answersTo(stage: Stage, element: ElementAnnotation, at: Date): readonly JsonObject[] {
  const known = tried.get(stage.definitions) ?? new Map<string, readonly JsonObject[]>();
  tried.set(stage.definitions, known);
  const key = `${element.id} ${dateAfter(at, 0)}`;
  const answers = known.get(key) ?? combined(stage, element, at);
  known.set(key, answers);
  return answers;
}

function combined(stage: Stage, { form }: ElementAnnotation, at: Date): readonly JsonObject[] {
  const all = expressionsOf(stage);
  const fields = form.flatMap((field): (readonly [string, readonly Json[]])[] => {
    const values = new RegExp(`\\b${field.key}\\b`).test(all)
      ? valuesOf(field, all, at)
      : valuesOf(field, all, at).slice(0, 1);
    return values.length > 0 ? [[field.key, values]] : [];
  });
  let made: { readonly answers: { readonly [key: string]: Json }; readonly differs: number }[] = [
    { answers: {}, differs: 0 },
  ];
  for (const [key, values] of fields) {
    made = made
      .flatMap(({ answers, differs }) =>
        values.map((value, index) => ({
          answers: value === null ? answers : { ...answers, [key]: value },
          differs: differs + (index > 0 ? 1 : 0),
        })),
      )
      .sort((one, other) => one.differs - other.differs)
      .slice(0, mostTried);
  }
  return made.map(({ answers }) => answers);
}

/** The first is the plainest; null: not filled in. */
function valuesOf({ key, type, required, options }: FormField, all: string, at: Date): readonly Json[] {
  const none = required ? [] : [null];
  switch (type) {
    case 'boolean':
      return required ? [true, false] : [null, true];
    case 'choice':
      return [...none, ...options.map(({ value }) => value)];
    case 'number':
      return [...none, 1, ...comparedWith(key, all).flatMap((one) => [one, one + 1, one - 1])];
    case 'date':
      return [...none, dateAfter(at, 5), dateAfter(at, 40), dateAfter(at, -5)];
    case 'longText':
      return required ? ['(推演)'] : [null];
    case 'sheet':
      return [...none, '推演-0000'];
    default:
      return required ? ['(推演)'] : [null, '(推演)'];
  }
}

const dateAfter = (at: Date, days: number): string =>
  new Date(at.getTime() + 8 * 3_600_000 + days * day).toISOString().slice(0, 10);

const comparedWith = (key: string, all: string): readonly number[] => [
  ...new Set(
    [...all.matchAll(new RegExp(`\\b${key}\\s*[<>!=]+\\s*(-?\\d+(?:\\.\\d+)?)`, 'g'))].map(([, number]) =>
      Number(number),
    ),
  ),
];
