/** Runs all scenarios on both runtimes. Report of rule 13. */
import type { RuntimeName } from '../engine/index.js';
import { yieldToEventLoop } from './yield-to-event-loop.js';
import { runScenario, type ScenarioResult } from './run-scenario.js';
import type { Scenario } from './scenario.js';
import type { Stage } from './stage.js';

export interface ScenarioReport {
  readonly scenarios: number;
  readonly runtimes: readonly RuntimeName[];
  /** Failed ones, by name. */
  readonly failed: readonly ScenarioResult[];
}

/** Scenarios with a known defect of the second runtime (`scenario.library`) run on the first only. */
export async function scenarioReport(
  stage: Stage,
  scenarios: readonly Scenario[],
  runtimes: readonly RuntimeName[] = ['token', 'bpmn-engine'],
  onDone: (scenarios: number) => void = () => undefined,
): Promise<ScenarioReport> {
  const failed: ScenarioResult[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    for (const runtime of runtimes) {
      if (runtime === 'bpmn-engine' && scenario.library) continue;
      await yieldToEventLoop();
      const result = runScenario(stage, scenario, runtime);
      if (result.failures.length > 0) failed.push(result);
    }
    onDone(index + 1);
  }
  return { scenarios: scenarios.length, runtimes, failed };
}
