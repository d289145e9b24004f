/** Rehearses a draft by hand: a start and the acts so far. It is stateless: each request runs everything again. */
import { isStep, type Content } from '../../accountability/events/index.js';
import type { CaseFile, ElementAnnotation, OpenTask } from '../../engine/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import { beginCase } from './begin.js';
import { doDeed, type OnFound } from './deeds.js';
import { doOrdinaryTask, type OrdinaryTask } from './ordinary-task.js';
import { freeTextAnswers, rehearsedCase, type RehearsedCase } from './rehearsed-case.js';
import type { Expected } from './scenario.js';
import { withPolicies, type Stage } from './stage.js';
import { compareExpectations } from './unmet-expectations.js';

export type Begin = ({ readonly process: string } | { readonly message: string }) & {
  readonly at: string;
  readonly facts?: JsonObject | undefined;
  /** Values that override the policies in force for this case. */
  readonly policies?: { readonly [key: string]: string } | undefined;
  /** Sheets that may be cited as earlier ones; without the list any sheet may. */
  readonly earlierSheets?: readonly string[] | undefined;
  /** `DUTY/NAME`: people who are recused once the matter is registered. */
  readonly accusedPersons?: readonly string[] | undefined;
};

/** Instants are ISO 8601 with offset. Without one, an act happens at the instant of the preceding act. */
export type DryAct =
  | {
      readonly complete: string;
      readonly at?: string | undefined;
      readonly with?: JsonObject | undefined;
      /** Code of the expected refusal. */
      readonly refused?: string | undefined;
    }
  /** A deed of the regulation's vocabulary. */
  | {
      readonly do: string;
      readonly by?: string | undefined;
      readonly at?: string | undefined;
      readonly with?: JsonObject | undefined;
      readonly refused?: string | undefined;
    }
  /** A task that is no deed, found by role, form and name. */
  | {
      readonly task: OrdinaryTask;
      readonly at?: string | undefined;
      readonly with?: JsonObject | undefined;
      readonly refused?: string | undefined;
    }
  | { readonly send: string; readonly at?: string | undefined; readonly with?: JsonObject | undefined }
  | { readonly clock: string }
  /** Expectations that must hold at this point. */
  | { readonly expect: Expected };

export interface DryRun {
  /** The simulated time. */
  readonly now: Date;
  readonly file: CaseFile;
  readonly entries: readonly Content[];
  /** Elements with tokens, and their processes. */
  readonly waiting: readonly { readonly process: string; readonly element: string }[];
  readonly elementOf: (task: OpenTask) => ReturnType<RehearsedCase['elementOf']>;
  /** For each act of a person (by its index): where it was done or refused, as in `OnFound`. */
  readonly steps: readonly {
    readonly act: number;
    readonly element: ElementAnnotation;
    readonly fields: { readonly [fact: string]: string };
  }[];
  /** For each expectation (by its index): what does not hold, and the actual values. */
  readonly expectations: readonly {
    readonly act: number;
    readonly unmet: readonly string[];
    readonly came: Expected;
  }[];
  /** The refused act (-1: the start). It changed nothing, and later acts were not run. */
  readonly refused?: { readonly act: number; readonly refusal: Refusal };
}

/** Free texts may be omitted. */
export function dryRun(stage: Stage, begin: Begin, acts: readonly DryAct[]): DryRun {
  const rehearsed = rehearsedCase(withPolicies(stage, begin.policies ?? {}), {
    earlierSheets: begin.earlierSheets,
    accusedPersons: begin.accusedPersons,
  });
  let now = new Date(begin.at);
  let at = -1;
  const expectations: DryRun['expectations'][number][] = [];
  const steps: DryRun['steps'][number][] = [];
  const seen = (): DryRun => ({ ...standingOf(rehearsed, now), expectations, steps });
  try {
    beginCase(rehearsed, stage, begin, begin.facts ?? {}, now);
    for (const act of acts) {
      at += 1;
      if ('expect' in act) {
        expectations.push({ act: at, ...compareExpectations(act.expect, rehearsed, stage) });
        continue;
      }
      now = instantOf(act, now);
      const step = at;
      take(stage, rehearsed, act, now, (element, fields) => steps.push({ act: step, element, fields }));
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...seen(), refused: { act: at, refusal: error } };
  }
  return seen();
}

type Deed = Exclude<DryAct, { expect: Expected }>;

function instantOf(act: Deed, now: Date): Date {
  const instant = 'clock' in act ? act.clock : act.at;
  const at = instant === undefined ? now : new Date(instant);
  if (at >= now) return at;
  throw new Refusal('input.invalid', '时间不能往回走', { where: 'acts', remedy: '给出不早于上一步的时间' });
}

function take(stage: Stage, rehearsed: RehearsedCase, act: Deed, at: Date, onFound: OnFound): void {
  if ('clock' in act) return rehearsed.moveTo(at);
  if ('send' in act) return rehearsed.send(act.send, act.with ?? {}, at);
  const { with: facts = {}, refused } = act;
  const what = 'do' in act ? act.do : 'task' in act ? act.task.name : act.complete;
  const done = (): void => {
    if ('task' in act) return doOrdinaryTask(rehearsed, act.task, facts, at, stage.laws.today(), onFound);
    if ('do' in act) return doDeed(stage, rehearsed, { deed: act.do, facts, by: act.by, at, onFound });
    rehearsed.moveTo(new Date(at.getTime() - 1));
    onFound(rehearsed.elementOf(rehearsed.openTask(act.complete)), {});
    rehearsed.complete(act.complete, { ...freeTextAnswers(rehearsed, act.complete), ...facts }, at);
  };
  if (refused === undefined) return done();
  try {
    done();
  } catch (error) {
    if (error instanceof Refusal && error.code === refused) return;
    throw error;
  }
  throw new Refusal('input.invalid', `“${what}”应当被拒绝（${refused}），却办成了`, {
    where: what,
    remedy: '核对流程图和这一步',
  });
}

function standingOf(rehearsed: RehearsedCase, now: Date): Omit<DryRun, 'expectations' | 'steps' | 'refused'> {
  const { file, entries } = rehearsed;
  const resting = new Map<number, { process: string; element: string }[]>();
  for (const { body } of entries.filter(isStep)) {
    const { process, waiting = [] } = body;
    resting.set(
      body.instance,
      waiting.map((element) => ({ process, element })),
    );
  }
  return {
    now,
    file,
    entries,
    elementOf: (task) => rehearsed.elementOf(task),
    waiting: [...resting.values()].flat(),
  };
}
