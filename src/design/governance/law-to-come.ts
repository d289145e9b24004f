/** A package can bring a law that begins later. Its shipped drafts are tried and checked by that law, with its other diagrams. */
import { shippedFiles, shippedFrom } from '../../cases/index.js';
import { sourcesInForce } from '../../engine/index.js';
import { civilDateOf, dayNumberOf, parseCivilDate, startOfDay } from '../../kernel/civil-date.js';
import type { Clock } from '../../kernel/index.js';
import { packageOn } from '../../kernel/package-content.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { withDrafts } from '../rehearsal/index.js';
import type { Draft } from './draft.js';
import { sourceOf } from './store/draft-store.js';

/** First day (`YYYY-MM-DD`) of the law to come that a draft was filed for, also after edits; undefined for others. */
export async function dayOf(
  { clock, database }: { readonly clock: Clock; readonly database: Database },
  { id, key, origin }: Pick<Draft, 'id' | 'key' | 'origin'>,
): Promise<string | undefined> {
  const coming = shippedFrom(clock.now()).filter(({ day }) => day !== undefined);
  if (origin !== 'shipped' || coming.length === 0) return undefined;
  const filed = await database.transaction((transaction) => sourceOf(transaction, id, 1));
  return coming.find(({ root }) =>
    shippedFiles(root).some((file) => file.key === key && file.source === filed),
  )?.day;
}

/**
 * The diagrams and tables that are in force today or, so far as anybody knows, on the day. If another package's law
 * begins by then, they are that package's, except where a version is scheduled.
 */
export async function sourcesOn(
  transaction: Transaction,
  now: Date,
  day?: string,
): Promise<readonly string[]> {
  const today = await sourcesInForce(transaction, now);
  if (day === undefined) return today;
  const then = await sourcesInForce(transaction, startOfDay(dayNumberOf(parseCivilDate(day, 'day'))));
  const root = packageOn(day);
  if (root === packageOn(civilDateOf(now))) return then;
  const shipped = shippedFiles(root).map(({ source }) => source);
  return withDrafts(
    shipped,
    then.filter((source) => !today.includes(source)),
  );
}
