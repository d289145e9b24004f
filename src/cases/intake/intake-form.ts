/**
 * The questions that intake asks: all forms of an acceptance, from the registration to the step
 * behind each way of handling. The diagram defines the forms; the package's lists define the
 * options' names on buttons.
 */
import {
  feel,
  flowNodes,
  optionsUnder,
  startOf,
  type Annotations,
  type Definition,
  type FormField,
} from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import { answersOfSheet } from '../../kernel/program-fields.js';
import type { Transaction } from '../../platform/database/index.js';
import { acceptanceKey } from './proposal.js';
import type { Using } from '../parts.js';

export interface IntakeForm {
  /** Fields of the registration and of the steps before the way is chosen, except those the sheet answers. */
  readonly register: readonly FormField[];
  /** Fields of the step that each way leads to; a way without a step is left out. */
  readonly ways: readonly { readonly way: string; readonly fields: readonly FormField[] }[];
}

interface Acceptance {
  readonly definition: Definition;
  readonly annotations: Annotations;
}

/** The form of the acceptance process in force; without one, nothing is asked. */
export async function intakeFormInForce(
  { definitions, clock, laws }: Using<'clock' | 'definitions' | 'laws'>,
  transaction: Transaction,
): Promise<IntakeForm> {
  await definitions.prepare(transaction, []);
  const deployed = definitions.inForce(acceptanceKey, clock.now());
  return deployed ? intakeForm(deployed, laws.today(), clock.now()) : { register: [], ways: [] };
}

/** @param at instant for conditions of the diagram that compare times */
export function intakeForm({ definition, annotations }: Acceptance, law: Law, at: Date): IntakeForm {
  const formOf = (id: string): readonly FormField[] => annotations.element(id)?.form ?? [];
  const registration = annotations.elements.find(({ deeds }) =>
    deeds.some(({ name }) => name === 'matter.registered'),
  );
  const before = registration ? [registration.id] : [];
  const asksWay = (id: string): boolean => formOf(id).some(({ key }) => key === 'wayOut');
  const begun = (): JsonObject => begunWith(before.flatMap(formOf));
  for (let last = before.at(-1); last !== undefined && !asksWay(last); last = before.at(-1)) {
    const next = taskAfter(definition, last, begun(), at);
    if (next === undefined || before.includes(next))
      return { register: fieldsOf(before, formOf, law), ways: [] };
    before.push(next);
  }
  const choice = before.at(-1);
  return {
    register: fieldsOf(before, formOf, law),
    ways: law.intake.waysOut.flatMap(({ key: way }) => {
      const next = choice && taskAfter(definition, choice, { ...begun(), wayOut: way }, at);
      return next === undefined ? [] : [{ way, fields: fieldsOf([next], formOf, law) }];
    }),
  };
}

const ofSheet = new Set([
  ...Object.keys(answersOfSheet({ channel: '', kind: '', replyWanted: false, confidential: false })),
  'wayOut',
]);

const fieldsOf = (
  elements: readonly string[],
  formOf: (id: string) => readonly FormField[],
  law: Law,
): readonly FormField[] =>
  elements
    .flatMap(formOf)
    .filter(({ key }) => !ofSheet.has(key))
    .map(({ list, ...field }) => ({
      ...field,
      options: calledByPackage(field.key, law) ?? optionsUnder({ ...field, ...(list && { list }) }, law),
    }));

/** Some options have a shorter name for buttons. A field with such options offers only those. */
function calledByPackage(key: string, { intake }: Law): FormField['options'] | undefined {
  const listed = { dispatchBasis: intake.bases, pendingProcedure: intake.procedures };
  return Object.entries(listed)
    .find(([field]) => field === key)?.[1]
    .map((one) => ({ value: one.key, label: one.name }));
}

const begunWith = (fields: readonly FormField[]): JsonObject =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const begins = startOf(field);
      return begins === '' ? [] : [[field.key, field.type === 'boolean' ? begins === 'true' : begins]];
    }),
  );

/**
 * The user task that follows with these variables; undefined if no exit is certain or no user task follows. Service
 * tasks are passed over, since their output is unknown.
 */
function taskAfter(
  definition: Definition,
  task: string,
  variables: JsonObject,
  at: Date,
): string | undefined {
  const seen = new Set<string>();
  let node = flowNodes(definition).get(task);
  while (node?.id !== undefined && !seen.has(node.id)) {
    seen.add(node.id);
    const { id, outgoing = [] } = node;
    const taken =
      outgoing.find(({ conditionExpression }) => {
        const text = conditionExpression?.body;
        return text !== undefined && feel(text, id).holds(variables, at);
      }) ??
      node.default ??
      (outgoing.length === 1 ? outgoing[0] : undefined);
    node = taken?.targetRef;
    if (node?.$type === 'bpmn:UserTask') return node.id;
  }
  return undefined;
}
