/** Runs a scenario on a stage and reports for each step which expectations fail. */
import { Refusal } from '../../kernel/index.js';
import { livedSteps } from './lived.js';
import type { RehearsedCase } from './rehearsed-case.js';
import { wordsOf, type Scenario } from './scenario.js';
import type { Stage } from './stage.js';
import { outcomeOf } from './scenario-differences.js';

export interface ScenarioResult {
  readonly name: string;
  readonly title: string;
  readonly provisions: readonly string[];
  /** True if every act was possible; instants, levels or values may differ. */
  readonly walked: boolean;
  /** Sentences; empty if the scenario passes. */
  readonly failures: readonly string[];
  /** Levels and duties, in words. */
  readonly outcome: readonly string[];
}

interface Watch {
  readonly onStep?: (step: string, rehearsed: RehearsedCase) => void;
  /** Called at the end, however far the scenario got. */
  readonly onLived?: (rehearsed: RehearsedCase) => void;
}

/** Runs it on the stage's engine, up to the first act that is not possible as stated. */
export function runScenario(stage: Stage, scenario: Scenario, watch: Watch = {}): ScenarioResult {
  const { name, title, provisions, given, before } = scenario;
  const failures: string[] = [];
  let walked = true;
  let lived: RehearsedCase | undefined;
  try {
    const running = {
      given: { ...given, earlierSheets: given.earlierSheets ?? [] },
      steps: [...before, ...scenario.steps],
    };
    for (const { step, rehearsed, unmet } of livedSteps(stage, running)) {
      lived = rehearsed;
      const words = step ? wordsOf(step) : '开始';
      failures.push(...unmet.map((one) => `${words}：${one}`));
      if (step && 'expect' in step) continue;
      walked = unmet.length === 0;
      watch.onStep?.(words, rehearsed);
      if (!walked) break;
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    walked = false;
    failures.push(`开始：${error.message}`);
  }
  if (lived) watch.onLived?.(lived);
  const outcome = lived ? outcomeOf(lived, stage) : [];
  return { name, title, provisions, walked, failures, outcome };
}
