/** Checks and differences with the current catalogue, policies and versions in force. */
import type { CalendarKeeper } from '../../calendar/index.js';
import { checkApart, compareApart, currentCheckContext, currentLawWords } from '../checking/index.js';
import type { ClassTrees } from '../../sheet/classification/index.js';
import type { Handlers } from '../../engine/index.js';
import type { Identity } from '../../identity/index.js';
import type { Clock } from '../../kernel/index.js';
import type { Laws } from '../../kernel/law.js';
import type { Database } from '../../platform/database/index.js';
import type { PolicyKeeper } from '../../law/policy/index.js';
import type { Catalogues } from '../../law/regulation/index.js';
import type { GovernancePorts } from './drafts.js';
import { groundOf } from './trial.js';

export function governancePorts(deps: {
  readonly calendar: CalendarKeeper;
  readonly catalogues: Catalogues;
  readonly classTrees: ClassTrees;
  readonly clock: Clock;
  readonly database: Database;
  readonly handlers: Handlers;
  readonly identity: Pick<Identity, 'rules'>;
  readonly laws: Laws;
  readonly policies: PolicyKeeper;
}): GovernancePorts {
  return {
    check: async (source, reports, day) =>
      checkApart(source, { ...(await currentCheckContext(deps, day)), stage: 'submission', reports }),
    ground: () => groundOf(deps),
    compare: async (_key, before, after) =>
      compareApart(before, after, await currentLawWords(deps), deps.laws.today()),
    regulation: async (transaction, at) =>
      (await deps.catalogues.at(transaction, at)).catalogue.version.inForceFrom,
  };
}
