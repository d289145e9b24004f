/**
 * Derives the facts of a sheet for the assessment from its trail and the regulation's measures
 * alone. It is a pure function, so that anybody with the trail gets the same figures. Every fact
 * names the entry that opened it and the entry that decided it.
 */
import { beginning, matches, step, type Course } from '../../accountability/course/index.js';
import type { Content } from '../../accountability/events/index.js';
import { rulesOf, type Act, type Catalogue, type Decision } from '../../law/regulation/index.js';
import type { MeasureKey } from './model/index.js';
import { periodOfAct, periodOfLimit, type Period } from './period.js';

export type TrailStep = Content & { readonly seq: number };

export interface Fact {
  readonly measure: MeasureKey;
  /** Number of the entry that opened it. */
  readonly opened: number;
  /** Number of the entry that decided it. */
  readonly decided: number;
  readonly at: Date;
  readonly period: Period;
  /** Unit charged with the fact; empty for none. */
  readonly unit: string;
  readonly met: boolean;
  readonly round: number;
  /** One of the package's kinds. */
  readonly kind: string;
  /** Code of the first level of its classification, empty for none. */
  readonly area: string;
}

/** An entry, with the unit that had the sheet before it. */
interface Moment {
  readonly seq: number;
  readonly at: Date;
  readonly unit: string;
  readonly kind: string;
  readonly area: string;
}

/** A limit that passed while a unit had the sheet: its index among the lapses of the course. */
interface Passed {
  readonly clock: string;
  readonly seq: number;
  readonly place: number;
}

interface Decided {
  readonly moment: Moment;
  readonly met: boolean;
  /** The lapse that decided it. */
  readonly lapse?: Passed | undefined;
  readonly unlessPassed?: string | null;
}

/** An item that counts once: its first decision counts. */
interface Opening {
  readonly measure: MeasureKey;
  readonly round: number;
  opened: number;
  rules: readonly Decision[];
  decisions: Decided[];
  readonly lapses: Passed[];
}

export function factsOf(catalogue: Catalogue, trail: readonly TrailStep[]): Fact[] {
  const { measures } = catalogue.measures;
  const rules = rulesOf(catalogue);
  const openings: Opening[] = [];
  const current = new Map<MeasureKey, Opening>();
  let course = beginning;

  const rulesByMeasure = Object.entries(measures);

  const open = (measure: MeasureKey, opened: number, round: number): Opening => {
    const rules = measures[measure]?.decided ?? [];
    const opening = { measure, round: Math.max(1, round), opened, rules, decisions: [], lapses: [] };
    openings.push(opening);
    current.set(measure, opening);
    return opening;
  };

  for (const entry of trail) {
    const { round } = course;
    course = step(course, entry, rules);
    const { turn, kind, area } = course;
    const { deeds } = turn;
    // The limit lapsed while no unit held the sheet, so no unit is charged, and the next unit has a
    // limit of its own.
    const lapse =
      turn.unit === null || !turn.passed ? undefined : { ...turn.passed, place: course.lapses.length - 1 };
    const rating = entry.type === 'caller.rated' ? entry.body.rating : undefined;
    if (deeds.length === 0 && !lapse && !rating) continue;
    const done = (acts: readonly Act[]): boolean =>
      acts.some((act) => deeds.some(({ deed }) => matches(act, deed)));
    const moment: Moment = { seq: entry.seq, at: entry.at, unit: turn.unit ?? '', kind, area };

    for (const [measure, { opens, decided, instead }] of rulesByMeasure) {
      const opening = current.get(measure);
      if (lapse) opening?.lapses.push(lapse);
      const decision = (opening?.rules ?? decided).find((rule) => {
        if ('when' in rule) return done(rule.when);
        if ('rated' in rule) return rule.rated.some((one) => one === rating);
        return rule.passed === lapse?.clock;
      });
      const decides = opens.length === 0 && decision ? open(measure, entry.seq, round) : opening;
      if (decision && decides) decides.decisions.push(decidedBy(decision, moment, lapse));
      if (opening && instead && done(instead.opens)) {
        [opening.opened, opening.rules, opening.decisions] = [entry.seq, instead.decided, []];
      }
    }
    if (deeds.length === 0) continue;
    for (const [measure, { opens }] of rulesByMeasure) {
      if (done(opens)) open(measure, entry.seq, course.round);
    }
  }
  return openings
    .flatMap((opening) => factOfOpening(opening, course.lapses))
    .sort((one, other) => one.decided - other.decided || one.measure.localeCompare(other.measure));
}

const decidedBy = (decision: Decision, moment: Moment, lapse: Passed | undefined): Decided =>
  'passed' in decision ? { moment, met: false, lapse } : { ...decision, moment };

/** Uses the lapses after all corrections of the calendar: a unit that replied before a revoked lapse was in time. */
function factOfOpening(
  { measure, round, opened, decisions, lapses }: Opening,
  corrected: Course['lapses'],
): Fact[] {
  const atOf = (one: Passed): Date | null => corrected[one.place]?.at ?? null;
  const first = decisions.find(({ lapse }) => !lapse || atOf(lapse) !== null);
  if (!first) return [];
  const { moment, lapse, unlessPassed } = first;
  const { seq: decided, unit, kind, area } = moment;
  const at = (lapse && atOf(lapse)) ?? moment.at;
  const late = lapses.some((one) => one.clock === unlessPassed && atOf(one) !== null && one.seq < decided);
  const period = lapse ? periodOfLimit(at) : periodOfAct(at);
  return [{ measure, opened, decided, at, period, unit, met: first.met && !late, round, kind, area }];
}
