import { civilDateOf } from '../../calendar/index.js';
import { acceptIntake, sendMessage } from '../../casework/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { caseSummaries } from '../store/case-summary-store.js';
import { keepKey, workOrderOfKey } from '../store/idempotency-store.js';
import type { CaseViews } from '../views/case-view.js';
import { summaryView } from '../views/sheet-view.js';

export function workOrderHandlers(
  deps: HttpDeps,
  views: CaseViews,
): Pick<Handlers, 'acceptRequest' | 'sendMessage' | 'listWorkOrders' | 'readWorkOrder' | 'readTrail'> {
  return {
    sendMessage: async ({ params, body }) => {
      await sendMessage(deps, params.no, body.message, body.actor, body.answers);
      return { status: 200, body: await views.workOrder(params.no) };
    },
    acceptRequest: async ({ body, headers }) => {
      const key = headers['idempotency-key'];
      const { no, known } = await deps.database.transaction(async (transaction) => {
        const earlier = key === undefined ? undefined : await workOrderOfKey(transaction, key, body);
        if (earlier !== undefined) return { no: earlier, known: true };
        const receivedAt = deps.clock.now();
        const [next = ''] = await deps.sheets.nextNumbers(transaction, civilDateOf(receivedAt), 1);
        const { class: code, answers, actor, ...given } = body;
        const sheet = {
          ...given,
          no: next,
          realm: 'live' as const,
          externalNo: null,
          callerName: given.callerName ?? null,
          callerContact: given.callerContact ?? null,
          district: given.district ?? null,
          receivedAt,
        };
        await acceptIntake(deps, transaction, sheet, { class: code, answers, actor });
        if (key !== undefined) await keepKey(transaction, key, body, next);
        return { no: next, known: false };
      });
      const answer = {
        body: await views.workOrder(no),
        headers: { Location: `/api/work-orders/${encodeURIComponent(no)}` },
      };
      return known ? { status: 200, ...answer } : { status: 201, ...answer };
    },
    listWorkOrders: async ({ query }) => {
      const { total, sheets } = await deps.sheets.list(query);
      const summaries = await deps.database.transaction((transaction) =>
        caseSummaries(
          transaction,
          sheets.map((sheet) => sheet.no),
        ),
      );
      const items = sheets.map((sheet) => summaryView(sheet, summaries.get(sheet.no)));
      return { status: 200, body: { total, limit: query.limit, offset: query.offset, items } };
    },
    readWorkOrder: async ({ params }) => ({ status: 200, body: await views.workOrder(params.no) }),
    readTrail: async ({ params }) => ({ status: 200, body: await views.trail(params.no) }),
  };
}
