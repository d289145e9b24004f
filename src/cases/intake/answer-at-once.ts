/** Completes the tasks of acceptance that are answered with the request itself. */
import { loadCasesByKey, type CaseFile, type OpenTask } from '../../engine/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import { lawOf } from '../../kernel/law.js';
import { answersOfSheet } from '../../kernel/program-fields.js';
import type { Transaction } from '../../platform/database/index.js';
import type { WorkOrder } from '../../sheet/index.js';
import { completeTaskIn, taskId, type Performer, type TaskDeps } from '../tasks.js';
import { acceptanceKey } from './proposal.js';

export interface AtOnce {
  /** Answers by field key, for any task of acceptance; channel, kind and the caller's wishes come from the sheet. */
  readonly answers: JsonObject;
  readonly performer: Performer;
  /** True if the performer or their body is complained of: they may only register, and others decide the rest. */
  readonly registersOnly?: boolean;
}

/** A path through acceptance has about five tasks; more means a loop in the diagram. */
const mostTasks = 20;

/**
 * @throws {Refusal} `input.invalid` for an answer that no task asked for; `task.not-yours` for an
 * answer to a task other than the registration if the performer may only register; refusals of
 * completing a task
 */
export async function answerAtOnce(
  deps: TaskDeps,
  transaction: Transaction,
  sheet: WorkOrder,
  { answers: given, performer, registersOnly = false }: AtOnce,
): Promise<void> {
  const { actor } = performer;
  const unused = new Set(Object.keys(given));
  if (unused.size === 0) return;
  const answers: JsonObject = { ...answersOfSheet(sheet), ...given };
  let file = (await loadCasesByKey(transaction, [sheet.no])).get(sheet.no);
  for (let done = 0; file && done < mostTasks; done += 1) {
    const next = answerable(deps, file, answers);
    const registers = next?.task.deeds.includes('matter.registered');
    // The sheet alone may answer the registration; the given answers are then for later tasks.
    if (!next || unused.size === 0 || (!registers && next.keys.every((key) => !unused.has(key)))) break;
    if (registersOnly && !registers) {
      throw new Refusal(
        'task.not-yours',
        `${actor} 或者其单位被投诉、举报，只能登记这件事，不得决定怎样处理`,
        {
          where: `answers.${next.keys.find((key) => unused.has(key)) ?? ''}`,
          remedy: '只登记，处理方式留给他人确定：选“先登记，稍后定”，再在工单页登记指控的是谁',
          provision: lawOf('recusal-of-persons', deps.laws.ofCase(file)),
        },
      );
    }
    const asked = Object.fromEntries(next.keys.map((key) => [key, answers[key] ?? null]));
    file = await completeTaskIn(deps, transaction, taskId(file.id, next.task), asked, performer);
    for (const key of next.keys) unused.delete(key);
  }
  if (unused.size > 0) {
    throw new Refusal('input.invalid', `受理的各环节没有用到这些答案：${[...unused].join('、')}`, {
      where: `answers.${[...unused][0] ?? ''}`,
      remedy:
        '核对答案与处理方式是否相符，前面的环节是否都答全了；各环节要填什么见 docs/reference/processes.md',
    });
  }
}

/** The open task of acceptance whose required fields are all answered. */
function answerable(
  deps: TaskDeps,
  file: CaseFile,
  answers: JsonObject,
): { readonly task: OpenTask; readonly keys: readonly string[] } | undefined {
  for (const task of file.tasks.values()) {
    const instance = file.instances.get(task.instance);
    const definition = instance && deps.definitions.byId(instance.definitionId);
    if (definition?.key !== acceptanceKey) continue;
    const form = definition.annotations.element(task.element)?.form ?? [];
    const answered = (key: string): boolean => answers[key] !== undefined && answers[key] !== null;
    if (form.some(({ key, required }) => required && !answered(key))) continue;
    return { task, keys: form.map(({ key }) => key).filter(answered) };
  }
  return undefined;
}
