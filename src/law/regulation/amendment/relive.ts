/**
 * A case's trail as it would read had a clock of the law another length: people's acts stay, limits are counted anew from
 * what the trail says they were counted from, and a limit passes at its own instant. No engine, no database.
 */
import {
  armedIn,
  clockPassed,
  instanceOf,
  isStep,
  levelsIn,
  subjectOf,
  withdrawnIn,
  type Armed,
} from '../../../accountability/events/index.js';
import { readDerivation } from '../../../calendar/index.js';
import { civilDateOf } from '../../../kernel/civil-date.js';
import type { Catalogue } from '../model/index.js';
import { daysOfClocks, inTime, passing } from '../clocks.js';
import { standingOf, type DutyEntry, type OwedDuty } from '../interpret.js';
import type { DueDates, TimerSpec } from '../../../kernel/timer-spec.js';

/** Of a clock whose length the other law changes, in working days. */
export interface Change {
  readonly from: number;
  readonly to: number;
}

/** Level that a timer of the diagram leads to; undefined for a timer that leads to none. */
export type LevelOf = (process: string, element: string) => string | undefined;

export interface Level {
  readonly level: string;
  readonly at: Date;
}

export interface Relived {
  /** As it would read. What passes has a number between those of its neighbours. */
  readonly trail: readonly DutyEntry[];
  readonly duties: readonly OwedDuty[];
  /** Of the clocks that changed, in order of time: as the trail has them, and under the other law. */
  readonly levelsBefore: readonly Level[];
  readonly levels: readonly Level[];
}

/** Clocks with another number of working days. */
export function changedClocks(before: Catalogue, after: Catalogue): ReadonlyMap<string, Change> {
  const [was, is] = [daysOfClocks(before), daysOfClocks(after)];
  return new Map(
    [...is].flatMap(([clock, to]) => {
      const from = was.get(clock);
      return from === undefined || from === to ? [] : [[clock, { from, to }] as const];
    }),
  );
}

/**
 * Norms with another limit whose timers cannot be counted anew: one of the two limits is not in working days, or the
 * clock has a shorter one.
 */
export function notCounted(before: Catalogue, after: Catalogue): string[] {
  const counted = changedClocks(before, after);
  const known = new Set(before.norms.map((norm) => limitOfClock(norm)));
  return after.norms
    .filter((norm) => {
      const { duty, deadline } = norm;
      if (!duty?.clock || deadline === null || counted.has(duty.clock)) return false;
      const was = before.norm(norm.id);
      return was ? limitOfClock(was) !== limitOfClock(norm) : !known.has(limitOfClock(norm));
    })
    .map(({ id }) => id);
}

const limitOfClock = ({ duty, deadline }: Catalogue['norms'][number]): string =>
  `${duty?.clock ?? ''} ${JSON.stringify(deadline)}`;

/** A timer of a limit that changed, while it runs. */
interface Run {
  readonly element: string;
  readonly limit: string;
  readonly clock: string | undefined;
  readonly process: string;
  /** The entry that armed it, the first time. */
  readonly armed: DutyEntry;
  due: Date | null;
  /** As it was. */
  was: string | null;
  /** Since then it no longer runs. */
  until: Date | undefined;
}

export function relive(
  law: Catalogue,
  trail: readonly DutyEntry[],
  {
    changes,
    dueDates,
    levelOf,
  }: {
    readonly changes: ReadonlyMap<string, Change>;
    readonly dueDates: DueDates;
    readonly levelOf: LevelOf;
  },
): Relived {
  const runs: Run[] = [];
  /** What runs now, by instance and element. */
  const running = new Map<string, Run>();
  const limits = new Map<string, Change>();
  const levelsBefore: Level[] = [];
  const moved = trail.map((entry): DutyEntry => {
    if (!isStep(entry)) return entry;
    const key = (element: string): string => `${String(instanceOf(entry))} ${element}`;
    for (const element of withdrawnIn(entry)) {
      const run = running.get(key(element));
      if (run) run.until ??= entry.at;
      running.delete(key(element));
    }
    const armed = armedIn(entry);
    for (const { clock, element } of armed) {
      const change = clock === undefined ? undefined : changes.get(clock);
      if (change) limits.set(element, change);
    }
    if (entry.type === 'timer.fired' && running.has(key(entry.body.of)))
      levelsBefore.push(...levelsIn(entry).map((level) => ({ level, at: entry.at })));
    const passed = clockPassed(entry);
    const isMoved = passed !== undefined && limits.has(subjectOf(entry) ?? '');
    const again = armed.map((one) => rearmed(one, limits, dueDates));
    for (const [index, one] of again.entries()) {
      const limit = limitOf(armed[index], limits);
      if (limit === undefined) continue;
      const due = one.due === null ? null : new Date(one.due);
      const known = running.get(key(one.element));
      if (known) {
        known.due = due;
        known.was = armed[index]?.due ?? null;
        continue;
      }
      const { process } = entry.body;
      const run: Run = {
        element: one.element,
        limit,
        clock: one.clock,
        process,
        armed: entry,
        due,
        was: armed[index]?.due ?? null,
        until: undefined,
      };
      running.set(key(one.element), run);
      runs.push(run);
    }
    if (!isMoved && again.every((one, index) => one === armed[index])) return entry;
    const { clock: _clock, ...body } = entry.body as typeof entry.body & { readonly clock?: string };
    return {
      ...entry,
      body: { ...(isMoved ? body : entry.body), ...(armed.length > 0 ? { armed: again } : {}) },
    } as DutyEntry;
  });
  endWithTheirDuty(law, moved, runs);
  const last = trail.at(-1)?.at ?? new Date(0);
  const fired = runs.filter(({ due, until }) => due !== null && due < (until ?? later(last)));
  const passings = fired.flatMap((run) => (run.clock === undefined ? [] : [passingOf(run)]));
  const relived = inTime(moved, passings);
  const duties = standingOf(law, relived).duties;
  return { trail: relived, duties, levelsBefore, levels: levelsOf(fired, levelOf) };
}

