/** Old cases under two laws: which due dates, verdicts and levels differ, and what it comes to by norm and unit. */
import { toShanghaiIso, type DueDates } from '../../calendar/index.js';
import { provisionLabel, type Catalogue } from '../model/index.js';
import { standingOf, stateAt, type DutyEntry, type OwedDuty } from '../interpret.js';
import { changedClocks, relive, type Level, type LevelOf } from './relive.js';

interface DutyDifference {
  readonly norm: string;
  /** Place and words of the norm. */
  readonly says: string;
  readonly unit: string | null;
  readonly kind: 'new' | 'gone' | 'moved' | 'now-violated' | 'no-longer-violated';
  /** In Chinese: how it stood, how it stands, and why. */
  readonly before: string;
  readonly after: string;
  readonly reason: string;
}

export interface CaseDifference {
  readonly no: string;
  readonly duties: readonly DutyDifference[];
  /** Levels of the changed limits, in words; null where they are the same. */
  readonly levels: { readonly before: string; readonly after: string } | null;
}

export interface Figure {
  readonly norm: string;
  readonly says: string;
  readonly unit: string | null;
  readonly owedBefore: number;
  readonly owedAfter: number;
  readonly violatedBefore: number;
  readonly violatedAfter: number;
  /** Duties whose limit is another one. */
  readonly moved: number;
}

export interface Comparison {
  readonly cases: number;
  readonly differing: number;
  /** Cases in which a level of the changed limits is reached at another time, or only under one law. */
  readonly otherLevels: number;
  readonly figures: readonly Figure[];
  /** The first ones of every norm, unit and kind of difference. */
  readonly list: readonly CaseDifference[];
}

export interface PastTrail {
  readonly no: string;
  readonly trail: readonly DutyEntry[];
}

type Counts = { -readonly [Key in keyof Omit<Figure, 'norm' | 'says' | 'unit'>]: number };

/** Listed in detail; all are counted. Of each norm, unit and kind so many, so that every figure opens to cases. */
const mostOfAKind = 20;
const mostListed = 2000;

/** Adds cases one by one; nothing is kept of those that are not listed. */
export function comparingLaws(
  { before, after }: { readonly before: Catalogue; readonly after: Catalogue },
  deps: {
    readonly dueDates: DueDates;
    readonly levelOf: LevelOf;
    readonly levelName: (level: string) => string;
  },
): { readonly add: (past: PastTrail) => void; readonly told: () => Comparison } {
  const changes = changedClocks(before, after);
  const figures = new Map<string, Counts>();
  const list: CaseDifference[] = [];
  const listedOf = new Map<string, number>();
  /** Whether one of these kinds is still to be shown by a case. */
  const isWanted = (kinds: readonly string[]): boolean => {
    if (list.length >= mostListed || kinds.every((kind) => (listedOf.get(kind) ?? 0) >= mostOfAKind))
      return false;
    for (const kind of kinds) listedOf.set(kind, (listedOf.get(kind) ?? 0) + 1);
    return true;
  };
  let [cases, differing, otherLevels] = [0, 0, 0];
  const countOf = (norm: string, unit: string | null): Counts => {
    const key = `${norm} ${unit ?? ''}`;
    const known = figures.get(key) ?? {
      owedBefore: 0,
      owedAfter: 0,
      violatedBefore: 0,
      violatedAfter: 0,
      moved: 0,
    };
    figures.set(key, known);
    return known;
  };
  const add = ({ no, trail }: PastTrail): void => {
    cases += 1;
    const end = trail.at(-1)?.at ?? new Date(0);
    const was = standingOf(before, trail).duties;
    const is = relive(after, trail, { changes, ...deps });
    const others = new Map(was.map((duty) => [keyOf(duty), duty]));
    const found: Found[] = [];
    const note = (old: OwedDuty | undefined, now: OwedDuty | undefined): void => {
      const kind = kindOf(old, now, end);
      if (kind !== undefined) found.push({ kind, old, now });
    };
    for (const duty of is.duties) {
      const old = others.get(keyOf(duty));
      others.delete(keyOf(duty));
      const count = countOf(duty.norm, duty.unit ?? old?.unit ?? null);
      count.owedAfter += 1;
      count.violatedAfter += Number(isViolated(duty, end));
      if (old) count.owedBefore += 1;
      count.violatedBefore += Number(old !== undefined && isViolated(old, end));
      count.moved += Number(old !== undefined && old.due?.getTime() !== duty.due?.getTime());
      note(old, duty);
    }
    for (const old of others.values()) {
      const count = countOf(old.norm, old.unit);
      count.owedBefore += 1;
      count.violatedBefore += Number(isViolated(old, end));
      note(old, undefined);
    }
    const isSame = sameLevels(is.levelsBefore, is.levels);
    if (!isSame) otherLevels += 1;
    if (found.length === 0 && isSame) return;
    differing += 1;
    const kinds = found.map(
      ({ kind, old, now }) => `${kind} ${(now ?? old)?.norm} ${now?.unit ?? old?.unit ?? ''}`,
    );
    // In words only what is listed.
    if (!isWanted(isSame ? kinds : [...kinds, 'levels'])) return;
    list.push({
      no,
      duties: found.map((one) => inFull(one, end, (norm) => saysOf(norm, after, before))),
      levels: isSame
        ? null
        : { before: inLevels(is.levelsBefore, deps.levelName), after: inLevels(is.levels, deps.levelName) },
    });
  };
  return {
    add,
    told: () => ({ cases, differing, otherLevels, figures: figuresOf(figures, after, before), list }),
  };
}

