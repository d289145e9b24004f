/** Repeats on one member what was done on its leading sheet, as far as the member is at the same step. */
import { actorOf, dataOf, subjectOf } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import {
  feel,
  loadCasesByKey,
  lockCases,
  optionsUnder,
  type CaseFile,
  type ElementAnnotation,
} from '../../engine/index.js';
import type { Identity } from '../../identity/index.js';
import { Refusal, type Json, type JsonObject } from '../../kernel/index.js';
import { restingOn, type Law } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Catalogues } from '../../law/regulation/index.js';
import { leadOf, type Carried, type CarriedMember } from '../../sheet/index.js';
import { amendCase } from '../amend-case.js';
import { completeTaskIn, openTask, taskId, type Performer, type TaskDeps } from '../tasks.js';
import { isToldByMessage, type ToldByMessageDeps } from '../caller-messages/told-by-message.js';
import { unitNamed } from '../../kernel/unit-name.js';

export interface CarryDeps extends TaskDeps, ToldByMessageDeps {
  readonly catalogues: Catalogues;
  readonly identity: { readonly recusals: Pick<Identity['recusals'], 'isRecused'> };
}

/** A refused step changes nothing; the steps before it remain done. */
export async function carryTo(
  deps: CarryDeps,
  transaction: Transaction,
  act: CarriedMember,
): Promise<Carried> {
  const found = (await loadCasesByKey(transaction, [act.member])).get(act.member);
  if ((await leadOf(transaction, act.member)) !== act.lead || !found) return left('已经拆出，由它自己办');
  // The officer may have been recused since ordering this.
  if (await deps.identity.recusals.isRecused(transaction, act.member, act.actor)) {
    return left(`${act.actor} 此后须回避这张工单，由他人办`);
  }
  let file = (await lockCases(transaction, [found.id])).get(found.id) ?? found;
  const at = await instantOf(deps, transaction, act, file);
  const inTime = { ...deps, clock: { ...deps.clock, now: () => at } };
  let done = 0;
  let why: string | null = null;
  for (const { element, answers } of await stepsOf(deps, transaction, act)) {
    const task = openOn(file, element);
    if (!task) continue;
    try {
      const view = await openTask(deps, transaction, taskId(file.id, task), new Map([[file.id, file]]));
      const own = await answersFor(deps, transaction, { act, file, at, element: view.element, answers });
      file = await completeTaskIn(inTime, transaction, view.id, own, performerOf(act));
      done += 1;
    } catch (error) {
      if (!(error instanceof Refusal) || error.status >= 500) throw error;
      why = error.message;
      break;
    }
  }
  if (done === 0) return left(why ?? `不在同一环节，由它自己办：${openNames(file)}`);
  const { lead, firstEntry, lastEntry, actor } = act;
  await amendCase(deps, transaction, file, {
    ...{ at, type: 'sheet.carried', actor },
    body: {
      lead,
      first: firstEntry,
      last: lastEntry,
      steps: done,
      provisions: restingOn('sheet', deps.laws.ofCase(file)),
    },
  });
  return why === null ? { state: 'done', why } : { state: 'part', why };
}

const left = (why: string): Carried => ({ state: 'left', why });

const openNames = (file: CaseFile): string =>
  [...file.tasks.values()].map(({ name }) => `“${name}”`).join('、') || '没有要办的';

const openOn = (file: CaseFile, element: string) =>
  [...file.tasks.values()].find(
    (task) => task.element === element && task.role === 'unit' && task.locals?.unit === undefined,
  );

/** The officer acts with the rights of the unit that ordered it. */
const performerOf = ({ actor, unit }: CarriedMember): Performer => ({
  actor,
  does: ({ role }, variables) => role === 'unit' && unitNamed(variables.unit) === unit,
});

/** The instant when the officer acted, unless something has happened on the member since; then now. */
async function instantOf(
  { trail, clock }: CarryDeps,
  transaction: Transaction,
  { at, member }: CarriedMember,
  { bookmark }: CaseFile,
): Promise<Date> {
  const seq = trail.numberOf(bookmark);
  const [last] = await trail.between(transaction, [[member, seq, seq]]);
  return last && last.at.getTime() > at.getTime() ? clock.now() : at;
}

/** The officer's answers, from the leading sheet's trail. */
async function stepsOf(
  { trail }: CarryDeps,
  transaction: Transaction,
  { lead, firstEntry, lastEntry, actor }: CarriedMember,
): Promise<readonly { readonly element: string; readonly answers: JsonObject }[]> {
  const entries = (await trail.read(transaction, [lead])).get(lead) ?? [];
  return entries
    .filter((entry) => entry.seq >= firstEntry && entry.seq <= lastEntry)
    .filter((entry) => entry.type === 'task.completed' && actorOf(entry) === actor)
    .map((entry) => ({ element: subjectOf(entry) ?? '', answers: answersIn(entry) }));
}

const answersIn = (entry: TrailEntry): JsonObject => ({ ...dataOf(entry), ...entry.sealed });

interface Asked {
  readonly act: CarriedMember;
  readonly file: CaseFile;
  readonly at: Date;
  readonly element: ElementAnnotation;
  readonly answers: JsonObject;
}

/** @throws {Refusal} `input.invalid` if the caller must be told in person and nobody has told them */
async function answersFor(
  deps: CarryDeps,
  transaction: Transaction,
  { act, file, at, element, answers: all }: Asked,
): Promise<JsonObject> {
  const keys = new Set(element.form.map(({ key }) => key));
  const answers = Object.fromEntries(
    Object.entries(all).filter(([key, value]) => keys.has(key) && value !== null),
  );
  const { catalogue } = await deps.catalogues.at(transaction, file.startedAt);
  for (const { name, facts } of element.deeds) {
    const reaches = catalogue.vocabulary.deeds.find((deed) => deed.name === name)?.reaches;
    if (!reaches) continue;
    const byMessage = await isToldByMessage(deps, transaction, file, name);
    const said = byMessage ? reaches.value : act.told;
    if (said === null) throw toldInPerson(element);
    const source = facts.find((fact) => fact.name === reaches.fact)?.value ?? reaches.fact;
    const variables = { ...file.variables, ...answers };
    return { ...answers, ...choiceFor(element, source, said, variables, at, deps.laws.today()) };
  }
  return answers;
}

/** The choice that gives the fact this value. */
function choiceFor(
  element: ElementAnnotation,
  source: string,
  said: Json,
  variables: JsonObject,
  at: Date,
  law: Law,
): JsonObject {
  for (const field of element.form) {
    const { key } = field;
    for (const { value } of optionsUnder(field, law)) {
      if (feel(source, element.id).value({ ...variables, [key]: value }, at) === said)
        return { [key]: value };
    }
  }
  throw toldInPerson(element);
}

const toldInPerson = ({ id, name }: ElementAnnotation): Refusal =>
  new Refusal('input.invalid', `“${name}”：消息告知不到这位来电人，须逐个办`, {
    where: id,
    remedy: '打开这张工单，回复以后填写怎样回复的',
  });
