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
} from '../../measures/assessment/index.js';
import { proposeMethod, ruleMethod } from '../../cases/index.js';
import { roleTitles } from '../../identity/index.js';
import { Refusal } from '../../kernel/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { figuresNow, measureViews, proposalView } from '../views/assessment-view.js';

/** Methods: in force, proposed, and their results on past months. */
export function methodHandlers(
  deps: HttpDeps,
  sample: MethodContent,
): Pick<Handlers, 'listMethods' | 'previewMethod' | 'proposeMethod' | 'ruleMethod'> {
  return {
    listMethods: async (_, transaction) => {
      const law = deps.laws.today();
      const proposals = await listMethodProposals(transaction);
      const inForce = methodFor(proposals, periodOfAct(deps.clock.now()), law) ?? null;
      const measures = measureViews(law);
      return { inForce, sample, measures, proposals: proposals.map(proposalView) };
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
    proposeMethod: async ({ viewer, body }) =>
      proposalView(await proposeMethod(deps, { ...body, author: viewer.actor })),
    ruleMethod: async ({ viewer, params: { id }, body }) => {
      if (body.decision !== 'withdraw' && !viewer.roles.includes('compliance-approver')) {
        throw new Refusal('access.denied', '批准和否决不在您的职责之内', {
          remedy: `由担任“${roleTitles['compliance-approver']}”的人办理`,
        });
      }
      return proposalView(await ruleMethod(deps, id, { ...body, actor: viewer.actor }));
    },
  };
}
