/** Checks and differences with the current catalogue, policies and versions in force. */
import {
  checkApart,
  compareApart,
  currentCheckContext,
  currentLawWords,
  type CheckingParts,
} from '../checking/index.js';
import type { CheckContext } from '../compliance/index.js';
import type { GovernancePorts } from './drafts.js';
import { groundOf } from './ground.js';
import { sourcesOn } from './law-to-come.js';

export function governancePorts(deps: CheckingParts): GovernancePorts {
  return {
    check: async (source, reports, day) =>
      checkApart(source, { ...(await contextOn(deps, day)), stage: 'submission', reports }),
    ground: (day) => groundOf(deps, day),
    compare: async (_key, before, after) =>
      compareApart(before, after, await currentLawWords(deps), deps.laws.today()),
    regulation: async (transaction, at) =>
      (await deps.catalogues.at(transaction, at)).catalogue.version.inForceFrom,
  };
}

async function contextOn(deps: CheckingParts, day: string | undefined): Promise<CheckContext> {
  if (day === undefined) return currentCheckContext(deps);
  const now = deps.clock.now();
  const sources = await deps.database.transaction((transaction) => sourcesOn(transaction, now, day));
  return currentCheckContext(deps, { day, sources });
}
