/**
 * Rewrites a case's trail for a clock with another duration: people's acts stay, limits are
 * recomputed from their recorded derivations, and each limit passes at its own instant. It uses no
 * engine and no database.
 */
import { beginning, step, type Timer, type Turn } from '../../../accountability/course/index.js';
import { instanceOf, isStep, levelsIn, subjectOf } from '../../../accountability/events/index.js';
import { readDerivation } from '../../../calendar/index.js';
import { civilDateOf } from '../../../kernel/civil-date.js';
import { daysOfClocks } from '../../../kernel/limit.js';
import type { Catalogue } from '../model/index.js';
import { inTime, passing } from '../clocks.js';
import { standingOf, type DutyEntry, type OwedDuty } from '../interpret.js';
import type { DueDates, TimerSpec } from '../../../kernel/timer-spec.js';

/** Change of a clock's duration, in working days. */
export interface Change {
  readonly from: number;
  readonly to: number;
}

/** Level that a timer of the diagram leads to; undefined if it leads to none. */
export type LevelOf = (process: string, element: string) => string | undefined;

export interface Level {
  readonly level: string;
  readonly at: Date;
}

export interface Relived {
  /** The rewritten trail. A limit that passes gets a number between its neighbours. */
  readonly trail: readonly DutyEntry[];
  readonly duties: readonly OwedDuty[];
  /** Levels of the changed clocks in order of time: as recorded, and under the other law. */
  readonly levelsBefore: readonly Level[];
  readonly levels: readonly Level[];
}

/** Clocks whose number of working days differs. */
export function changedClocks(before: Catalogue, after: Catalogue): ReadonlyMap<string, Change> {
  const [was, is] = [daysOfClocks(before.norms), daysOfClocks(after.norms)];
  return new Map(
    [...is].flatMap(([clock, to]) => {
      const from = was.get(clock);
      return from === undefined || from === to ? [] : [[clock, { from, to }] as const];
    }),
  );
}

/**
 * Norms with a changed limit whose timers cannot be recomputed: one of the two limits is not in
 * working days, or the clock has a shorter one.
 */
export function notCounted(before: Catalogue, after: Catalogue): string[] {
  const counted = changedClocks(before, after);
  const known = new Set(before.norms.map((norm) => limitOfClock(norm)));
  return after.norms
    .filter((norm) => {
      const { duty, limit } = norm;
      if (!duty?.clock || limit === null || counted.has(duty.clock)) return false;
      const was = before.norm(norm.id);
      return was ? limitOfClock(was) !== limitOfClock(norm) : !known.has(limitOfClock(norm));
    })
    .map(({ id }) => id);
}

const limitOfClock = ({ duty, limit }: Catalogue['norms'][number]): string =>
  `${duty?.clock ?? ''} ${JSON.stringify(limit)}`;

/** A timer of a changed limit while it runs. */
interface Run {
  readonly element: string;
  readonly limit: string;
  readonly clock: string | undefined;
  readonly process: string;
  /** The entry that first armed it. */
  readonly armed: DutyEntry;
  due: Date | null;
  /** When it was due in the recorded trail. */
  was: Date | null;
  /** Since when it no longer runs. */
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
  const runs = new Map<string, Run>();
  const limits = new Map<string, Change>();
  const levelsBefore: Level[] = [];
  let course = beginning;
  const moved = trail.map((entry): DutyEntry => {
    course = step(course, entry);
    const { armed, withdrawn, fired } = course.turn;
    for (const timer of withdrawn) {
      const run = runs.get(nameOf(timer));
      if (run) run.until ??= entry.at;
    }
    if (entry.type === 'deadline.recomputed') return asRelived(entry, course.turn, runs);
    for (const { clock, element } of armed) {
      const change = clock === undefined ? undefined : changes.get(clock);
      if (change) limits.set(element, change);
    }
    if (!isStep(entry)) return entry;
    if (fired && runs.has(nameOf(fired)))
      levelsBefore.push(...levelsIn(entry).map((level) => ({ level, at: entry.at })));
    const isMoved = course.turn.passed !== undefined && limits.has(subjectOf(entry) ?? '');
    const dues = armed.map((timer) => dueUnder(timer, limits, dueDates));
    for (const [index, timer] of armed.entries()) {
      const limit = limitOf(timer, limits);
      if (limit === undefined) continue;
      const { element, clock, due: was } = timer;
      const due = dues[index] ?? null;
      const known = runs.get(nameOf(timer));
      if (known) [known.due, known.was] = [due, was];
      else {
        const { process } = entry.body;
        runs.set(nameOf(timer), { element, limit, clock, process, armed: entry, due, was, until: undefined });
      }
    }
    if (!isMoved && dues.every((due, index) => due === armed[index]?.due)) return entry;
    const { clock: _clock, ...body } = entry.body as typeof entry.body & { readonly clock?: string };
    const again = (entry.body.armed ?? []).map((one, index) => ({
      ...one,
      due: dues[index]?.toISOString() ?? null,
    }));
    return {
      ...entry,
      body: { ...(isMoved ? body : entry.body), ...(armed.length > 0 ? { armed: again } : {}) },
    } as DutyEntry;
  });
  endWithTheirDuty(law, moved, [...runs.values()]);
  const last = trail.at(-1)?.at ?? new Date(0);
  const fired = [...runs.values()].filter(({ due, until }) => due !== null && due < (until ?? later(last)));
  const passings = fired.flatMap((run) => (run.clock === undefined ? [] : [passingOf(run)]));
  const relived = inTime(moved, passings);
  const duties = standingOf(law, relived).duties;
  return { trail: relived, duties, levelsBefore, levels: levelsOf(fired, levelOf) };
}

