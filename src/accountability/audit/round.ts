/** State of the nightly round: how far it has come, and what it has found. */
import type { Transaction } from '../../platform/database/index.js';
import type { Finding } from './finding.js';

export interface Round {
  /** The last chain that the round has verified; empty at the start of a round. */
  readonly after: string;
  /** Size of the tree that the last night verified. */
  readonly size: number;
  readonly startedAt: Date;
}

export async function readRound(transaction: Transaction): Promise<Round | undefined> {
  const [row] = await transaction.query<Round>(
    'SELECT after, size, started_at AS "startedAt" FROM trail_round',
  );
  return row;
}

export const saveRound = (transaction: Transaction, { after, size, startedAt }: Round): Promise<unknown> =>
  transaction.query(
    `INSERT INTO trail_round (after, size, started_at) VALUES ($1, $2, $3)
     ON CONFLICT (one) DO UPDATE SET after = excluded.after, size = excluded.size, started_at = excluded.started_at`,
    [after, size, startedAt],
  );

/**
 * Replaces the earlier findings of these chains, and those of no chain; findings of other chains
 * remain.
 *
 * @param streams undefined means all chains
 */
export async function keepFindings(
  transaction: Transaction,
  findings: readonly Finding[],
  streams: readonly string[] | undefined,
  foundAt: Date,
): Promise<void> {
  await transaction.query(
    `DELETE FROM trail_finding WHERE $1::text[] IS NULL OR stream = '' OR stream = ANY ($1::text[])`,
    [streams ?? null],
  );
  await transaction.query(
    `INSERT INTO trail_finding (stream, attack, detail, of_table, of_row, found_at)
     SELECT f.*, $6 FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS f`,
    [
      findings.map(({ stream }) => stream ?? ''),
      findings.map(({ attack }) => attack),
      findings.map(({ detail }) => detail),
      findings.map(({ row }) => row?.table ?? null),
      findings.map(({ row }) => row?.row ?? null),
      foundAt,
    ],
  );
}

/** The first hundred findings that still apply. */
export async function standingFindings(transaction: Transaction): Promise<readonly Finding[]> {
  const rows = await transaction.query<
    Pick<Finding, 'attack' | 'detail'> & { stream: string; table: string | null; row: string | null }
  >(
    `SELECT stream, attack, detail, of_table AS "table", of_row AS row FROM trail_finding ORDER BY id LIMIT 100`,
  );
  return rows.map(({ stream, attack, detail, table, row }) => ({
    ...{ attack, detail },
    ...(stream === '' ? {} : { stream }),
    ...(table === null || row === null ? {} : { row: { table, row } }),
  }));
}

/** The first thousand chains with findings. */
export async function streamsFound(transaction: Transaction): Promise<ReadonlySet<string>> {
  const rows = await transaction.query<{ stream: string }>(
    // A row that belongs to no chain is identified by the number of its case.
    `SELECT DISTINCT coalesce(nullif(stream, ''), split_part(of_row, ' ', 1)) AS stream FROM trail_finding
      WHERE stream <> '' OR of_row IS NOT NULL LIMIT 1000`,
  );
  return new Set(rows.map(({ stream }) => stream));
}
