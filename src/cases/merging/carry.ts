/**
 * Repeats a unit's acts on a leading sheet for its members: each in the member's own trail and
 * transaction, by the same person, with the same text (docs/merging.md). The leading sheet's
 * transaction only queues a job, so that the officer does not wait for 200 members and a killed
 * program loses none.
 */
import { z } from 'zod';
import { lockCases, loadCases, type CaseFile } from '../../engine/index.js';
import { addJobs, defineJob, handled, type Job } from '../../platform/jobs/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { addCarriedAct, membersOf, mergedSheets, nextCarried, settleCarried } from '../../sheet/index.js';
import { caseOfTask, openTask, taskNotFound, type Performer, type TaskDeps } from '../tasks.js';
import { carryTo, type CarryDeps } from './carry-to-member.js';
import { unitNamed } from '../../kernel/unit-name.js';

const carryJob = defineJob('merging.carry', z.strictObject({ lead: z.string() }), {
  title: '主单上办的带到成员',
  subject: ({ lead }) => `主单 ${lead}`,
  attempts: 12,
});

interface Carrying {
  /** How those callers were informed whom no message reaches; null if each is informed later. */
  readonly told: string | null;
}

/**
 * Does the work on a leading sheet and queues it for the members that the same unit holds.
 *
 * @throws {Refusal} like the work; `input.invalid` if the task belongs to no unit
 */
export async function doWithMembers(
  deps: TaskDeps,
  id: string,
  performer: Performer,
  carrying: Carrying,
  work: (transaction: Transaction) => Promise<CaseFile>,
): Promise<CaseFile> {
  return deps.database.transaction((transaction) =>
    doWithMembersIn(deps, transaction, id, performer, carrying, () => work(transaction)),
  );
}

/** Runs within the caller's transaction. */
export async function doWithMembersIn(
  deps: TaskDeps,
  transaction: Transaction,
  id: string,
  performer: Performer,
  { told }: Carrying,
  work: () => Promise<CaseFile>,
): Promise<CaseFile> {
  const caseId = caseOfTask(id);
  const files = await lockCases(transaction, [caseId]);
  const before = files.get(caseId);
  if (!before) throw taskNotFound(id);
  const { task, element } = await openTask(deps, transaction, id, files);
  const unit = unitNamed(before.variables.unit);
  if (task.role !== 'unit' || task.locals?.unit !== undefined || unit === undefined) {
    throw new Refusal('input.invalid', `“${element.name}”不能连同并入的工单一起办`, {
      where: 'members',
      remedy: '只有承办单位办的可以一起办；审核、回访、评价逐件进行',
    });
  }
  const firstEntry = deps.trail.numberOf(before.bookmark) + 1;
  const done = await work();
  const after = (await loadCases(transaction, [caseId])).get(caseId);
  const lastEntry = deps.trail.numberOf(after?.bookmark ?? before.bookmark);
  const lead = before.businessKey;
  const members = (await mergedSheets(transaction, await membersOf(transaction, lead)))
    .filter((one) => !one.ended && one.unit === unit && !performer.recusedFrom?.includes(one.no))
    .map(({ no }) => no);
  if (members.length === 0) return done;
  const act = { lead, firstEntry, lastEntry, unit, actor: performer.actor, told, at: deps.clock.now() };
  await addCarriedAct(transaction, act, members);
  // Each leading sheet has one queue, because a later act relies on the earlier ones.
  const key = `${carryJob.name} ${lead}`;
  addJobs(transaction, carryJob, [{ payload: { lead }, key, queue: key }]);
  return done;
}

export function carryingJob(deps: CarryDeps): Job {
  return handled(carryJob, async ({ lead }, { signal }) => {
    const failed: string[] = [];
    let fault: unknown;
    while (!signal.aborted) {
      let member = '';
      try {
        const isDone = await deps.database.transaction(async (transaction) => {
          const next = await nextCarried(transaction, lead, failed);
          if (!next) return true;
          member = next.member;
          await settleCarried(transaction, next, await carryTo(deps, transaction, next));
          return false;
        });
        if (isDone && fault === undefined) return;
        if (isDone) throw unfinished(failed.length, fault);
      } catch (error) {
        // A member that fails does not keep the others waiting.
        if (member === '' || failed.includes(member)) throw error;
        failed.push(member);
        fault = error;
      }
    }
    throw new Error('程序停止，还有成员没有带到；由别的程序或下次启动接着做');
  });
}

const unfinished = (count: number, cause: unknown): Error =>
  new Error(`${count} 张成员没有办成，稍后再试：${cause instanceof Refusal ? cause.message : '程序出错'}`, {
    cause,
  });
