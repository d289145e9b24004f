/** Finds what a task leads to by trying: it runs the real steps and rolls them back. */
import { loadCases, type OpenTask } from '../../engine/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import {
  caseOfTask,
  completeTaskIn,
  openTask,
  taskId,
  taskNotFound,
  type Performer,
  type TaskDeps,
  type TaskView,
} from '../tasks.js';
import { chosenIn, likelyAnswers } from './likely-answers.js';
import { nextTask } from './next-task.js';

interface StepAhead extends TaskView {
  /** The choices that lead on from here: given ones, or the first options that are accepted. */
  readonly chosen: JsonObject;
}

export interface Ahead {
  /** The task itself, then those of the same performer that it leads to. */
  readonly steps: readonly StepAhead[];
  /** Tasks that are open after the steps; empty if that cannot be predicted. */
  readonly then: readonly OpenTask[];
}

const longest = 8;

/** Carries the result out of the transaction that it rolls back. */
class TriedOut extends Error {
  constructor(readonly found: Ahead) {
    super('tried out');
  }
}

/**
 * @param given answers so far, by step; missing ones are assumed
 * @throws {Refusal} `task.not-found`, `task.closed`, `task.not-yours`
 */
export async function tasksAhead(
  deps: TaskDeps,
  id: string,
  given: readonly JsonObject[],
  performer: Performer,
): Promise<Ahead> {
  try {
    return await deps.database.transaction(async (transaction) => {
      throw new TriedOut(await tryOut(deps, transaction, { id, given, performer }));
    });
  } catch (error) {
    if (error instanceof TriedOut) return error.found;
    throw error;
  }
}

async function tryOut(
  deps: TaskDeps,
  transaction: Transaction,
  { id, given, performer }: { id: string; given: readonly JsonObject[]; performer: Performer },
): Promise<Ahead> {
  const files = await loadCases(transaction, [caseOfTask(id)]);
  let file = files.get(caseOfTask(id));
  if (!file) throw taskNotFound(id);
  let view: TaskView | undefined = await openTask(deps, transaction, id, files);
  const steps: StepAhead[] = [];
  let then: readonly OpenTask[] = [];
  while (view && steps.length < longest) {
    const done = await completedSomehow(deps, transaction, view, given[steps.length] ?? {}, performer);
    if (done === 'not-yours') {
      if (steps.length === 0) await completeTaskIn(deps, transaction, id, {}, performer);
      break;
    }
    if (done === undefined) {
      steps.push({ ...view, chosen: {} });
      then = [];
      break;
    }
    steps.push({ ...view, chosen: chosenIn(view.element, done.answers) });
    then = [...done.file.tasks.values()];
    const next: OpenTask | undefined = nextTask(view.task, file, done.file);
    file = done.file;
    view = next && (await openTask(deps, transaction, taskId(file.id, next), new Map([[file.id, file]])));
  }
  return { steps, then };
}

/**
 * The first assumed way of completing the task that is accepted; undefined if none is. A refused
 * attempt changes nothing.
 */
async function completedSomehow(
  deps: TaskDeps,
  transaction: Transaction,
  view: TaskView,
  given: JsonObject,
  performer: Performer,
) {
  for (const answers of likelyAnswers(view.element, given, deps.laws.today())) {
    try {
      return { answers, file: await completeTaskIn(deps, transaction, view.id, answers, performer) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === 'task.not-yours') return 'not-yours' as const;
    }
  }
  return undefined;
}
