/**
 * Computes the duties of one case and their states: a pure function of the regulation's rules and
 * the deeds in the case's trail. A limit has passed when the trail says so, so the result is right
 * for the instant of the last entry, whoever asks and whenever. `stateAt` gives the state at a
 * later instant.
 */
import {
  beginning,
  matches,
  step,
  unitIn,
  type Course,
  type DoneDeed,
  type Turn,
} from '../../accountability/course/index.js';
import { dataOf, instanceOf, type Content, type Deed } from '../../accountability/events/index.js';
import type { Json, JsonObject } from '../../kernel/index.js';
import { groundFact, type Catalogue } from './model/index.js';
import { rulesOf, type Rule, type Rules } from './rules.js';

export type DutyEntry = Content & { readonly seq: number };

/**
 * `temporarily-violated`: the limit has passed, but the duty can still be done or remedied.
 * `permanently-violated`: done late, or never, and not remedied. `compensated`: the legal
 * consequence of the violation was carried out.
 */
export type DutyState =
  'open' | 'satisfied' | 'temporarily-violated' | 'permanently-violated' | 'compensated';

export interface Duty {
  readonly norm: string;
  /** The round of handling it belongs to; 1 before the first round and in matters without rounds. */
  readonly round: number;
  readonly state: DutyState;
  readonly opened: { readonly seq: number; readonly at: Date };
  readonly due: Date | null;
  /** When it was first violated: its limit passed, or the round was sent back. */
  readonly violatedAt: Date | null;
  /**
   * The handling unit that held the matter at that time or, if there was no violation, when the
   * duty was done; null before the dispatch.
   */
  readonly unit: string | null;
  /** Numbers of the entries that led to its state, in order. */
  readonly entries: readonly number[];
  /** The norm that remedied its violation. */
  readonly by: string | null;
  /** The norm that waives a part of it. */
  readonly waivedBy: string | null;
}

interface Running {
  readonly rule: Rule;
  readonly subject: string;
  /** The process instance in which it was opened. */
  readonly instance: number | undefined;
  readonly round: number;
  readonly opened: DutyEntry;
  readonly entries: number[];
  /** Acts on its subject since it was opened. */
  readonly acts: Deed[];
  due: Date | null;
  unit: string | null;
  done: boolean;
  ended: number | null;
  void: boolean;
  /** The entry that handed the matter on from the unit that owed it: the next unit has the same limit. */
  handedOn: DutyEntry | null;
  /** The instants at which its limits passed. */
  passed: readonly Date[];
  /** The first of them. */
  missed: Date | null;
  /** When it was done improperly, regardless of its limit. */
  broken: Date | null;
  /** The norms that remedied its wrongs, each its own: a reply anew heals no lateness. */
  readonly cured: { missed: string | null; broken: string | null };
  /** Fixed once it is done; until then later deeds decide. */
  waivedBy?: string | null;
}

/** A supervision or a proceeding of accountability, by its process instance. */
interface Proceeding {
  /**
   * The unit accused or, where no deed names an accused, charged with the matter when it began; null
   * if it is against a person. It is about this unit's violations only.
   */
  readonly against: string | null;
  /** Null until a deed names it. */
  readonly ground: Json;
}

/** State of a case after some of its entries. */
interface Standing {
  readonly duties: Running[];
  readonly byRule: Map<Rule, Running[]>;
  /** The latest deed of each name since the matter was presented. */
  readonly latest: Map<string, Deed>;
  readonly began: Beginning[];
  readonly proceedings: Map<number | undefined, Proceeding>;
  /** The unit charged with the matter before the entry, which the entry's decision concerns. */
  unit: string | null;
}

export interface LegalStanding {
  readonly course: Course;
  /** Each duty with its subject: the subject's key and, if there are several, which one. */
  readonly duties: readonly OwedDuty[];
  /** Clocks that started with a duty, in order; a duty whose clock is running already starts none. */
  readonly began: readonly Beginning[];
}

export interface OwedDuty extends Duty {
  readonly subject: string;
  /** Number of the entry that ended it: the duty was done, or ceased after its limit had passed. */
  readonly ended: number | null;
  /** When its limit passed; null if it was violated in another way. */
  readonly missedAt: Date | null;
  /** Acts on its subject from the one that opened it to the one that ended it; objects of the trail. */
  readonly acts: readonly Deed[];
}

