/**
 * A second opinion on a draft: `bpmn-engine` also runs the scenarios that pass a changed element,
 * and both engines must be in the same state after every step. Two implementations of one standard
 * rarely make the same mistake.
 */
import { enteredIn, isStep } from '../../accountability/events/index.js';
import {
  defectsAt,
  flowNodes,
  libraryDefects,
  libraryRuntime,
  type FlowNode,
  type Runtime,
} from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import type { EngineRemark, SecondOpinion } from '../compliance/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { isEventSubProcess, scopeAround } from './around.js';
import type { Changed } from './changed-elements.js';
import type { RehearsedCase } from './rehearsed-case.js';
import { runScenario } from './run-scenario.js';
import type { Scenario } from './scenario.js';
import type { Stage } from './stage.js';
import { yieldToEventLoop } from './yield-to-event-loop.js';

/**
 * @param scenarios those that pass a changed element
 * @param time `spent`: milliseconds since the beginning; no scenario starts once it exceeds `most`
 */
export async function secondOpinion(
  stage: Stage,
  scenarios: readonly Scenario[],
  time: { readonly spent: () => number; readonly most: number },
  onDone: (scenarios: number) => void,
): Promise<SecondOpinion> {
  const differing: EngineRemark[] = [];
  const uncompared: EngineRemark[] = [];
  let agree = 0;
  let done = 0;
  for (const scenario of scenarios) {
    if (time.spent() > time.most) break;
    await yieldToEventLoop();
    const { title, provisions } = scenario;
    const { difference, defect } = compared(stage, scenario);
    if (difference === undefined) agree += 1;
    else if (defect === undefined) differing.push({ title, provisions, why: difference });
    else uncompared.push({ title, provisions, why: defect });
    done += 1;
    onDone(done);
  }
  return { agree, differing, uncompared, unfinished: scenarios.length - done };
}

interface Lived {
  /** Each step's name and the state of the case after it. */
  readonly stood: readonly (readonly [step: string, standing: string])[];
  readonly failures: readonly string[];
  readonly passed: Passages;
}

function compared(
  stage: Stage,
  scenario: Scenario,
): { readonly difference?: string; readonly defect?: string } {
  const ours = lived(stage, scenario);
  const unsupported: string[] = [];
  const theirs = lived({ ...stage, runtime: noting(unsupported) }, scenario);
  const difference = firstDifference(ours, theirs);
  if (difference === undefined) return {};
  const [missing] = unsupported;
  if (missing !== undefined) return { difference, defect: missing };
  const defects = defectsAt(ours.passed.all(stage)).map((id) => libraryDefects[id].what);
  return defects.length > 0 ? { difference, defect: defects.join('；') } : { difference };
}

/** The library's engine; features that it lacks entirely are noted. */
const noting = (unsupported: string[]): Runtime => ({
  step: (...given) => {
    try {
      return libraryRuntime.step(...given);
    } catch (error) {
      if (!(error instanceof Refusal)) {
        const what = `bpmn-engine 出错：${error instanceof Error ? error.message : String(error)}`;
        unsupported.push(what);
        throw new Refusal('definition.unsupported', what);
      }
      if (error.code === 'definition.unsupported') unsupported.push(error.message);
      throw error;
    }
  },
});

function lived(stage: Stage, scenario: Scenario): Lived {
  const stood: (readonly [string, string])[] = [];
  const passed = new Passages();
  const { failures } = runScenario(stage, scenario, {
    onStep: (step, rehearsed) => {
      stood.push([step, standingOf(rehearsed)]);
      passed.look(rehearsed);
    },
  });
  return { stood, failures, passed };
}

/** Open tasks, running limits, and whether everything has ended. */
function standingOf({ file }: RehearsedCase): string {
  const tasks = [...file.tasks.values()].map(({ process, name }) => `${process}“${name}”`);
  const limits = [...file.deadlines.values()].map(
    ({ element, paused, dueAt }) => `${element}（${paused ? '暂停' : toShanghaiIso(dueAt)}）`,
  );
  return [...tasks.sort(), ...limits.sort(), ...(file.endedAt ? ['已结束'] : [])].join('、');
}

function firstDifference(ours: Lived, theirs: Lived): string | undefined {
  for (const [at, [step, standing]] of ours.stood.entries()) {
    const other = theirs.stood[at]?.[1];
    if (other === standing) continue;
    return `“${step}”以后，本引擎停在${standing || '无'};bpmn-engine ${other === undefined ? `走不到这一步：${theirs.failures.at(-1) ?? ''}` : `停在${other || '无'}`}`;
  }
  // Where both refuse, each says so in its own words.
  const [mine, its] = [ours.failures.join('；'), theirs.failures.join('；')];
  return (mine === '') === (its === '')
    ? undefined
    : `本引擎：${mine || '照旧'};bpmn-engine:${its || '照旧'}`;
}

/** Whether a timer that starts it runs from the beginning of its scope. */
function isTimedIn(node: FlowNode, isEntered: (scope: string) => boolean): boolean {
  const scope = scopeAround(node);
  const timed = (node.flowElements ?? []).some(
    (one) =>
      one.$type === 'bpmn:StartEvent' &&
      (one as FlowNode).eventDefinitions?.some(({ $type }) => $type === 'bpmn:TimerEventDefinition'),
  );
  return isEventSubProcess(node) && timed && (scope === undefined || isEntered(scope));
}

/** What one run passed: elements by instance, and the most tokens that rested at one element at once. */
class Passages {
  /** By element, wherever a process that is called runs. */
  readonly #times = new Map<string, Map<number, number>>();
  readonly #atOnce = new Map<string, number>();
  #read = 0;

  look({ entries, file }: RehearsedCase): void {
    for (const entry of entries.slice(this.#read)) {
      if (!isStep(entry)) continue;
      const { instance } = entry.body;
      for (const element of enteredIn(entry)) {
        const times = this.#times.get(element) ?? new Map<number, number>();
        times.set(instance, (times.get(instance) ?? 0) + 1);
        this.#times.set(element, times);
      }
    }
    this.#read = entries.length;
    const resting = new Map<string, number>();
    for (const { element, instance, locals } of file.tasks.values()) {
      if (locals !== null && 'loopCounter' in locals) continue;
      const key = `${instance}/${element}`;
      resting.set(key, (resting.get(key) ?? 0) + 1);
    }
    for (const [key, count] of resting) {
      const element = key.slice(key.indexOf('/') + 1);
      this.#atOnce.set(element, Math.max(count, this.#atOnce.get(element) ?? 0));
    }
  }

  *all({ definitions }: Stage) {
    for (const { definition } of definitions.all) {
      const nodes = [...flowNodes(definition)];
      const isEntered = nodes.some(([id]) => this.#times.has(id));
      for (const [id, node] of nodes) {
        const times = this.#times.get(id);
        if (times) yield { node, times: Math.max(...times.values()), atOnce: this.#atOnce.get(id) ?? 0 };
        // Its timer runs, and its limit is seen, from the beginning of what is around it.
        else if (isEntered && isTimedIn(node, (scope) => this.#times.has(scope)))
          yield { node, times: 1, atOnce: 0 };
      }
    }
  }
}

/** Whether the case entered one of these elements, or used one of these tables. */
export const passes =
  (changed: Changed) =>
  ({ entries }: Pick<RehearsedCase, 'entries'>): boolean =>
    entries.some(
      (entry) =>
        isStep(entry) &&
        (enteredIn(entry).some((id) => changed.elements.has(id)) ||
          (entry.body.decisions ?? []).some(({ decision }) => changed.tables.has(decision))),
    );
