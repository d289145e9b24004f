/** The running processes of a matter, where their tokens rest, and their timers: running, paused or fired. */
import {
  armedIn,
  instanceOf,
  isStep,
  processOf,
  subjectOf,
  waitingIn,
  withdrawnIn,
  type Armed,
  type Body,
  type ReadableEntry,
} from '../events/index.js';
import type { JsonObject } from '../../kernel/index.js';

export interface Timer {
  readonly instance: number;
  readonly element: string;
  /** The regulation's clock, where it measures a limit. */
  readonly clock: string | undefined;
  /** Number of the entry that first armed the timer. */
  readonly begun: number;
  /** When the limit is due; null while it is paused. */
  readonly due: Date | null;
  /** When the limit was due before the pause; same as `due` if it is not paused. */
  readonly dueLast: Date | null;
  readonly derivation: JsonObject | null;
  /** When it would be due without extension; null where it was not extended. */
  readonly extendedFrom: Date | null;
  /** True if the timer has run out and was not armed again. */
  readonly fired: boolean;
}

export interface RunningProcess {
  readonly instance: number;
  readonly process: string;
  /** Ids of the elements where tokens rest. */
  readonly waiting: readonly string[];
  /** Includes timers that have fired while the activity or process they belong to goes on. */
  readonly timers: readonly Timer[];
  /**
   * Withdrawn timers, the last one of each element. Repetitions share their timer's name: after one
   * repetition has withdrawn its timer, that of another may still run out.
   */
  readonly gone: readonly Timer[];
}

/** What an entry did to the timers of its process. */
export interface Moved {
  readonly processes: readonly RunningProcess[];
  /** Timers that the entry armed, re-armed or moved, in the entry's order. */
  readonly armed: readonly Timer[];
  readonly withdrawn: readonly Timer[];
  readonly fired: Timer | undefined;
}

const none: readonly never[] = [];

export function moveTimers(
  processes: readonly RunningProcess[],
  entry: ReadableEntry & { readonly seq: number },
): Moved {
  const instance = instanceOf(entry);
  const before = processes.find((one) => one.instance === instance);
  const process = processOf(entry)?.process ?? before?.process;
  if (instance === undefined || process === undefined)
    return { processes, armed: none, withdrawn: none, fired: undefined };
  const [stopped, arms, of] = [withdrawnIn(entry), armedIn(entry), subjectOf(entry)];
  // After a migration, running elements have the names of the new version.
  const nameOf = (element: string): string =>
    (entry.type === 'case.migrated' ? entry.body.mapping[element] : undefined) ?? element;
  const [timers, withdrawn, armed]: [Timer[], Timer[], Timer[]] = [[], [], []];
  let fired: Timer | undefined;
  for (const one of before?.timers ?? none) {
    if (stopped.includes(one.element)) withdrawn.push(one);
    else if (entry.type === 'timer.fired' && one.element === of) {
      fired = one;
      timers.push({ ...one, fired: true });
    } else if (entry.type === 'deadline.recomputed' && one.element === of && one.due !== null) {
      const due = new Date(entry.body.due);
      armed.push({ ...one, due, dueLast: due, derivation: entry.body.derivation });
      timers.push(...armed);
    } else timers.push(entry.type === 'case.migrated' ? { ...one, element: nameOf(one.element) } : one);
  }
  for (const arm of arms) {
    const place = timers.findIndex(({ element }) => element === arm.element);
    const { clocks = none, rearmed = none }: Partial<Body<'task.completed'>> = isStep(entry)
      ? entry.body
      : {};
    const running = timers[place];
    // A timer that has run out starts anew, unless the entry re-arms it.
    const goesOn = running && (!running.fired || rearmed.includes(arm.element)) ? running : undefined;
    const timer = timerOf(arm, clocks, goesOn, { instance, begun: entry.seq });
    timers.splice(place < 0 ? timers.length : place, 1, timer);
    armed.push(timer);
  }
  const last = before?.gone ?? none;
  const gone =
    withdrawn.length === 0
      ? last
      : [...last.filter(({ element }) => !stopped.includes(element)), ...withdrawn];
  if (entry.type === 'timer.fired') fired ??= last.find(({ element }) => element === of);
  const waiting = isStep(entry) ? waitingIn(entry) : (before?.waiting ?? none).map(nameOf);
  const others = processes.filter((one) => one !== before);
  const isOver = isStep(entry) && entry.body.ended !== undefined;
  return {
    processes: isOver ? others : [...others, { instance, process, waiting, timers, gone }],
    armed,
    withdrawn,
    fired,
  };
}

function timerOf(
  { element, clock, due: at, derivation }: Armed,
  clocks: readonly ClockAct[],
  running: Timer | undefined,
  { instance, begun }: Pick<Timer, 'instance' | 'begun'>,
): Timer {
  const due = at === null ? null : new Date(at);
  const dueLast = running?.dueLast ?? null;
  let extendedFrom = running?.extendedFrom ?? null;
  for (const { act, limit } of clocks)
    if (limit === clock) extendedFrom = extended(act, extendedFrom, dueLast, due);
  return {
    instance,
    element,
    clock: clock ?? running?.clock,
    begun: running?.begun ?? begun,
    due,
    dueLast: due ?? dueLast,
    derivation,
    extendedFrom,
    fired: false,
  };
}

type ClockAct = NonNullable<Body<'task.completed'>['clocks']>[number];

/** When the limit would be due without its extensions, after an act on it. */
function extended(act: ClockAct['act'], from: Date | null, was: Date | null, is: Date | null): Date | null {
  if (act === 'restart') return null;
  if (act === 'extend') return from ?? was;
  return act === 'resume' && from && was && is
    ? new Date(from.getTime() + is.getTime() - was.getTime())
    : from;
}
