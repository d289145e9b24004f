/** Cities that are being written from the text of their law. */
import { Refusal } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';
import type { Answers } from '../answers/index.js';

export interface PackageDraft {
  readonly id: number;
  readonly revision: number;
  /** The text as it was handed in. */
  readonly law: string;
  /** Of the city, what has been answered so far: it may not be valid yet. */
  readonly answers: Answers;
  readonly createdAt: Date;
  /** People as named in the trail. */
  readonly createdBy: string;
  readonly changedAt: Date;
  readonly changedBy: string;
}

const columns = `id, revision, law, answers, created_at AS "createdAt", created_by AS "createdBy",
  changed_at AS "changedAt", changed_by AS "changedBy"`;

/** The latest changed first; at most a hundred. */
export const packageDrafts = (transaction: Transaction): Promise<PackageDraft[]> =>
  transaction.query(`SELECT ${columns} FROM package_draft ORDER BY changed_at DESC, id DESC LIMIT 100`);

/** @throws {Refusal} `draft.not-found` */
export async function packageDraft(transaction: Transaction, id: number): Promise<PackageDraft> {
  const [draft] = await transaction.query<PackageDraft>(
    `SELECT ${columns} FROM package_draft WHERE id = $1 FOR UPDATE`,
    [id],
  );
  if (draft) return draft;
  throw new Refusal('draft.not-found', `没有第 ${id} 个新城市的草稿`, {
    remedy: '可能已经删去；看新城市的列表',
  });
}

export async function addPackageDraft(
  transaction: Transaction,
  {
    law,
    answers,
    at,
    by,
  }: Pick<PackageDraft, 'law' | 'answers'> & { readonly at: Date; readonly by: string },
): Promise<PackageDraft> {
  const [draft] = await transaction.query<PackageDraft>(
    `INSERT INTO package_draft (revision, law, answers, created_at, created_by, changed_at, changed_by)
     VALUES (1, $1, $2, $3, $4, $3, $4) RETURNING ${columns}`,
    [law, JSON.stringify(answers), at, by],
  );
  return draft as PackageDraft;
}

export async function changePackageDraft(
  transaction: Transaction,
  { id, revision, answers, changedAt, changedBy }: PackageDraft,
): Promise<void> {
  await transaction.query(
    'UPDATE package_draft SET revision = $2, answers = $3, changed_at = $4, changed_by = $5 WHERE id = $1',
    [id, revision, JSON.stringify(answers), changedAt, changedBy],
  );
}

export async function removePackageDraft(transaction: Transaction, id: number): Promise<void> {
  await transaction.query('DELETE FROM package_draft WHERE id = $1', [id]);
}
