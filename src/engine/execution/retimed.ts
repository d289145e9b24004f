/**
 * Timers of a migrated instance that are new or timed differently in the new version. A running one is recomputed from
 * the start of its limit with all adjustments since; none may be due before the migration itself. Pure.
 */
import { Refusal, type JsonObject } from '../../kernel/index.js';
import { lawful, type LimitClock } from './clocks.js';
import type { CaseFile, Instance, OpenDeadline } from './case-file.js';
import type { DeployedDefinition } from './definitions.js';
import type { Definition, Runtime, State, TimerArm } from '../runtime/interface.js';
import type { Hindrance, MovedState } from '../runtime/token/moved-state.js';
import type { Laws } from '../../kernel/law.js';
import type { DueDates, Policies, TimerSpec } from '../../kernel/timer-spec.js';

export interface TimingDeps {
  readonly dueDates: DueDates;
  readonly policies: Policies;
  readonly laws: Laws;
  readonly runtime: Runtime;
}

/** Events to arm at once. */
export interface Retimed {
  readonly events: readonly string[];
  /** The clock they follow; without it they start with the migration. */
  readonly clock?: LimitClock;
  /** Events and instants that no longer apply. */
  readonly replaced: readonly JsonObject[];
}

interface Versions {
  readonly from: Definition;
  readonly to: Definition;
  readonly deployed: DeployedDefinition;
}

/** @throws {Refusal} `timer.invalid`, `expression.invalid` if the new version's timers do not fit the case */
export function retimedBy(
  file: CaseFile,
  instance: Instance,
  { state, placed, own, disarmed, toArm }: MovedState,
  { from, to, deployed: { annotations } }: Versions,
  at: Date,
  deps: TimingDeps,
): { readonly retimed: readonly Retimed[]; readonly hindrances: readonly Hindrance[] } {
  const policies = deps.policies.at(file.startedAt);
  const placeOf = ({ element }: OpenDeadline): string => placed.get(element) ?? element;
  const rootOf = (event: string): string => annotations.element(event)?.countedFrom ?? event;
  /** None if no token is at any of the hosts. */
  const armsOf = (definition: Definition, of: State, events: readonly string[]): readonly TimerArm[] => {
    try {
      return deps.runtime.step(definition, of, { kind: 'rearm', events }, file.variables, at).timers.arm;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'stimulus.not-waiting') return [];
      throw error;
    }
  };
  const inLaw = (spec: TimerSpec, clock: LimitClock): TimerSpec => lawful(spec, file, clock, deps.laws).spec;
  const isPast = ({ spec }: TimerArm, clock: LimitClock): boolean => {
    const { startedAt, adjustments } = clock;
    const due = deps.dueDates.due(inLaw(spec, clock), startedAt, { policies, adjustments });
    return !due.paused && due.at <= at;
  };

  const running = [...file.deadlines.values()].filter(
    (one) => one.instance === instance.number && own.timers.has(one.timer) && !disarmed.includes(one.timer),
  );
  const oldNames = [...new Set(running.map(({ element }) => element))];
  const newNames = [...new Set(running.map(placeOf))];
  const was = new Map(armsOf(from, instance.state, oldNames).map(({ timer, spec }) => [timer, spec]));
  const is = new Map(armsOf(to, state, newNames).map((arm) => [arm.timer, arm]));
  const changed = new Set(
    running.filter((one) => {
      const [drawn, redrawn] = [was.get(one.timer), is.get(one.timer)?.spec];
      if (!drawn || !redrawn) return false;
      return isOtherwise(inLaw(drawn, one), inLaw(redrawn, one), placed);
    }),
  );
  const clockOf = (one: OpenDeadline): LimitClock => ({
    startedAt: one.startedAt,
    adjustments: one.adjustments,
    version: one.version + (changed.has(one) ? 1 : 0),
    ...(one.length ? { length: one.length } : {}),
  });

  const hindrances: Hindrance[] = [];
  const groups = new Map<string, Retimed>();
  const retime = (event: string, clock?: LimitClock, replaced: readonly JsonObject[] = []): void => {
    const key = clock ? `${rootOf(event)} ${clock.startedAt.getTime()} ${clock.version}` : '';
    const group = groups.get(key) ?? { events: [], replaced: [], ...(clock ? { clock } : {}) };
    groups.set(key, {
      ...group,
      events: [...group.events, event],
      replaced: [...group.replaced, ...replaced],
    });
  };
  for (const one of changed) {
    const arm = is.get(one.timer);
    if (!arm) continue;
    if (isPast(arm, one)) {
      hindrances.push({ element: one.element, why: '按新版的时长在换版以前就已到期，不能追溯' });
    }
    const due = one.paused ? null : one.dueAt.toISOString();
    retime(arm.element, clockOf(one), [{ element: arm.element, due }]);
  }
  // New timers, and fired ones of a changed limit that are still to come under the new length.
  const ofChanged = [...changed].flatMap((one) => annotations.countedFrom(placeOf(one)));
  for (const event of new Set([...toArm, ...ofChanged])) {
    if (newNames.includes(event)) continue;
    const limit = running.find((one) => placeOf(one) === rootOf(event));
    if (!limit) retime(event);
    else if (!armsOf(to, state, [event]).every((arm) => isPast(arm, limit))) retime(event, clockOf(limit));
  }
  return { retimed: [...groups.values()], hindrances };
}

const isOtherwise = (was: TimerSpec, is: TimerSpec, placed: ReadonlyMap<string, string>): boolean =>
  JSON.stringify(renamed(was, placed)) !== JSON.stringify(is);

/** The event that the timer is counted from has another id. */
export function renamed(spec: TimerSpec, placed: ReadonlyMap<string, string>): TimerSpec {
  const { relative } = spec;
  if (!relative) return spec;
  const to = renamed(relative.to, placed);
  const of = relative.of === undefined ? {} : { of: placed.get(relative.of) ?? relative.of };
  return { ...spec, relative: { ...relative, ...of, to } };
}
