import { sourcesInForce } from '../../engine/index.js';
import { drafted, dryRun, readScenarios, stageOf } from '../../rehearsal/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { rehearsalView, scenariosView } from '../views/rehearsal-view.js';

export function rehearsalHandlers(deps: HttpDeps): Pick<Handlers, 'rehearse' | 'listScenarios'> {
  return {
    rehearse: async ({ body: { diagrams, begin, acts } }) => {
      const inForce = await deps.database.transaction(async (transaction) => {
        await deps.calendar.refresh(transaction);
        await deps.policies.refresh(transaction);
        return sourcesInForce(transaction, deps.clock.now());
      });
      const stage = await stageOf(await drafted(inForce, diagrams), {
        calendar: deps.calendar.current(),
        policies: deps.policies,
      });
      const run = dryRun(stage, begin, acts);
      return { status: 200, body: rehearsalView(stage.definitions, run) };
    },
    listScenarios: async () => ({ status: 200, body: scenariosView(await readScenarios()) }),
  };
}