interface Found {
  readonly kind: DutyDifference['kind'];
  readonly old: OwedDuty | undefined;
  readonly now: OwedDuty | undefined;
}

const keyOf = ({ norm, opened, unit, subject }: OwedDuty): string =>
  `${norm} ${opened.seq} ${subject.startsWith('support') ? unit : ''}`;

const isViolated = (duty: OwedDuty, at: Date): boolean =>
  duty.violatedAt !== null || stateAt(duty, at) === 'temporarily-violated';

/** Undefined where both laws come to the same. */
function kindOf(
  old: OwedDuty | undefined,
  now: OwedDuty | undefined,
  end: Date,
): DutyDifference['kind'] | undefined {
  if (!old) return 'new';
  if (!now) return 'gone';
  const is = isViolated(now, end);
  if (isViolated(old, end) !== is) return is ? 'now-violated' : 'no-longer-violated';
  return old.due?.getTime() === now.due?.getTime() ? undefined : 'moved';
}

function inFull({ kind, old, now }: Found, end: Date, says: (norm: string) => string): DutyDifference {
  const { norm } = now ?? old ?? { norm: '' };
  const unit = now?.unit ?? old?.unit ?? null;
  const moved = old?.due?.getTime() !== now?.due?.getTime();
  const limit = moved
    ? `期限由 ${minute(old?.due ?? null)} 变为 ${minute(now?.due ?? null)}`
    : '履行、免除它的行为不同';
  const reasons: { readonly [key in typeof kind]: string } = {
    new: '新的一版才有这项义务,或者由这个行为引起',
    gone: '新的一版没有这项义务,或者不由这个行为引起',
    moved: limit,
    'now-violated': `${limit},届满时还没有办到`,
    'no-longer-violated': `${limit},届满以前办到了`,
  };
  return {
    ...{ norm, says: says(norm), unit, kind },
    ...{ before: inWords(old, end), after: inWords(now, end), reason: reasons[kind] },
  };
}

function inWords(duty: OwedDuty | undefined, end: Date): string {
  if (!duty) return '没有';
  const due = duty.due ? `期限 ${minute(duty.due)},` : '';
  if (!isViolated(duty, end)) return `${due}${duty.ended === null ? '还没有办' : '办到了'}`;
  return `${due}违反${duty.violatedAt ? `(${minute(duty.violatedAt)} 起)` : ''}`;
}

const minute = (at: Date | null): string =>
  at === null ? '没有' : toShanghaiIso(at).slice(0, 16).replace('T', ' ');

const sameLevels = (was: readonly Level[], is: readonly Level[]): boolean =>
  was.length === is.length &&
  was.every(({ level, at }, place) => is[place]?.level === level && is[place].at.getTime() === at.getTime());

const inLevels = (levels: readonly Level[], name: (level: string) => string): string =>
  levels.map(({ level, at }) => `${name(level)} ${minute(at)}`).join('、') || '没有升级';

function saysOf(norm: string, after: Catalogue, before: Catalogue): string {
  const found = after.norm(norm) ?? before.norm(norm);
  const place = found?.provisions[0];
  return `${place === undefined ? '' : `${provisionLabel(place)} `}${found?.says ?? norm}`;
}

/** Those that differ, the largest change first. */
function figuresOf(figures: ReadonlyMap<string, Counts>, after: Catalogue, before: Catalogue): Figure[] {
  return [...figures]
    .flatMap(([key, counts]) => {
      const [norm = '', unit = ''] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
      const says = saysOf(norm, after, before);
      const same = counts.owedBefore === counts.owedAfter && counts.violatedBefore === counts.violatedAfter;
      return same && counts.moved === 0 ? [] : [{ norm, says, unit: unit === '' ? null : unit, ...counts }];
    })
    .sort((one, other) => changeIn(other) - changeIn(one));
}

const changeIn = (one: Figure): number =>
  Math.abs(one.violatedAfter - one.violatedBefore) * 1000 +
  one.moved +
  Math.abs(one.owedAfter - one.owedBefore);
