/** Completes a task with the answers that make the completion a certain deed, for signing many tasks at once. */
import { actorOf, subjectOf } from '../../accountability/events/index.js';
import { feel, loadCases, type ElementAnnotation } from '../../engine/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import { likelyAnswers } from '../form-series/likely-answers.js';
import { doWithMembersIn } from '../merging/carry.js';
import { caseOfTask, completeTaskIn, openTask, type Performer, type TaskDeps } from '../tasks.js';

/**
 * Idempotent: a person who has completed the task before is told so.
 *
 * @param deed the deed that completing the task must be; other fields get the first answers that
 * are accepted
 * @param how.withMembers also completes it for members of a leading sheet that the same unit holds
 * @throws {Refusal} like `completeTask`; `input.invalid` if the task cannot be this deed without
 * further answers
 */
export async function doDeed(
  deps: TaskDeps,
  id: string,
  deed: string,
  performer: Performer,
  { withMembers = false } = {},
): Promise<'now' | 'before'> {
  return deps.database.transaction(async (transaction) => {
    const files = await loadCases(transaction, [caseOfTask(id)]);
    const file = files.get(caseOfTask(id));
    const variables = file?.variables ?? {};
    try {
      const { element } = await openTask(deps, transaction, id, files);
      const answers = answersFor(element, deed, variables, deps.clock.now(), deps.laws.today());
      const complete = () => completeTaskIn(deps, transaction, id, answers, performer);
      if (withMembers) await doWithMembersIn(deps, transaction, id, performer, { told: null }, complete);
      else await complete();
      return 'now';
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'task.closed' || !file) throw error;
      const history = await deps.trail.history(transaction, file.businessKey);
      const element = id.split('~').at(-1);
      const opened = parseInt(id.split('~').at(-2) ?? '', 36);
      const isTheirs = history.some(
        (entry) =>
          entry.type === 'task.completed' &&
          actorOf(entry) === performer.actor &&
          subjectOf(entry) === element &&
          entry.at.getTime() >= opened,
      );
      if (!isTheirs) throw error;
      return 'before';
    }
  });
}

function answersFor(
  element: ElementAnnotation,
  deed: string,
  variables: JsonObject,
  at: Date,
  law: Law,
): JsonObject {
  const when = element.deeds.find(({ name }) => name === deed)?.when;
  const answers = likelyAnswers(element, {}, law).find(
    (one) => when !== undefined && (when === null || feel(when).holds({ ...variables, ...one }, at)),
  );
  const writes = element.form.some(
    ({ type, required }) => required && type !== 'choice' && type !== 'boolean',
  );
  if (!answers || writes) {
    throw new Refusal('input.invalid', `“${element.name}”不能成批办`, {
      where: element.id,
      remedy: '打开工单逐件办',
    });
  }
  return answers;
}
