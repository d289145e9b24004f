/**
 * Accepts a request in one transaction: opens the sheet with its class and completes the tasks of acceptance that the
 * agent's answers cover. A request that is still to be registered is searched for words of an emergency.
 */
import { loadCasesByKey, type CaseFile, type OpenTask } from '../../engine/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import { lawOf } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Sheets, WorkOrder } from '../../sheet/index.js';
import { acceptRequests } from '../accept-requests.js';
import { unknownCase } from '../read-case.js';
import { completeTaskIn, taskId, type Performer, type TaskDeps } from '../tasks.js';
import { classVariables, findClass, recordClass, type ClassifyDeps } from './classify-sheet.js';
import { markEmergency, type EmergencyDeps } from './emergencies.js';

export interface IntakeDeps extends TaskDeps, ClassifyDeps, EmergencyDeps {
  readonly sheets: Sheets;
}

interface Intake {
  /** Code of a leaf of the tree in force. */
  readonly class: string | undefined;
  readonly answers: JsonObject;
  readonly performer: Performer;
  /** The performer or their body is complained of: they register, and others decide what becomes of it. */
  readonly registersOnly?: boolean;
}

/** A path through acceptance has about five tasks; more means a loop in the diagram. */
const mostTasks = 20;

/**
 * @param intake.answers by field key, for any task of acceptance; channel, kind and the caller's wishes come from the
 * sheet
 * @throws {Refusal} `classification.unknown`; `input.invalid` for an answer that no task asked for; `task.not-yours` for
 * one of another task than the registration where the performer registers only; refusals of completing a task
 */
export async function acceptIntake(
  deps: IntakeDeps,
  transaction: Transaction,
  sheet: WorkOrder,
  intake: Intake,
): Promise<void> {
  const { actor } = intake.performer;
  const known = intake.class === undefined ? undefined : await findClass(deps, transaction, intake.class);
  const [accepted] = await acceptRequests(deps, transaction, [sheet], {
    actor,
    ...(known ? { variables: classVariables(known.placed) } : {}),
  });
  if (!accepted?.file) throw unknownCase(sheet.no, deps.laws.today());
  if (known) await recordClass(deps, transaction, accepted.file, known, { at: sheet.receivedAt, by: actor });
  await completeAnswered(deps, transaction, sheet, intake);
  await markEmergency(deps, transaction, sheet, actor);
}

async function completeAnswered(
  deps: IntakeDeps,
  transaction: Transaction,
  sheet: WorkOrder,
  intake: Intake,
): Promise<void> {
  const { performer } = intake;
  const { actor } = performer;
  const unused = new Set(Object.keys(intake.answers));
  if (unused.size === 0) return;
  const answers: JsonObject = {
    channel: sheet.channel,
    kind: sheet.kind,
    wishesReply: sheet.replyWanted,
    confidential: sheet.confidential,
    ...intake.answers,
  };
  let file = (await loadCasesByKey(transaction, [sheet.no])).get(sheet.no);
  for (let done = 0; file && done < mostTasks; done += 1) {
    const next = answerable(deps, file, answers);
    if (!next || next.keys.every((key) => !unused.has(key))) break;
    if (intake.registersOnly === true && !next.task.deeds.includes('matter.registered')) {
      throw new Refusal('task.not-yours', `${actor} 或者其单位被投诉、举报,只能登记这件事,不得决定怎样处理`, {
        where: `answers.${next.keys.find((key) => unused.has(key)) ?? ''}`,
        remedy: '只登记,处理方式留给他人确定:选“先登记,稍后定”,再在工单页登记指控的是谁',
        provision: lawOf('recusal-of-persons', deps.laws.ofCase(file)),
      });
    }
    const given = Object.fromEntries(next.keys.map((key) => [key, answers[key] ?? null]));
    file = await completeTaskIn(deps, transaction, taskId(file.id, next.task), given, performer);
    for (const key of next.keys) unused.delete(key);
  }
  if (unused.size > 0) {
    throw new Refusal('input.invalid', `受理的各环节没有用到这些答案:${[...unused].join('、')}`, {
      where: `answers.${[...unused][0] ?? ''}`,
      remedy: '核对答案与处理方式是否相符,前面的环节是否都答全了;各环节要填什么见 docs/processes.md',
    });
  }
}

/** The open task of acceptance with all required fields answered. */
function answerable(
  deps: IntakeDeps,
  file: CaseFile,
  answers: JsonObject,
): { readonly task: OpenTask; readonly keys: readonly string[] } | undefined {
  for (const task of file.tasks.values()) {
    const instance = file.instances.get(task.instance);
    const definition = instance && deps.definitions.byId(instance.definitionId);
    if (definition?.key !== 'acceptance') continue;
    const form = definition.annotations.element(task.element)?.form ?? [];
    const answered = (key: string): boolean => answers[key] !== undefined && answers[key] !== null;
    if (form.some(({ key, required }) => required && !answered(key))) continue;
    return { task, keys: form.map(({ key }) => key).filter(answered) };
  }
  return undefined;
}
