/**
 * The course of a matter: who holds it, in which round, which processes and limits run, and which
 * limits have passed. This is the only place that folds it from the entries. A reader that streams
 * entries calls `step` for each entry.
 */
import { listIn, reads, textIn, textsIn, type Body, type Deed, type ReadableEntry } from '../events/index.js';
import { isJsonObject, type JsonObject } from '../../kernel/index.js';
import type { UnitName } from '../../kernel/unit-name.js';
import { afterDeed, assignedIn, heldByNobody, type Holding } from './holding.js';
import { moveTimers, type Moved, type RunningProcess } from './limits.js';
import { wordless, type CourseWords } from './words.js';

export type CourseEntry = ReadableEntry & { readonly seq: number; readonly at: Date };

/** A statutory limit that has run out. */
interface Lapse {
  readonly seq: number;
  readonly clock: string;
  /** Null if the calendar was wrong and the limit had in fact not passed. */
  readonly at: Date | null;
}

export interface DoneDeed {
  readonly deed: Deed;
  /** The round in which the deed was done; a deed that begins a round belongs to it. */
  readonly round: number;
  /** It took the matter from the unit that was charged with it. */
  readonly leaves: boolean;
  /** The unit to which it handed the matter over. */
  readonly handedTo: UnitName | undefined;
}

/** What the last entry did. */
export interface Turn extends Omit<Moved, 'processes'> {
  /** The unit that was charged with the matter before the entry; the entry's decision concerns this unit. */
  readonly unit: UnitName | null;
  readonly deeds: readonly DoneDeed[];
  /** The unit to which the entry handed the matter over. */
  readonly handedTo: UnitName | undefined;
  readonly passed: Lapse | undefined;
  /**
   * Corrections, keyed by the instant at which a limit was recorded as passed: when it really
   * passed, or null if it did not.
   */
  readonly corrected: ReadonlyMap<number, Date | null>;
}

export interface Course extends Holding {
  readonly processes: readonly RunningProcess[];
  readonly lapses: readonly Lapse[];
  /**
   * The matter's kind in the words of the package, and the first level of its class; empty where
   * the sheet has none.
   */
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

/** @param words vocabulary of the law that binds the case */
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
    const leaves = holding.unit !== null && after.holding.unit !== holding.unit;
    holding = after.holding;
    handedTo = after.handedTo ?? handedTo;
    if (deed.name === words.kind.deed) kind = textIn(deed.facts ?? empty, words.kind.fact) ?? kind;
    if (meaning.effect === 'corrects-limits') corrected = correctionsIn(deed);
    deeds.push({ deed, round: holding.round, leaves, handedTo: after.handedTo });
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

/** Corrections of limits that were recorded as passed: a limit had not passed, or passed at another instant. */
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
