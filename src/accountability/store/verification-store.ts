import type { Transaction } from '../../persistence/index.js';
import type { Finding } from '../audit/finding.js';

export interface Verification {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly entries: number;
  readonly streams: number;
  /** Leaves of the tree. */
  readonly size: number;
  readonly holds: boolean;
  /** What was looked at, in Chinese. */
  readonly facts: readonly string[];
  /** What does not hold; the first hundred. */
  readonly findings: readonly Finding[];
}

export async function saveVerification(transaction: Transaction, one: Verification): Promise<void> {
  await transaction.query(
    `INSERT INTO trail_verification
       (started_at, ended_at, entries, streams, size, holds, facts, findings)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      one.startedAt,
      one.endedAt,
      one.entries,
      one.streams,
      one.size,
      one.holds,
      JSON.stringify(one.facts),
      JSON.stringify(one.findings),
    ],
  );
}

export async function latestVerification(transaction: Transaction): Promise<Verification | undefined> {
  const [row] = await transaction.query<Verification>(
    `SELECT started_at AS "startedAt", ended_at AS "endedAt", entries, streams, size, holds, facts, findings
       FROM trail_verification ORDER BY id DESC LIMIT 1`,
  );
  return row;
}
