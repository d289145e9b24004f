import { orderTrial, viewTrial } from '../../design/governance/index.js';
import type { draftTrialOperations } from '../contract/draft-trial.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { trialView } from '../views/trial-view.js';

export function draftTrialHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof draftTrialOperations> {
  const governance = { ...deps, ...deps.governance };
  const view = async (id: number) => trialView(await viewTrial(governance, id));
  return {
    readTrial: ({ params: { id } }) => view(id),
    orderTrial: async ({ viewer, params: { id } }) => {
      await orderTrial(governance, id, viewer);
      return view(id);
    },
  };
}
