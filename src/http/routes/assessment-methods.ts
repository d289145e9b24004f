import {
  checkMethod,
  listMethodProposals,
  mergedTallies,
  methodFor,
  parsePeriod,
  periodOfAct,
  tallies,
  unitKinds,
  type MethodContent,
  type MethodProposal,
} from '../../measures/assessment/index.js';
import { proposeMethod, ruleMethod } from '../../cases/index.js';
import type { Principal } from '../../identity/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { figuresNow, measureViews, proposalView } from '../views/assessment-view.js';

/** Methods: in force, proposed, and their results on past months. */
export function methodHandlers(
  deps: HttpDeps,
  sample: () => MethodContent,
): Pick<Handlers, 'listMethods' | 'previewMethod' | 'proposeMethod' | 'ruleMethod'> {
  const shown = (proposal: MethodProposal, viewer: Principal) =>
    proposalView(proposal, viewer, deps.laws.today());
  return {
    listMethods: async ({ viewer }, transaction) => {
      const law = deps.laws.today();
      const proposals = await listMethodProposals(transaction);
      const inForce = methodFor(proposals, periodOfAct(deps.clock.now()), law) ?? null;
      const measures = measureViews(law);
      return { inForce, sample: sample(), measures, proposals: proposals.map((one) => shown(one, viewer)) };
    },
    previewMethod: async ({ body }, transaction) => {
      const law = deps.laws.today();
      checkMethod(body.content, law);
      const period = parsePeriod(body.period);
      const counts = {
        rows: await tallies(transaction, 'live', [period]),
        merged: await mergedTallies(transaction, 'live', period),
        kinds: await unitKinds(transaction),
      };
      const before = methodFor(await listMethodProposals(transaction), period, law);
      return {
        period,
        before: before ? figuresNow(before, counts, law) : null,
        after: figuresNow(body.content, counts, law),
      };
    },
    proposeMethod: async ({ viewer, body }) => shown(await proposeMethod(deps, body, viewer), viewer),
    ruleMethod: async ({ viewer, params: { id }, body }) =>
      shown(await ruleMethod(deps, id, body, viewer), viewer),
  };
}
