/** The answers to a task's form, with what the register of units and people says of those whom they name. */
import type { CaseFile, Definitions, ElementAnnotation, OpenTask } from '../engine/index.js';
import { variablesSeenBy } from '../engine/index.js';
import type { AccusedPath } from '../identity/index.js';
import type { JsonObject } from '../kernel/index.js';
import type { Law } from '../kernel/law.js';
import { accusedAsked, accusedNamed, accusedOfInstance } from './accused.js';
import { answersOf, type Answers } from './form.js';
import {
  assertUnitsOfForm,
  bodiesNamed,
  kindsNamed,
  placeOfUnit,
  unitsAsked,
  type RegisteredUnit,
} from './units.js';

interface Submitted {
  readonly file: CaseFile;
  readonly task: OpenTask;
  readonly element: ElementAnnotation;
  readonly answers: JsonObject;
  readonly definitions: Pick<Definitions, 'byId'>;
}

/** What the register has to say about the answers: on these units, and on the accused, if any. */
export function askedOfRegister({ file, task, element, answers, definitions }: Submitted): {
  readonly units: readonly string[];
  readonly accused: string | undefined;
} {
  const accused = accusedOfInstance(file, task.instance, definitions);
  return { units: unitsAsked(element, answers), accused: accusedAsked(accused, answers) };
}

/**
 * The answers, checked by the form and the register.
 *
 * @param said the register's answer to `askedOfRegister`
 * @throws {Refusal} `input.invalid`, `unit.not-found`, `unit.not-below`, `accused.not-found`
 */
export function answeredTask(
  { file, task, element, answers, definitions }: Submitted,
  said: {
    readonly units: readonly RegisteredUnit[];
    readonly bodyKinds: readonly string[];
    readonly path: AccusedPath | { readonly none: string } | undefined;
  },
  { at, law }: { readonly at: Date; readonly law: Law },
): Answers {
  const { variables } = file;
  const seen = { ...variablesSeenBy(file, task.instance, definitions), ...task.locals };
  const kinds = kindsNamed(said.units, element);
  const told = answersOf(element, answers, { variables: { ...seen, ...kinds }, at, law });
  const holder = typeof variables.unit === 'string' ? variables.unit : undefined;
  assertUnitsOfForm(said.units, element, { answers: told.variables, holder });
  const accused = accusedOfInstance(file, task.instance, definitions);
  return {
    ...told,
    variables: {
      ...told.variables,
      ...kinds,
      ...accusedNamed({ accused, seen }, told.variables, said.path),
      ...placeOfUnit(said.units, told.variables, law),
      ...bodiesNamed(said.units, said.bodyKinds, variables),
    },
  };
}
