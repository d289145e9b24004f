/** Runs scenarios, alone or compared with the version in force. Report of rule 13. */
import type { DifferingScenario } from '../compliance/index.js';
import type { RehearsedCase } from './rehearsed-case.js';
import { runScenario, type ScenarioResult } from './run-scenario.js';
import { differencesOf } from './scenario-differences.js';
import type { Scenario } from './scenario.js';
import type { Stage } from './stage.js';
import { yieldToEventLoop } from './yield-to-event-loop.js';

export interface ScenarioReport {
  readonly scenarios: number;
  /** Failed scenarios, by name. */
  readonly failed: readonly Omit<ScenarioResult, 'outcome'>[];
}

export async function scenarioReport(stage: Stage, scenarios: readonly Scenario[]): Promise<ScenarioReport> {
  const failed: Omit<ScenarioResult, 'outcome'>[] = [];
  for (const scenario of scenarios) {
    await yieldToEventLoop();
    const { outcome: _outcome, ...result } = runScenario(stage, scenario);
    if (result.failures.length > 0) failed.push(result);
  }
  return { scenarios: scenarios.length, failed };
}

/** Runs on the draft and on the version in force; a new process runs only on the draft. */
export async function comparedScenarios(
  stages: { readonly inForce: Stage; readonly draft: Stage },
  scenarios: readonly Scenario[],
  onDone: (scenarios: number) => void,
  {
    onLived = () => undefined,
    onBoth = () => undefined,
  }: {
    readonly onLived?: (scenario: Scenario, rehearsed: RehearsedCase) => void;
    /** Called when both versions have walked the whole scenario. */
    readonly onBoth?: (scenario: Scenario, was: RehearsedCase, is: RehearsedCase) => void;
  } = {},
): Promise<ScenarioReport & { readonly differing: readonly DifferingScenario[] }> {
  const failed: Omit<ScenarioResult, 'outcome'>[] = [];
  const differing: DifferingScenario[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    await yieldToEventLoop();
    const lived: { is?: RehearsedCase; was?: RehearsedCase } = {};
    const { outcome, ...is } = runScenario(stages.draft, scenario, { onLived: (one) => (lived.is = one) });
    if (lived.is) onLived(scenario, lived.is);
    if (is.failures.length > 0) failed.push(is);
    if (stages.inForce.definitions.all.some(({ key }) => key === scenario.given.process)) {
      const was = runScenario(stages.inForce, scenario, { onLived: (one) => (lived.was = one) });
      const differences = differencesOf(was.outcome, outcome);
      if (was.walked && is.walked && lived.was && lived.is) onBoth(scenario, lived.was, lived.is);
      const holds = holding(was.failures.length === 0, is.failures.length === 0);
      if (differences.length > 0 || holds === 'draft' || holds === 'in-force') {
        differing.push({ title: is.title, provisions: is.provisions, holds, differences });
      }
    }
    onDone(index + 1);
  }
  return { scenarios: scenarios.length, failed, differing };
}

const holding = (before: boolean, after: boolean): DifferingScenario['holds'] => {
  if (before) return after ? 'both' : 'in-force';
  return after ? 'draft' : 'neither';
};
