/** Keeps the facts with the tree of the trail. */
import { followTree } from '../accountability/index.js';
import type { Database } from '../persistence/index.js';
import { renewFacts, sheetStreams } from './store/fact-store.js';

/** @returns how many entries were followed; 0 also where another program is at it */
export const followTrail = (database: Database): Promise<number> =>
  followTree(database, 'assessment_cursor', async (transaction, streams, size) => {
    const sheets = await sheetStreams(transaction, streams);
    if (sheets.length > 0) await renewFacts(transaction, sheets, size);
  });
