/** Versions of a process, as drafts need them. */
import type { Transaction } from '../../../platform/database/index.js';
import type { Person } from '../../../law/two-person/index.js';
import type { Draft } from '../draft.js';

export interface NewestVersion {
  readonly version: number;
  readonly sha256: string;
  readonly inForceFrom: Date;
}

/** The version that the next one will replace: the last version, whether in force or scheduled. */
export async function newestVersion(
  transaction: Transaction,
  key: string,
): Promise<NewestVersion | undefined> {
  const [row] = await transaction.query<NewestVersion>(
    `SELECT version, sha256, in_force_from AS "inForceFrom" FROM effective_definition
      WHERE key = $1 ORDER BY in_force_from DESC, version DESC LIMIT 1`,
    [key],
  );
  return row;
}

/** An existing key that equals this one or differs only in upper and lower case. */
export async function keyLike(transaction: Transaction, key: string): Promise<string | undefined> {
  const [row] = await transaction.query<{ key: string }>(
    'SELECT key FROM effective_definition WHERE lower(key) = lower($1) LIMIT 1',
    [key],
  );
  return row?.key;
}

/** Records that a version was withdrawn before its instant, so that it never comes into force. */
export async function addWithdrawal(
  transaction: Transaction,
  { key, version }: Pick<Draft, 'key' | 'version'>,
  act: { readonly by: Person; readonly reason: string; readonly at: Date },
): Promise<void> {
  await transaction.query(
    `INSERT INTO definition_withdrawal (definition, actor, reason, withdrawn_at)
     SELECT id, $3, $4, $5 FROM definition_overview WHERE key = $1 AND version = $2`,
    [key, version, act.by.actor, act.reason, act.at],
  );
}

/** Ids of all versions of a process. */
export async function idsOfVersions(transaction: Transaction, key: string): Promise<number[]> {
  const rows = await transaction.query<{ id: number }>('SELECT id FROM definition_overview WHERE key = $1', [
    key,
  ]);
  return rows.map(({ id }) => id);
}

/** Whether any version of any process was approved by people. */
export async function isGoverned(transaction: Transaction): Promise<boolean> {
  const [row] = await transaction.query<{ governed: boolean }>(
    'SELECT EXISTS (SELECT FROM definition_overview WHERE draft IS NOT NULL) AS governed',
  );
  return row?.governed ?? false;
}

/** Whether these bytes were ever a version of the process, or a revision of a draft of it. */
export async function isKnown(transaction: Transaction, key: string, sha256: string): Promise<boolean> {
  const [row] = await transaction.query<{ known: boolean }>(
    `SELECT EXISTS (SELECT FROM definition_overview WHERE key = $1 AND sha256 = $2)
         OR EXISTS (SELECT FROM draft_revision r JOIN draft t ON t.id = r.draft
                     WHERE t.key = $1 AND r.sha256 = $2) AS known`,
    [key, sha256],
  );
  return row?.known ?? false;
}