export interface Beginning {
  readonly norm: string;
  readonly clock: string;
  /** Number of the entry that opened the duty. */
  readonly seq: number;
  /** Which of several subjects it concerns: a unit or an instance; otherwise empty. */
  readonly of: string;
}

export function dutiesOf(catalogue: Catalogue, trail: readonly DutyEntry[]): readonly Duty[] {
  const { owed, standing, course, mending } = folded(catalogue, trail);
  return owed.map((duty) => seen(duty, standing, course.closed, mending));
}

/** The course of the matter up to the trail's last entry, and the state of each duty at that time. */
export function standingOf(catalogue: Catalogue, trail: readonly DutyEntry[]): LegalStanding {
  const { owed, standing, course, mending } = folded(catalogue, trail);
  return {
    course,
    began: standing.began,
    duties: owed.map((duty) => ({
      ...seen(duty, standing, course.closed, mending),
      subject: subjectOf(duty),
      ended: duty.ended,
      missedAt: duty.missed,
      acts: duty.acts,
    })),
  };
}

function folded(catalogue: Catalogue, trail: readonly DutyEntry[]) {
  const rules = rulesOf(catalogue);
  const standing: Standing = {
    ...{ duties: [], byRule: new Map(), latest: new Map(), began: [], proceedings: new Map(), unit: null },
  };
  const { duties, latest } = standing;
  let course = beginning;
  for (const entry of trail) {
    course = step(course, entry, rules);
    const { turn } = course;
    if (entry.type === 'sheet.corrected') correctRegistration(standing, rules, entry);
    correct(duties, turn.corrected);
    if (turn.passed) missAll(duties, turn.passed.clock, entry, turn.deeds);
    standing.unit = turn.unit;
    for (const done of turn.deeds) {
      latest.set(done.deed.name, done.deed);
      if (done.leaves) relieve(standing, done, entry);
      proceed(standing, rules, done, entry);
      for (const rule of rules.on(done.deed.name).excepted) except(standing, rule, done, entry);
      for (const rule of rules.on(done.deed.name).reactions) react(standing, rule, done, entry);
    }
    const moves = turn.armed.length + turn.withdrawn.length > 0;
    for (const duty of duties) {
      if (!duty.done && !duty.missed && !duty.broken) duty.unit = course.unit;
      if (moves) follow(duty, entry, turn);
    }
  }
  const owed = duties.filter((duty) => !duty.void);
  const mending = owed.filter(({ rule, done }) => rule.identity === 'instance' && !done);
  return { owed, standing, course, mending };
}

/** Updates the duty's limit from the entry's timers of its clock. */
function follow(duty: Running, entry: DutyEntry, { armed, withdrawn }: Turn): void {
  const { rule } = duty;
  if (duty.done || rule.clock === null || !isSubjectOf(duty, entry)) return;
  // Limits of several units look alike in the trail: each duty has the one that started with it.
  if (rule.identity === 'unit' && duty.opened !== entry && !movesLimitOf(duty, entry)) return;
  const timer = armed.find(({ clock }) => clock === rule.clock);
  if (timer) duty.due = timer.due;
  // Migrating to another diagram does not change when the duty is due.
  else if (entry.type === 'case.migrated') return;
  else if (!duty.missed && withdrawn.some(({ clock }) => clock === rule.clock)) duty.due = null;
}

const movesLimitOf = ({ due }: Running, entry: DutyEntry): boolean =>
  entry.type === 'deadline.rearmed' ||
  (entry.type === 'deadline.recomputed' && due?.getTime() === Date.parse(entry.body.from));

/** Which of several subjects the deed concerns; empty means all of them. */
function subjectIn({ identity }: Rule, deed: Deed, entry: DutyEntry): string {
  if (identity === 'instance') return String(instanceOf(entry));
  return identity === 'unit' ? (unitIn(deed, 'unit') ?? '') : '';
}

/** Whoever no longer holds the matter no longer owes what it has not missed; a lapse remains. */
function relieve({ duties, latest }: Standing, { handedTo }: DoneDeed, entry: DutyEntry): void {
  for (const duty of duties) {
    if (!duty.rule.owedByHolder || duty.rule.identity !== 'case') continue;
    if (duty.done || duty.void) continue;
    if (duty.missed) end(duty, entry, latest);
    else [duty.void, duty.handedOn] = [true, handedTo === undefined ? null : entry];
  }
}

