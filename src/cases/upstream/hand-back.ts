/** The result of an ended sheet goes back to the upstream hotline that sent it, once: to its address, or by a person. */
import { z } from 'zod';
import type { Trail } from '../../accountability/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import {
  handOver,
  lockToHandBack,
  noteEnded,
  noteHandingFailure,
  toHandBack,
  type UpstreamSheet,
} from '../../channel/index.js';
import type { Executor } from '../../engine/index.js';
import { addJobs, defineJob, handled, type Job } from '../../platform/jobs/index.js';
import { Refusal, seal, type Clock, type Vault } from '../../kernel/index.js';
import { restingOn } from '../../kernel/law.js';
import { sendThrough, type Message, type OutgoingSettings } from '../../channel/notification/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Catalogues } from '../../law/regulation/index.js';
import { amendCase, caseOf } from '../amend-case.js';
import { readCase, type CaseView, type ReadDeps } from '../read-case.js';
import { resultOf, resultText, type Result } from './result.js';

const job = defineJob('upstream.hand-back', z.object({ workOrder: z.string() }), {
  title: '结果回告上级热线',
  // As messages to callers: over sixteen hours.
  attempts: 12,
  subject: ({ workOrder }) => `工单 ${workOrder}`,
});

/** After every entry of such a sheet; the job looks whether its case has ended. */
export async function queueHandingBack(
  transaction: Transaction,
  entries: Awaited<ReturnType<Trail['between']>>,
): Promise<void> {
  const sheets = [...new Set(entries.map(({ stream }) => stream))];
  if (sheets.length === 0) return;
  addJobs(
    transaction,
    job,
    (await toHandBack(transaction, sheets)).map((workOrder) => ({
      payload: { workOrder },
      key: `${job.name} ${workOrder}`,
    })),
  );
}

interface RecordDeps extends ReadDeps {
  readonly catalogues: Catalogues;
  readonly clock: Clock;
  readonly executor: Executor;
}

interface HandBackDeps extends RecordDeps {
  readonly outgoing: OutgoingSettings;
  readonly vault: Vault;
}

/** At least once, always under the same number, by which a receiver recognises it; the trail says it once. */
export function handingBackJob(deps: HandBackDeps): Job {
  const { database, clock, vault } = deps;
  return handled(job, async ({ workOrder }, { signal }) => {
    const view = await readCase(deps, workOrder);
    const found = await database.transaction(async (transaction) => {
      const result = await resultOf(deps, transaction, view);
      if (!result) return undefined;
      const sheet = await noteEnded(transaction, vault, workOrder, view.file.endedAt ?? clock.now());
      return sheet?.way && { sheet, way: sheet.way, result };
    });
    if (!found) return;
    const { sheet, way, result } = found;
    try {
      await sendThrough(deps, { kind: 'webhook', ...way }, messageOf(clock.now(), sheet, result), signal);
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      await database.transaction((transaction) => noteHandingFailure(transaction, workOrder, failure));
      throw error;
    }
    await database.transaction((transaction) =>
      record(deps, transaction, view, { result, way: 'webhook', actor: '系统' }),
    );
  });
}

function messageOf(now: Date, { workOrder, number }: UpstreamSheet, result: Result): Message {
  const id = `handed_${workOrder}`;
  return {
    id,
    title: `工单 ${workOrder} 的结果`,
    text: resultText(result),
    event: JSON.stringify({
      specversion: '1.0',
      id,
      source: '/hotline',
      type: 'hotline.upstream.handed-back',
      subject: workOrder,
      time: toShanghaiIso(now),
      datacontenttype: 'application/json',
      data: { number, workOrder, ...result },
    }),
  };
}

/** Somebody told the upstream hotline by telephone or in its own system. @throws {Refusal} `upstream.not-waiting` */
export async function handBackByHand(
  deps: RecordDeps,
  no: string,
  given: { readonly note: string; readonly actor: string },
): Promise<void> {
  const view = await readCase(deps, no);
  await deps.database.transaction(async (transaction) => {
    const result = await resultOf(deps, transaction, view);
    const isDone =
      result !== undefined && (await record(deps, transaction, view, { result, way: 'by-hand', ...given }));
    if (isDone) return;
    throw new Refusal('upstream.not-waiting', `工单 ${no} 不待回告上级热线`, {
      remedy: '还没有办结的,办结以后再记;已经回告过的不必再记;工单页写着',
    });
  });
}

interface Handing {
  readonly result: Result;
  readonly way: 'webhook' | 'by-hand';
  readonly actor: string;
  readonly note?: string;
}

/** @returns false if it was handed back before */
async function record(
  deps: RecordDeps,
  transaction: Transaction,
  { file: { businessKey: no } }: CaseView,
  { result, way, actor, note }: Handing,
): Promise<boolean> {
  // The case first, as everybody who writes its trail does.
  const file = await caseOf(deps, transaction, no);
  const sheet = await lockToHandBack(transaction, no);
  if (!sheet) return false;
  const at = deps.clock.now();
  const { sourceName: source, number } = sheet;
  const { outcome, satisfaction } = result;
  await handOver(transaction, no, { at, actor });
  const told = resultText(result);
  await amendCase(deps, transaction, file, {
    at,
    type: 'upstream.handed-back',
    body: {
      source,
      number,
      way,
      outcome,
      satisfaction,
      provisions: restingOn('reply', deps.laws.ofCase(file)),
    },
    sealed: [
      ...(told === '' ? [] : [seal('text', told)]),
      ...(note === undefined ? [] : [seal('note', note)]),
    ],
    actor,
  });
  return true;
}
