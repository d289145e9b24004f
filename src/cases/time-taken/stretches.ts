/**
 * Explains why a matter took as long as it did. It cuts the time from the call on wherever the
 * matter changed hands, using only the entries of the trail. Every instant belongs to exactly one
 * stretch.
 */
import { beginning, step, type Course, type CourseEntry } from '../../accountability/course/index.js';
import { processOf } from '../../accountability/events/index.js';
import type { Catalogue } from '../../law/regulation/index.js';
import type { Elements } from '../definition-reader.js';
import { handsOfRole, Processes, type Hands, type Running } from './hands.js';

export interface Stretch {
  readonly from: Date;
  /** End of the stretch, exclusive. */
  readonly to: Date;
  readonly hands: Hands;
  /** The unit's name, if the stretch was in a unit's hands. */
  readonly unit: string | null;
  /** Names of the steps that the matter waited for. */
  readonly steps: readonly string[];
  /** Ids of the provisions that governed the stretch. */
  readonly provisions: readonly string[];
  /** Within the limit, within the time that an extension added, or after the limit had passed. */
  readonly pace: 'in-time' | 'extended' | 'late';
  /** True while a supervision order was open. */
  readonly supervised: boolean;
}

interface Asked {
  readonly elementsOf: (entry: CourseEntry) => Elements;
  readonly catalogue: Catalogue;
  /** End of the last stretch, if the matter is not closed before. */
  readonly until: Date;
}

/** The processes that a caller waits for. Supervision of the unit runs beside them. */
const waitedFor = ['acceptance', 'handling'];

/**
 * From the first entry to the closing, or to `until`. If the caller asks again after the closing,
 * it continues from there.
 */
export function stretchesOf(trail: readonly CourseEntry[], asked: Asked): readonly Stretch[] {
  const matter = new Processes(asked.catalogue);
  const stretches: Stretch[] = [];
  let course = beginning;
  for (const [index, entry] of trail.entries()) {
    course = step(course, entry);
    if (waitedFor.includes(processOf(entry)?.process ?? ''))
      matter.follow(course, entry, asked.elementsOf(entry));
    const from = stretches.at(-1)?.to ?? trail[0]?.at ?? asked.until;
    const to = new Date(Math.max(from.getTime(), (trail[index + 1]?.at ?? asked.until).getTime()));
    const end = to > asked.until && from <= asked.until ? asked.until : to;
    const held = heldBy(matter, asked.catalogue, course);
    stretches.push(...cut({ from, to: end }, held));
  }
  return withoutEnd(joined(stretches));
}

type Held = Omit<Stretch, 'from' | 'to' | 'pace'> & {
  readonly late: boolean;
  readonly extendedFrom: Date | undefined;
};

/** Order of responsibility for the caller's waiting: a unit's process comes before the hotline's. */
const order: readonly Hands[] = ['unit', 'stopped', 'office', 'hotline', 'nobody'];

function heldBy({ all }: Processes, catalogue: Catalogue, { lastUnit, processes }: Course): Held {
  const hands = order.find((one) => all.some((running) => running.hands === one)) ?? 'closed';
  const holding = all.filter((running) => running.hands === hands);
  const waiting = holding.flatMap((running) =>
    running.waiting.filter(({ role }) => hands === 'stopped' || (handsOfRole(role) ?? 'nobody') === hands),
  );
  const [first] = holding;
  return {
    hands,
    unit: hands === 'unit' || hands === 'stopped' ? lastUnit : null,
    steps: [...new Set(waiting.map(({ name }) => name))],
    provisions: provisionsOf(hands, holding, waiting, catalogue),
    supervised: processes.some(({ process }) => process === 'supervision'),
    late: hands !== 'stopped' && hands !== 'nobody' && first?.late !== undefined,
    extendedFrom:
      hands === 'unit' ? first?.limits.flatMap(({ extendedFrom }) => extendedFrom ?? [])[0] : undefined,
  };
}

/** The provisions that the steps fulfil. A step without any, or a stopped limit, gets those of the running limits. */
function provisionsOf(
  hands: Hands,
  holding: readonly Running[],
  waiting: Running['waiting'],
  { norms }: Catalogue,
): readonly string[] {
  const linked = waiting.flatMap((element) => element.norms);
  const fulfilled = linked.filter(({ relation }) => relation === 'fulfils');
  const found = (fulfilled.length > 0 ? fulfilled : linked).map(({ provision }) => provision);
  if (hands === 'nobody' || hands === 'closed') return [...new Set(found)];
  if (found.length > 0 && hands !== 'stopped') return [...new Set(found)];
  const clocks = new Set(
    holding.flatMap(({ limits }) =>
      limits.filter(({ due }) => hands !== 'stopped' || due === null).map(({ clock }) => clock),
    ),
  );
  return [...clocks].flatMap(
    (clock) => norms.find(({ duty }) => duty?.clock === clock)?.provisions.slice(0, 1) ?? [],
  );
}

/** Cuts a stretch at the instant from which only an extension kept it in time. */
function cut(
  { from, to }: Pick<Stretch, 'from' | 'to'>,
  { late, extendedFrom, ...held }: Held,
): readonly Stretch[] {
  if (late) return [{ ...held, from, to, pace: 'late' }];
  if (!extendedFrom || extendedFrom >= to) return [{ ...held, from, to, pace: 'in-time' }];
  if (extendedFrom <= from) return [{ ...held, from, to, pace: 'extended' }];
  return [
    { ...held, from, to: extendedFrom, pace: 'in-time' },
    { ...held, from: extendedFrom, to, pace: 'extended' },
  ];
}

/** Joins adjacent stretches that are alike. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const one of stretches) {
    const last = result.at(-1);
    if (one.from.getTime() === one.to.getTime()) continue;
    if (last && sameness(last) === sameness(one)) result.splice(-1, 1, { ...last, to: one.to });
    else result.push(one);
  }
  return result;
}

const sameness = ({ from: _from, to: _to, ...rest }: Stretch): string => JSON.stringify(rest);

const withoutEnd = (stretches: readonly Stretch[]): readonly Stretch[] =>
  stretches.at(-1)?.hands === 'closed' ? stretches.slice(0, -1) : stretches;
