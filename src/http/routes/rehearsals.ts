import { sourcesInForce } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { withDrafts, dryRun, readScenarios, stageOf, type DryAct } from '../../rehearsal/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { dutiesIn } from '../regulation-of-case.js';
import { rehearsalView, scenariosView } from '../views/rehearsal-view.js';

export function rehearsalHandlers(deps: HttpDeps): Pick<Handlers, 'rehearse' | 'listScenarios'> {
  return {
    rehearse: async ({ body: { diagrams, begin, acts } }) => {
      const inForce = await deps.database.transaction(async (transaction) => {
        await deps.calendar.refresh(transaction);
        await deps.policies.refresh(transaction);
        return sourcesInForce(transaction, deps.clock.now());
      });
      const calendar = deps.calendar.current();
      const stage = await stageOf(await withDrafts(inForce, diagrams), {
        calendar,
        policies: deps.policies,
      });
      // Parsed from JSON, hence a JsonObject.
      const facts = begin.facts as JsonObject | undefined;
      const run = dryRun(stage, { ...begin, facts }, acts as readonly DryAct[]);
      const duties = await deps.database.transaction((transaction) =>
        dutiesIn({ ...deps, standIns: stage.standIns }, transaction, {
          trail: run.entries.map((entry, index) => ({ ...entry, seq: index + 1 })),
          startedAt: new Date(begin.at),
          // The clock is moved, but today's regulation applies.
          knownAt: deps.clock.now(),
          at: run.now,
        }),
      );
      return { status: 200, body: rehearsalView(stage.definitions, run, duties, calendar) };
    },
    listScenarios: async () => ({ status: 200, body: scenariosView(await readScenarios()) }),
  };
}