/** Notes what the deed says of its proceeding. */
function proceed({ proceedings, unit }: Standing, rules: Rules, { deed }: DoneDeed, entry: DutyEntry): void {
  const instance = instanceOf(entry);
  if (instance === undefined || rules.on(deed.name).identity !== 'instance') return;
  const known = proceedings.get(instance);
  const facts = factsOf(deed);
  const accused = accusedUnit(facts);
  proceedings.set(instance, {
    against: accused === undefined ? (known ? known.against : unit) : accused,
    ground: facts[groundFact] ?? known?.ground ?? null,
  });
}

/** The unit that the deed accuses; null if it accuses a person, undefined if nobody known. */
const accusedUnit = ({ accused }: JsonObject): string | null | undefined => {
  if (typeof accused !== 'string' || accused === 'unknown') return undefined;
  return accused.startsWith('unit:') ? accused.slice('unit:'.length) : null;
};

/** Whether the proceeding is about the violation: it is against the unit charged with it. */
const isAgainst = ({ rule, unit }: Running, proceeding: Proceeding | undefined): boolean =>
  !proceeding || !rule.owedByHolder || (unit !== null && proceeding.against === unit);

/** Whether an open duty, such as supervision, can still make the violation good: its norm, unit and ground. */
const isMendable = (
  duty: Running,
  proceedings: Standing['proceedings'],
  mending: readonly Running[],
): boolean =>
  mending.some(({ rule: { norm }, instance }) => {
    const proceeding = proceedings.get(instance);
    const ground = proceeding?.ground ?? null;
    return (
      isAgainst(duty, proceeding) &&
      duty.rule.madeGood.some(({ by, when, of }) => {
        const wanted = when.facts[groundFact];
        return (
          by === norm &&
          duty[of] !== null &&
          duty.cured[of] === null &&
          (wanted === undefined || [wanted].flat().some((one) => one === ground))
        );
      })
    );
  });

/** An exception takes the place of what is owed; whether a violation remains, it says itself. */
function except({ byRule, latest }: Standing, rule: Rule, { deed }: DoneDeed, entry: DutyEntry): void {
  const exception = rule.exceptions.find(({ when }) => matches(when, deed));
  if (!exception) return;
  const subject = subjectIn(rule, deed, entry);
  for (const duty of byRule.get(rule) ?? []) {
    if (duty.void || (subject !== '' && duty.subject !== subject)) continue;
    const isViolated = duty.missed !== null || duty.broken !== null;
    if (exception.from === 'deed' && isViolated && !duty.done) end(duty, entry, latest);
    // What has the same limit goes on with it.
    if (exception.from === 'start' ? isViolated || !duty.done : !duty.done)
      [duty.void, duty.handedOn] = [true, entry];
  }
}

/** Applies the deed to the norm's duty: it first ends an open duty, then may open a new one. */
function react(standing: Standing, rule: Rule, done: DoneDeed, entry: DutyEntry): void {
  const { deed } = done;
  const subject = subjectIn(rule, deed, entry);
  const opens = (): boolean => rule.opens.some((act) => matches(act, deed)) && !isExcepted(standing, rule);
  const known = standing.byRule.get(rule);
  // Most deeds concern many norms that this case does not owe.
  if (!known) return opens() ? open(standing, { rule, subject, done, entry }) : undefined;
  const mine = known.filter((duty) => !duty.void && (subject === '' || duty.subject === subject));
  const pending = mine.filter(({ done }) => !done);
  // Among several requests it answers that of its own process; among several there, the earliest.
  const own = pending.filter((duty) => isSubjectOf(duty, entry));
  const answered = own.length > 0 ? own : pending;
  for (const duty of rule.identity === 'each' ? answered.slice(0, 1) : pending) {
    duty.acts.push(deed);
    if (isDischarged(duty, standing.latest)) end(duty, entry, standing.latest);
  }
  if (rule.void.some((act) => matches(act, deed))) {
    for (const duty of pending.filter(({ done }) => !done)) {
      // A lapse that has happened remains.
      if (duty.missed) end(duty, entry, standing.latest);
      else duty.void = true;
    }
  }
  if (rule.broken.some((act) => matches(act, deed))) {
    for (const duty of mine.filter(({ round }) => round === roundOf(done))) {
      duty.broken ??= entry.at;
      duty.entries.push(entry.seq);
    }
  }
  const proceeding = standing.proceedings.get(instanceOf(entry));
  const { ground } = factsOf(deed);
  const grounded = proceeding
    ? { ...deed, facts: { ...deed.facts, ground: ground ?? proceeding.ground } }
    : deed;
  for (const { by, when, of } of rule.madeGood) {
    if (!matches(when, grounded)) continue;
    for (const duty of mine.filter((one) => one[of] && !one.cured[of] && isAgainst(one, proceeding))) {
      duty.cured[of] = by;
      duty.entries.push(entry.seq);
    }
  }
  const again = rule.identity === 'each' || mine.every(({ done }) => done);
  if (again && opens()) open(standing, { rule, subject, done, entry });
}

