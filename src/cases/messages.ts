/**
 * Messages that people send to a case: application for an extension, request for an explanation,
 * clue for accountability.
 */
import { hotlineTitle } from '../kernel/law.js';
import { Refusal, type JsonObject } from '../kernel/index.js';
import {
  loadCasesByKey,
  type CaseFile,
  type DefinitionStore,
  type ElementAnnotation,
} from '../engine/index.js';
import type { Transaction } from '../platform/database/index.js';
import { answersOf, brokenRules } from './form.js';
import { assertUnitsOfForm, bodiesNamed, unitsAsked } from './units.js';
import { unitsNamed } from '../kernel/unit-name.js';
import type { Using } from './parts.js';

export type MessageDeps = Using<'clock' | 'database' | 'definitions' | 'executor' | 'laws' | 'units'>;

/**
 * Sends a message to every process of the case that waits for it; if none waits, starts the process
 * that the message names.
 *
 * @param answers by the fields declared on the catching event
 * @param ownUnits the only units that the sender may name
 * @throws {Refusal} `case.not-found`, `input.invalid` for missing or unexpected answers,
 * `unit.not-found`, `access.denied` for a unit that is not the sender's, `stimulus.not-waiting` if
 * no process receives it
 */
export async function sendMessage(
  deps: MessageDeps,
  no: string,
  message: string,
  actor: string,
  answers: JsonObject = {},
  ownUnits?: readonly string[],
): Promise<void> {
  await deps.database.transaction((transaction) =>
    sendMessageIn(deps, transaction, no, message, actor, answers, ownUnits),
  );
}

export async function sendMessageIn(
  deps: MessageDeps,
  transaction: Transaction,
  no: string,
  message: string,
  actor: string,
  answers: JsonObject = {},
  ownUnits?: readonly string[],
): Promise<void> {
  const file = (await loadCasesByKey(transaction, [no])).get(no);
  if (!file) throw new Refusal('case.not-found', `没有编号为“${no}”的工单`, { remedy: '核对工单编号' });
  await deps.definitions.prepare(transaction, [file]);
  const at = deps.clock.now();
  const told = receivingEvent(deps.definitions, file, message, at);
  if (!told && Object.keys(answers).length > 0) {
    throw new Refusal('input.invalid', `消息“${message}”不带内容`, {
      where: 'answers',
      remedy: '去掉 answers',
    });
  }
  const found = told ? await deps.units.among(transaction, unitsAsked(told, answers)) : [];
  const content = told && answersOf(told, answers, { variables: file.variables, at, law: deps.laws.today() });
  if (told && content) {
    assertUnitsOfForm(found, told, { answers: content.variables, holder: undefined });
    if (ownUnits) assertOwn(deps, told, content.variables, ownUnits);
  }
  const bodies = bodiesNamed(found, deps.units.bodyKinds, file.variables);
  const [answer] = await deps.executor.executeIn(transaction, [
    {
      kind: 'send',
      caseId: file.id,
      message,
      at,
      actor,
      ...content,
      ...(content ? { variables: { ...content.variables, ...bodies } } : {}),
    },
  ]);
  if (answer?.refusal) throw answer.refusal;
}

function assertOwn(
  { laws }: MessageDeps,
  { form, name }: ElementAnnotation,
  answers: JsonObject,
  own: readonly string[],
): void {
  for (const { key, label, type } of form) {
    const written = answers[key];
    if ((type !== 'unit' && type !== 'units') || typeof written !== 'string') continue;
    const [other] = unitsNamed(written).filter((unit) => !own.includes(unit));
    if (other === undefined) continue;
    throw new Refusal('access.denied', `“${name}”的“${label}”：${other.slice(0, 60)}不是您的单位`, {
      where: key,
      remedy: `只写本单位；别的单位由${hotlineTitle(laws.today())}登记`,
    });
  }
}

/** Whether a process would receive the message now, by the rules of its form before anything is filled in. */
export function mayBeTold(definitions: DefinitionStore, file: CaseFile, message: string, at: Date): boolean {
  const event = receivingEvent(definitions, file, message, at);
  if (!event) return false;
  const unfilled = Object.fromEntries(event.form.map(({ key }) => [key, null]));
  return brokenRules(event, { ...file.variables, ...unfilled }, at).length === 0;
}

/**
 * The event that receives the message and has its form, be it a catching or a start event;
 * undefined without a form.
 */
export function receivingEvent(definitions: DefinitionStore, file: CaseFile, message: string, at: Date) {
  for (const { definitionId } of file.instances.values()) {
    const event = definitions.byId(definitionId).annotations.told(message);
    if (event) return event;
  }
  return definitions.startedBy(message, at)?.deployed.annotations.told(message);
}
