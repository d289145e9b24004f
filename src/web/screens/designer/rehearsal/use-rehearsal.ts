/** A case tried on the draft: a beginning, the acts so far, and what the program answers to them. */
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { call, type Input, type Output } from '../../../api/client.js';
import { useAttempt, type Attempting } from '../../../components/attempt.js';

type Request = NonNullable<Input<'rehearse'>['body']>;
export type Act = Request['acts'][number];
export type Begin = Request['begin'];
export type Seen = Output<'rehearse'>;
export type Scenario = Output<'listScenarios'>['items'][number];

/** Of an entry's line on the screen. */
export const entryId = (seq: number): string => `tried-${seq}`;

export interface Rehearsal extends Pick<Attempting, 'busy' | 'error'> {
  readonly seen: ShallowRef<Seen | undefined>;
  /** As the case stood before the last act; undefined at the beginning. */
  readonly before: ComputedRef<Seen | undefined>;
  readonly acts: Ref<readonly Act[]>;
  /** The scenario that is stepped through, and how many of its steps are done. */
  readonly scenario: ShallowRef<Scenario | undefined>;
  readonly stepsDone: Ref<number>;
  readonly hasBegun: ComputedRef<boolean>;
  begin(begin: Begin, scenario?: Scenario): Promise<void>;
  act(act: Act): Promise<void>;
  /** The scenario's steps up to and with its next act. */
  nextStep(): Promise<void>;
  back(): Promise<void>;
  end(): void;
}

/** @param xml the draft as it is drawn at this moment */
export function useRehearsal(xml: () => Promise<string | undefined>): Rehearsal {
  const { busy, error, attempt } = useAttempt();
  const seen = shallowRef<Seen>();
  /** The answers so far: the first to the beginning, then one an act. */
  const answers = shallowRef<readonly Seen[]>([]);
  const acts = ref<readonly Act[]>([]);
  const started = shallowRef<Begin>();
  const scenario = shallowRef<Scenario>();
  const stepsDone = ref(0);

  /** @returns whether all of it could be done */
  const run = async (begin: Begin, tried: readonly Act[]): Promise<boolean> => {
    let isDone = false;
    await attempt(async () => {
      const draft = await xml();
      const body = { diagrams: draft === undefined ? [] : [draft], begin, acts: [...tried] };
      const answer = await call('rehearse', { body });
      seen.value = answer;
      isDone = answer.refused === null;
      // What was refused changed nothing; the next try goes on from before it.
      acts.value = answer.refused === null ? tried : tried.slice(0, Math.max(0, answer.refused.act));
      answers.value = [...answers.value.slice(0, acts.value.length), answer];
    });
    return isDone;
  };
  const act = async (next: Act): Promise<void> => {
    if (started.value) await run(started.value, [...acts.value, next]);
  };
  return {
    busy,
    error,
    seen,
    before: computed(() => answers.value[acts.value.length - 1]),
    acts,
    scenario,
    stepsDone,
    hasBegun: computed(() => started.value !== undefined),
    async begin(begin, chosen) {
      started.value = begin;
      scenario.value = chosen;
      stepsDone.value = 0;
      await run(begin, []);
    },
    act,
    async nextStep() {
      const steps = scenario.value?.steps ?? [];
      const at = steps.findIndex((step, index) => index >= stepsDone.value && step.act !== null);
      const next = steps[at]?.act;
      stepsDone.value = at === -1 ? steps.length : at + 1;
      // The server read it from its own file of scenarios, in the words of this very request.
      if (next) await act(next as Act);
    },
    async back() {
      if (!started.value) return;
      scenario.value = undefined;
      await run(started.value, acts.value.slice(0, -1));
    },
    end() {
      started.value = undefined;
      scenario.value = undefined;
      seen.value = undefined;
      [acts.value, answers.value] = [[], []];
    },
  };
}
