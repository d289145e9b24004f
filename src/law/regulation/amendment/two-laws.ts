/** Compares old cases under two laws: differing due dates, verdicts and levels, with totals by norm and unit. */
import { toShanghaiIso } from '../../../kernel/civil-date.js';
import { provisionLabel, type Catalogue, type DifferenceKind } from '../model/index.js';
import { standingOf, stateAt, type DutyEntry, type OwedDuty } from '../interpret.js';
import { changedClocks, notCounted, relive, type Level, type LevelOf } from './relive.js';
import type { DueDates } from '../../../kernel/timer-spec.js';

/** State of a duty at the end of the trail. Instants are ISO 8601 with China's offset. */
export interface Stand {
  readonly due: string | null;
  readonly state: 'done' | 'open' | 'violated';
  /** Since when the duty is violated, if the trail records it. */
  readonly since: string | null;
}

export interface DutyDifference {
  readonly norm: string;
  readonly unit: string | null;
  readonly kind: DifferenceKind;
  /** Null if the duty is not owed. */
  readonly before: Stand | null;
  readonly after: Stand | null;
}

interface Reached {
  readonly level: string;
  readonly at: string;
}

export interface CaseDifference {
  readonly no: string;
  readonly duties: readonly DutyDifference[];
  /** Levels of the changed limits; null if they are the same. */
  readonly levels: { readonly before: readonly Reached[]; readonly after: readonly Reached[] } | null;
}

export interface Figure {
  readonly norm: string;
  /** Provision and words of the norm. */
  readonly says: string;
  readonly unit: string | null;
  readonly owedBefore: number;
  readonly owedAfter: number;
  readonly violatedBefore: number;
  readonly violatedAfter: number;
  /** Number of duties whose limit differs. */
  readonly moved: number;
}

export interface Comparison {
  readonly cases: number;
  readonly differing: number;
  /** Number of cases that reach a level of the changed limits at another time, or under one law only. */
  readonly otherLevels: number;
  readonly figures: readonly Figure[];
  /** Norms whose changed limit was not recomputed. */
  readonly notCounted: readonly { readonly norm: string; readonly says: string }[];
}

export interface PastTrail {
  readonly no: string;
  readonly trail: readonly DutyEntry[];
}

type Counts = {
  -readonly [Key in keyof Omit<Figure, 'norm' | 'says' | 'unit'>]: number;
} & { differing: number };

/** Adds cases one by one and keeps only counts of them. */
export function comparingLaws(
  { before, after }: { readonly before: Catalogue; readonly after: Catalogue },
  deps: { readonly dueDates: DueDates; readonly levelOf: LevelOf },
): {
  /** @returns the differences, if any, and the rewritten trail under the other law */
  readonly add: (past: PastTrail) => {
    readonly difference: CaseDifference | undefined;
    readonly relived: readonly DutyEntry[];
  };
  readonly told: () => Comparison;
} {
  const changes = changedClocks(before, after);
  const figures = new Map<string, Counts>();
  let [cases, differing, otherLevels] = [0, 0, 0];
  const countOf = (norm: string, unit: string | null): Counts => {
    const key = `${norm} ${unit ?? ''}`;
    const known = figures.get(key) ?? {
      owedBefore: 0,
      owedAfter: 0,
      violatedBefore: 0,
      violatedAfter: 0,
      moved: 0,
      differing: 0,
    };
    figures.set(key, known);
    return known;
  };
  const add: ReturnType<typeof comparingLaws>['add'] = ({ no, trail }) => {
    cases += 1;
    const end = trail.at(-1)?.at ?? new Date(0);
    const was = standingOf(before, trail).duties;
    const is = relive(after, trail, { changes, ...deps });
    const others = new Map(was.map((duty) => [keyOf(duty), duty]));
    const duties: DutyDifference[] = [];
    const note = (norm: string, old: OwedDuty | undefined, now: OwedDuty | undefined): void => {
      const unit = now?.unit ?? old?.unit ?? null;
      const count = countOf(norm, unit);
      count.owedBefore += Number(old !== undefined);
      count.owedAfter += Number(now !== undefined);
      count.violatedBefore += Number(old !== undefined && isViolated(old, end));
      count.violatedAfter += Number(now !== undefined && isViolated(now, end));
      count.moved += Number(old !== undefined && now !== undefined && !sameLimit(old, now));
      const kind = kindOf(old, now, end);
      if (kind === undefined) return;
      count.differing += 1;
      duties.push({ norm, unit, kind, before: standOf(old, end), after: standOf(now, end) });
    };
    for (const duty of is.duties) {
      const old = others.get(keyOf(duty));
      others.delete(keyOf(duty));
      note(duty.norm, old, duty);
    }
    for (const old of others.values()) note(old.norm, old, undefined);
    const isSame = sameLevels(is.levelsBefore, is.levels);
    if (!isSame) otherLevels += 1;
    if (duties.length === 0 && isSame) return { difference: undefined, relived: is.trail };
    differing += 1;
    const levels = isSame ? null : { before: is.levelsBefore.map(reached), after: is.levels.map(reached) };
    return { difference: { no, duties, levels }, relived: is.trail };
  };
  const uncounted = notCounted(before, after).map((norm) => ({ norm, says: saysOf(norm, after, before) }));
  const told = (): Comparison => ({
    ...{ cases, differing, otherLevels, notCounted: uncounted },
    figures: figuresOf(figures, after, before),
  });
  return { add, told };
}