/** `stateAt` finds limits that pass after the last entry. */
const later = (last: Date): Date => new Date(last.getTime() + 1);

/** Number of the arming entry and name: an element may be armed again after it was withdrawn. */
const nameOf = ({ begun, instance, element }: Timer): string => `${begun} ${instance} ${element}`;

/** The recomputed instants use today's calendar already. */
function asRelived(
  entry: Extract<DutyEntry, { readonly type: 'deadline.recomputed' }>,
  { armed: [timer] }: Turn,
  runs: ReadonlyMap<string, Run>,
): DutyEntry {
  const run = timer && runs.get(nameOf(timer));
  if (!timer || !run?.due) return entry;
  run.was = timer.due;
  return { ...entry, body: { ...entry.body, due: run.due.toISOString() } };
}

/** The limit that the timer is itself, or is counted from. */
function limitOf(timer: Timer, limits: ReadonlyMap<string, Change>): string | undefined {
  if (limits.has(timer.element)) return timer.element;
  const spec = (timer.derivation as { readonly timer?: TimerSpec } | null)?.timer;
  for (let one = spec?.relative; one; one = one.to.relative)
    if (one.of !== undefined && limits.has(one.of)) return one.of;
  return undefined;
}

/** Returns the same object if the other law does not change it. */
function dueUnder(armed: Timer, limits: ReadonlyMap<string, Change>, dueDates: DueDates): Date | null {
  const limit = limitOf(armed, limits);
  const change = limits.get(limit ?? '');
  if (limit === undefined || !change || armed.due === null || armed.derivation === null) return armed.due;
  const read = readDerivation(armed.derivation);
  if (!read) return armed.due;
  const { timer, from, adjustments, policies } = read;
  const other = armed.element === limit ? withLength(timer, change) : relativeTo(timer, limit, change);
  if (other === timer) return armed.due;
  const reach = (): Date => dueDates.due(other, from, { policies, adjustments }).at;
  if (adjustments.length > 0 || !countsDays(other)) return reach();
  // The limit is in whole days, so it is the same for all timers that start on one day.
  const key = `${JSON.stringify(other)} ${civilDateOf(from)} ${JSON.stringify(armed.derivation.policies)}`;
  const known = knownDays(dueDates);
  const due = known.get(key) ?? reach();
  known.set(key, due);
  return due;
}

const reached = new WeakMap<DueDates, Map<string, Date>>();

function knownDays(dueDates: DueDates): Map<string, Date> {
  const known = reached.get(dueDates) ?? new Map<string, Date>();
  reached.set(dueDates, known);
  return known;
}

const countsDays = ({ kind, unit, text, relative }: TimerSpec): boolean =>
  kind === 'duration' &&
  unit === 'working-days' &&
  !text.includes('T') &&
  (!relative || countsDays(relative.to));

/** A diagram that was stricter than the law stays stricter. */
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
 * A timer that had fired was never withdrawn: it runs as long as its limit, and at most until the
 * duty ends. A timer that fires no later than it did was running at that time.
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
    // Among the norms of one limit, the one that ends it last.
    const ends = ended
      .filter(({ opened }) => opened.seq <= run.armed.seq)
      .flatMap(({ ended: seq }) => (seq === null ? [] : [at.get(seq) ?? run.armed.at]))
      .filter((instant) => instant > run.armed.at)
      .sort((one, other) => one.getTime() - other.getTime());
    run.until = together ?? ends.at(-1);
  }
}

const isLater = (due: Date | null, was: Date | null): boolean => due !== null && was !== null && due > was;

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
