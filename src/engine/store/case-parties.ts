/** Stores the parties of each case; written only if a step has changed them, or opened or ended the case. */
import type { Transaction } from '../../platform/database/index.js';
import type { CaseFile } from '../execution/case-file.js';
import type { BarredFrom, PartiesOf, Party } from '../ports.js';
import { unitOf, type CaseChange } from './case-changes.js';

/** The parties by the variables, and the units that have an open task of their own, without recused ones. */
export function partiesIn(
  { variables, tasks }: Pick<CaseFile, 'variables' | 'tasks'>,
  partiesOf: PartiesOf,
  barredFrom: BarredFrom = () => [],
): readonly Party[] {
  const parties = partiesOf(variables);
  const others = [...tasks.values()].flatMap((task) => unitOf(task) ?? []);
  if (others.length === 0) return parties;
  const barred = barredFrom(variables);
  const known = new Set([...parties.map(({ name }) => name), ...barred]);
  return [
    ...parties,
    ...[...new Set(others)].filter((name) => !known.has(name)).map((name) => ({ name, leads: false })),
  ];
}

export function writeParties(
  transaction: Transaction,
  changes: readonly CaseChange[],
  partiesOf: PartiesOf,
  barredFrom?: BarredFrom,
): void {
  const changed = changes.flatMap(({ before, after }) => {
    const turned = (before.endedAt === null) !== (after.endedAt === null);
    if (before.variables === after.variables && before.tasks === after.tasks && !turned) return [];
    const parties = partiesIn(after, partiesOf, barredFrom);
    return turned || isOther(parties, partiesIn(before, partiesOf, barredFrom)) ? [{ after, parties }] : [];
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
