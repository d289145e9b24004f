/** Determines after each entry who has each process of a matter in hand. */
import type { Course, CourseEntry, Timer } from '../../accountability/course/index.js';
import { instanceOf, processOf } from '../../accountability/events/index.js';
import type { ElementAnnotation } from '../../engine/index.js';
import type { Catalogue } from '../../law/regulation/index.js';
import type { Elements } from '../definition-reader.js';

/**
 * `stopped`: the limit of the process is paused. `nobody`: the process rests, and nobody has a
 * task. `closed`: no process of the matter runs.
 */
export type Hands = 'hotline' | 'office' | 'unit' | 'stopped' | 'nobody' | 'closed';

export interface Running {
  readonly hands: Hands;
  /** Elements where the process rests. */
  readonly waiting: readonly ElementAnnotation[];
  /** Statutory limits that are running, paused or passed. */
  readonly limits: readonly Timer[];
  /** The clock whose limit passed while the process was in these hands. */
  readonly late: string | undefined;
}

/** The running processes by instance number; ended ones are removed. */
export class Processes {
  readonly #running = new Map<number, Running>();
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
  follow({ processes, turn }: Course, entry: CourseEntry, elements: Elements): void {
    const instance = instanceOf(entry);
    if (instance === undefined) return;
    const process = processes.find((one) => one.instance === instance);
    if (!process) {
      this.#running.delete(instance);
      return;
    }
    const before = this.#running.get(instance);
    const waiting = processOf(entry)
      ? process.waiting.flatMap((id) => elements.get(id) ?? [])
      : (before?.waiting ?? []);
    const limits = process.timers.filter(({ clock }) => clock !== undefined);
    const hands = handsOf(waiting, limits);
    const goesOn = before?.hands === hands && !isAhead(turn.armed, before.late, entry.at);
    let late = goesOn ? before.late : undefined;
    const { passed, fired } = turn;
    // The unit that holds the matter is late only with its own duties, not with what the hotline or
    // a supporting unit does.
    if (passed && fired && elements.get(fired.element)?.isLimit === true)
      if (hands !== 'unit' || this.#ofUnits.has(passed.clock)) late = passed.clock;
    this.#running.set(instance, { hands, waiting, limits, late });
  }
}

const isAhead = (armed: readonly Timer[], late: string | undefined, now: Date): boolean =>
  armed.some(({ clock, due }) => clock === late && due !== null && due > now);

/** While a unit's limit is paused, the hotline still has to decide, so the process is in the hotline's hands. */
function handsOf(waiting: Running['waiting'], limits: readonly Timer[]): Hands {
  const found = waiting.flatMap((one) => handsOfRole(one.role) ?? []);
  const holder = (['unit', 'office', 'hotline'] as const).find((one) => found.includes(one)) ?? 'nobody';
  const isPaused = limits.some(({ due }) => due === null);
  return isPaused && (holder === 'unit' || holder === 'nobody') ? 'stopped' : holder;
}

/** The hotline coordinates and decides in several roles; the general office has one role. */
export function handsOfRole(role: string | null): Hands | undefined {
  if (role === null) return undefined;
  return role === 'unit' ? 'unit' : role === 'general-office' ? 'office' : 'hotline';
}
