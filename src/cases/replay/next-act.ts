/** Chooses the next act of a replayed case. People act at once; the unit replies when it really did. */
import {
  inDueOrder,
  refusalOf,
  variablesSeenBy,
  type CaseFile,
  type Command,
  type Definitions,
  type OpenTask,
} from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import { answersOf } from '../form.js';
import type { Message } from './message.js';
import { scriptFor } from './people.js';

/** An upper bound: no case of the five processes needs so many acts. */
export const mostActs = 400;

/**
 * The earliest of three: an open task (at once), a due deadline, the unit's reply. A reply at the
 * very instant of the limit (24:00) is in time.
 *
 * @throws {Refusal} `stimulus.not-waiting` for a case that can neither continue nor end
 */
export function nextAct(
  definitions: Pick<Definitions, 'byId'>,
  file: CaseFile,
  message: Message,
  law: Law,
): Command {
  const [incident] = file.incidents.values();
  if (incident) throw refusalOf(incident);
  const tasks = [...file.tasks.values()].sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime());
  const atOnce = tasks.find((task) => scriptFor(task, message, law).when === 'at-once');
  if (atOnce) return completion(definitions, file, atOnce, message, atOnce.openedAt, law);
  const [deadline] = inDueOrder(file.deadlines.values());
  const onReply = tasks[0];
  if (deadline && (!onReply || deadline.dueAt < message.repliedAt)) {
    return { kind: 'fall-due', caseId: file.id, until: deadline.dueAt };
  }
  if (onReply) {
    const at = onReply.openedAt > message.repliedAt ? onReply.openedAt : message.repliedAt;
    return completion(definitions, file, onReply, message, at, law);
  }
  throw new Refusal('stimulus.not-waiting', `回放的工单 ${file.businessKey} 没有待办也没有时限，无法继续`, {
    remedy: '检查流程：每个等待处都应有任务、时限或消息',
  });
}

function completion(
  definitions: Pick<Definitions, 'byId'>,
  file: CaseFile,
  task: OpenTask,
  message: Message,
  at: Date,
  law: Law,
): Command {
  const definitionId = file.instances.get(task.instance)?.definitionId ?? 0;
  const element = definitions.byId(definitionId).annotations.element(task.element);
  if (!element)
    throw new Refusal('task.not-found', `流程定义里没有 ${task.element}`, { where: task.element });
  return {
    kind: 'stimulate',
    caseId: file.id,
    instance: task.instance,
    stimulus: { kind: 'complete', task: task.element, token: task.token },
    at,
    actor: task.role === null ? '回放' : `回放：${task.role}`,
    ...answersOf(element, scriptFor(task, message, law).answers(element), {
      variables: { ...variablesSeenBy(file, task.instance, definitions), ...task.locals },
      at,
      law,
    }),
  };
}
