/** The one runner of scenarios, scripts and rehearsals: what happens at each step on the real engine. */
import { courseOf } from '../../accountability/course/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import { rulesOf, type Catalogue } from '../../law/regulation/index.js';
import { beginCase, beginning } from './begin.js';
import { doDeed, type OnFound } from './deeds.js';
import { doOrdinaryTask } from './ordinary-task.js';
import { refusalOf } from './refusal-of.js';
import { freeTextAnswers, rehearsedCase, type RehearsedCase } from './rehearsed-case.js';
import type { Expected, Script, Step } from './scenario.js';
import { changesIn, stageWith, type Stage } from './stage.js';
import { compareExpectations } from './unmet-expectations.js';

type Unsaid<One> = One extends Step ? Omit<One, 'when' | 'then'> : never;
/** A step without the words that announce it, or the completion of the task at an element. */
export type Taken =
  | Unsaid<Step>
  | {
      readonly complete: string;
      readonly at?: string | undefined;
      readonly with?: JsonObject | undefined;
      readonly refused?: string | undefined;
    };
type Act = Exclude<Taken, { expect: Expected }>;

export interface Happened<One extends Taken> {
  /** Undefined for the start. */
  readonly step: One | undefined;
  /** The instant of the simulated clock. */
  readonly at: Date;
  readonly rehearsed: RehearsedCase;
  /** The stage with what the scenario states. */
  readonly stage: Stage;
  /** The refusal with which the act ended; it changed nothing. */
  readonly refusal?: Refusal | undefined;
  /** Sentences: what is not as expected, be it a refusal. */
  readonly unmet: readonly string[];
  /** The actual values of an expectation. */
  readonly came?: Expected;
}

interface Running<One extends Taken> extends Pick<Script, 'given'> {
  readonly steps: readonly One[];
  /** Default: that of the first day. */
  readonly catalogue?: Catalogue | undefined;
  readonly onFound?: ((step: One, ...found: Parameters<OnFound>) => void) | undefined;
}

/** @throws {Refusal} if what the scenario states is wrong, for example a policy */
export function* livedSteps<One extends Taken>(
  on: Stage,
  running: Running<One>,
): Generator<Happened<One>, void> {
  const { given, steps, onFound, catalogue = on.catalogueOn(given.at.slice(0, 10)) } = running;
  const stage = stageWith(on, given, changesIn(steps));
  const rehearsed = rehearsedCase(stage, given);
  let at = new Date(given.at);
  const { message, process = message === undefined ? beginning(stage) : '', facts = {} } = given;
  const begin = message === undefined ? { process } : { message };
  const refusal = refusalOf(() => beginCase(rehearsed, stage, begin, facts, at));
  const unmet = refusal ? [refusal.message] : [];
  yield { step: undefined, at, rehearsed, stage, refusal, unmet };
  for (const step of steps) {
    const act: Taken = step;
    if ('expect' in act) {
      yield { step, at, rehearsed, stage, ...compareExpectations(act.expect, rehearsed, stage) };
      continue;
    }
    const refused = refusalOf(() => {
      const next = instantOf(act, at);
      if (next < at)
        throw new Refusal('input.invalid', '时间不能往回走', { where: 'at', remedy: '按先后写' });
      at = next;
      take(stage, catalogue, rehearsed, act, at, (...found) => onFound?.(step, ...found));
    });
    yield { step, at, rehearsed, stage, refusal: refused, unmet: unexpected(act, refused) };
  }
}

function unexpected(act: Act, refusal: Refusal | undefined): readonly string[] {
  const wanted = 'refused' in act ? act.refused : undefined;
  if (wanted === refusal?.code) return [];
  if (wanted === undefined) return [refusal?.message ?? ''];
  return [`应当被拒绝（${wanted}），实际${refusal ? `是 ${refusal.code}` : '办成了'}`];
}

function instantOf(act: Act, now: Date): Date {
  const instant = 'clock' in act ? act.clock : act.at;
  return instant === undefined ? now : new Date(instant);
}

/** @throws {Refusal} `deed.unknown`, and as `doDeed`, `doOrdinaryTask`, `complete`, `send` */
export function take(
  stage: Stage,
  catalogue: Catalogue,
  rehearsed: RehearsedCase,
  act: Act,
  at: Date,
  onFound: OnFound = () => undefined,
): void {
  if ('clock' in act || 'policies' in act) return rehearsed.moveTo(at);
  const { with: facts = {} } = act;
  if ('send' in act) return rehearsed.send(act.send, facts, at);
  if ('task' in act) return doOrdinaryTask(rehearsed, act.task, facts, at, stage.laws.today(), onFound);
  if ('complete' in act) {
    rehearsed.moveTo(new Date(at.getTime() - 1));
    onFound(rehearsed.elementOf(rehearsed.openTask(act.complete)), {});
    return rehearsed.complete(act.complete, { ...freeTextAnswers(rehearsed, act.complete), ...facts }, at);
  }
  const { do: deed, by } = act;
  if (deed === 'wait') return rehearsed.moveTo(at);
  if (!catalogue.vocabulary.deeds.some(({ name }) => name === deed)) {
    throw new Refusal('deed.unknown', `条例的词汇里没有“${deed}”`, {
      where: 'do',
      remedy: '词汇见 hotline regulation deeds',
    });
  }
  const trail = () => rehearsed.entries.map((entry, index) => ({ ...entry, seq: index + 1 }));
  const holder = by === undefined ? null : courseOf(trail(), rulesOf(catalogue)).holder.unit;
  doDeed(stage, rehearsed, { deed, facts, at, by, holder, onFound });
}
