/** Stores the parties of each case; written only if a step has changed them, or opened or ended the case. */
import type { Transaction } from '../../platform/database/index.js';
import type { PartiesOf, Party } from '../ports.js';
import type { CaseChange } from './case-changes.js';

export function writeParties(
  transaction: Transaction,
  changes: readonly CaseChange[],
  partiesOf: PartiesOf,
): void {
  const changed = changes.flatMap(({ before, after }) => {
    const turned = (before.endedAt === null) !== (after.endedAt === null);
    if (before.variables === after.variables && !turned) return [];
    const parties = partiesOf(after.variables);
    return turned || isOther(parties, partiesOf(before.variables)) ? [{ after, parties }] : [];
  });
  if (changed.length === 0) return;
  const rows = changed.flatMap(({ after, parties }) => parties.map((party) => ({ ...party, after })));
  // Rows of remaining parties are kept: only removed and added ones touch the unit's index.
  transaction.write(
    'case-parties-go',
    `DELETE FROM case_party p WHERE p.case_id = ANY($1::bigint[])
        AND (p.party, p.case_id) NOT IN (SELECT * FROM unnest($2::text[], $3::bigint[]))`,
    [changed.map(({ after }) => after.id), rows.map(({ name }) => name), rows.map(({ after }) => after.id)],
  );
  transaction.write(
    'case-parties-come',
    `INSERT INTO case_party (party, leads, case_id, business_key, realm, is_open, started_at)
     SELECT * FROM unnest($1::text[], $2::boolean[], $3::bigint[], $4::text[], $5::text[], $6::boolean[], $7::timestamptz[])
     ON CONFLICT (party, case_id) DO UPDATE SET leads = excluded.leads, is_open = excluded.is_open`,
    [
      rows.map(({ name }) => name),
      rows.map(({ leads }) => leads),
      rows.map(({ after }) => after.id),
      rows.map(({ after }) => after.businessKey),
      rows.map(({ after }) => after.realm),
      rows.map(({ after }) => after.endedAt === null),
      rows.map(({ after }) => after.startedAt),
    ],
  );
}

const isOther = (parties: readonly Party[], before: readonly Party[]): boolean =>
  parties.length !== before.length ||
  parties.some(({ name, leads }, index) => name !== before[index]?.name || leads !== before[index].leads);
