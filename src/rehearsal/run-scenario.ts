/** Runs a scenario on a stage and says, step by step, where what must happen does not. */
import { isDeepStrictEqual } from 'node:util';
import { toShanghaiIso } from '../calendar/index.js';
import type { RuntimeName } from '../engine/index.js';
import { isJsonObject, Refusal, type Json } from '../kernel/index.js';
import { openTasks, ownWords, rehearsedCase, type RehearsedCase } from './rehearsed-case.js';
import type { Expected, Scenario, Step } from './scenario.js';
import { withPolicies, type Stage } from './stage.js';

export interface ScenarioResult {
  readonly name: string;
  readonly title: string;
  readonly provisions: readonly string[];
  readonly runtime: RuntimeName;
  /** Every act could be taken: what is otherwise are instants, levels, values. */
  readonly walked: boolean;
  /** Sentences; empty where it passes. */
  readonly failures: readonly string[];
}

export function runScenario(
  stage: Stage,
  scenario: Scenario,
  runtime: RuntimeName = 'token',
): ScenarioResult {
  const { name, title, provisions, given } = scenario;
  const rehearsed = rehearsedCase(withPolicies(stage, given.policies ?? {}), { runtime });
  const failures: string[] = [];
  const guarded = (text: string, act: () => void): boolean => {
    try {
      act();
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failures.push(`${text}:${error.message}`);
      return false;
    }
  };

  let now = new Date(given.at);
  let walked = guarded('开始', () => {
    if (given.message === undefined) rehearsed.start(given.process, now, given.facts ?? {});
    else rehearsed.send(given.message, given.facts ?? {}, now);
  });
  for (const step of walked ? [...scenario.before, ...scenario.steps] : []) {
    if ('expect' in step) {
      failures.push(...unmet(step.expect, rehearsed, stage).map((failure) => `${step.then}:${failure}`));
      continue;
    }
    now = instantOf(step, now);
    const at = now;
    const wrong: string[] = [];
    walked = guarded(step.when, () => wrong.push(...taken(step, rehearsed, at))) && wrong.length === 0;
    failures.push(...wrong);
    if (!walked) break;
  }
  return { name, title, provisions, runtime, walked, failures };
}

type Act = Exclude<Step, { then: string }>;

function instantOf(step: Act, now: Date): Date {
  if ('clock' in step) return new Date(step.clock);
  return step.at === undefined ? now : new Date(step.at);
}

/** @returns what is wrong with it, where it is refused although it must not be, or the other way round */
function taken(step: Act, rehearsed: RehearsedCase, at: Date): readonly string[] {
  if ('clock' in step) rehearsed.moveTo(at);
  else if ('send' in step) rehearsed.send(step.send, step.with ?? {}, at);
  else {
    const answers = { ...ownWords(rehearsed, step.complete), ...step.with };
    if (step.refused === undefined) rehearsed.complete(step.complete, answers, at);
    else {
      const code = refusalOf(() => rehearsed.complete(step.complete, answers, at));
      if (code !== step.refused) {
        return [
          `${step.when}:应当被拒绝(${step.refused}),实际${code === undefined ? '办成了' : `是 ${code}`}`,
        ];
      }
    }
  }
  return [];
}

function refusalOf(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

function unmet(expected: Expected, rehearsed: RehearsedCase, { definitions }: Stage): readonly string[] {
  const { file, entries } = rehearsed;
  const failures: string[] = [];
  const compare = (what: string, found: unknown, wanted: unknown): void => {
    if (!isDeepStrictEqual(found, wanted)) {
      failures.push(`${what}应为 ${inWords(wanted)},实际是 ${inWords(found)}`);
    }
  };
  if (expected.tasks) compare('待办', openTasks(rehearsed), [...expected.tasks].sort());
  if (expected.escalations) compare('升级', levelsOf(entries), expected.escalations);
  if (expected.messages) compare('消息', messagesOf(entries), expected.messages);
  for (const [timer, due] of Object.entries(expected.due ?? {})) {
    const armed = [...file.deadlines.values()].find((deadline) => deadline.element === timer);
    const on = armed && file.instances.get(armed.instance);
    const name = on && definitions.byId(on.definitionId).annotations.element(timer)?.name;
    compare(`期限“${name ?? timer}”`, armed ? toShanghaiIso(armed.dueAt) : null, due);
  }
  for (const [key, value] of Object.entries(expected.variables ?? {})) {
    compare(`变量 ${key}`, file.variables[key] ?? null, value);
  }
  if (expected.ended !== undefined) compare('是否结束', file.instances.size === 0, expected.ended);
  return failures;
}

/** An instant to the minute; without quotation marks, so that a person may read it. */
const inWords = (value: unknown): string =>
  (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(
    /(\d{4}-\d\d-\d\d)T(\d\d:\d\d):00(?:\.000)?\+08:00/g,
    '$1 $2',
  );

type Entries = RehearsedCase['entries'];

const listed = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

/** `level instant` for each level given, in order. */
export const levelsOf = (entries: Entries): string[] =>
  entries.flatMap(({ at, body }) =>
    listed(body.levels).flatMap((level) =>
      typeof level === 'string' ? [`${level} ${toShanghaiIso(at)}`] : [],
    ),
  );

const messagesOf = (entries: Entries): string[] =>
  entries
    .flatMap(({ body }) => listed(body.thrown).filter(isJsonObject))
    .filter((thrown) => thrown.what === 'message')
    .flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
