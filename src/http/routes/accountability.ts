import { indexTrail, sequence } from '../../accountability/index.js';
import { toShanghaiIso } from '../../calendar/index.js';
import { provisionLabel } from '../../regulation/model/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { within } from '../sight.js';
import { accountabilityRows } from '../store/accountability-store.js';

export function accountabilityHandlers(deps: HttpDeps): Pick<Handlers, 'listAccountability'> {
  return {
    listAccountability: async ({ viewer }) => {
      await sequence(deps.database);
      await indexTrail(deps.database);
      const rows = await within(deps, viewer).database.transaction(accountabilityRows);
      return {
        status: 200,
        body: {
          items: rows.map(({ openedAt, ground, tasks, ...row }) => ({
            ...row,
            openedAt: toShanghaiIso(openedAt),
            ground: ground === null ? null : { id: ground, label: provisionLabel(ground) },
            tasks: [...tasks],
          })),
        },
      };
    },
  };
}
