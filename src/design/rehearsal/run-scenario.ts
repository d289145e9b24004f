/** Runs a scenario on a stage and reports for each step which expectations fail. */
import { Refusal } from '../../kernel/index.js';
import { beginCase } from './begin.js';
import { doDeed } from './deeds.js';
import { doOrdinaryTask } from './ordinary-task.js';
import { refusalOf } from './refusal-of.js';
import { rehearsedCase, type RehearsedCase } from './rehearsed-case.js';
import type { Scenario, Step } from './scenario.js';
import { withPolicies, type Stage } from './stage.js';
import { outcomeOf } from './scenario-differences.js';
import { unmetExpectations } from './unmet-expectations.js';

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

/** Runs it on the stage's engine. */
export function runScenario(stage: Stage, scenario: Scenario, watch: Watch = {}): ScenarioResult {
  const { name, title, provisions, given } = scenario;
  const rehearsed = rehearsedCase(withPolicies(stage, given.policies ?? {}), {
    earlierSheets: given.earlierSheets ?? [],
    accusedPersons: given.accusedPersons,
  });
  const failures: string[] = [];
  const guarded = (text: string, act: () => void): boolean => {
    try {
      act();
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failures.push(`${text}：${error.message}`);
      return false;
    }
  };

  let now = new Date(given.at);
  let walked = guarded('开始', () => begin(rehearsed, stage, given, now));
  watch.onStep?.('开始', rehearsed);
  for (const step of walked ? [...scenario.before, ...scenario.steps] : []) {
    if ('expect' in step) {
      failures.push(
        ...unmetExpectations(step.expect, rehearsed, stage).map((failure) => `${step.then}：${failure}`),
      );
      continue;
    }
    now = instantOf(step, now);
    const at = now;
    const wrong: string[] = [];
    walked = guarded(step.when, () => wrong.push(...taken(step, rehearsed, stage, at))) && wrong.length === 0;
    failures.push(...wrong);
    watch.onStep?.(step.when, rehearsed);
    if (!walked) break;
  }
  watch.onLived?.(rehearsed);
  const outcome = outcomeOf(rehearsed, stage.laws.today());
  return { name, title, provisions, walked, failures, outcome };
}

type Act = Exclude<Step, { then: string }>;

function instantOf(step: Act, now: Date): Date {
  if ('clock' in step) return new Date(step.clock);
  return step.at === undefined ? now : new Date(step.at);
}

/** @returns failures: an unexpected refusal, or a missing one */
function taken(step: Act, rehearsed: RehearsedCase, stage: Stage, at: Date): readonly string[] {
  if ('clock' in step) rehearsed.moveTo(at);
  else if ('send' in step) rehearsed.send(step.send, step.with ?? {}, at);
  else if (step.refused === undefined) doStep(step, rehearsed, stage, at);
  else {
    const code = refusalOf(() => doStep(step, rehearsed, stage, at))?.code;
    if (code !== step.refused) {
      return [
        `${step.when}：应当被拒绝（${step.refused}），实际${code === undefined ? '办成了' : `是 ${code}`}`,
      ];
    }
  }
  return [];
}

export const begin = (
  rehearsed: RehearsedCase,
  stage: Stage,
  { process, message, facts = {} }: Scenario['given'],
  at: Date,
): void => beginCase(rehearsed, stage, message === undefined ? { process } : { message }, facts, at);

/** @throws {Refusal} as `doDeed` */
export function doStep(
  step: Extract<Act, { do: string } | { task: object }>,
  rehearsed: RehearsedCase,
  stage: Stage,
  at: Date,
): void {
  const { with: facts = {} } = step;
  if ('task' in step) return doOrdinaryTask(rehearsed, step.task, facts, at, stage.laws.today());
  const { do: deed, by } = step;
  doDeed(stage, rehearsed, { deed, facts, by, at });
}
