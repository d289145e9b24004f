/** Open incidents as rows, for lists and the scheduler. They are copies; the case's state is authoritative. */
import type { Transaction } from '../../platform/database/index.js';
import type { CaseFile } from '../execution/case-file.js';
import type { Incident } from '../execution/incident.js';
import type { CaseChange } from './case-changes.js';

/**
 * Call after the deadlines are written: a stuck timer's deadline is not claimed by itself, but
 * through its incident.
 */
export function writeIncidents(transaction: Transaction, changes: readonly CaseChange[]): void {
  const concerned = changes.filter(({ before, after }) => before.incidents.size + after.incidents.size > 0);
  for (const { before, after } of concerned) {
    transaction.write('incident-write', writeSql, [after.id, after.realm, JSON.stringify(rowsOf(after))]);
    transaction.write('incident-deadlines', deadlinesSql, [
      after.id,
      JSON.stringify([...timersOf(before), ...timersOf(after)]),
    ]);
  }
}

/** A case whose row was restored from a backup lacks its incidents, so they are read from their own rows. */
export async function withIncidents(
  transaction: Transaction,
  cases: ReadonlyMap<string, CaseFile>,
): Promise<ReadonlyMap<string, CaseFile>> {
  const lost = [...cases.values()].filter(({ incidents }) => incidents.size === 0);
  if (lost.length === 0) return cases;
  const rows = await transaction.query<Incident & { readonly caseId: string; readonly from: string | null }>(
    `SELECT case_id::text AS "caseId", key, kind, instance, process, version, of, place AS "where", timer,
            sender AS "from", due_at AS at, code, why, remedy, since, tries, next_try AS "nextTry"
       FROM incident WHERE case_id = ANY ($1::bigint[]) ORDER BY case_id, due_at, key`,
    [lost.map(({ id }) => id)],
  );
  const found = lost.map((file): [string, CaseFile] => {
    const its = rows.flatMap(({ caseId, from, ...incident }): [string, Incident][] => {
      const sender = from === null ? null : { process: from, instance: null };
      return caseId === file.id ? [[incident.key, { ...incident, sender }]] : [];
    });
    return [file.id, { ...file, incidents: new Map(its) }];
  });
  return new Map([...cases, ...found]);
}

const rowsOf = ({ incidents }: CaseFile) =>
  [...incidents.values()].map(({ sender, at, nextTry, ...incident }) => ({
    ...incident,
    sender: sender?.process ?? null,
    due_at: at,
    next_try: nextTry,
  }));

const timersOf = ({ incidents }: CaseFile) =>
  [...incidents.values()].flatMap(({ instance, timer }) => (timer === null ? [] : [{ instance, timer }]));

const writeSql = `
  WITH present AS (
    SELECT * FROM json_to_recordset($3::json) AS n (key text, kind text, instance int, process text, version int,
           of text, "where" text, timer text, sender text, due_at timestamptz, code text, why text, remedy text,
           since timestamptz, tries int, next_try timestamptz)
  ), gone AS (
    DELETE FROM incident i WHERE i.case_id = $1::bigint AND i.key NOT IN (SELECT key FROM present)
  )
  INSERT INTO incident (case_id, realm, key, kind, instance, process, version, of, place, timer, sender, due_at, code,
         why, remedy, since, tries, next_try)
  SELECT $1::bigint, $2, key, kind, instance, process, version, of, "where", timer, sender, due_at, code, why, remedy,
         since, tries, next_try
    FROM present
  ON CONFLICT (case_id, key) DO UPDATE SET of = excluded.of, process = excluded.process, version = excluded.version,
         place = excluded.place, code = excluded.code, why = excluded.why, remedy = excluded.remedy,
         tries = excluded.tries, next_try = excluded.next_try`;

const deadlinesSql = `
  UPDATE deadline d
     SET claim_at = CASE WHEN i.key IS NULL THEN d.due_at ELSE 'infinity' END
    FROM json_to_recordset($2::json) AS n (instance int, timer text)
    LEFT JOIN incident i ON i.case_id = $1::bigint AND i.instance = n.instance AND i.timer = n.timer
   WHERE d.case_id = $1::bigint AND d.instance = n.instance AND d.timer = n.timer`;
