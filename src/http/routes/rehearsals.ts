import { checkApart, currentCheckContext } from '../../design/checking/index.js';
import { sourcesInForce } from '../../engine/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import {
  counterExample,
  withDrafts,
  dryRun,
  readScenarios,
  recordScenario,
  scenariosWith,
  stageOf,
  type Begin,
  type DryAct,
  type Expected,
} from '../../design/rehearsal/index.js';
import type { rehearsalOperations } from '../contract/rehearsal.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { dutiesIn } from '../regulation-of-case.js';
import { counterExampleView, rehearsalView, scenariosView } from '../views/rehearsal-view.js';

export function rehearsalHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof rehearsalOperations> {
  /** The drafts among what is in force. */
  const stageWith = async (diagrams: readonly string[]) => {
    const inForce = await deps.database.transaction(async (transaction) => {
      await deps.calendar.refresh(transaction);
      await deps.policies.refresh(transaction);
      return sourcesInForce(transaction, deps.clock.now());
    });
    const calendar = deps.calendar.current();
    return {
      calendar,
      stage: await stageOf(await withDrafts(inForce, diagrams), {
        calendar,
        law: deps.laws.today(),
        policies: deps.policies,
        standIns: deps.identity.rules.standIns,
      }),
    };
  };
  const currentCatalogue = () =>
    deps.database.transaction(
      async (transaction) => (await deps.catalogues.at(transaction, deps.clock.now())).catalogue,
    );
  return {
    rehearse: async ({ body: { diagrams, begin, acts } }) => {
      const { stage, calendar } = await stageWith(diagrams);
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
      return {
        status: 200,
        body: rehearsalView(stage.definitions, run, duties, calendar, deps.laws.today()),
      };
    },
    findCounterExample: async ({ body: { diagram, finding } }) => {
      const { findings } = await checkApart(diagram, await currentCheckContext(deps));
      const found = findings.find(
        ({ rule, element, message }) =>
          rule === finding.rule && element === finding.element && message === finding.message,
      );
      if (!found) {
        throw new Refusal('input.invalid', '核查这张图没有这一处', {
          where: 'finding',
          remedy: '重新核查,照核查的结果写',
        });
      }
      const { stage } = await stageWith([diagram]);
      const catalogue = await currentCatalogue();
      const known = (await readScenarios()).map(({ given }) => given);
      const run = await counterExample({ stage, catalogue, known }, found);
      return { status: 200, body: counterExampleView(found, run) };
    },
    recordScenario: async ({ body: { diagrams, begin, acts, expected } }) => {
      const { stage } = await stageWith(diagrams);
      const catalogue = await currentCatalogue();
      const { content, unmet } = recordScenario(stage, catalogue, {
        // Parsed from JSON.
        begin: begin as Begin,
        acts: acts as readonly DryAct[],
        expected: expected as Expected | undefined,
      });
      return { status: 200, body: { steps: JSON.stringify(content), unmet: [...unmet] } };
    },
    listScenarios: async () => {
      const sources = await deps.database.transaction((transaction) =>
        sourcesInForce(transaction, deps.clock.now()),
      );
      return { status: 200, body: scenariosView(await scenariosWith(await readScenarios(), sources)) };
    },
  };
}
