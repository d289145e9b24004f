/**
 * Knowledge entries that are past their review date. Each day the process `supervision` starts for
 * every valid entry that is overdue, once per date, and the unit is notified. A supervisor decides
 * whether the content is late or wrong; under the policy `knowledgeLapse` = `order` the program
 * decides. The supervision ends when the unit rewrites or withdraws the entry.
 */
import { civilDateOf } from '../../kernel/civil-date.js';
import { write } from '../../accountability/index.js';
import { loadCasesByKey, type CaseFile } from '../../engine/index.js';
import type { Job } from '../../platform/jobs/index.js';
import {
  lapsedEntries,
  lapseKey,
  lapseProjector,
  lockEntry,
  openLapses,
  readLapse,
} from '../../sheet/knowledge/index.js';
import { addToInboxes } from '../../channel/notification/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { nightly } from '../nightly.js';
import type { Using } from '../parts.js';
import { completeTaskIn, taskId, type TaskDeps } from '../tasks.js';
import { placeOfUnit } from '../units.js';
import { lawOf, provisionFor, restingOn, type Law } from '../../kernel/law.js';
import type { Policies } from '../../kernel/timer-spec.js';

const { job, schedule } = nightly('knowledge.daily', '核对知识库的复核日期');

interface LapseDeps extends TaskDeps {
  readonly policies: Policies;
}

const actor = '知识库复核（每日）';
const groundOf = (law: Law): string => provisionFor('supervision-knowledge', law);

export const dailyKnowledge = (deps: LapseDeps): Job => job(deps, () => superviseLapses(deps));

/** Runs at program start, since all programs may have been down at midnight; then every midnight. */
export const scheduleKnowledge = (deps: Using<'clock' | 'database'>): Promise<void> =>
  schedule(deps, (_transaction, now) => now);

/** @returns the number of supervisions started; 0 where the regulation has no such ground */
export async function superviseLapses(deps: LapseDeps): Promise<number> {
  if (groundOf(deps.laws.today()) === '') return 0;
  const today = civilDateOf(deps.clock.now());
  const lapsed = await deps.database.transaction((transaction) => lapsedEntries(transaction, today));
  let opened = 0;
  for (const { id, reviewOn } of lapsed) {
    // Each entry has its own transaction, so that a failure does not affect the others.
    const isNew = await deps.database.transaction((transaction) => open(deps, transaction, id, reviewOn));
    if (isNew) opened += 1;
  }
  return opened;
}

async function open(
  deps: LapseDeps,
  transaction: Transaction,
  id: number,
  reviewOn: string,
): Promise<boolean> {
  const entry = await lockEntry(transaction, id);
  const at = deps.clock.now();
  const law = deps.laws.today();
  // Somebody has rewritten the entry meanwhile.
  if (entry?.state !== 'valid' || entry.reviewOn !== reviewOn) return false;
  const businessKey = lapseKey(id, reviewOn);
  if (await readLapse(transaction, businessKey)) return false;
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
      variables: {
        unit,
        ...placeOfUnit(await deps.units.among(transaction, [unit]), { unit }, law),
        knowledgeEntry: id,
        knowledgeVersion: version,
      },
    },
  ]);
  if (started?.refusal) throw started.refusal;
  const ordered = deps.policies.at(at).value('knowledgeLapse') === 'order';
  if (ordered) {
    await stateGround(deps, transaction, businessKey, {
      supervisionGround: groundOf(law),
      supervisionReason: `知识库条目 ${id} 第 ${version} 版应于 ${reviewOn} 以前复核，到期没有复核。`,
    });
  }
  const body = {
    actor,
    entry: id,
    version,
    unit,
    reviewOn,
    workOrder: businessKey,
    provisions: restingOn('supervision-knowledge', law),
  };
  const said = { stream: 'knowledge', type: 'knowledge.lapsed', at, body } as const;
  await write(transaction, lapseProjector, said);
  await deps.trail.append(transaction, [said]);
  const notice = {
    // The supervision's stream, which the notice links to.
    stream: businessKey,
    seq: 1,
    element: `lapse-${id}`,
    recipient: `unit:${unit}`,
    level: null,
    title: ordered ? '知识库条目逾期未复核，已发督办单' : '知识库条目逾期未复核',
    text: `知识库条目 ${id} 应于 ${reviewOn} 以前复核；请改写或者撤下，${ordered ? '督办随之结束' : '否则可能督办'}（${lawOf('supervision-knowledge', law)}、${lawOf('knowledge-review', law)}）。`,
    article: groundOf(law),
    at,
  };
  await addToInboxes(transaction, [notice], at);
  return true;
}

async function stateGround(
  deps: TaskDeps,
  transaction: Transaction,
  key: string,
  answers: { readonly supervisionGround: string; readonly supervisionReason: string },
): Promise<void> {
  const file = await caseOf(transaction, key);
  const task = [...file.tasks.values()].find(({ deeds }) => deeds.includes('supervision-ground.stated'));
  if (task)
    await completeTaskIn(deps, transaction, taskId(file.id, task), answers, { actor, does: () => true });
}

/** Ends the supervisions of a rewritten or withdrawn entry. */
export async function endLapses(
  deps: Pick<TaskDeps, 'executor' | 'clock'>,
  transaction: Transaction,
  entry: number,
  by: string,
): Promise<void> {
  for (const key of await openLapses(transaction, entry)) {
    const { id } = await caseOf(transaction, key);
    const at = deps.clock.now();
    // The first message is for an issued order, the second for a supervision whose ground nobody
    // has stated yet. Between two orders the diagram waits for no message, so the lapse stays on
    // record.
    for (const message of ['handled', 'supervision-unneeded']) {
      const [answer] = await deps.executor.executeIn(transaction, [
        { kind: 'send', caseId: id, message, at, actor: by },
      ]);
      if (!answer?.refusal) break;
      if (answer.refusal.code !== 'stimulus.not-waiting') throw answer.refusal;
    }
  }
}

async function caseOf(transaction: Transaction, key: string): Promise<CaseFile> {
  const file = (await loadCasesByKey(transaction, [key])).get(key);
  if (!file) throw new Error(`there is no case ${key}`);
  return file;
}
