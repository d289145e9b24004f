/**
 * Notifies the unit and the hotline's supervisors once when an upstream hotline's limit nears, and
 * once when it has passed. Each sheet has one job, queued for the next of the two instants; the
 * calendar of that day decides whether the instant has come.
 */
import { z } from 'zod';
import { createDueDates } from '../../calendar/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { lockToHandBack, noteReminded } from '../../channel/index.js';
import type { CaseFile } from '../../engine/index.js';
import type { StandIns } from '../../identity/index.js';
import { addJobs, defineJob, handled, type Job } from '../../platform/jobs/index.js';
import { provisionFor } from '../../kernel/law.js';
import { announceUpstreamLimit } from '../../channel/notification/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { entryNumber } from '../entry-number.js';
import { amendCase, caseOf } from '../amend-case.js';
import { standInsOf } from '../stand-ins.js';
import type { Using } from '../parts.js';

const job = defineJob('upstream.remind', z.object({ workOrder: z.string(), at: z.iso.datetime() }), {
  title: '上级热线的期限将到、已过，提醒',
  attempts: 12,
  subject: ({ workOrder }) => `工单 ${workOrder}`,
});

export const remindOf = (transaction: Transaction, workOrder: string, runAt: Date): void =>
  addJobs(transaction, job, [
    { payload: { workOrder, at: runAt.toISOString() }, key: `${job.name} ${workOrder}`, runAt },
  ]);

interface RemindingDeps extends Using<
  'calendar' | 'clock' | 'database' | 'executor' | 'laws' | 'notificationRules' | 'policies' | 'trail'
> {
  readonly identity: { readonly rules: { readonly standIns: StandIns } };
}

export function remindingJob(deps: RemindingDeps): Job {
  return handled(job, ({ workOrder, at }) =>
    deps.database.transaction(async (transaction) => {
      const now = deps.clock.now();
      // A job queued anew would run again at once, endlessly.
      if (now < new Date(at)) throw new Error(`任务队列的钟比程序的快：${at} 还没有到`);
      await deps.calendar.refresh(transaction);
      await deps.policies.refresh(transaction);
      // The case is locked first, as by everybody who writes its trail.
      const file = await caseOf(deps, transaction, workOrder);
      const sheet = await lockToHandBack(transaction, workOrder);
      if (!sheet?.dueAt || sheet.reminded === 'passed') return;
      const { dueAt: due, reminded, sourceName: source, number } = sheet;
      const stage = now >= due ? 'passed' : now >= reminderFor(deps, file, due) ? 'near' : undefined;
      if (stage !== 'passed') remindOf(transaction, workOrder, stage ? due : reminderFor(deps, file, due));
      if (!stage || stage === reminded) return;
      await noteReminded(transaction, workOrder, stage);
      await tell(deps, transaction, file, { stage, source, number, due });
    }),
  );
}

/** Reminds as long before the limit as the processes' own reminders do. */
function reminderFor({ calendar, policies }: RemindingDeps, { startedAt }: CaseFile, due: Date): Date {
  const terms = { policies: policies.at(startedAt) };
  const limit = { kind: 'date', text: toShanghaiIso(due), unit: 'natural', edge: 'end' } as const;
  const before = { direction: 'before', to: limit } as const;
  const timer = {
    kind: 'duration',
    text: 'P2D',
    unit: 'working-days',
    edge: 'end',
    relative: before,
  } as const;
  return createDueDates({ calendar: calendar.current }).due(
    { ...timer, policy: 'reminderLead' },
    startedAt,
    terms,
  ).at;
}

async function tell(
  deps: RemindingDeps,
  transaction: Transaction,
  file: CaseFile,
  told: {
    readonly stage: 'near' | 'passed';
    readonly source: string;
    readonly number: string;
    readonly due: Date;
  },
): Promise<void> {
  const at = deps.clock.now();
  const article = provisionFor('sheet', deps.laws.ofCase(file));
  const answer = await amendCase(deps, transaction, file, {
    at,
    type: 'upstream.reminded',
    // Lists show the sheet red from now on; no warning card is issued or withdrawn.
    ...(told.stage === 'passed' ? { variables: { upstreamPassed: true } } : {}),
    body: { ...told, due: toShanghaiIso(told.due), provisions: [article] },
    actor: '系统',
  });
  const seq = entryNumber(deps.trail, answer, 'upstream.reminded');
  const { standIns } = deps.identity.rules;
  await announceUpstreamLimit(
    transaction,
    { rules: deps.notificationRules, bodies: standIns },
    {
      ...{ ...told, workOrder: file.businessKey, seq, at, article },
      standIns: standInsOf(standIns)(file.variables, deps.policies.at(file.startedAt)),
    },
  );
}
