/** An arbitrary entry. */
import type { Trail } from '../../src/accountability/index.js';
import type { NewEntry } from '../../src/accountability/events/index.js';
import type { Database } from '../../src/platform/database/index.js';

export const note = (stream: string, at: Date, of = '某人', actor = '测试'): NewEntry<'person.closed'> => ({
  stream,
  type: 'person.closed',
  at,
  body: { of, actor },
});

/** Onto the chain of a case, which knows its last entry, as after each of its steps. */
export const noteOnCase = (
  { database, trail }: { readonly database: Database; readonly trail: Trail },
  no: string,
  notes: readonly NewEntry[],
): Promise<void> =>
  database.transaction(async (transaction) => {
    const bookmark = (await trail.append(transaction, [...notes])).get(no) ?? null;
    await transaction.query(
      `UPDATE hotline.process_case SET standing = jsonb_set(standing::jsonb, '{3}', $2::jsonb)::json
        WHERE business_key = $1`,
      [no, JSON.stringify(bookmark)],
    );
  });
