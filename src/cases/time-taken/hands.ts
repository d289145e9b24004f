/** In whose hands each process of a matter is, entry by entry. */
import {
  armedIn,
  clockPassed,
  instanceOf,
  isStep,
  processOf,
  subjectOf,
  waitingIn,
  withdrawnIn,
  type ReadableEntry,
} from '../../accountability/events/index.js';
import type { ElementAnnotation } from '../../engine/index.js';
import type { Catalogue } from '../../law/regulation/index.js';
import type { Elements } from '../definition-reader.js';

/**
 * `stopped`: the limit of the process is paused. `nobody`: the process rests, and nobody has a task. `closed`: nothing
 * of the matter runs.
 */
export type Hands = 'hotline' | 'office' | 'unit' | 'stopped' | 'nobody' | 'closed';

export interface Running {
  readonly hands: Hands;
  /** Where it rests. */
  readonly waiting: readonly ElementAnnotation[];
  /** The regulation's clock by the element that measures it; running or paused. */
  readonly clocks: ReadonlyMap<string, string>;
  /** By clock. */
  readonly dues: ReadonlyMap<string, Date>;
  readonly paused: ReadonlySet<string>;
  /** The clock that has passed while it was in these hands. */
  readonly late: string | undefined;
  /** When the limit would have passed without the extension. */
  readonly extendedFrom: Date | undefined;
}

type RunningNow = {
  -readonly [Field in keyof Running]: Running[Field];
} & { clocks: Map<string, string>; dues: Map<string, Date>; paused: Set<string> };

/** What is altered or unknown counts by its instant only. */
export type TimedEntry = ReadableEntry & { readonly at: Date };

/** Processes by number of their instance; what has ended is left out. */
export class Processes {
  readonly #running = new Map<number, RunningNow>();
  readonly #ofUnits: ReadonlySet<string>;

  constructor({ norms, vocabulary }: Catalogue) {
    const ofOne = new Set(
      vocabulary.subjects.flatMap(({ key, identity }) => (identity === 'unit' ? key : [])),
    );
    this.#ofUnits = new Set(
      norms.flatMap(({ duty }) =>
        duty?.clock && duty.owedByHolder && !ofOne.has(duty.subject) ? duty.clock : [],
      ),
    );
  }

  get all(): readonly Running[] {
    return [...this.#running.values()];
  }

  /** @param elements of the version that wrote the entry */
  follow(entry: TimedEntry, elements: Elements): void {
    const instance = instanceOf(entry);
    if (instance === undefined) return;
    const before = this.#running.get(instance);
    if (entry.type === 'case.migrated' && before) {
      const mapped = new Map(Object.entries(entry.body.mapping));
      before.waiting = before.waiting.map((one) => elements.get(String(mapped.get(one.id) ?? one.id)) ?? one);
    }
    if (!isStep(entry)) return;
    if (entry.body.ended !== undefined) {
      this.#running.delete(instance);
      return;
    }
    const now = before ?? begun();
    this.#running.set(instance, now);
    now.waiting = waitingIn(entry).flatMap((id) => elements.get(id) ?? []);
    moveLimits(now, entry);
    const hands = handsOf(now);
    if (hands !== now.hands) [now.hands, now.late, now.extendedFrom] = [hands, undefined, undefined];
    const passed = clockPassed(entry);
    if (passed === undefined || elements.get(subjectOf(entry) ?? '')?.isLimit !== true) return;
    // The unit that holds the matter is late with what it owes, not with what the hotline or a supporting unit does.
    if (hands !== 'unit' || this.#ofUnits.has(passed)) now.late = passed;
  }
}

/** Whether the entry belongs to one of the processes. */
export const runs = (entry: TimedEntry, processes: readonly string[]): boolean =>
  processes.includes(processOf(entry)?.process ?? '');

const begun = (): RunningNow => ({
  hands: 'nobody',
  waiting: [],
  clocks: new Map(),
  dues: new Map(),
  paused: new Set(),
  late: undefined,
  extendedFrom: undefined,
});

function moveLimits(now: RunningNow, entry: TimedEntry): void {
  const before = new Map(now.dues);
  for (const element of withdrawnIn(entry)) {
    const clock = now.clocks.get(element);
    if (clock === undefined) continue;
    now.clocks.delete(element);
    now.dues.delete(clock);
    now.paused.delete(clock);
  }
  for (const { element, clock, due } of armedIn(entry)) {
    if (clock === undefined) continue;
    now.clocks.set(element, clock);
    // Of a paused limit it is kept when it was due.
    if (due !== null) now.dues.set(clock, new Date(due));
    if (clock === now.late && due !== null && new Date(due) > entry.at) now.late = undefined;
  }
  for (const { act, limit } of isStep(entry) ? (entry.body.clocks ?? []) : []) {
    const [was, is] = [before.get(limit), now.dues.get(limit)];
    if (act === 'pause') now.paused.add(limit);
    else now.paused.delete(limit);
    if (act === 'restart') now.extendedFrom = undefined;
    if (act === 'extend') now.extendedFrom ??= was;
    if (act === 'resume' && now.extendedFrom && was && is) {
      now.extendedFrom = new Date(now.extendedFrom.getTime() + is.getTime() - was.getTime());
    }
  }
}

/** While a unit's limit is paused, what the hotline has to decide is still in its hands. */
function handsOf({ waiting, paused }: RunningNow): Hands {
  const found = waiting.flatMap((one) => handsOfRole(one.role) ?? []);
  const holder = (['unit', 'office', 'hotline'] as const).find((one) => found.includes(one)) ?? 'nobody';
  return paused.size > 0 && (holder === 'unit' || holder === 'nobody') ? 'stopped' : holder;
}

/** The hotline coordinates and decides by many roles; the general office by one. */
export function handsOfRole(role: string | null): Hands | undefined {
  if (role === null) return undefined;
  return role === 'unit' ? 'unit' : role === 'general-office' ? 'office' : 'hotline';
}
