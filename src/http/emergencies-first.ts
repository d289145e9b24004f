/** A page of a worklist with possible emergencies first, whatever the order. */
import { z } from 'zod';
import { waitingEmergencies, type MarkedChannel } from '../cases/index.js';
import { listTasks, type TaskOrder, type WorklistFilter, type WorklistRow } from '../engine/index.js';
import type { Transaction } from '../platform/database/index.js';
import { markOf, pageOf, taskMark } from './cursor.js';

interface Asked {
  readonly limit: number;
  readonly cursor: string | undefined;
  /** Order in the cursor: a cursor of another order is refused. */
  readonly sort: string;
  readonly order: TaskOrder;
}

export interface MarkedRow extends WorklistRow {
  readonly emergency: readonly MarkedChannel[];
}

const worklistCursor = (sort: string, cursor: string | undefined) =>
  markOf(
    z.union([
      taskMark(sort).transform((mark) => ({ among: 'others' as const, mark })),
      taskMark(firstOf(sort)).transform((mark) => ({ among: 'emergencies' as const, mark })),
    ]),
    cursor,
  );

/** @throws {Refusal} `input.invalid` for a cursor of another list */
export async function listEmergenciesFirst(
  transaction: Transaction,
  filter: WorklistFilter,
  { limit, cursor, sort, order }: Asked,
): Promise<{ readonly rows: readonly MarkedRow[]; readonly next: string | null }> {
  const after = worklistCursor(sort, cursor);
  const waiting = await waitingEmergencies(transaction);
  const marks = new Map(waiting.map(({ caseId, channels }) => [caseId, channels]));
  const { keys, further = [] } = filter;
  const marked = waiting.map(({ no }) => no).filter((no) => keys?.includes(no) ?? true);
  const first =
    marked.length === 0 || after?.among === 'others'
      ? []
      : await listTasks(
          transaction,
          { ...filter, keys: marked },
          { limit: limit + 1, after: after?.mark, order },
        );
  const left = limit + 1 - first.length;
  const others: WorklistFilter =
    waiting.length === 0
      ? filter
      : {
          ...filter,
          further: [...further, (bind) => `t.case_id <> ALL (${bind([...marks.keys()])}::bigint[])`],
        };
  const rest =
    left <= 0
      ? []
      : await listTasks(transaction, others, {
          limit: left,
          after: after?.among === 'others' ? after.mark : undefined,
          order,
        });
  const rows = [...first, ...rest].map((row) => ({ ...row, emergency: marks.get(row.caseId) ?? [] }));
  return pageOf(rows, limit, ({ mark, emergency }) => [emergency.length > 0 ? firstOf(sort) : sort, ...mark]);
}

const firstOf = (sort: string): string => `emergencies ${sort}`;
