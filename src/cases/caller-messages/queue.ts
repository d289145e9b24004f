/**
 * Turns entries of the trail into messages for callers: one job for each occasion of a sheet whose
 * caller can be reached.
 */
import { z } from 'zod';
import type { Trail } from '../../accountability/index.js';
import { withWayBack } from '../../channel/index.js';
import { addJobs, defineJob } from '../../platform/jobs/index.js';
import type { Occasions } from '../../channel/message/index.js';
import type { Transaction } from '../../platform/database/index.js';

export const composeJob = defineJob(
  'message.compose',
  z.object({ workOrder: z.string(), entry: z.int(), occasion: z.string() }),
  {
    title: '写给来电人的消息',
    attempts: 12,
    subject: ({ workOrder, occasion }) => `工单 ${workOrder}：${occasion}`,
  },
);

export const queueMessages =
  (occasions: Occasions) =>
  async (transaction: Transaction, entries: Awaited<ReturnType<Trail['between']>>): Promise<void> => {
    const found = entries.flatMap((entry) =>
      occasions.of(entry).map(({ key }) => ({ workOrder: entry.stream, entry: entry.seq, occasion: key })),
    );
    if (found.length === 0) return;
    const reachable = await withWayBack(transaction, [...new Set(found.map(({ workOrder }) => workOrder))]);
    addJobs(
      transaction,
      composeJob,
      found
        .filter(({ workOrder }) => reachable.has(workOrder))
        .map((payload) => ({
          payload,
          key: `${composeJob.name} ${payload.workOrder} ${payload.entry} ${payload.occasion}`,
        })),
    );
  };
