/** Statistics on the words of past sheets, per class and per unit. */
import type { Transaction } from '../../../platform/database/index.js';
import type { Profile } from '../model.js';
import { updatedProfile } from '../profile.js';

export type Subject = 'class' | 'unit';

/** The words of a sheet start counting for this class or unit, or (-1) stop counting. */
export interface Lesson {
  readonly code: string;
  readonly text: string;
  readonly by: 1 | -1;
}

interface ProfileRow {
  readonly code: string;
  readonly sheets: number;
  readonly terms: { readonly [term: string]: number };
}

/** Profiles changed after that revision, and the newest revision. */
export async function changedProfiles(
  transaction: Transaction,
  subject: Subject,
  after: string,
): Promise<{ readonly profiles: readonly Profile[]; readonly revision: string }> {
  const rows = await transaction.query<ProfileRow & { readonly revision: string }>(
    `SELECT code, sheets, terms, revision::text AS revision FROM word_profile p
      WHERE subject = $1 AND revision > $2::bigint ORDER BY p.revision`,
    [subject, after],
  );
  return { profiles: rows.map(profileOf), revision: rows.at(-1)?.revision ?? after };
}

export async function teach(
  transaction: Transaction,
  subject: Subject,
  lessons: readonly Lesson[],
): Promise<void> {
  if (lessons.length === 0) return;
  // Fixed order, so that two programs do not deadlock.
  const codes = [...new Set(lessons.map(({ code }) => code))].sort();
  await transaction.query(
    `INSERT INTO word_profile (subject, code, sheets, terms, revision)
     SELECT $1, code, 0, '{}', 0 FROM unnest($2::text[]) AS n (code) ON CONFLICT DO NOTHING`,
    [subject, codes],
  );
  const rows = await transaction.query<ProfileRow>(
    `SELECT code, sheets, terms FROM word_profile
      WHERE subject = $1 AND code = ANY($2::text[]) ORDER BY code FOR UPDATE`,
    [subject, codes],
  );
  const known = new Map(rows.map((row) => [row.code, profileOf(row)]));
  for (const { code, text, by } of lessons) {
    const profile = known.get(code);
    if (profile) known.set(code, updatedProfile(profile, text, by));
  }
  const taught = [...known.values()].map(({ code, sheets, terms }) => ({
    code,
    sheets,
    terms: Object.fromEntries(terms),
  }));
  await transaction.query(
    `UPDATE word_profile p
        SET sheets = n.sheets, terms = n.terms, revision = nextval('word_profile_revision')
       FROM json_to_recordset($2::json) AS n (code text, sheets int, terms json)
      WHERE p.subject = $1 AND p.code = n.code`,
    [subject, JSON.stringify(taught)],
  );
}

const profileOf = ({ code, sheets, terms }: ProfileRow): Profile => ({
  code,
  sheets,
  terms: new Map(Object.entries(terms)),
});
