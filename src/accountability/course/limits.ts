/** Processes that run, where they rest, and their timers: which run, which are paused, which have fired. */
import { isStep, type Armed, type Body, type ReadableEntry } from '../events/index.js';
import type { JsonObject } from '../../kernel/index.js';

export interface Timer {
  readonly instance: number;
  readonly element: string;
  /** The regulation's clock, where it measures a limit. */
  readonly clock: string | undefined;
  /** The entry that armed it first. */
  readonly begun: number;
  /** Null while it is paused. */
  readonly due: Date | null;
  /** As it was due before the pause; otherwise as `due`. */
  readonly dueLast: Date | null;
  readonly derivation: JsonObject | null;
  /** When it would be due without extension; null where it was not extended. */
  readonly extendedFrom: Date | null;
  /** Has run out, and was not armed again. */
  readonly fired: boolean;
}

export interface RunningProcess {
  readonly instance: number;
  readonly process: string;
  /** Elements where it rests. */
  readonly waiting: readonly string[];
  /** Also those that have fired while what they belong to goes on. */
  readonly timers: readonly Timer[];
}

/** What an entry did to the timers of its process. */
export interface Moved {
  readonly processes: readonly RunningProcess[];
  /** Armed, armed again or moved; in the entry's order. */
  readonly armed: readonly Timer[];
  readonly withdrawn: readonly Timer[];
  readonly fired: Timer | undefined;
}

const none: readonly never[] = [];

export function moveTimers(
  processes: readonly RunningProcess[],
  entry: ReadableEntry & { readonly seq: number },
): Moved {
  if (entry.type === 'deadline.recomputed') return recomputed(processes, entry.body);
  if (entry.type === 'case.migrated') return migrated(processes, entry.body);
  if (!isStep(entry)) return still(processes);
  const { body, seq } = entry;
  const { instance, process, waiting = none, armed = none, withdrawn: stopped = none, clocks = none } = body;
  const before: readonly Timer[] = of(processes, instance)?.timers ?? none;
  const fired = entry.type === 'timer.fired' ? find(before, entry.body.of) : undefined;
  const moves = stopped.length > 0 || armed.length > 0 || fired !== undefined;
  const [timers, withdrawn, again]: [Timer[], Timer[], Timer[]] = [[], [], []];
  for (const one of moves ? before : none) {
    if (stopped.includes(one.element)) withdrawn.push(one);
    else timers.push(one === fired ? { ...one, fired: true } : one);
  }
  for (const arm of armed) {
    const place = timers.findIndex(({ element }) => element === arm.element);
    const timer = timerOf(arm, clocks, timers[place], { instance, begun: seq });
    if (place < 0) timers.push(timer);
    else timers[place] = timer;
    again.push(timer);
  }
  const now = { instance, process, waiting, timers: moves ? timers : before };
  return {
    processes: body.ended === undefined ? replaced(processes, now) : without(processes, instance),
    armed: again,
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

function recomputed(processes: readonly RunningProcess[], body: Body<'deadline.recomputed'>): Moved {
  const process = of(processes, body.instance);
  const timer = process && find(process.timers, body.of);
  if (!timer || timer.due === null) return still(processes);
  const due = new Date(body.due);
  const moved = { ...timer, due, dueLast: due, derivation: body.derivation };
  const timers = process.timers.map((one) => (one === timer ? moved : one));
  return { ...still(replaced(processes, { ...process, timers })), armed: [moved] };
}

/** What goes on has the names of the new version. */
function migrated(processes: readonly RunningProcess[], body: Body<'case.migrated'>): Moved {
  const { instance, mapping, withdrawn: stopped = none } = body;
  const before = of(processes, instance);
  if (!before) return still(processes);
  const nameOf = (element: string): string => mapping[element] ?? element;
  const withdrawn = before.timers.filter(({ element }) => stopped.includes(element));
  const now = {
    ...before,
    waiting: before.waiting.map(nameOf),
    timers: before.timers
      .filter((one) => !withdrawn.includes(one))
      .map((one) => ({ ...one, element: nameOf(one.element) })),
  };
  return { ...still(replaced(processes, now)), withdrawn };
}

const still = (processes: readonly RunningProcess[]): Moved => ({
  processes,
  armed: none,
  withdrawn: none,
  fired: undefined,
});

const of = (processes: readonly RunningProcess[], instance: number): RunningProcess | undefined =>
  processes.find((one) => one.instance === instance);

const find = (timers: readonly Timer[], element: string): Timer | undefined =>
  timers.find((one) => one.element === element);

const replaced = (processes: readonly RunningProcess[], now: RunningProcess): readonly RunningProcess[] =>
  of(processes, now.instance)
    ? processes.map((one) => (one.instance === now.instance ? now : one))
    : [...processes, now];

const without = (processes: readonly RunningProcess[], instance: number): readonly RunningProcess[] =>
  processes.filter((one) => one.instance !== instance);
