/**
 * Loads cases in batches. The locking statement itself reads the row, which is therefore current
 * after waiting for the lock.
 */
import type { Transaction } from '../../platform/database/index.js';
import { deadlineKey, type CaseFile, type Realm } from '../execution/case-file.js';
import type { StartCase } from '../execution/command.js';
import type { Reasons } from '../execution/recompute.js';
import { isJsonObject } from '../../kernel/index.js';
import type { LastEntry } from '../ports.js';
import { unpack, unreadable, type PackedStanding } from './standing.js';

export interface CaseRow {
  id: string;
  business_key: string;
  realm: Realm;
  variables: CaseFile['variables'];
  standing: PackedStanding;
  instances: number;
  started_at: Date;
  ended_at: Date | null;
}

export const columns =
  'c.id::text AS id, c.business_key, c.realm, c.variables, c.standing, c.instances, c.started_at, c.ended_at';

export type Cases = ReadonlyMap<string, CaseFile>;

export interface Locked {
  readonly cases: Cases;
  /** Last entries of the cases' trails as of the statement: if it waited for a row, they may be older than the row. */
  readonly ends: ReadonlyMap<string, LastEntry>;
}

/** Cases by id; missing ones are omitted. Locks in a fixed order, so that two batches do not deadlock. */
export const lockCases = (transaction: Transaction, ids: readonly string[]): Promise<Cases> =>
  lockWithEnds(transaction, ids).then(({ cases }) => cases);

export async function lockWithEnds(transaction: Transaction, ids: readonly string[]): Promise<Locked> {
  if (ids.length === 0) return { cases: new Map(), ends: new Map() };
  const [only] = ids;
  if (only !== undefined && ids.length === 1) {
    // PostgreSQL plans a query by array anew each time, because the length decides, but a query by
    // a single id only once. The query includes the trail's end, because a query of its own would
    // cost a step another round trip.
    const rows = await transaction.prepared<CaseRow & EndRow>('case-lock-one', lockOneSql, [only]);
    const ends = rows.flatMap(({ id, business_key: stream, seq, leaf, body }) =>
      seq === null || leaf === null || body === null ? [] : [[id, { stream, seq, leaf, body }] as const],
    );
    return { cases: byId(rows), ends: new Map(ends) };
  }
  const rows = await transaction.prepared<CaseRow>(
    'case-lock',
    `SELECT ${columns} FROM process_case c WHERE c.id = ANY($1::bigint[]) ORDER BY c.id FOR UPDATE`,
    [[...ids]],
  );
  return { cases: byId(rows), ends: new Map() };
}

interface EndRow {
  readonly seq: number | null;
  readonly leaf: Buffer | null;
  readonly body: Buffer | null;
}

const lockOneSql = `
  SELECT ${columns}, e.seq, e.leaf, e.body
    FROM process_case c
    LEFT JOIN LATERAL (SELECT r.seq, r.leaf, r.body FROM recorded_entry r
                        WHERE r.stream = c.business_key ORDER BY r.seq DESC LIMIT 1) e ON true
   WHERE c.id = $1::bigint FOR UPDATE OF c`;

/** Cases by id without locks, for reading only. */
export async function loadCases(transaction: Transaction, ids: readonly string[]): Promise<Cases> {
  const rows = await transaction.prepared<CaseRow>(
    'case-load',
    `SELECT ${columns} FROM process_case c WHERE c.id = ANY($1::bigint[])`,
    [[...ids]],
  );
  return byId(rows);
}

/** By business key, without a lock. */
export async function loadCasesByKey(transaction: Transaction, keys: readonly string[]): Promise<Cases> {
  const [only] = keys;
  const rows =
    only !== undefined && keys.length === 1
      ? await transaction.prepared<CaseRow>('case-load-by-one-key', byKeySql('= $1'), [only])
      : await transaction.prepared<CaseRow>('case-load-by-key', byKeySql('= ANY($1::text[])'), [[...keys]]);
  return new Map(rows.map((row) => [row.business_key, caseFileOf(row)]));
}

const byKeySql = (among: string): string =>
  `SELECT ${columns} FROM process_case c WHERE c.business_key ${among}`;

/** Inserts missing cases; returns their ids by business key. A new row is locked by its insert. */
export async function openCases(
  transaction: Transaction,
  starts: readonly StartCase[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await transaction.prepared<{ id: string; business_key: string }>(
    'case-open',
    `INSERT INTO process_case (business_key, realm, variables, standing, started_at)
     SELECT key, realm, '{}', '[[],[],[],null]', at
       FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS start (key, realm, at)
     ON CONFLICT (business_key) DO NOTHING
     RETURNING id::text AS id, business_key`,
    [
      starts.map((start) => start.businessKey),
      starts.map((start) => start.realm),
      starts.map((start) => start.at),
    ],
  );
  return new Map(rows.map((row) => [row.business_key, row.id]));
}

/** Derivations of open deadlines: by case, then by the deadline's key. */
export async function deadlineReasons(
  transaction: Transaction,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, Reasons>>> {
  const rows = await transaction.query<{ id: string; instance: number; timer: string } & Reasons>(
    `SELECT case_id::text AS id, instance, timer, spec, derivation
       FROM deadline WHERE case_id = ANY($1::bigint[])`,
    [[...caseIds]],
  );
  const reasons = new Map(caseIds.map((id) => [id, new Map<string, Reasons>()]));
  for (const { id, instance, timer, spec, derivation } of rows) {
    reasons.get(id)?.set(deadlineKey(instance, timer), { spec, derivation });
  }
  return reasons;
}

export const byId = (rows: readonly CaseRow[]): Cases =>
  new Map(rows.map((row) => [row.id, caseFileOf(row)]));

function caseFileOf(row: CaseRow): CaseFile {
  return {
    id: row.id,
    businessKey: row.business_key,
    realm: row.realm,
    variables: isJsonObject(row.variables) ? row.variables : {},
    instanceCount: row.instances,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    ...standingOf(row),
  };
}

/** A corrupted row yields a marked unreadable state, which differs from the recorded one. */
function standingOf({ standing }: CaseRow) {
  try {
    return unpack(standing);
  } catch (error) {
    if (error instanceof TypeError) return unreadable;
    throw error;
  }
}
