/** Do the scenarios of every article still pass? The thirteenth check of a draft, on both runtimes. */
import type { RuntimeName } from '../engine/index.js';
import { breath } from './breath.js';
import { runScenario, type ScenarioResult } from './run-scenario.js';
import type { Scenario } from './scenario.js';
import type { Stage } from './stage.js';

export interface ScenarioReport {
  readonly scenarios: number;
  readonly runtimes: readonly RuntimeName[];
  /** Those that do not pass, in the order of their names. */
  readonly failed: readonly ScenarioResult[];
}

/** Where the second runtime is known not to follow (`scenario.library`), it is not asked. */
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
      await breath();
      const result = runScenario(stage, scenario, runtime);
      if (result.failures.length > 0) failed.push(result);
    }
    onDone(index + 1);
  }
  return { scenarios: scenarios.length, runtimes, failed };
}
