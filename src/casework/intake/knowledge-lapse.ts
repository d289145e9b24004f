/**
 * Art 28 (3): an entry of the knowledge base that is out of date is supervised by itself. At the start of each day the
 * process `supervision` begins for every valid entry whose review day has passed, once for each such day: the fact is
 * on the record, so the program states the ground, the order goes to the unit and its limit runs. It ends when the
 * unit has written or withdrawn the entry.
 */
import { z } from 'zod';
import { civilDateOf, dayNumberOf, endOfDay } from '../../calendar/index.js';
import { loadCasesByKey, type CaseFile } from '../../engine/index.js';
import { addJobs, defineJob, handled, type Job } from '../../jobs/index.js';
import { addLapse, lapsedEntries, lapseKey, lockEntry, openLapses } from '../../knowledge/index.js';
import { putInInboxes } from '../../notification/index.js';
import type { Transaction } from '../../persistence/index.js';
import { completeTaskIn, taskId, type TaskDeps } from '../tasks.js';

const kind = defineJob('knowledge.daily', z.strictObject({}), {
  title: '核对知识库的复核日期',
  subject: () => '全库',
  attempts: 8,
});

const actor = '知识库复核(每日)';
const ground = 'art28.p1.i3';

export function dailyKnowledge(deps: TaskDeps): Job {
  return handled(kind, async () => {
    await superviseLapses(deps);
    await deps.database.transaction(async (transaction) => add(transaction, tonight(deps.clock.now())));
  });
}

/** At the start of a program: at once, since another program may have been down at midnight; then every midnight. */
export async function scheduleKnowledge({
  database,
  clock,
}: Pick<TaskDeps, 'database' | 'clock'>): Promise<void> {
  await database.transaction(async (transaction) => add(transaction, clock.now()));
}

/** One waits at a time, whoever adds it. */
const add = (transaction: Transaction, runAt: Date): void =>
  addJobs(transaction, kind, [{ payload: {}, key: kind.name, runAt }]);

const tonight = (now: Date): Date => endOfDay(dayNumberOf(civilDateOf(now)));

/** @returns how many supervisions were opened now */
export async function superviseLapses(deps: TaskDeps): Promise<number> {
  const today = civilDateOf(deps.clock.now());
  const lapsed = await deps.database.transaction((transaction) => lapsedEntries(transaction, today));
  let opened = 0;
  for (const { id, reviewOn } of lapsed) {
    // Each by itself: one that cannot be supervised holds up no other, and what was opened stays.
    const isNew = await deps.database.transaction((transaction) => open(deps, transaction, id, reviewOn));
    if (isNew) opened += 1;
  }
  return opened;
}

async function open(
  deps: TaskDeps,
  transaction: Transaction,
  id: number,
  reviewOn: string,
): Promise<boolean> {
  const entry = await lockEntry(transaction, id);
  const at = deps.clock.now();
  // Whoever was quicker has written it meanwhile.
  if (entry?.state !== 'valid' || entry.reviewOn !== reviewOn) return false;
  const businessKey = lapseKey(id, reviewOn);
  if (!(await addLapse(transaction, { entry: id, reviewOn, businessKey, openedAt: at }))) return false;
  const { unit, version } = entry;
  const [started] = await deps.executor.executeIn(transaction, [
    {
      kind: 'start',
      businessKey,
      process: 'supervision',
      message: 'supervision-ordered',
      realm: 'live',
      at,
      actor,
      variables: { unit, knowledgeEntry: id, knowledgeVersion: version },
    },
  ]);
  if (started?.refusal) throw started.refusal;
  await stateGround(deps, transaction, businessKey, {
    supervisionGround: ground,
    supervisionReason: `知识库条目 ${id} 第 ${version} 版应于 ${reviewOn} 以前复核,到期没有复核。`,
  });
  const body = { actor, entry: id, version, unit, reviewOn, workOrder: businessKey, provisions: [ground] };
  await deps.trail.append(transaction, [{ stream: 'knowledge', type: 'knowledge.lapsed', at, body }]);
  const telling = {
    // Of the supervision, where the notice leads; its first entry is the one that opened it.
    stream: businessKey,
    seq: 1,
    element: `lapse-${id}`,
    recipient: `unit:${unit}`,
    level: null,
    title: '知识库条目逾期未复核,已发督办单',
    text: `知识库条目 ${id} 应于 ${reviewOn} 以前复核;请改写或者撤下,督办随之结束(第二十八条第三项、第三十四条第二款)。`,
    article: ground,
    at,
  };
  await putInInboxes(transaction, [telling], at);
  return true;
}

async function stateGround(
  deps: TaskDeps,
  transaction: Transaction,
  key: string,
  answers: { readonly supervisionGround: string; readonly supervisionReason: string },
): Promise<void> {
  const file = await caseOf(transaction, key);
  const task = [...file.tasks.values()].find(({ element }) => element === 'Task_StateGround');
  if (task)
    await completeTaskIn(deps, transaction, taskId(file.id, task), answers, { actor, does: () => true });
}

/** The unit has written or withdrawn the entry: its supervisions are over. */
export async function endLapses(
  deps: Pick<TaskDeps, 'executor' | 'clock'>,
  transaction: Transaction,
  entry: number,
  by: string,
): Promise<void> {
  for (const key of await openLapses(transaction, entry)) {
    const { id } = await caseOf(transaction, key);
    const at = deps.clock.now();
    const [answer] = await deps.executor.executeIn(transaction, [
      { kind: 'send', caseId: id, message: 'handled', at, actor: by },
    ]);
    // Between two orders, or where the diagram waits for nothing: what was not handled in time stays so.
    if (answer?.refusal && answer.refusal.code !== 'stimulus.not-waiting') throw answer.refusal;
  }
}

async function caseOf(transaction: Transaction, key: string): Promise<CaseFile> {
  const file = (await loadCasesByKey(transaction, [key])).get(key);
  if (!file) throw new Error(`there is no case ${key}`);
  return file;
}
