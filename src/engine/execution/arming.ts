/** The deadlines of one instance during one step: armed, withdrawn, or moved with their limit. */
import type { ClockMove } from '../ports.js';
import type { StepResult, Stimulus, TimerArm } from '../runtime/interface.js';
import { deadlineKey, type CaseDraft, type OpenDeadline } from './case-file.js';
import { adjusted, clockOf, invalid, lawful, runningLimit, type LimitClock } from './clocks.js';
import { checkGranted } from './extension.js';
import type { DeployedDefinition } from './definitions.js';
import type { Laws } from '../../kernel/law.js';
import type { DueDates, Policies, Terms } from '../../kernel/timer-spec.js';

export interface Arming {
  readonly armed: ReadonlyMap<string, OpenDeadline>;
  readonly withdrawn: readonly OpenDeadline[];
  /** Events whose timers had fired and are re-armed. */
  readonly rearmed: ReadonlySet<string>;
  /** Applies the timers of a step's result; without `clock` each follows its limit's clock, or starts now. */
  note(timers: StepResult['timers'], clock?: LimitClock): void;
  /** @throws {Refusal} `clock.invalid` */
  move(move: ClockMove, take: Take): void;
  /** Arms the running timers of the events, and those fired ones whose instant is still to come. */
  rearm(events: readonly string[], clock: LimitClock, take: Take): void;
}

interface Take {
  /** The step's result for this stimulus. */
  trial(stimulus: Stimulus): StepResult;
  real(stimulus: Stimulus, clock: LimitClock): void;
}

export function createArming(
  draft: CaseDraft,
  step: {
    readonly instance: number;
    readonly at: Date;
    readonly deployed: DeployedDefinition;
    /** Start of the limits that begin with the step, if not the step's instant. */
    readonly begins: LimitClock | undefined;
  },
  deps: { readonly dueDates: DueDates; readonly policies: Policies; readonly laws: Laws },
): Arming {
  const { instance, at, deployed, begins } = step;
  const { annotations } = deployed;
  const policies = deps.policies.at(draft.startedAt);
  const armed = new Map<string, OpenDeadline>();
  const withdrawn: OpenDeadline[] = [];
  const rearmed = new Set<string>();
  const keyOf = ({ timer }: TimerArm): string => deadlineKey(instance, timer);
  const dueOf = ({ spec: drawn }: TimerArm, clock: LimitClock) => {
    const { startedAt, adjustments } = clock;
    const { spec, length } = lawful(drawn, draft, clock, deps.laws);
    const terms: Terms = adjustments.length > 0 ? { policies, adjustments } : { policies };
    return { spec, length, ...deps.dueDates.due(spec, startedAt, terms) };
  };

  const arming: Arming = {
    armed,
    withdrawn,
    rearmed,
    note: ({ disarm, arm }, clock) => {
      for (const timer of disarm) {
        const key = deadlineKey(instance, timer);
        const deadline = draft.deadlines.get(key);
        draft.deadlines.delete(key);
        if (deadline && !armed.delete(key)) withdrawn.push(deadline);
      }
      for (const timer of arm) {
        const follows = clock ?? begins ?? clockOf(draft, instance, timer.spec, at);
        const { startedAt, adjustments, version } = follows;
        const due = dueOf(timer, follows);
        const deadline: OpenDeadline = {
          instance,
          timer: timer.timer,
          element: timer.element,
          host: timer.host ?? null,
          level: annotations.element(timer.element)?.level ?? null,
          dueAt: due.at,
          startedAt,
          fired: timer.fired,
          provisional: due.provisional,
          limit: annotations.element(timer.element)?.isLimit ?? false,
          paused: due.paused ?? false,
          version,
          adjustments,
          ...(due.length ? { length: due.length } : {}),
          reasons: { spec: due.spec, derivation: due.derivation },
        };
        draft.deadlines.set(keyOf(timer), deadline);
        armed.set(keyOf(timer), deadline);
      }
    },
    move: (move, take) => {
      const event = annotations.timerOf(move.limit) ?? '';
      const running = runningLimit(draft, instance, event);
      // A limit that has passed starts again while its activity continues.
      const goesOn = (): boolean =>
        event !== '' && take.trial({ kind: 'rearm', events: [event] }).timers.arm.length > 0;
      if (!running && !(move.act === 'restart' && goesOn())) throw invalid(move, '没有在计时');
      const { startedAt, adjustments, version, length }: LimitClock = running ?? {
        ...{ startedAt: at, adjustments: [], version: 0 },
      };
      const clock: LimitClock = {
        ...{ startedAt, adjustments: adjusted(adjustments, move, at), version: version + 1 },
        ...(length && move.act !== 'restart' ? { length } : {}),
      };
      const dueThen = (): Date | undefined => {
        const [timer] = take.trial({ kind: 'rearm', events: [event] }).timers.arm;
        return timer && dueOf(timer, clock).at;
      };
      checkGranted(move, running, { file: draft, at, due: dueThen }, { ...deps, policies });
      arming.rearm(annotations.countedFrom(event), clock, take);
    },
    rearm: (events, clock, take) => {
      const wanted = take.trial({ kind: 'rearm', events }).timers.arm.filter((timer) => {
        if (draft.deadlines.has(keyOf(timer))) return true;
        const due = dueOf(timer, clock);
        const again = !due.paused && due.at > at;
        if (again) rearmed.add(timer.element);
        return again;
      });
      if (wanted.length > 0)
        take.real({ kind: 'rearm', events: wanted.map(({ element }) => element) }, clock);
    },
  };
  return arming;
}
