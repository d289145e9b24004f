/** A rehearsal of the draft: start, acts, and the program's answers. */
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { call, type Input, type Output } from '../../../api/client.js';
import { useAttempt, type Attempting } from '../../../components/attempt.js';

type Request = NonNullable<Input<'rehearse'>['body']>;
export type Act = Request['acts'][number];
export type Begin = Request['begin'];
export type Seen = Output<'rehearse'>;
export type Scenario = Output<'listScenarios'>['items'][number];

/** An expectation, not an act. */
export const isExpected = (act: Act): boolean => 'expect' in act;

/** DOM id of an entry. */
export const entryId = (seq: number): string => `tried-${seq}`;

export interface Rehearsal extends Pick<Attempting, 'busy' | 'error'> {
  readonly seen: ShallowRef<Seen | undefined>;
  /** State before the last act; undefined at the start. */
  readonly before: ComputedRef<Seen | undefined>;
  readonly acts: Ref<readonly Act[]>;
  /** The scenario being followed; undefined after a deviation. */
  readonly scenario: ShallowRef<Scenario | undefined>;
  /** The scenario at the start, also after a deviation. */
  readonly origin: ShallowRef<Scenario | undefined>;
  readonly started: ShallowRef<Begin | undefined>;
  readonly stepsDone: ComputedRef<number>;
  readonly hasBegun: ComputedRef<boolean>;
  begin(begin: Begin, scenario?: Scenario): Promise<void>;
  act(act: Act): Promise<void>;
  /** Runs the scenario's next act with the expectations around it. */
  nextStep(): Promise<void>;
  back(): Promise<void>;
  end(): void;
}

/** @param xml the current drawing */
export function useRehearsal(xml: () => Promise<string | undefined>): Rehearsal {
  const { busy, error, attempt } = useAttempt();
  const seen = shallowRef<Seen>();
  /** Answers, each with the number of acts before it. */
  const answers = shallowRef<readonly { readonly after: number; readonly answer: Seen }[]>([]);
  const acts = ref<readonly Act[]>([]);
  const started = shallowRef<Begin>();
  const scenario = shallowRef<Scenario>();
  const origin = shallowRef<Scenario>();

  /** @returns whether all acts were possible */
  const run = async (begin: Begin, tried: readonly Act[]): Promise<boolean> => {
    let isDone = false;
    await attempt(async () => {
      const draft = await xml();
      const body = { diagrams: draft === undefined ? [] : [draft], begin, acts: [...tried] };
      const answer = await call('rehearse', { body });
      seen.value = answer;
      isDone = answer.refused === null;
      // A refused act changed nothing; the next attempt continues before it.
      acts.value = answer.refused === null ? tried : tried.slice(0, Math.max(0, answer.refused.act));
      const after = acts.value.length;
      answers.value = [...answers.value.filter((one) => one.after < after), { after, answer }];
    });
    return isDone;
  };
  const act = async (next: Act): Promise<void> => {
    scenario.value = undefined;
    if (started.value) await run(started.value, [...acts.value, next]);
  };
  return {
    busy,
    error,
    seen,
    before: computed(() => answers.value.at(-2)?.answer),
    acts,
    scenario,
    origin,
    started,
    // While the scenario is followed, acts and steps have the same indices.
    stepsDone: computed(() => (scenario.value ? acts.value.length : 0)),
    hasBegun: computed(() => started.value !== undefined),
    async begin(begin, chosen) {
      started.value = begin;
      scenario.value = chosen;
      origin.value = chosen;
      await run(begin, []);
    },
    act,
    async nextStep() {
      const steps = (scenario.value?.steps ?? []).slice(acts.value.length);
      const next = steps.findIndex((step) => !isExpected(step.act as Act));
      const behind = steps.findIndex((step, index) => index > next && !isExpected(step.act as Act));
      const taken = steps.slice(0, next === -1 || behind === -1 ? steps.length : behind);
      // The server's scenario steps have the request's own format.
      if (started.value) await run(started.value, [...acts.value, ...taken.map((step) => step.act as Act)]);
    },
    async back() {
      const last = acts.value.findLastIndex((one) => !isExpected(one));
      if (started.value) await run(started.value, acts.value.slice(0, Math.max(0, last)));
    },
    end() {
      started.value = undefined;
      scenario.value = undefined;
      seen.value = undefined;
      [acts.value, answers.value] = [[], []];
    },
  };
}
