/** The units recused from each case, stored beside it. Written only if a step has changed them. */
import type { JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { BarredFrom, PartiesOf } from '../ports.js';
import type { CaseChange } from './case-changes.js';

export function writeBarred(
  transaction: Transaction,
  changes: readonly CaseChange[],
  barredFrom: BarredFrom,
  partiesOf: PartiesOf = () => [],
): void {
  const changed = changes.flatMap(({ before, after }) => {
    if (before.variables === after.variables) return [];
    const barred = barredFrom(after.variables);
    const earlier = barredFrom(before.variables);
    if (barred.length === earlier.length && barred.every((name) => earlier.includes(name))) return [];
    const parties = partiesOf(before.variables).map(({ name }) => name);
    return [{ after, rows: barred.map((name) => ({ name, wasParty: parties.includes(name) })) }];
  });
  if (changed.length === 0) return;
  const rows = changed.flatMap(({ after, rows }) => rows.map((row) => ({ ...row, after })));
  transaction.write(
    'case-barred-go',
    `DELETE FROM case_barred b WHERE b.case_id = ANY($1::bigint[])
        AND (b.party, b.case_id) NOT IN (SELECT * FROM unnest($2::text[], $3::bigint[]))`,
    [changed.map(({ after }) => after.id), rows.map(({ name }) => name), rows.map(({ after }) => after.id)],
  );
  transaction.write(
    'case-barred-come',
    `INSERT INTO case_barred (party, case_id, business_key, was_party)
     SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::boolean[]) ON CONFLICT (party, case_id) DO NOTHING`,
    [
      rows.map(({ name }) => name),
      rows.map(({ after }) => after.id),
      rows.map(({ after }) => after.businessKey),
      rows.map(({ wasParty }) => wasParty),
    ],
  );
}

/** A case with recused units, and the data that selects their stand-ins. */
export interface BarredCase {
  readonly units: readonly string[];
  readonly variables: JsonObject;
  readonly startedAt: Date;
}

/** By business key; cases without recused units are omitted. */
export async function barredCases(
  transaction: Transaction,
  keys: readonly string[],
): Promise<ReadonlyMap<string, BarredCase>> {
  const rows = await transaction.query<BarredCase & { key: string }>(
    `SELECT c.business_key AS key, c.variables, c.started_at AS "startedAt", b.units
       FROM (SELECT case_id, array_agg(party) AS units FROM case_barred
              WHERE business_key = ANY($1::text[]) GROUP BY case_id) b
       JOIN process_case c ON c.id = b.case_id`,
    [keys],
  );
  return new Map(rows.map(({ key, ...one }) => [key, one]));
}
