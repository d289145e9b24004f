/**
 * The duties of one case and how each of them stands: a pure function of the regulation's rules and of the deeds in the
 * case's trail. A limit has passed when the trail says so, so the answer is right at the instant of the last entry,
 * whoever asks and whenever; `stateAt` says how it stands since.
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
import type { JsonObject } from '../../kernel/index.js';
import type { Catalogue } from './model/index.js';
import { rulesOf, type Rule, type Rules } from './rules.js';

export type DutyEntry = Content & { readonly seq: number };

/**
 * `temporarily-violated`: the limit has passed, what is owed can still be done or made good. `permanently-violated`:
 * done late, or never, and nothing made it good. `compensated`: what the law provides for the violation has been done.
 */
export type DutyState =
  'open' | 'satisfied' | 'temporarily-violated' | 'permanently-violated' | 'compensated';

export interface Duty {
  readonly norm: string;
  /** The round of handling that it belongs to; 1 before and without rounds. */
  readonly round: number;
  readonly state: DutyState;
  readonly opened: { readonly seq: number; readonly at: Date };
  readonly due: Date | null;
  /** When it was violated first: its limit passed, or the round was sent back. */
  readonly violatedAt: Date | null;
  /** Which handling unit held the matter then, or where it was not violated, when it was done; null before the dispatch. */
  readonly unit: string | null;
  /** Numbers of the entries behind its state, in order. */
  readonly entries: readonly number[];
  /** Which norm made good its violation. */
  readonly by: string | null;
  /** The norm by which a part of it is not owed. */
  readonly waivedBy: string | null;
}

interface Running {
  readonly rule: Rule;
  readonly subject: string;
  /** Of the process in which it was opened. */
  readonly instance: number | undefined;
  readonly round: number;
  readonly opened: DutyEntry;
  readonly entries: number[];
  /** Acts of its subject since it was opened. */
  readonly acts: Deed[];
  due: Date | null;
  unit: string | null;
  done: boolean;
  ended: number | null;
  void: boolean;
  /** The instant at which its limit passed. */
  missed: Date | null;
  /** Not done as it should have been, whatever its limit. */
  broken: Date | null;
  by: string | null;
  /** Set where a correction has changed what it was waived by after it was done. */
  waivedBy?: string | null;
}

/** How a case stands after some of its entries. */
interface Standing {
  readonly duties: Running[];
  readonly byRule: Map<Rule, Running[]>;
  /** Of each name the latest deed since the matter was presented. */
  readonly latest: Map<string, Deed>;
  readonly began: Beginning[];
  /** What an entry decides concerns the unit charged with the matter before it. */
  unit: string | null;
}

export interface LegalStanding {
  readonly course: Course;
  /** Each with what it is about: the subject's key, and which one where there are several. */
  readonly duties: readonly OwedDuty[];
  /** Clocks that began with a duty, in order; a duty that finds its clock running begins none. */
  readonly began: readonly Beginning[];
}

export interface OwedDuty extends Duty {
  readonly subject: string;
  /** Entry by which it ended: done, or no longer owed after its limit had passed. */
  readonly ended: number | null;
  /** When its limit passed; null where it was violated otherwise. */
  readonly missedAt: Date | null;
}

export interface Beginning {
  readonly norm: string;
  readonly clock: string;
  /** Which entry opened the duty. */
  readonly seq: number;
  /** Which one it is about, where there are several: a unit, an instance; empty otherwise. */
  readonly of: string;
}

export const dutiesOf = (catalogue: Catalogue, trail: readonly DutyEntry[]): readonly Duty[] =>
  standingOf(catalogue, trail).duties.map(
    ({ subject: _subject, ended: _ended, missedAt: _missedAt, ...duty }) => duty,
  );

/** The course of the matter up to the trail's last entry, and how each duty stands then. */
export function standingOf(catalogue: Catalogue, trail: readonly DutyEntry[]): LegalStanding {
  const rules = rulesOf(catalogue);
  const standing: Standing = { duties: [], byRule: new Map(), latest: new Map(), began: [], unit: null };
  const { duties, latest, began } = standing;
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
      for (const rule of rules.on(done.deed.name).reactions) react(standing, rule, done, entry);
    }
    const moves = turn.armed.length + turn.withdrawn.length > 0;
    for (const duty of duties) {
      if (!duty.done && !duty.missed && !duty.broken) duty.unit = course.unit;
      if (moves) follow(duty, entry, turn);
    }
  }
  const owed = duties.filter((duty) => !duty.void);
  const repairing = owed.some(({ rule, done }) => rule.repairs && !done);
  return {
    course,
    began,
    duties: owed.map((duty) => ({
      ...seen(duty, latest, course.closed, repairing),
      subject: subjectOf(duty),
      ended: duty.ended,
      missedAt: duty.missed,
    })),
  };
}

