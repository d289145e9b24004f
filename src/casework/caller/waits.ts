/** In whose hands a matter was, and how long: what its caller waited for, by the trail. */
import { instanceOf, processOf, waitingIn } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import type { Elements } from '../definition-reader.js';

/** In milliseconds. */
export interface Waits {
  readonly total: number;
  readonly hotline: number;
  readonly unit: number;
}

/** Supervision of the unit goes on beside it and is not waited for. */
const waitedFor = ['acceptance', 'handling'];

/**
 * A matter is in the unit's hands while one of its tasks is open, else in those of whoever has one. What nobody has to
 * do, as between an answer and the day it promises, is in nobody's.
 *
 * @param elementsOf of the version that wrote the entry
 * @param until the end, or now
 */
export function waitsIn(
  trail: readonly TrailEntry[],
  elementsOf: (entry: TrailEntry) => Elements,
  until: Date,
): Waits {
  const hands = new Map<string, readonly string[]>();
  const waits = { total: 0, hotline: 0, unit: 0 };
  for (const [index, entry] of trail.entries()) {
    const ran = processOf(entry);
    if (ran && waitedFor.includes(ran.process)) {
      const elements = elementsOf(entry);
      const roles = waitingIn(entry).flatMap((id) => elements.get(id)?.role ?? []);
      hands.set(`${ran.process} ${instanceOf(entry) ?? 0}`, roles);
    }
    const next = trail[index + 1]?.at ?? until;
    const passed = Math.max(0, Math.min(next.getTime(), until.getTime()) - entry.at.getTime());
    const open = [...hands.values()].flat();
    waits.total += passed;
    if (open.includes('unit')) waits.unit += passed;
    else if (open.length > 0) waits.hotline += passed;
  }
  return waits;
}
