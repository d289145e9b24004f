/** Versions of a process, as far as drafts rest on them. */
import type { Transaction } from '../../persistence/index.js';
import type { Draft, Person } from '../draft.js';

export interface StandingVersion {
  readonly version: number;
  readonly sha256: string;
  readonly inForceFrom: Date;
}

/** The version that the next one will replace: in force, or to be in force after all others. */
export async function newestVersion(
  transaction: Transaction,
  key: string,
): Promise<StandingVersion | undefined> {
  const [row] = await transaction.query<StandingVersion>(
    `SELECT version, sha256, in_force_from AS "inForceFrom" FROM hotline.standing_definition
      WHERE key = $1 ORDER BY in_force_from DESC, version DESC LIMIT 1`,
    [key],
  );
  return row;
}

/** Of a version that has not come into force: it never will. */
export async function addWithdrawal(
  transaction: Transaction,
  { key, version }: Pick<Draft, 'key' | 'version'>,
  act: { readonly by: Person; readonly reason: string; readonly at: Date },
): Promise<void> {
  await transaction.query(
    `INSERT INTO hotline.definition_withdrawal (definition, actor, reason, withdrawn_at)
     SELECT id, $3, $4, $5 FROM hotline.definition WHERE key = $1 AND version = $2`,
    [key, version, act.by.actor, act.reason, act.at],
  );
}
