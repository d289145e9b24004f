/** The checks and the difference, as they stand at present: with the catalogue, the policies and the versions in force. */
import type { CalendarKeeper } from '../calendar/index.js';
import { checkContextOf } from '../checking/index.js';
import { checkDiagram, difference } from '../compliance/index.js';
import { sourcesInForce, type Handlers } from '../engine/index.js';
import type { Identity } from '../identity/index.js';
import type { Clock } from '../kernel/index.js';
import type { Database } from '../persistence/index.js';
import type { PolicyKeeper } from '../policy/index.js';
import { shippedCatalogue } from '../regulation/index.js';
import type { GovernancePorts } from './drafts.js';

export function governancePorts(deps: {
  readonly calendar: CalendarKeeper;
  readonly clock: Clock;
  readonly database: Database;
  readonly handlers: Handlers;
  readonly identity: Pick<Identity, 'rules'>;
  readonly policies: PolicyKeeper;
}): GovernancePorts {
  const { calendar, clock, database, handlers, identity, policies } = deps;
  const catalogue = shippedCatalogue();
  return {
    check: async (_key, source) => {
      const now = clock.now();
      const inForce = await database.transaction(async (transaction) => {
        await calendar.refresh(transaction);
        await policies.refresh(transaction);
        return sourcesInForce(transaction, now);
      });
      const context = checkContextOf({
        norms: catalogue.norms,
        inForce,
        handlers: handlers.names(),
        calendar: calendar.current(),
        policies: policies.catalogue.all,
        valueOf: (key) => policies.at(now).value(key),
        access: identity.rules,
      });
      return checkDiagram(source, context);
    },
    compare: (_key, before, after) => difference(before, after),
    regulation: () => catalogue.version.inForceFrom,
  };
}
