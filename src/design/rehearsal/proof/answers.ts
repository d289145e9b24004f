/**
 * Answers of a form that are worth trying: permitted by its rules, one for each group that some
 * diagram's expressions distinguish.
 */
import {
  elementsOf,
  feel,
  optionsUnder,
  processOf,
  type ElementAnnotation,
  type FormField,
} from '../../../engine/index.js';
import { civilDateOfDay, dayOfInstant } from '../../../kernel/civil-date.js';
import { unknownAccused } from '../../../kernel/accused.js';
import type { Json, JsonObject } from '../../../kernel/index.js';
import type { Law } from '../../../kernel/law.js';
import type { Stage } from '../stage.js';

/** Most combinations examined, and most of the remaining ones tried. */
const mostCombined = 400;
const mostTried = 64;

interface Told {
  readonly id: string;
  readonly text: string;
  /** True for a form's rule, which only says which of its answers fit together. */
  readonly isRule: boolean;
}

const kept = new WeakMap<Stage['definitions'], readonly Told[]>();

/** All expressions of the stage's definitions. */
function expressionsOf({ definitions }: Stage): readonly Told[] {
  const known = kept.get(definitions);
  if (known) return known;
  const all = definitions.all.flatMap(({ annotations, definition }): readonly Told[] => [
    // Flows are not read from the nodes, because a diagram need not list them there.
    ...elementsOf(processOf(definition)).flows.map(({ id = '', conditionExpression }) => ({
      ...{ id, text: conditionExpression?.body ?? '', isRule: false },
    })),
    ...annotations.elements.flatMap(({ id, deeds, rules }) => [
      ...deeds.flatMap(({ when, facts }) =>
        [when ?? '', ...facts.map(({ value }) => value)].map((text) => ({ id, text, isRule: false })),
      ),
      ...rules.map(({ holds }) => ({ id, text: holds, isRule: true })),
    ]),
  ]);
  kept.set(definitions, all);
  return all;
}

const tried = new WeakMap<Stage['definitions'], Map<string, readonly JsonObject[]>>();

/**
 * The simplest answers first, then those that differ from them in one field, in two, …; free texts
 * are filled in.
 *
 * @param variables that the form's rules see
 */
export function answersTo(
  stage: Stage,
  element: ElementAnnotation,
  at: Date,
  variables: JsonObject,
): readonly JsonObject[] {
  const known = tried.get(stage.definitions) ?? new Map<string, readonly JsonObject[]>();
  tried.set(stage.definitions, known);
  const asked = new Set(element.form.map(({ key }) => key));
  const names = element.rules.flatMap(({ holds }) => feel(holds).names).filter((name) => !asked.has(name));
  const seen = Object.fromEntries(names.map((name) => [name, variables[name] ?? null]));
  const key = JSON.stringify([element.id, dateAfter(at, 0), seen]);
  const answers = known.get(key) ?? allowed(stage, element, at, seen);
  known.set(key, answers);
  return answers;
}

/** Of combinations that differ only in fields used by the form's own rules, the simplest. */
function allowed(
  stage: Stage,
  element: ElementAnnotation,
  at: Date,
  seen: JsonObject,
): readonly JsonObject[] {
  const others = expressionsOf(stage).filter(({ id, isRule }) => !isRule || id !== element.id);
  const decides = element.form.filter(({ key }) => others.some(({ text }) => isNamedIn(key, text)));
  const found = new Map<string, JsonObject>();
  for (const answers of combined(stage, element, at)) {
    const which = JSON.stringify(decides.map(({ key }) => answers[key] ?? null));
    if (found.has(which)) continue;
    const given = { ...seen, ...answers };
    if (element.rules.every(({ holds }) => feel(holds).holds(given, at))) found.set(which, answers);
    if (found.size === mostTried) break;
  }
  return [...found.values()];
}

function combined(stage: Stage, { form }: ElementAnnotation, at: Date): readonly JsonObject[] {
  const texts = expressionsOf(stage).map(({ text }) => text);
  let made: { readonly answers: { readonly [key: string]: Json }; readonly differs: number }[] = [
    { answers: {}, differs: 0 },
  ];
  for (const field of form) {
    const told = texts.filter((text) => isNamedIn(field.key, text));
    const values = valuesOf(field, told, at, stage.laws.today()).slice(0, told.length > 0 ? undefined : 1);
    if (values.length === 0) continue;
    made = made
      .flatMap(({ answers, differs }) =>
        values.map((value, index) => ({
          answers: value === null ? answers : { ...answers, [field.key]: value },
          differs: differs + (index > 0 ? 1 : 0),
        })),
      )
      .sort((one, other) => one.differs - other.differs)
      .slice(0, mostCombined);
  }
  return made.map(({ answers }) => answers);
}

const isNamedIn = (key: string, text: string): boolean => new RegExp(`\\b${key}\\b`).test(text);

/** The first value is the simplest; null means not filled in. */
function valuesOf(field: FormField, told: readonly string[], at: Date, law: Law): readonly Json[] {
  const { key, type, required } = field;
  const none = required ? [] : [null];
  switch (type) {
    case 'boolean':
      return required ? [true, false] : [null, true];
    case 'choice':
      return [...none, ...optionsUnder(field, law).map(({ value }) => value)];
    case 'number':
      return [...none, 1, ...comparedWith(key, told).flatMap((one) => [one, one + 1, one - 1])];
    case 'date':
      return [...none, dateAfter(at, 5), dateAfter(at, 40), dateAfter(at, -5)];
    case 'longText':
      return required ? ['（推演）'] : [null, '（推演）'];
    case 'accused':
      return [...none, 'unit:推演', unknownAccused];
    case 'sheet':
      return [...none, '推演-0000'];
    default:
      return required ? ['（推演）'] : [null, '（推演）'];
  }
}

const dateAfter = (at: Date, days: number): string => civilDateOfDay(dayOfInstant(at) + days);

const comparedWith = (key: string, told: readonly string[]): readonly number[] => [
  ...new Set(
    told.flatMap((text) =>
      [...text.matchAll(new RegExp(`\\b${key}\\s*[<>!=]+\\s*(-?\\d+(?:\\.\\d+)?)`, 'g'))].map(([, number]) =>
        Number(number),
      ),
    ),
  ),
];
