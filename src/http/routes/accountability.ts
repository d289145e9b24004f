import { indexTrail, latestCheckpoint, numbersIn, sequence } from '../../accountability/index.js';
import { markOf, marks, pageOf } from '../cursor.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { assertSeen, readAs } from '../sight.js';
import { accountabilityRows } from '../store/accountability-store.js';
import { checkpointView } from '../views/trail-view.js';
import { provisionView } from '../views/provision-view.js';

export function accountabilityHandlers(
  deps: HttpDeps,
): Pick<Handlers, 'listAccountability' | 'readCaseSigning'> {
  return {
    listAccountability: async ({ viewer, query: { limit, cursor } }) => {
      const after = markOf(marks.sheet, cursor);
      await sequence(deps.database);
      await indexTrail(deps.database);
      const read = await readAs(deps, viewer, (transaction) =>
        accountabilityRows(transaction, { limit: limit + 1, after }),
      );
      const { rows, next } = pageOf(read, limit, ({ mark, no }) => [mark, no]);
      return {
        limit,
        next,
        items: rows.map(({ grounds, mark: _, ...row }) => ({
          ...row,
          grounds: grounds.map(provisionView),
        })),
      };
    },
    readCaseSigning: async ({ viewer, params: { no } }) => {
      await assertSeen(deps, viewer, no);
      return async (transaction) => {
        const checkpoint = await latestCheckpoint(transaction);
        const entries = await numbersIn(transaction, no);
        const signed = checkpoint?.size ?? 0;
        return {
          checkpoint: checkpointView(checkpoint),
          entries: entries.map((entry) => ({
            ...entry,
            signed: entry.index !== null && entry.index < signed,
          })),
        };
      };
    },
  };
}
