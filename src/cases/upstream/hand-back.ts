/** Returns the result of an ended sheet to the upstream hotline that sent it, once: to its address, or by a person. */
import { z } from 'zod';
import { write, type Trail } from '../../accountability/index.js';
import {
  handBackKind,
  lockToHandBack,
  noteEnded,
  toHandBack,
  upstreamProjector,
  type UpstreamSheet,
} from '../../channel/index.js';
import { addJobs, defineJob, handled, type Job } from '../../platform/jobs/index.js';
import { Refusal, seal } from '../../kernel/index.js';
import { restingOn } from '../../kernel/law.js';
import {
  carry,
  cloudEvent,
  defineSending,
  put,
  reopen,
  sender,
  type Message,
  type Sender,
  type OutboxDeps,
} from '../../channel/outbox/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { amendCase, caseOf } from '../amend-case.js';
import { readCase, type CaseView, type ReadDeps } from '../read-case.js';
import { resultOf, resultText, type Result } from './result.js';
import type { Using } from '../parts.js';

const job = defineJob('upstream.ended', z.object({ workOrder: z.string() }), {
  title: '上级热线的工单办结没有',
  attempts: 12,
  subject: ({ workOrder }) => `工单 ${workOrder}`,
});

const result = defineSending(handBackKind, z.object({}), { title: '结果回告上级热线' });

/** Runs after every step of such a sheet that people are notified of; the job checks whether the case has ended. */
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

type RecordDeps = ReadDeps & Using<'catalogues' | 'clock' | 'executor'>;

type HandBackDeps = RecordDeps & OutboxDeps;

export function endedJob(deps: HandBackDeps): Job {
  const { database, clock, vault } = deps;
  return handled(job, async ({ workOrder }) => {
    const view = await readCase(deps, workOrder);
    await database.transaction(async (transaction) => {
      if (!(await resultOf(deps, transaction, view))) return;
      const sheet = await noteEnded(transaction, vault, workOrder, view.file.endedAt ?? clock.now());
      if (!sheet?.way) return;
      const item = {
        ...{ key: workOrder, sheet: workOrder, about: {} },
        ...{ recipient: sheet.sourceName, occasion: `工单 ${workOrder} 的结果` },
      };
      await put(transaction, result, [item], { at: clock.now() });
      // A later step retries a return that was given up, because the address may have changed.
      await reopen(transaction, result, workOrder);
    });
  });
}

export const handBackSender = (deps: HandBackDeps): Sender =>
  sender(deps, {
    kind: result,
    prepare: async ({ key: workOrder }) => {
      const { database, clock, vault } = deps;
      const view = await readCase(deps, workOrder);
      const found = await database.transaction(async (transaction) => {
        const told = await resultOf(deps, transaction, view);
        const sheet = told && (await noteEnded(transaction, vault, workOrder, clock.now()));
        return told && sheet?.way && { sheet, way: sheet.way, told };
      });
      if (!found) return { dropped: '来源不再设地址，或者已经由人回告' };
      const { sheet, way, told } = found;
      return {
        carry: (signal) => carry(deps, way, messageOf(clock.now(), sheet, told), signal),
        noted: async (transaction, _item, { outcome }, note) => {
          // The case is locked first, as by everybody who writes its trail.
          if (outcome === 'sent')
            await record(deps, transaction, view, { result: told, way: 'webhook', actor: '系统' });
          await note();
        },
      };
    },
  });

function messageOf(now: Date, { workOrder, number }: UpstreamSheet, result: Result): Message {
  const id = `handed_${workOrder}`;
  return {
    id,
    title: `工单 ${workOrder} 的结果`,
    text: resultText(result),
    event: JSON.stringify(
      cloudEvent({
        ...{ id, type: 'hotline.upstream.handed-back', subject: workOrder, at: now },
        data: { number, workOrder, ...result },
      }),
    ),
  };
}

/**
 * Records that a person told the upstream hotline by telephone or in its own system. @throws
 * {Refusal} `upstream.not-waiting`
 */
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
      remedy: '还没有办结的，办结以后再记；已经回告过的不必再记；工单页写着',
    });
  });
}

interface Handing {
  readonly result: Result;
  readonly way: 'webhook' | 'by-hand';
  readonly actor: string;
  readonly note?: string;
}

/** @returns false if the result was returned before */
async function record(
  deps: RecordDeps,
  transaction: Transaction,
  { file: { businessKey: no } }: CaseView,
  { result, way, actor, note }: Handing,
): Promise<boolean> {
  const file = await caseOf(deps, transaction, no);
  const sheet = await lockToHandBack(transaction, no);
  if (!sheet) return false;
  const at = deps.clock.now();
  const { sourceName: source, number } = sheet;
  const { outcome, satisfaction } = result;
  const told = resultText(result);
  const { entries = [] } = await amendCase(deps, transaction, file, {
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
  await write(transaction, upstreamProjector, entries);
  return true;
}
