import type { Transaction } from '../../../platform/database/index.js';

/** Named filters and order of a worklist. */
export interface SavedView<Choice extends object = object> {
  readonly name: string;
  readonly choice: Choice;
  readonly shared: boolean;
  /** True if the worklist opens with this view. */
  readonly standard: boolean;
  readonly own: boolean;
  /** The person's name in the trail. */
  readonly savedBy: string;
}

interface Owner {
  readonly person: number;
  readonly unit: string;
}

/** The person's own views, and those that others in the unit share; by name. */
export async function savedViews<Choice extends object>(
  transaction: Transaction,
  { person, unit }: Owner,
): Promise<readonly SavedView<Choice>[]> {
  return transaction.query<SavedView<Choice>>(
    `SELECT name, choice, unit IS NOT NULL AS shared, standard AND person = $1 AS standard, person = $1 AS own,
            saved_by AS "savedBy"
       FROM saved_view WHERE person = $1 OR unit = $2 ORDER BY person <> $1, name, person LIMIT 200`,
    [person, unit],
  );
}

/** Replaces the person's own view of that name; a person has at most one standard view. */
export async function writeView(
  transaction: Transaction,
  { person, unit }: Owner,
  view: Pick<SavedView, 'name' | 'choice' | 'shared' | 'standard' | 'savedBy'>,
  at: Date,
): Promise<void> {
  if (view.standard) {
    await transaction.query('UPDATE saved_view SET standard = false WHERE person = $1 AND standard', [
      person,
    ]);
  }
  await transaction.query(
    `INSERT INTO saved_view (person, name, unit, choice, standard, saved_at, saved_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (person, name) DO UPDATE SET unit = excluded.unit, choice = excluded.choice,
       standard = excluded.standard, saved_at = excluded.saved_at`,
    [
      person,
      view.name,
      view.shared ? unit : null,
      JSON.stringify(view.choice),
      view.standard,
      at,
      view.savedBy,
    ],
  );
}

export async function removeView(transaction: Transaction, person: number, name: string): Promise<void> {
  await transaction.query('DELETE FROM saved_view WHERE person = $1 AND name = $2', [person, name]);
}
