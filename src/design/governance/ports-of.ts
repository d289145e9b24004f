/** Checks and differences with the current catalogue, policies and versions in force. */
import {
  checkApart,
  compareApart,
  currentCheckContext,
  currentLawWords,
  type CheckingParts,
} from '../checking/index.js';
import type { GovernancePorts } from './drafts.js';
import { groundOf } from './trial.js';

export function governancePorts(deps: CheckingParts): GovernancePorts {
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
