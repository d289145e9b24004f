/**
 * The course of a matter: who holds it, in which round, which processes and limits run, what has passed. Folded from its
 * entries here and nowhere else. A reader that streams entries calls `step` for each.
 */
import { listIn, reads, textIn, textsIn, type Body, type Deed, type ReadableEntry } from '../events/index.js';
import { isJsonObject, type JsonObject } from '../../kernel/index.js';
import type { UnitName } from '../../kernel/unit-name.js';
import { afterDeed, assignedIn, heldByNobody, type Holding } from './holding.js';
import { moveTimers, type Moved, type RunningProcess } from './limits.js';
import { wordless, type CourseWords } from './words.js';

export type CourseEntry = ReadableEntry & { readonly seq: number; readonly at: Date };

/** A limit of the regulation that has run out. */
interface Lapse {
  readonly seq: number;
  readonly clock: string;
  /** Null where the calendar was wrong, and it had not passed. */
  readonly at: Date | null;
}

export interface DoneDeed {
  readonly deed: Deed;
  /** The round in which it was done, the one that it began included. */
  readonly round: number;
}

/** What the last entry did. */
export interface Turn extends Omit<Moved, 'processes'> {
  /** The unit charged with the matter before: what the entry decides concerns it. */
  readonly unit: UnitName | null;
  readonly deeds: readonly DoneDeed[];
  /** The unit to which it was handed over. */
  readonly handedTo: UnitName | undefined;
  readonly passed: Lapse | undefined;
  /** By the instant at which a limit was recorded as passed: when it passed, or null. */
  readonly corrected: ReadonlyMap<number, Date | null>;
}

export interface Course extends Holding {
  readonly processes: readonly RunningProcess[];
  readonly lapses: readonly Lapse[];
  /** What the sheet says: one of the package's kinds, and the first level of its class. Empty where it does not say. */
  readonly kind: string;
  readonly area: string;
  readonly turn: Turn;
}

const nothing: ReadonlyMap<number, Date | null> = new Map();
const none: readonly never[] = [];
const empty: JsonObject = {};
const still: Omit<Turn, 'unit'> = {
  deeds: none,
  handedTo: undefined,
  armed: none,
  withdrawn: none,
  fired: undefined,
  passed: undefined,
  corrected: nothing,
};

export const beginning: Course = {
  ...heldByNobody,
  processes: none,
  lapses: none,
  kind: '',
  area: '',
  turn: { ...still, unit: null },
};

const moves = reads('act', 'moves', 'sheet');

export const courseOf = (trail: readonly CourseEntry[], words?: CourseWords): Course =>
  trail.reduce((course, entry) => step(course, entry, words), beginning);

/** @param words of the law that binds the case */
export function step(course: Course, entry: CourseEntry, words: CourseWords = wordless): Course {
  if (!moves(entry)) return { ...course, turn: { ...still, unit: course.unit } };
  const { processes, armed, withdrawn, fired } = moveTimers(course.processes, entry);
  const { deeds: said = none, computed = empty, data = empty }: Partial<Body<'task.completed'>> = entry.body;
  let holding: Holding = course;
  let { kind, area, lapses } = course;
  let corrected = nothing;
  let handedTo: UnitName | undefined;
  const deeds: DoneDeed[] = [];
  for (const deed of said) {
    const meaning = words.on(deed.name);
    const after = afterDeed(meaning, holding, deed);
    holding = after.holding;
    handedTo = after.handedTo ?? handedTo;
    if (deed.name === words.kind.deed) kind = textIn(deed.facts ?? empty, words.kind.fact) ?? kind;
    if (meaning.effect === 'corrects-limits') corrected = correctionsIn(deed);
    deeds.push({ deed, round: holding.round });
  }
  if (entry.type === 'sheet.corrected') kind = textIn(data, words.kind.fact) ?? kind;
  if ('classPath' in data) area = textsIn(data, 'classPath')[0] ?? area;
  if (corrected.size > 0) lapses = lapses.map((lapse) => rightOf(lapse, corrected));
  const clock = entry.type === 'timer.fired' ? entry.body.clock : undefined;
  const passed = clock === undefined ? undefined : { seq: entry.seq, clock, at: entry.at };
  if (passed) lapses = [...lapses, passed];
  const { holder, unit, round, closed } = holding;
  return {
    holder,
    unit,
    lastUnit: assignedIn(computed) ?? holding.lastUnit,
    round,
    closed,
    processes,
    lapses,
    kind,
    area,
    turn: { unit: course.unit, deeds, handedTo, armed, withdrawn, fired, passed, corrected },
  };
}

/** A limit recorded as passed had not, or passed at another instant. */
function correctionsIn({ facts = {} }: Deed): ReadonlyMap<number, Date | null> {
  const redated = listIn(facts, 'redated').flatMap((one): [number, Date][] => {
    const [from, to] = isJsonObject(one) ? [textIn(one, 'from'), textIn(one, 'to')] : [];
    return from === undefined || to === undefined ? [] : [[Date.parse(from), new Date(to)]];
  });
  const withdrawn = textsIn(facts, 'withdrawn').map((was): [number, null] => [Date.parse(was), null]);
  return new Map<number, Date | null>([...redated.toReversed(), ...withdrawn]);
}

function rightOf(lapse: Lapse, corrected: ReadonlyMap<number, Date | null>): Lapse {
  const at = lapse.at === null ? undefined : corrected.get(lapse.at.getTime());
  return at === undefined ? lapse : { ...lapse, at };
}
