import { checkApart, currentCheckContext } from '../../design/checking/index.js';
import { sourcesInForce } from '../../engine/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import { packageOn } from '../../kernel/package-content.js';
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
import type { Transaction } from '../../platform/database/index.js';
import type { rehearsalOperations } from '../contract/rehearsal.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { dutiesIn } from '../regulation-of-case.js';
import { counterExampleView, rehearsalView, scenariosView } from '../views/rehearsal-view.js';

export function rehearsalHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof rehearsalOperations> {
  /** Definitions in force, with the drafts in place of theirs. */
  const stageWith = async (transaction: Transaction, diagrams: readonly string[]) => {
    await deps.calendar.refresh(transaction);
    await deps.policies.refresh(transaction);
    const inForce = await sourcesInForce(transaction, deps.clock.now());
    const { catalogue } = await deps.catalogues.at(transaction, deps.clock.now());
    const calendar = deps.calendar.current();
    const around = {
      calendar,
      law: deps.laws.today(),
      policies: deps.policies,
      rules: deps.identity.rules,
    };
    return {
      calendar,
      catalogue,
      stage: async () => stageOf(await withDrafts(inForce, diagrams), around),
    };
  };
  return {
    rehearse: async ({ body: { diagrams, begin, acts } }, transaction) => {
      const staged = await stageWith(transaction, diagrams);
      return async () => {
        const stage = await staged.stage();
        // Parsed from JSON, hence a JsonObject.
        const facts = begin.facts as JsonObject | undefined;
        const run = dryRun(stage, { ...begin, facts }, acts as readonly DryAct[], staged.catalogue);
        return async (later: Transaction) => {
          const duties = await dutiesIn({ ...deps, standIns: stage.standIns }, later, {
            trail: run.entries.map((entry, index) => ({ ...entry, seq: index + 1 })),
            startedAt: new Date(begin.at),
            // The case's clock is simulated, but today's regulation applies.
            knownAt: deps.clock.now(),
            at: run.now,
          });
          return rehearsalView(stage.definitions, run, duties, staged.calendar, deps.laws.today());
        };
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
          remedy: '重新核查，照核查的结果写',
        });
      }
      return async (transaction) => {
        const { stage, catalogue } = await stageWith(transaction, [diagram]);
        return async () => {
          const known = (await scenariosOfToday(deps)).map(({ given }) => given);
          const run = await counterExample({ stage: await stage(), catalogue, known }, found);
          return counterExampleView(found, run);
        };
      };
    },
    recordScenario: async ({ body: { diagrams, begin, acts, expected } }, transaction) => {
      const { stage, catalogue } = await stageWith(transaction, diagrams);
      return async () => {
        const { content, unmet } = recordScenario(await stage(), catalogue, {
          // Parsed from JSON.
          begin: begin as Begin,
          acts: acts as readonly DryAct[],
          expected: expected as Expected | undefined,
        });
        return { steps: JSON.stringify(content), unmet };
      };
    },
    listScenarios: async (_, transaction) => {
      const sources = await sourcesInForce(transaction, deps.clock.now());
      return async () => scenariosView(await scenariosWith(await scenariosOfToday(deps), sources));
    },
  };
}

const scenariosOfToday = ({ clock }: HttpDeps) => readScenarios(packageOn(civilDateOf(clock.now())));
