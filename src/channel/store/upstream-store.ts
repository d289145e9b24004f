/**
 * Sheets from an upstream hotline, which is a source whose mapping names a number of its own. The
 * result is returned to it once.
 */
import type { Vault } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { webhook, type Way } from '../outbox/index.js';
import { outgoingPlace } from './source-store.js';

export interface UpstreamSheet {
  readonly workOrder: string;
  readonly source: number;
  readonly sourceName: string;
  readonly number: string;
  readonly dueAt: Date | null;
  /** When the case ended, so that its result can be returned. */
  readonly endedAt: Date | null;
  readonly handedAt: Date | null;
  readonly handedBy: string | null;
  readonly failure: string | null;
  /** The last reminder of its limit. */
  readonly reminded: 'near' | 'passed' | null;
  /** Whether the result is sent to an address of the source. */
  readonly automatic: boolean;
}

const columns = `u.work_order AS "workOrder", u.source, s.name AS "sourceName", u.number, u.due_at AS "dueAt",
  u.ended_at AS "endedAt", u.handed_at AS "handedAt", u.handed_by AS "handedBy", o.failure, u.reminded,
  s.closed_at IS NULL AND s.out_address IS NOT NULL AS automatic`;
/** Kind of returned results in the outbox. */
export const handBackKind = 'upstream.hand-back';
const joined = `FROM upstream_sheet u JOIN channel_source s ON s.id = u.source
  LEFT JOIN outgoing_overview o ON o.sheet = u.work_order AND o.kind = '${handBackKind}' AND u.handed_at IS NULL`;

/** Active upstream hotlines, by name. */
export const upstreamSources = (
  transaction: Transaction,
): Promise<{ readonly id: number; readonly name: string }[]> =>
  transaction.query(
    `SELECT id, name FROM channel_source WHERE closed_at IS NULL AND mapping ->> 'externalNo' IS NOT NULL
      ORDER BY name LIMIT 100`,
  );

/** The sheet of a number that the source gave. */
export async function sheetOfUpstream(
  transaction: Transaction,
  { source, number }: Pick<UpstreamSheet, 'source' | 'number'>,
): Promise<string | undefined> {
  const [earlier] = await transaction.query<{ no: string }>(
    'SELECT work_order AS no FROM upstream_sheet WHERE source = $1 AND number = $2',
    [source, number],
  );
  return earlier?.no;
}

export async function upstreamOf(transaction: Transaction, no: string): Promise<UpstreamSheet | undefined> {
  const [row] = await transaction.query<UpstreamSheet>(
    `SELECT ${columns} ${joined} WHERE u.work_order = $1`,
    [no],
  );
  return row;
}

/** Sheets whose result is not returned yet: the most urgent limit first, those without one last. */
export const upstreamWaiting = (transaction: Transaction, most: number): Promise<UpstreamSheet[]> =>
  transaction.query<UpstreamSheet>(
    `SELECT ${columns} ${joined} WHERE u.handed_at IS NULL ORDER BY u.due_at, u.work_order LIMIT $1`,
    [most],
  );

/** Those of these sheets whose result has not been returned. */
export async function toHandBack(
  transaction: Transaction,
  numbers: readonly string[],
): Promise<readonly string[]> {
  const rows = await transaction.query<{ no: string }>(
    'SELECT work_order AS no FROM upstream_sheet WHERE work_order = ANY ($1::text[]) AND handed_at IS NULL',
    [numbers],
  );
  return rows.map(({ no }) => no);
}

/**
 * Undefined if the result was returned before. `way` is missing if the source has no address.
 *
 * @throws {Refusal} `vault.locked`
 */
export async function noteEnded(
  transaction: Transaction,
  vault: Vault,
  no: string,
  at: Date,
): Promise<(UpstreamSheet & { readonly way: Way | undefined }) | undefined> {
  await transaction.query(
    'UPDATE upstream_sheet SET ended_at = $2 WHERE work_order = $1 AND ended_at IS NULL AND handed_at IS NULL',
    [no, at],
  );
  const [row] = await transaction.query<
    UpstreamSheet & { readonly key: string; readonly address: string; readonly box: Buffer }
  >(
    `SELECT ${columns}, s.key, s.out_address AS address, s.out_secret AS box ${joined}
      WHERE u.work_order = $1 AND u.handed_at IS NULL`,
    [no],
  );
  if (!row) return undefined;
  const { key, address, box, ...sheet } = row;
  const way = sheet.automatic ? webhook(address, vault.open(box, outgoingPlace(key, address))) : undefined;
  return { ...sheet, way };
}

/** Locked until the transaction ends. Undefined if the result was returned. */
export async function lockToHandBack(
  transaction: Transaction,
  no: string,
): Promise<UpstreamSheet | undefined> {
  const [row] = await transaction.query<UpstreamSheet>(
    `SELECT ${columns} ${joined}
      WHERE u.work_order = $1 AND u.handed_at IS NULL FOR UPDATE OF u`,
    [no],
  );
  return row;
}

export async function noteReminded(
  transaction: Transaction,
  no: string,
  reminded: NonNullable<UpstreamSheet['reminded']>,
): Promise<void> {
  await transaction.query('UPDATE upstream_sheet SET reminded = $2 WHERE work_order = $1', [no, reminded]);
}
