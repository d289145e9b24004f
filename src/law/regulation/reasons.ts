/**
 * Why a case owes a duty or not, what was done of it, and what would have had to happen: read off
 * the interpreter's answers after each entry of the trail, so that there is no second
 * interpretation of the law. For people who ask; a step never computes it.
 */
import { matches } from '../../accountability/course/index.js';
import { armedIn, dataOf, deedsIn, instanceOf, type Deed } from '../../accountability/events/index.js';
import type { Laws } from './amendment/laws-in-time.js';
import { exceptionsOf } from './rules.js';
import { standingOf, stateAt, type DutyEntry, type DutyState, type OwedDuty } from './interpret.js';
import { voidingActs, type Act, type Catalogue, type DutyRule, type Norm } from './model/index.js';

export interface Facts {
  readonly [fact: string]: unknown;
}

/** A deed in the trail. */
export interface FoundDeed {
  readonly entry: DutyEntry;
  readonly deed: Deed;
}

/** One act of a list that discharges the duty. */
export interface RequiredAct {
  readonly act: Act;
  readonly done: FoundDeed | null;
  /** Done before the limit passed, or at that very instant. */
  readonly inTime: boolean;
  /** The norm after which it is not owed, with the deed that said so. */
  readonly waived: { readonly by: string; readonly when: Act; readonly found: FoundDeed } | null;
  /** The deed was done, but with other facts. */
  readonly unlike: readonly FoundDeed[];
}

export interface DutyReasons {
  readonly catalogue: Catalogue;
  readonly duty: OwedDuty;
  /** State at the instant asked for: no entry may have recorded yet that a limit has passed. */
  readonly state: DutyState;
  /** When its limit passed; null if it did not. */
  readonly missedAt: Date | null;
  readonly opened: FoundDeed | null;
  /** The limits that the entries gave it, in order; null while it is paused. The first may be earlier than the duty, which then joined a running clock. */
  readonly limits: readonly { readonly entry: DutyEntry; readonly due: Date | null }[];
  /** Each list by itself discharges the duty. */
  readonly alternatives: readonly (readonly RequiredAct[])[];
  /** The list of which least was missing when the limit passed, or is missing now. */
  readonly nearest: readonly RequiredAct[];
  /** The act after which nobody owed it any longer. */
  readonly voided: FoundDeed | null;
  /** The exception that took its place by that act. */
  readonly replacedBy: string | null;
  /** The acts that violated it without a limit. */
  readonly broken: readonly FoundDeed[];
  /** The act that made it good. */
  readonly madeGood: FoundDeed | null;
}

export interface Reasons {
  readonly norm: Norm;
  /** The version in which the norm was found, the last that binds the case. */
  readonly catalogue: Catalogue;
  /** Duties under the norm that the case owes or owed, those that ceased included. */
  readonly duties: readonly DutyReasons[];
  /** The acts that would have opened it, and the deeds of that name; empty if one did. */
  readonly openings: readonly { readonly act: Act; readonly found: readonly FoundDeed[] }[];
  /** Norms that take this one's place and that the case owes. */
  readonly exceptions: readonly string[];
}

/**
 * @param at the instant for which the states hold
 * @returns undefined if no version that binds the case has the norm
 */
export function reasonsOf(
  { first, later }: Laws,
  trail: readonly DutyEntry[],
  id: string,
  at: Date,
): Reasons | undefined {
  const laws = [{ from: 0, catalogue: first }, ...later];
  const known = laws.filter(({ catalogue }) => catalogue.norm(id));
  const catalogue = known.at(-1)?.catalogue;
  const norm = catalogue?.norm(id);
  if (!catalogue || !norm) return undefined;
  const duties = known.flatMap((law) => {
    const until = laws[laws.indexOf(law) + 1]?.from ?? Infinity;
    const rule = law.catalogue.norm(id)?.duty;
    return rule
      ? livesOf(law.catalogue, trail, id, rule)
          .filter(([{ duty }]) => duty.opened.seq >= law.from && duty.opened.seq < until)
          .map((life) => reasonsFor(law.catalogue, rule, trail, life, at))
      : [];
  });
  const owed = standingOf(catalogue, trail).duties;
  const exceptions = catalogue.norms.filter(
    (one) => one.exceptionOf.includes(id) && owed.some((duty) => duty.norm === one.id),
  );
  return {
    norm,
    catalogue,
    duties,
    openings:
      duties.length > 0
        ? []
        : (norm.duty?.opens ?? []).map((act) => ({ act, found: named(act.deed, trail) })),
    exceptions: exceptions.map((one) => one.id),
  };
}

