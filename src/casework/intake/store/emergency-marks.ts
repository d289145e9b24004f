/** Requests that say somebody is in danger, until they are registered. */
import type { Transaction } from '../../../persistence/index.js';

export interface MarkedChannel {
  readonly key: string;
  readonly name: string;
  readonly dial: string | null;
  readonly reach: string;
}

export async function keepEmergency(
  transaction: Transaction,
  mark: { readonly no: string; readonly channels: readonly MarkedChannel[]; readonly at: Date },
): Promise<void> {
  await transaction.query(
    'INSERT INTO emergency_mark (work_order, channels, marked_at) VALUES ($1, $2, $3)',
    [mark.no, JSON.stringify(mark.channels), mark.at],
  );
}

export async function clearEmergency(transaction: Transaction, no: string, at: Date): Promise<void> {
  await transaction.query(
    'UPDATE emergency_mark SET cleared_at = $2 WHERE work_order = $1 AND cleared_at IS NULL',
    [no, at],
  );
}

/** Of one sheet, or of all that the transaction's viewer may see, the oldest first. */
export async function waitingEmergencies(
  transaction: Transaction,
  no?: string,
): Promise<
  readonly { readonly no: string; readonly caseId: string; readonly channels: readonly MarkedChannel[] }[]
> {
  return transaction.query(
    `SELECT work_order AS no, case_id::text AS "caseId", channels FROM waiting_emergency
      WHERE $1::text IS NULL OR work_order = $1 ORDER BY case_id LIMIT 1000`,
    [no ?? null],
  );
}
