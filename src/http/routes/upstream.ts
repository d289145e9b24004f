import { upstreamSources, upstreamWaiting } from '../../channel/index.js';
import { handBackByHand } from '../../cases/index.js';
import type { upstreamOperations } from '../contract/upstream-operations.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { assertSeen, forViewer } from '../sight.js';
import type { CaseViews } from '../views/case-view.js';
import { upstreamView } from '../views/upstream-view.js';

const most = 500;

export function upstreamHandlers(
  deps: HttpDeps,
  views: CaseViews,
): Pick<Handlers, keyof typeof upstreamOperations> {
  return {
    listUpstreamSources: async () => ({
      status: 200,
      body: { items: await deps.database.transaction(upstreamSources) },
    }),
    listUpstreamSheets: async ({ viewer }) => {
      const waiting = await deps.database.transaction((transaction) => upstreamWaiting(transaction, most));
      const seen = await forViewer(deps, viewer).database.transaction((transaction) =>
        deps.sheets.named(
          transaction,
          waiting.map(({ workOrder }) => workOrder),
        ),
      );
      const titles = new Map(seen.map(({ sheet }) => [sheet.no, sheet.title]));
      const items = waiting.flatMap((one) => {
        const title = titles.get(one.workOrder);
        if (title === undefined) return [];
        const { handedAt: _at, handedBy: _by, ...shown } = upstreamView(one);
        const state = one.endedAt ? ('ended' as const) : ('open' as const);
        return [{ ...shown, workOrder: one.workOrder, title, state, automatic: one.automatic }];
      });
      return { status: 200, body: { items } };
    },
    handBackByHand: async ({ viewer, params: { no }, body: { note } }) => {
      await assertSeen(deps, viewer, no);
      await handBackByHand(deps, no, { note, actor: viewer.actor });
      return { status: 200, body: await views.afterAct(no, viewer) };
    },
  };
}