/** A duty after each entry from its opening on, as long as it was owed. */
type Life = readonly [Moment, ...Moment[]];

interface Moment {
  readonly entry: DutyEntry;
  readonly duty: OwedDuty;
}

/** The duties under the norm, also those that ceased: the interpreter's answer to each beginning of the trail. */
function livesOf(
  catalogue: Catalogue,
  trail: readonly DutyEntry[],
  norm: string,
  { opens }: DutyRule,
): readonly Life[] {
  const lives = new Map<string, [Moment, ...Moment[]]>();
  const start = trail.findIndex((entry) =>
    deedsIn(entry).some((deed) => opens.some((act) => matches(act, deed))),
  );
  if (start < 0) return [];
  for (let end = start + 1; end <= trail.length; end += 1) {
    const entry = trail[end - 1];
    if (!entry) break;
    const seen = new Map<string, number>();
    for (const duty of standingOf(catalogue, trail.slice(0, end)).duties) {
      if (duty.norm !== norm) continue;
      const name = `${String(duty.opened.seq)} ${duty.subject}`;
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      const life = lives.get(`${name} ${String(nth)}`);
      if (life) life.push({ entry, duty });
      else lives.set(`${name} ${String(nth)}`, [{ entry, duty }]);
    }
  }
  return [...lives.values()];
}

function reasonsFor(
  catalogue: Catalogue,
  rule: DutyRule,
  trail: readonly DutyEntry[],
  life: Life,
  at: Date,
): DutyReasons {
  const [first] = life;
  const { duty } = life.at(-1) ?? first;
  const state = stateAt(duty, at);
  const missedAt = duty.missedAt ?? (state === duty.state ? null : duty.due);
  const places = new Map(trail.flatMap((entry) => deedsIn(entry).map((deed) => [deed, entry] as const)));
  const done = duty.acts.flatMap((deed): FoundDeed[] => {
    const entry = places.get(deed);
    return entry ? [{ deed, entry }] : [];
  });
  const alternatives = rule.discharged.map((list) =>
    list.map((act) => required(act, { duty, rule, done, trail, missedAt })),
  );
  const last = trail.findIndex(({ seq }) => seq === life.at(-1)?.entry.seq);
  const ceased = duty.ended === null ? trail[last + 1] : trail.find(({ seq }) => seq === duty.ended);
  const exceptions = exceptionsOf(duty.norm, catalogue);
  const complete = alternatives.some((list) => list.every((one) => !isMissing(one)));
  const ending = [...voidingActs(rule, catalogue.vocabulary), ...exceptions.map(({ when }) => when)];
  const voided = ceased && !complete ? (deedOf(ending, ceased) ?? null) : null;
  return {
    catalogue,
    duty,
    state,
    missedAt,
    opened: done[0] ?? null,
    limits: limitsOf(life, rule.clock, trail),
    alternatives,
    nearest: nearestOf(alternatives, missedAt !== null),
    voided,
    replacedBy: exceptions.find(({ when }) => voided && matches(when, voided.deed))?.norm ?? null,
    broken: trail.flatMap((entry) =>
      duty.entries.includes(entry.seq) && entry.seq > duty.opened.seq
        ? [deedOf(rule.broken, entry) ?? []].flat()
        : [],
    ),
    madeGood: madeGoodIn(rule, life),
  };
}

function required(
  act: Act,
  {
    duty,
    rule,
    done,
    trail,
    missedAt,
  }: Pick<DutyReasons, 'duty' | 'missedAt'> & {
    readonly rule: DutyRule;
    readonly done: readonly FoundDeed[];
    readonly trail: readonly DutyEntry[];
  },
): RequiredAct {
  const found = done.find(({ deed }) => matches(act, deed)) ?? null;
  const until = duty.ended ?? Infinity;
  const [waived = null] = rule.waived.flatMap(({ deed, by, when }) => {
    const said = deed === act.deed ? latestOf(when.deed, trail, until) : undefined;
    return said && matches(when, said.deed) ? [{ by, when, found: said }] : [];
  });
  return {
    act,
    done: found,
    inTime: found !== null && (missedAt === null || found.entry.at <= missedAt),
    waived,
    unlike: found ? [] : done.filter(({ deed }) => deed.name === act.deed),
  };
}

