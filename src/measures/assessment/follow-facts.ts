/** Updates the facts as the tree of the trail grows. */
import { followTree } from '../../accountability/index.js';
import type { Database } from '../../platform/database/index.js';
import type { Catalogues } from '../../law/regulation/index.js';
import { renewFacts, sheetStreams } from './store/fact-store.js';

/** @returns entries processed; 0 also if another program holds the cursor */
export const followTrail = (database: Database, catalogues: Catalogues): Promise<number> =>
  followTree(database, 'assessment_cursor', async (transaction, streams, size) => {
    const sheets = await sheetStreams(transaction, streams);
    if (sheets.length > 0) await renewFacts(transaction, sheets, size, catalogues);
  });
