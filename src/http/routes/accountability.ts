import { indexTrail, latestCheckpoint, numbersIn, sequence } from '../../accountability/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { provisionLabel } from '../../law/regulation/model/index.js';
import { markOf, marks, pageOf } from '../cursor.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { assertSeen, forViewer } from '../sight.js';
import { accountabilityRows } from '../store/accountability-store.js';
import { checkpointView } from '../views/trail-view.js';

export function accountabilityHandlers(
  deps: HttpDeps,
): Pick<Handlers, 'listAccountability' | 'readCaseSigning'> {
  return {
    listAccountability: async ({ viewer, query: { limit, cursor } }) => {
      const after = markOf(marks.sheet, cursor);
      await sequence(deps.database);
      await indexTrail(deps.database);
      const read = await forViewer(deps, viewer).database.transaction((transaction) =>
        accountabilityRows(transaction, { limit: limit + 1, after }),
      );
      const { rows, next } = pageOf(read, limit, ({ mark, no }) => [mark, no]);
      return {
        status: 200,
        body: {
          limit,
          next,
          items: rows.map(({ openedAt, grounds, tasks, mark: _, ...row }) => ({
            ...row,
            openedAt: toShanghaiIso(openedAt),
            grounds: grounds.map((ground) => ({ id: ground, label: provisionLabel(ground) })),
            tasks: [...tasks],
          })),
        },
      };
    },
    readCaseSigning: async ({ viewer, params: { no } }) => {
      await assertSeen(deps, viewer, no);
      return deps.database.transaction(async (transaction) => {
        const checkpoint = await latestCheckpoint(transaction);
        const entries = await numbersIn(transaction, no);
        const signed = checkpoint?.size ?? 0;
        return {
          status: 200,
          body: {
            checkpoint: checkpointView(checkpoint),
            entries: entries.map((entry) => ({
              ...entry,
              signed: entry.index !== null && entry.index < signed,
            })),
          },
        };
      });
    },
  };
}