const reached = ({ level, at }: Level): Reached => ({ level, at: toShanghaiIso(at) });

const keyOf = ({ norm, opened, subject }: OwedDuty): string => `${norm} ${opened.seq} ${subject}`;

const isViolated = (duty: OwedDuty, at: Date): boolean =>
  duty.violatedAt !== null || stateAt(duty, at) === 'temporarily-violated';

/** Undefined if both laws give the same result. */
function kindOf(old: OwedDuty | undefined, now: OwedDuty | undefined, end: Date): DifferenceKind | undefined {
  if (!old) return 'new';
  if (!now) return 'gone';
  const is = isViolated(now, end);
  if (isViolated(old, end) !== is) return is ? 'now-violated' : 'no-longer-violated';
  return sameLimit(old, now) ? undefined : 'moved';
}

const sameLimit = (old: OwedDuty, now: OwedDuty): boolean => old.due?.getTime() === now.due?.getTime();

function standOf(duty: OwedDuty | undefined, end: Date): Stand | null {
  if (!duty) return null;
  const { due, violatedAt, ended } = duty;
  const state = isViolated(duty, end) ? 'violated' : ended === null ? 'open' : 'done';
  return { due: due && toShanghaiIso(due), state, since: violatedAt && toShanghaiIso(violatedAt) };
}

const sameLevels = (was: readonly Level[], is: readonly Level[]): boolean =>
  was.length === is.length &&
  was.every(({ level, at }, place) => is[place]?.level === level && is[place].at.getTime() === at.getTime());

function saysOf(norm: string, after: Catalogue, before: Catalogue): string {
  const found = after.norm(norm) ?? before.norm(norm);
  const place = found?.provisions[0];
  return `${place === undefined ? '' : `${provisionLabel(place)} `}${found?.says ?? norm}`;
}

/** Norms that differ, the largest change first. */
function figuresOf(figures: ReadonlyMap<string, Counts>, after: Catalogue, before: Catalogue): Figure[] {
  return [...figures]
    .flatMap(([key, { differing, ...counts }]) => {
      const [norm = '', unit = ''] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
      const says = saysOf(norm, after, before);
      return differing === 0 ? [] : [{ norm, says, unit: unit === '' ? null : unit, ...counts }];
    })
    .sort((one, other) => changeIn(other) - changeIn(one));
}

const changeIn = (one: Figure): number =>
  Math.abs(one.violatedAfter - one.violatedBefore) * 1000 +
  one.moved +
  Math.abs(one.owedAfter - one.owedBefore);
