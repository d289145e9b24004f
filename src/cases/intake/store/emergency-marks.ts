/** Callers' texts that suggest an emergency, kept until the request is registered or somebody has settled the mark. */
import type { Transaction } from '../../../platform/database/index.js';

export interface MarkedChannel {
  readonly key: string;
  readonly name: string;
  readonly dial: string | null;
  readonly reach: string;
}

interface Mark {
  readonly no: string;
  /** Number of the entry that records the text. */
  readonly entry: number;
  readonly channels: readonly MarkedChannel[];
  readonly at: Date;
}

export async function keepEmergency(transaction: Transaction, mark: Mark): Promise<void> {
  await transaction.query(
    'INSERT INTO emergency_mark (work_order, entry, channels, marked_at) VALUES ($1, $2, $3, $4)',
    [mark.no, mark.entry, JSON.stringify(mark.channels), mark.at],
  );
}

export async function clearEmergency(transaction: Transaction, no: string, at: Date): Promise<void> {
  await transaction.query(
    'UPDATE emergency_mark SET cleared_at = $2 WHERE work_order = $1 AND cleared_at IS NULL',
    [no, at],
  );
}

interface Waiting {
  readonly no: string;
  readonly caseId: string;
  readonly channels: readonly MarkedChannel[];
}

/** The marks of one sheet, or of all sheets that the transaction's viewer may see; oldest first, one per sheet. */
export async function waitingEmergencies(transaction: Transaction, no?: string): Promise<readonly Waiting[]> {
  const marks = await transaction.query<Waiting>(
    `SELECT work_order AS no, case_id::text AS "caseId", channels FROM waiting_emergency
      WHERE $1::text IS NULL OR work_order = $1 ORDER BY case_id, entry LIMIT 1000`,
    [no ?? null],
  );
  const sheets = new Map<string, Waiting>();
  for (const mark of marks) {
    const before = sheets.get(mark.no)?.channels ?? [];
    const further = mark.channels.filter(({ key }) => before.every((one) => one.key !== key));
    sheets.set(mark.no, { ...mark, channels: [...before, ...further] });
  }
  return [...sheets.values()];
}