/** The duty's limit, as the entry's timers of its clock move it. */
function follow(duty: Running, entry: DutyEntry, { armed, withdrawn }: Turn): void {
  const { rule } = duty;
  if (duty.done || rule.clock === null || !isSubjectOf(duty, entry)) return;
  // Several units' limits look alike in the trail: each has the one that began with its duty.
  if (rule.identity === 'unit' && duty.opened !== entry && !movesLimitOf(duty, entry)) return;
  const timer = armed.find(({ clock }) => clock === rule.clock);
  if (timer) duty.due = timer.due;
  // Moved to another drawing the duty is as due as before.
  else if (entry.type === 'case.migrated') return;
  else if (!duty.missed && withdrawn.some(({ clock }) => clock === rule.clock)) duty.due = null;
}

const movesLimitOf = ({ due }: Running, entry: DutyEntry): boolean =>
  entry.type === 'deadline.rearmed' ||
  (entry.type === 'deadline.recomputed' && due?.getTime() === Date.parse(entry.body.from));

/** Which of several subjects the deed is about; empty: of whatever there is. */
function subjectIn({ identity }: Rule, deed: Deed, entry: DutyEntry): string {
  if (identity === 'instance') return String(instanceOf(entry));
  return identity === 'unit' ? (unitIn(deed, 'unit') ?? '') : '';
}

/** What the deed does to the norm's duty: what is open ends by it first, then it may open one. */
function react(standing: Standing, rule: Rule, done: DoneDeed, entry: DutyEntry): void {
  const { deed } = done;
  const subject = subjectIn(rule, deed, entry);
  const mine = (standing.byRule.get(rule) ?? []).filter(
    (duty) => !duty.void && (subject === '' || duty.subject === subject),
  );
  const pending = mine.filter(({ done }) => !done);
  // Of several requests it answers the one of its own process; of several there the earliest.
  const own = pending.filter((duty) => isSubjectOf(duty, entry));
  const answered = own.length > 0 ? own : pending;
  for (const duty of rule.identity === 'each' ? answered.slice(0, 1) : pending) {
    duty.acts.push(deed);
    if (isDischarged(duty, standing.latest)) end(duty, entry);
  }
  if (rule.void.some((act) => matches(act, deed))) {
    for (const duty of pending.filter(({ done }) => !done)) {
      // A lapse that has happened stays.
      if (duty.missed) end(duty, entry);
      else duty.void = true;
    }
  }
  if (rule.broken.some((act) => matches(act, deed))) {
    for (const duty of mine.filter(({ round }) => round === done.round)) {
      duty.broken = entry.at;
      duty.entries.push(entry.seq);
    }
  }
  for (const { by, when, of } of rule.madeGood) {
    if (!matches(when, deed)) continue;
    for (const duty of mine.filter((one) => one.by === null && one[of])) {
      duty.by = by;
      duty.entries.push(entry.seq);
    }
  }
  const again = rule.identity === 'each' || mine.every(({ done }) => done);
  if (again && rule.opens.some((act) => matches(act, deed))) open(standing, { rule, subject, done, entry });
}

function open(
  standing: Standing,
  { rule, subject, done, entry }: { rule: Rule; subject: string; done: DoneDeed; entry: DutyEntry },
): void {
  const alike = standing.duties.find(
    (one) => one.rule.clock === rule.clock && !one.done && !one.void && isSubjectOf(one, entry),
  );
  const running = rule.clock === null || rule.identity === 'unit' ? undefined : alike;
  const duty: Running = {
    rule,
    subject,
    instance: instanceOf(entry),
    round: Math.max(1, done.round),
    opened: entry,
    entries: [entry.seq],
    acts: [done.deed],
    due: running?.due ?? null,
    unit: standing.unit,
    done: false,
    ended: null,
    void: false,
    missed: running?.missed ?? null,
    broken: null,
    by: null,
  };
  standing.duties.push(duty);
  const { norm, clock } = rule;
  if (clock !== null && !running) standing.began.push({ norm, clock, seq: entry.seq, of: subject });
  standing.byRule.set(rule, [...(standing.byRule.get(rule) ?? []), duty]);
  if (isDischarged(duty, standing.latest)) end(duty, entry);
}

