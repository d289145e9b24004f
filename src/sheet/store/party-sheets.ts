/** The index of each unit's own sheets; what it is, tells `0165-party-sheets.ts`. */
import type { Database } from '../../persistence/index.js';

/** So many sheets at once: a second or two, of which whoever steps waits for a few hundredths at most. */
const most = 2000;

/**
 * Puts into the index what was received in days that were over `before`, two by two or, where more are over, sixteen at
 * once, unit after unit, until all is in it or `signal` aborts.
 */
export async function gatherPartySheets(
  database: Pick<Database, 'transaction'>,
  before: Date,
  signal?: AbortSignal,
): Promise<void> {
  for (let more = true; more && !signal?.aborted;) {
    const [row] = await database.transaction((transaction) =>
      transaction.query<{ more: boolean }>('SELECT gather_party_sheets($1::timestamptz, $2::int) AS more', [
        before,
        most,
      ]),
    );
    more = row?.more ?? false;
  }
}
