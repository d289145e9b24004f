import { civilDateOf, toShanghaiIso } from '../../calendar/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { within } from '../sight.js';
import { boardRows, processLoad } from '../store/board-store.js';

const columns = [null, 'reminder', 'yellow', 'red', 'supervision', 'second-supervision', 'accountability'];
const daysBack = 13 * 86_400_000;

export function boardHandlers(deps: HttpDeps): Pick<Handlers, 'readBoard' | 'readProcessLoad'> {
  return {
    readProcessLoad: async ({ viewer, params: { key } }) => {
      const { database } = within(deps, viewer);
      const rows = await database.transaction((transaction) => processLoad(transaction, key));
      const elements = rows.map((row) => ({
        ...row,
        oldest: toShanghaiIso(row.oldest),
        cases: [...row.cases],
      }));
      return { status: 200, body: { elements } };
    },
    readBoard: async ({ viewer }) => {
      const now = deps.clock.now();
      const { counts, cards, units, trend } = await within(deps, viewer).database.transaction((transaction) =>
        boardRows(transaction, civilDateOf(new Date(now.getTime() - daysBack)), civilDateOf(now)),
      );
      return {
        status: 200,
        body: {
          columns: columns.map((level) => ({
            level,
            cases: counts.find((one) => one.level === level)?.cases ?? 0,
            cards: cards
              .filter((card) => card.level === level)
              .map(({ level: _, due, ...card }) => ({ ...card, due: due && toShanghaiIso(due) })),
          })),
          units: [...units],
          trend: [...trend],
        },
      };
    },
  };
}