/** Whether all acts of one of the rule's lists were done, as far as they are owed. */
function isDischarged({ rule, acts }: Running, latest: ReadonlyMap<string, Deed>): boolean {
  const isOwed = (name: string): boolean => waiversOf(rule, name, latest).length === 0;
  return rule.discharged.some((list) =>
    list.every((act) => acts.some((deed) => matches(act, deed)) || !isOwed(act.deed)),
  );
}

/** The norms by which the deed is not owed: the latest act of that name decides. */
const waiversOf = (rule: Rule, name: string, latest: ReadonlyMap<string, Deed>): string[] =>
  rule.waived
    .filter(({ deed, when }) => {
      const act = deed === name ? latest.get(when.deed) : undefined;
      return act !== undefined && matches(when, act);
    })
    .map(({ by }) => by);

function end(duty: Running, { seq }: DutyEntry): void {
  duty.done = true;
  duty.ended = seq;
  duty.entries.push(seq);
}

function missAll(
  duties: readonly Running[],
  clock: string,
  entry: DutyEntry,
  deeds: readonly DoneDeed[],
): void {
  for (const duty of duties) {
    if (duty.rule.clock !== clock || duty.done || duty.void || !isSubjectOf(duty, entry)) continue;
    if (duty.rule.identity === 'unit' && !deeds.some(({ deed }) => unitIn(deed, 'unit') === duty.subject))
      continue;
    duty.missed = entry.at;
    duty.entries.push(entry.seq);
  }
}

/** Whether the entry may be about the same: what there are several of is told apart by the process. */
const isSubjectOf = ({ rule, instance }: Running, entry: DutyEntry): boolean =>
  rule.identity === 'case' || instance === instanceOf(entry);

const factsOf = (deed: Deed): JsonObject => deed.facts ?? {};

/** A limit recorded as passed had not, or passed at another instant. */
function correct(duties: readonly Running[], corrected: Turn['corrected']): void {
  if (corrected.size === 0) return;
  for (const duty of duties) {
    const to = duty.missed === null ? undefined : corrected.get(duty.missed.getTime());
    // When it is due by the right calendar, the entry says that arms it anew.
    if (to === null) [duty.missed, duty.by, duty.due] = [null, null, null];
    else if (to) duty.missed = to;
  }
}

/** What the sheet said wrongly is owed by what it says from now on; what is done stays. */
function correctRegistration({ duties, latest }: Standing, rules: Rules, entry: DutyEntry): void {
  const data = Object.entries(dataOf(entry));
  for (const [name, deed] of latest) {
    const facts = factsOf(deed);
    const corrected = data.filter(([fact]) => fact in facts);
    if (rules.on(name).effect !== 'registers' || corrected.length === 0) continue;
    for (const duty of duties) {
      if (duty.done && duty.waivedBy === undefined) duty.waivedBy = waiverOf(duty.rule, latest);
    }
    latest.set(name, { ...deed, facts: { ...facts, ...Object.fromEntries(corrected) } });
    for (const duty of duties) {
      if (!duty.done && !duty.void && isDischarged(duty, latest)) end(duty, entry);
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

function seen(duty: Running, latest: ReadonlyMap<string, Deed>, closed: boolean, repairing: boolean): Duty {
  const { rule, round, opened, due, entries, by } = duty;
  const unit = rule.identity === 'unit' ? duty.subject : duty.unit;
  return {
    norm: rule.norm,
    round,
    // What the caller asks may come after the matter was closed, and is owed all the same.
    state: stateOf(duty, closed && rule.identity !== 'each', repairing && rule.identity !== 'each'),
    opened: { seq: opened.seq, at: opened.at },
    due,
    violatedAt: duty.missed ?? duty.broken,
    unit: rule.owedByHolder ? unit : null,
    entries: [...new Set(entries)],
    by,
    waivedBy: duty.waivedBy === undefined ? waiverOf(rule, latest) : duty.waivedBy,
  };
}

function stateOf({ done, missed, broken, by }: Running, closed: boolean, repairing: boolean): DutyState {
  if (!missed && !broken) return done ? 'satisfied' : 'open';
  if (by !== null) return 'compensated';
  if (repairing || (!closed && (!done || broken))) return 'temporarily-violated';
  return 'permanently-violated';
}

/**
 * How it stands at an instant: what is open when its limit passes is violated from then on, also before the trail has
 * said so. An act at the very instant is in time.
 */
export const stateAt = ({ state, due }: Pick<Duty, 'state' | 'due'>, instant: Date): DutyState =>
  state === 'open' && due !== null && due < instant ? 'temporarily-violated' : state;
