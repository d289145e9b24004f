/** Whose each case is at present, kept beside it. Written only where a step has changed it. */
import type { Transaction } from '../../persistence/index.js';
import type { PartiesOf } from '../ports.js';
import type { CaseChange } from './case-changes.js';

export function writeParties(
  transaction: Transaction,
  changes: readonly CaseChange[],
  partiesOf: PartiesOf,
): void {
  const changed = changes.flatMap(({ before, after }) => {
    if (before.variables === after.variables) return [];
    const parties = [...new Set(partiesOf(after.variables))];
    const unchanged = parties.join('\n') === [...new Set(partiesOf(before.variables))].join('\n');
    return unchanged ? [] : [{ after, parties }];
  });
  if (changed.length === 0) return;
  const rows = changed.flatMap(({ after: { id, businessKey }, parties }) =>
    parties.map((party) => ({ party, id, businessKey })),
  );
  transaction.write('case-parties-go', 'DELETE FROM hotline.case_party WHERE case_id = ANY($1::bigint[])', [
    changed.map(({ after }) => after.id),
  ]);
  transaction.write(
    'case-parties-come',
    `INSERT INTO hotline.case_party (party, case_id, business_key)
     SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[])`,
    [rows.map(({ party }) => party), rows.map(({ id }) => id), rows.map(({ businessKey }) => businessKey)],
  );
}