/** Whether an exception has taken the norm's place for the whole matter. */
const isExcepted = ({ latest }: Standing, { identity, exceptions }: Rule): boolean =>
  identity === 'case' &&
  exceptions.some(({ when }) => {
    const said = latest.get(when.deed);
    return said !== undefined && matches(when, said);
  });

function open(
  standing: Standing,
  { rule, subject, done, entry }: { rule: Rule; subject: string; done: DoneDeed; entry: DutyEntry },
): void {
  const alike = standing.duties.find(
    (one) =>
      one.rule.clock === rule.clock &&
      !one.done &&
      (!one.void || one.handedOn === entry) &&
      isSubjectOf(one, entry),
  );
  const running = rule.clock === null || rule.identity === 'unit' ? undefined : alike;
  const duty: Running = {
    rule,
    subject,
    instance: instanceOf(entry),
    round: roundOf(done),
    opened: entry,
    entries: [entry.seq],
    acts: [done.deed],
    due: running?.due ?? null,
    unit: standing.unit,
    done: false,
    ended: null,
    void: false,
    handedOn: null,
    passed: running?.passed ?? [],
    missed: running?.missed ?? null,
    broken: null,
    cured: { missed: null, broken: null },
  };
  standing.duties.push(duty);
  const { norm, clock } = rule;
  if (clock !== null && !running) standing.began.push({ norm, clock, seq: entry.seq, of: subject });
  standing.byRule.set(rule, [...(standing.byRule.get(rule) ?? []), duty]);
  if (isDischarged(duty, standing.latest)) end(duty, entry, standing.latest);
}

const roundOf = ({ round }: DoneDeed): number => Math.max(1, round);

/** Whether all acts of one of the rule's lists were done, not counting waived ones. */
function isDischarged({ rule, acts }: Running, latest: ReadonlyMap<string, Deed>): boolean {
  const isOwed = (name: string): boolean => waiversOf(rule, name, latest).length === 0;
  return rule.discharged.some((list) =>
    list.every((act) => acts.some((deed) => matches(act, deed)) || !isOwed(act.deed)),
  );
}

/** The norms that waive the deed; the latest act of that name decides. */
const waiversOf = (rule: Rule, name: string, latest: ReadonlyMap<string, Deed>): string[] =>
  rule.waived
    .filter(({ deed, when }) => {
      const act = deed === name ? latest.get(when.deed) : undefined;
      return act !== undefined && matches(when, act);
    })
    .map(({ by }) => by);

function end(duty: Running, { seq }: DutyEntry, latest: Standing['latest']): void {
  duty.done = true;
  duty.ended = seq;
  duty.waivedBy = waiverOf(duty.rule, latest);
  duty.entries.push(seq);
}

function missAll(
  duties: readonly Running[],
  clock: string,
  entry: DutyEntry,
  deeds: readonly DoneDeed[],
): void {
  const units = deeds.flatMap(({ deed }) => unitIn(deed, 'unit') ?? []);
  for (const duty of duties) {
    if (duty.rule.clock !== clock || duty.done || duty.void || !isSubjectOf(duty, entry)) continue;
    if (duty.rule.identity === 'unit' && !isDueFor(duty, units, entry)) continue;
    duty.passed = [...duty.passed, entry.at];
    duty.missed ??= entry.at;
    duty.entries.push(entry.seq);
  }
}

