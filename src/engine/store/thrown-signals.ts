/** Signals between cases: one row each, from the throwing step until every waiting case has received it. */
import type { Transaction } from '../../platform/database/index.js';
import type { ThrownSignal } from '../execution/case-file.js';
import type { Command, StartCase } from '../execution/command.js';
import type { DefinitionStore } from './definition-store.js';

/** Call in the step's transaction. */
export async function writeSignals(
  transaction: Transaction,
  sender: string,
  signals: readonly ThrownSignal[],
): Promise<void> {
  for (const { name, at, process } of signals) {
    await transaction.query(
      'INSERT INTO thrown_signal (name, thrown_at, process, sender) VALUES ($1, $2, $3, $4)',
      [name, at, process, sender],
    );
  }
}

interface SignalRow {
  readonly id: string;
  readonly name: string;
  readonly thrownAt: Date;
  readonly process: string;
  readonly sender: string;
  readonly doneUpTo: string;
}

/**
 * The commands that deliver the oldest signal to its next `limit` cases and, after the last, start
 * its processes. The row advances in the same transaction, so that nobody receives a signal twice,
 * whichever program dies.
 *
 * @returns undefined if no signal is pending, or another program has it
 */
export async function nextHearings(
  transaction: Transaction,
  definitions: DefinitionStore,
  now: Date,
  limit: number,
): Promise<readonly Command[] | undefined> {
  const [thrown] = await transaction.query<SignalRow>(
    `SELECT id::text AS id, name, thrown_at AS "thrownAt", process, sender, done_up_to::text AS "doneUpTo"
       FROM thrown_signal ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`,
  );
  if (!thrown) return undefined;
  await definitions.prepare(transaction, []);
  const cases = await waitingCases(transaction, thrown, definitions.hearing(thrown.name), limit);
  const signal = { name: thrown.name, from: thrown.process, sender: thrown.sender };
  const heard = cases.map((caseId): Command => ({ kind: 'hear', caseId, at: now, signal }));
  const last = cases.at(-1);
  if (last !== undefined && cases.length === limit) {
    await transaction.query('UPDATE thrown_signal SET done_up_to = $2 WHERE id = $1', [thrown.id, last]);
    return heard;
  }
  await transaction.query('DELETE FROM thrown_signal WHERE id = $1', [thrown.id]);
  const starts = definitions.startedBySignal(thrown.name, thrown.thrownAt);
  return [
    ...heard,
    ...starts.map(({ deployed: { key }, event }): StartCase => ({
      ...{ kind: 'start', businessKey: `信号:${key}:${event}:${thrown.id}`, process: key },
      ...{ realm: 'live', at: thrown.thrownAt, signal: { ...signal, event } },
    })),
  ];
}

/**
 * Running cases that may wait for the signal and existed when it was thrown, by id. The sender's
 * own instances have received it already.
 */
async function waitingCases(
  transaction: Transaction,
  { thrownAt, sender, doneUpTo }: SignalRow,
  definitions: readonly number[],
  limit: number,
): Promise<readonly string[]> {
  if (definitions.length === 0) return [];
  const rows = await transaction.query<{ id: string }>(
    `SELECT c.id::text AS id FROM process_case c
      WHERE c.realm = 'live' AND c.ended_at IS NULL AND c.id > $1::bigint AND c.started_at <= $2
        AND c.business_key <> $3
        AND EXISTS (SELECT FROM case_definition d WHERE d.case_id = c.id AND d.definition = ANY ($4::int[]))
      ORDER BY c.id LIMIT $5`,
    [doneUpTo, thrownAt, sender, [...definitions], limit],
  );
  return rows.map(({ id }) => id);
}
