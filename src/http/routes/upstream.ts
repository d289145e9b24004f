import { upstreamSources, upstreamWaiting } from '../../channel/index.js';
import { handBackByHand } from '../../cases/index.js';
import type { upstreamOperations } from '../contract/upstream-operations.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { assertSeen, readAs } from '../sight.js';
import type { CaseViews } from '../views/case-view.js';

const most = 500;

export function upstreamHandlers(
  deps: HttpDeps,
  views: CaseViews,
): Pick<Handlers, keyof typeof upstreamOperations> {
  return {
    listUpstreamSources: async (_, transaction) => ({ items: await upstreamSources(transaction) }),
    listUpstreamSheets: async ({ viewer }, transaction) => {
      const waiting = await upstreamWaiting(transaction, most);
      const numbers = waiting.map(({ workOrder }) => workOrder);
      return async () => {
        const seen = await readAs(deps, viewer, (theirs) => deps.sheets.named(theirs, numbers));
        const titles = new Map(seen.map(({ sheet }) => [sheet.no, sheet.title]));
        const items = waiting.flatMap((one) => {
          const title = titles.get(one.workOrder);
          if (title === undefined) return [];
          return [
            { ...one, title, due: one.dueAt, state: one.endedAt ? ('ended' as const) : ('open' as const) },
          ];
        });
        return { items };
      };
    },
    handBackByHand: async ({ viewer, params: { no }, body: { note } }) => {
      await assertSeen(deps, viewer, no);
      await handBackByHand(deps, no, { note, actor: viewer.actor });
      return views.afterAct(no, viewer);
    },
  };
}
