import { eventsSince } from '../../channel/notification/index.js';
import { cursorOf, markOf, marks } from '../cursor.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { forViewer } from '../sight.js';

export const sheetEventHandlers = (
  deps: Pick<HttpDeps, 'database' | 'definitions' | 'laws'>,
): Pick<Handlers, 'listSheetEvents'> => ({
  listSheetEvents: async ({ viewer, query: { since, type, limit, cursor } }) => {
    const after = markOf(marks.id, cursor)?.[0];
    const { events, last, more } = await eventsSince(deps, forViewer(deps, viewer).database, {
      since: new Date(since),
      after: after === undefined ? undefined : Number(after),
      limit,
    });
    const items = events.filter((one) => type === undefined || one.type === type);
    const next = last === undefined ? (cursor ?? null) : cursorOf([String(last)]);
    return { limit, next, more, items };
  },
});