/** What passes after the last entry is found by `stateAt`. */
const later = (last: Date): Date => new Date(last.getTime() + 1);

/** The limit that the timer is, or is counted from. */
function limitOf(armed: Armed | undefined, limits: ReadonlyMap<string, Change>): string | undefined {
  if (!armed) return undefined;
  if (limits.has(armed.element)) return armed.element;
  const timer = (armed.derivation as { readonly timer?: TimerSpec } | null)?.timer;
  for (let spec = timer?.relative; spec; spec = spec.to.relative)
    if (spec.of !== undefined && limits.has(spec.of)) return spec.of;
  return undefined;
}

/** The same object where the other law changes nothing of it. */
function rearmed(armed: Armed, limits: ReadonlyMap<string, Change>, dueDates: DueDates): Armed {
  const limit = limitOf(armed, limits);
  const change = limits.get(limit ?? '');
  if (limit === undefined || !change || armed.due === null || armed.derivation === null) return armed;
  const read = readDerivation(armed.derivation);
  if (!read) return armed;
  const { timer, from, adjustments, policies } = read;
  const other = armed.element === limit ? withLength(timer, change) : relativeTo(timer, limit, change);
  if (other === timer) return armed;
  const reach = (): string => dueDates.due(other, from, { policies, adjustments }).at.toISOString();
  if (adjustments.length > 0 || !countsDays(other)) return { ...armed, due: reach() };
  // Whole days: the same for all that start on one day.
  const key = `${JSON.stringify(other)} ${civilDateOf(from)} ${JSON.stringify(armed.derivation.policies)}`;
  const known = knownDays(dueDates);
  const due = known.get(key) ?? reach();
  known.set(key, due);
  return { ...armed, due };
}

const reached = new WeakMap<DueDates, Map<string, string>>();

function knownDays(dueDates: DueDates): Map<string, string> {
  const known = reached.get(dueDates) ?? new Map<string, string>();
  reached.set(dueDates, known);
  return known;
}

const countsDays = ({ kind, unit, text, relative }: TimerSpec): boolean =>
  kind === 'duration' &&
  unit === 'working-days' &&
  !text.includes('T') &&
  (!relative || countsDays(relative.to));

/** A diagram that was stricter than the law stays so. */
function withLength(timer: TimerSpec, { from, to }: Change): TimerSpec {
  const drawn = Number(/^P(\d+)D$/.exec(timer.text.trim())?.[1]);
  if (timer.unit !== 'working-days' || timer.policy !== undefined || Number.isNaN(drawn)) return timer;
  const days = drawn === from ? to : Math.min(drawn, to);
  return days === drawn ? timer : { ...timer, text: `P${days}D` };
}

function relativeTo(timer: TimerSpec, limit: string, change: Change): TimerSpec {
  const { relative } = timer;
  if (!relative) return timer;
  const to = relative.of === limit ? withLength(relative.to, change) : relativeTo(relative.to, limit, change);
  return to === relative.to ? timer : { ...timer, relative: { ...relative, to } };
}

/**
 * A timer that had fired is not withdrawn: it runs as long as its limit does, and at the longest until the duty ends. One
 * that fires no later than it did ran then.
 */
function endWithTheirDuty(law: Catalogue, moved: readonly DutyEntry[], runs: readonly Run[]): void {
  const open = runs.filter(({ until, due, was }) => until === undefined && isLater(due, was));
  if (open.length === 0) return;
  const byArmed = new Map<DutyEntry, Date>();
  for (const run of runs) if (run.until) byArmed.set(run.armed, run.until);
  const at = new Map(moved.map((entry) => [entry.seq, entry.at]));
  const clocks = new Set(runs.flatMap(({ clock }) => (clock === undefined ? [] : [clock])));
  const ended = standingOf(law, moved).duties.filter(({ norm }) =>
    clocks.has(law.norm(norm)?.duty?.clock ?? ''),
  );
  for (const run of open) {
    const together = byArmed.get(run.armed);
    // Of the norms of one limit the last one that ends it.
    const ends = ended
      .filter(({ opened }) => opened.seq <= run.armed.seq)
      .flatMap(({ ended: seq }) => (seq === null ? [] : [at.get(seq) ?? run.armed.at]))
      .filter((instant) => instant > run.armed.at)
      .sort((one, other) => one.getTime() - other.getTime());
    run.until = together ?? ends.at(-1);
  }
}

const isLater = (due: Date | null, was: string | null): boolean =>
  due !== null && was !== null && due.getTime() > Date.parse(was);

const passingOf = ({ armed, clock, due, element, process }: Run): DutyEntry =>
  passing(due ?? armed.at, armed.seq, {
    process,
    version: 1,
    instance: instanceOf(armed) ?? 0,
    recordedAt: armed.at.toISOString(),
    of: element,
    ...(clock === undefined ? {} : { clock }),
  });

const levelsOf = (fired: readonly Run[], levelOf: LevelOf): readonly Level[] =>
  fired
    .flatMap(({ process, element, due }) => {
      const level = levelOf(process, element);
      return level === undefined || due === null ? [] : [{ level, at: due }];
    })
    .sort((one, other) => one.at.getTime() - other.at.getTime());