/** Whether the limit that has passed is this unit's: the deeds name it, or else the duty is due. */
const isDueFor = ({ subject, due }: Running, units: readonly string[], { at }: DutyEntry): boolean =>
  units.length > 0 ? units.includes(subject) : due !== null && due <= at;

/** Whether the entry may concern the same subject: several subjects are distinguished by process instance. */
const isSubjectOf = ({ rule, instance }: Running, entry: DutyEntry): boolean =>
  rule.identity === 'case' || instance === instanceOf(entry);

const factsOf = (deed: Deed): JsonObject => deed.facts ?? {};

/** Corrects limits that were recorded as passed but had not, or passed at another instant. */
function correct(duties: readonly Running[], corrected: Turn['corrected']): void {
  if (corrected.size === 0) return;
  for (const duty of duties) {
    if (!duty.passed.some((at) => corrected.has(at.getTime()))) continue;
    duty.passed = duty.passed.flatMap((at) => {
      const to = corrected.get(at.getTime());
      return to === undefined ? at : (to ?? []);
    });
    duty.missed = duty.passed[0] ?? null;
    // The entry that re-arms it says when it is due by the corrected calendar.
    if (!duty.missed) [duty.cured.missed, duty.due] = [null, null];
  }
}

/** From a correction of the sheet on, duties follow the corrected values; what is done stays done. */
function correctRegistration({ duties, latest }: Standing, rules: Rules, entry: DutyEntry): void {
  const data = Object.entries(dataOf(entry));
  for (const [name, deed] of latest) {
    const facts = factsOf(deed);
    const corrected = data.filter(([fact]) => fact in facts);
    if (rules.on(name).effect !== 'registers' || corrected.length === 0) continue;
    latest.set(name, { ...deed, facts: { ...facts, ...Object.fromEntries(corrected) } });
    for (const duty of duties) {
      if (!duty.done && !duty.void && isDischarged(duty, latest)) end(duty, entry, latest);
    }
  }
}

const waiverOf = (rule: Rule, latest: ReadonlyMap<string, Deed>): string | null =>
  rule.waived.flatMap(({ deed }) => waiversOf(rule, deed, latest))[0] ?? null;

const subjectOf = ({ rule, subject, round, opened }: Running): string => {
  if (rule.identity === 'instance') return `${rule.subject} ${subject}`;
  if (rule.identity === 'each') return `${rule.subject} ${opened.seq}`;
  if (rule.identity === 'unit') return `${rule.subject} ${subject}`;
  return round > 1 ? `${rule.subject} ${round}` : rule.subject;
};

function seen(
  duty: Running,
  { latest, proceedings }: Standing,
  closed: boolean,
  mending: readonly Running[],
): Duty {
  const { rule, round, opened, due, entries, cured } = duty;
  const unit = rule.identity === 'unit' ? duty.subject : duty.unit;
  // A caller's request may come after the matter was closed, and is owed all the same.
  const state = stateOf(duty, closed && rule.identity !== 'each', isMendable(duty, proceedings, mending));
  return {
    norm: rule.norm,
    round,
    state,
    opened: { seq: opened.seq, at: opened.at },
    due,
    violatedAt: duty.missed ?? duty.broken,
    unit: rule.owedByHolder ? unit : null,
    entries: [...new Set(entries)],
    by: state === 'compensated' ? (cured.broken ?? cured.missed) : null,
    waivedBy: duty.waivedBy === undefined ? waiverOf(rule, latest) : duty.waivedBy,
  };
}

function stateOf({ done, missed, broken, cured }: Running, closed: boolean, mendable: boolean): DutyState {
  if (!missed && !broken) return done ? 'satisfied' : 'open';
  const [late, bad] = [missed && !cured.missed, broken && !cured.broken];
  if (!late && !bad) return 'compensated';
  if (mendable || (!closed && (!done || bad))) return 'temporarily-violated';
  return 'permanently-violated';
}

/**
 * State at an instant: an open duty is violated once its limit passes, even before the trail
 * records it. An act at the very instant is in time.
 */
export const stateAt = ({ state, due }: Pick<Duty, 'state' | 'due'>, instant: Date): DutyState =>
  state === 'open' && due !== null && due < instant ? 'temporarily-violated' : state;
