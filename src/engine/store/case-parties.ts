/** Whose each case is at present, kept beside it. Written only where a step has changed it, or opened or ended it. */
import type { Transaction } from '../../persistence/index.js';
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
  transaction.write('case-parties-go', 'DELETE FROM hotline.case_party WHERE case_id = ANY($1::bigint[])', [
    changed.map(({ after }) => after.id),
  ]);
  transaction.write(
    'case-parties-come',
    `INSERT INTO hotline.case_party (party, leads, case_id, business_key, realm, is_open, started_at)
     SELECT * FROM unnest($1::text[], $2::boolean[], $3::bigint[], $4::text[], $5::text[], $6::boolean[], $7::timestamptz[])`,
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