/** The latest deed of that name, with the values to which the sheet was corrected since. */
function latestOf(name: string, trail: readonly DutyEntry[], until: number): FoundDeed | undefined {
  const past = trail.filter(({ seq }) => seq <= until);
  return past.reduce<FoundDeed | undefined>((latest, entry) => {
    const deed = deedsIn(entry).findLast((one) => one.name === name);
    if (deed) return { deed, entry };
    if (!latest || entry.type !== 'sheet.corrected') return latest;
    const facts = latest.deed.facts ?? {};
    const corrected = Object.entries(dataOf(entry)).filter(([fact]) => fact in facts);
    if (corrected.length === 0) return latest;
    return { deed: { name, facts: { ...facts, ...Object.fromEntries(corrected) } }, entry };
  }, undefined);
}

/** Neither done nor waived. */
export const isMissing = ({ done, waived }: RequiredAct): boolean => done === null && waived === null;

/** What the list lacked when the limit passed; or lacks now, if it has not passed. */
export const lackingIn = (list: readonly RequiredAct[], passed: boolean): readonly RequiredAct[] =>
  list.filter((one) => isMissing(one) || (passed && one.done !== null && !one.inTime));

/** The list of which the smallest share is missing; then lacked least in time; then the first, which is the usual way. */
function nearestOf(alternatives: DutyReasons['alternatives'], passed: boolean): readonly RequiredAct[] {
  const share = (list: readonly RequiredAct[], late: boolean): number =>
    lackingIn(list, late).length / list.length;
  const [nearest = []] = alternatives.toSorted(
    (one, other) => share(one, false) - share(other, false) || share(one, passed) - share(other, passed),
  );
  return nearest;
}

function limitsOf(life: Life, clock: string | null, trail: readonly DutyEntry[]): DutyReasons['limits'] {
  const arms = (entry: DutyEntry): boolean => armedIn(entry).some((one) => one.clock === clock);
  const limits: { readonly entry: DutyEntry; readonly due: Date | null }[] = [];
  for (const { entry, duty } of life) {
    const before = limits.at(-1)?.due ?? null;
    if (duty.due?.getTime() === before?.getTime()) continue;
    // Its clock may have been running before the duty was opened.
    const earlier = trail.findLast(
      (one) => one.seq < entry.seq && instanceOf(one) === instanceOf(entry) && arms(one),
    );
    const running = limits.length === 0 && entry.seq === duty.opened.seq && !arms(entry);
    limits.push({ entry: running ? (earlier ?? entry) : entry, due: duty.due });
  }
  return limits;
}

function madeGoodIn(rule: DutyRule, life: Life): FoundDeed | null {
  const healed = life.find(({ duty }) => duty.by !== null);
  if (!healed || life.at(-1)?.duty.by === null) return null;
  const acts = rule.madeGood.filter(({ by }) => by === healed.duty.by).map(({ when }) => when);
  return deedOf(acts, healed.entry) ?? null;
}

function deedOf(acts: readonly Act[], entry: DutyEntry): FoundDeed | undefined {
  const deed = deedsIn(entry).find((one) => acts.some((act) => matches(act, one)));
  return deed && { deed, entry };
}

const named = (name: string, trail: readonly DutyEntry[]): readonly FoundDeed[] =>
  trail.flatMap((entry) => deedsIn(entry).flatMap((deed) => (deed.name === name ? [{ entry, deed }] : [])));

/** Values of the deed where the act must have others. */
export const otherFacts = (act: Act, { name, facts = {} }: Deed): Facts =>
  Object.fromEntries(
    Object.entries(act.facts).flatMap(([fact, value]) =>
      matches({ deed: name, facts: { [fact]: value } }, { name, facts }) ? [] : [[fact, facts[fact]]],
    ),
  );
