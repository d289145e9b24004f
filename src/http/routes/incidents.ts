import { unknownCase } from '../../cases/index.js';
import type { incidentOperations } from '../contract/incident.js';
import { markOf, marks, pageOf } from '../cursor.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { countIncidents, incidentRows, liveCase } from '../store/incident-rows.js';
import { incidentView } from '../views/incident-view.js';

export function incidentHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof incidentOperations> {
  const { clock, definitions, executor, laws } = deps;
  return {
    listIncidents: async ({ viewer, query: { limit, cursor, workOrder } }, transaction) => {
      const whose = { without: viewer.recusedFrom, workOrder };
      const after = markOf(marks.incident, cursor);
      const read = await incidentRows(transaction, whose, { limit: limit + 1, after });
      const { rows, next } = pageOf(read, limit, ({ mark, caseId, key }) => [mark, caseId, key]);
      const items = [];
      for (const row of rows) {
        items.push(incidentView(row, await definitions.named(transaction, row.process, row.version)));
      }
      return { total: await countIncidents(transaction, whose), limit, next, items };
    },
    retryIncident: async ({ viewer, body: { workOrder, key } }, transaction) => {
      const isTheirs = !viewer.recusedFrom.includes(workOrder);
      const caseId = isTheirs ? await liveCase(transaction, workOrder) : undefined;
      if (caseId === undefined) throw unknownCase(workOrder, laws.today());
      return async () => {
        const [answer] = await executor.execute([
          { kind: 'retry', caseId, at: clock.now(), actor: viewer.actor, incident: key },
        ]);
        if (answer?.refusal) throw answer.refusal;
        const still = answer?.file?.incidents.get(key);
        return { mended: still === undefined, why: still?.why ?? null };
      };
    },
  };
}
