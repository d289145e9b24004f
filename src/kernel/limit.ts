/**
 * How long a clock runs: a limit as the law says it, and the pure function that gives its length for a case. Runs in
 * browsers.
 */
import { matches } from './act.js';
import type { Json } from './json.js';
import type { Length, TimerSpec } from './timer-spec.js';

/** A fact of the latest deed of that name. */
interface DeedFact {
  readonly deed: string;
  readonly fact: string;
}

type Amount = number | readonly number[];

/** A limit; the schema (`law/regulation/model/limits.ts`) says which keys go together. */
export interface Limit {
  readonly when?:
    | { readonly deed: string; readonly facts?: Readonly<Record<string, Json | readonly Json[]>> | undefined }
    | undefined;
  readonly days?: Amount | undefined;
  readonly hours?: Amount | undefined;
  readonly months?: Amount | undefined;
  readonly of?: 'working' | 'natural' | undefined;
  /** Which length of the range a deed chose. */
  readonly chosen?: DeedFact | undefined;
  readonly as?: string | undefined;
  readonly told?: DeedFact | undefined;
  readonly before?: DeedFact | undefined;
  /** `by`: the fact that says who set the length. */
  readonly stated?: (DeedFact & { readonly by?: string | undefined }) | undefined;
  readonly word?: string | undefined;
  readonly policy?: string | undefined;
  /** Set by `limitsOf` for the limit of an exception: a running clock is counted anew once it fits. */
  readonly excepts?: true;
}

/** One limit, or the first of several that fits. */
export type LimitRule = Limit | readonly Limit[];

/** Facts of the latest deed of each name. */
export type Said = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** When, by whom, how often and how far a limit may be extended. */
export interface Extension {
  /** The deed that asks for it, and the one that grants it. */
  readonly asks: string;
  readonly grants?: string | undefined;
  readonly grantedBy?: string | undefined;
  /** At most, each time; without a number, as granted. */
  readonly days?: number | undefined;
  readonly of?: 'working' | undefined;
  readonly times?: number | undefined;
  readonly asked?: 'before-due' | undefined;
  /** The norm by which somebody is told. */
  readonly tells?: string | undefined;
  /** The longest that the limit may become, from its start. */
  readonly inAll?: Limit | undefined;
}

/** What limits a clock: a norm with its duty's clock, or the clock itself. */
export interface Limiting {
  readonly provisions?: readonly string[];
  readonly extension?: Extension | null | undefined;
  readonly id?: string;
  readonly limit?: LimitRule | null | undefined;
  readonly duty?: { readonly clock?: string | null } | null;
  readonly exceptionOf?: readonly string[];
  readonly when?: Limit['when'] | null;
}

export const rulesIn = (rule: LimitRule): readonly Limit[] =>
  Array.isArray(rule) ? (rule as readonly Limit[]) : [rule as Limit];

/** Whether the law itself, or a deed, says how long: more than a word, or a policy. */
export const isDefinite = (rule: LimitRule | null | undefined): rule is LimitRule =>
  !!rule && rulesIn(rule).some((one) => Object.keys(one).some((key) => definite.has(key)));

const definite = new Set(['days', 'hours', 'months', 'as', 'told', 'before', 'stated']);
const hasLength = (rule: LimitRule): boolean =>
  isDefinite(rule) || rulesIn(rule).some(({ policy }) => policy);

/** The number of working days, if the limit is nothing else. */
export function workingDaysOf(rule: LimitRule | null | undefined): number | undefined {
  if (!rule || Array.isArray(rule)) return undefined;
  const { days, of, before } = rule as Limit;
  return of === 'working' && before === undefined && typeof days === 'number' ? days : undefined;
}

/** The limit that `as` names, in its place; undefined if that leads nowhere or in a circle. */
export function dereferenced(
  rule: LimitRule,
  limitOf: (norm: string) => LimitRule | null | undefined,
  seen: readonly string[] = [],
): LimitRule | undefined {
  const { as } = Array.isArray(rule) ? {} : (rule as Limit);
  if (as === undefined) return rule;
  const other = seen.includes(as) ? undefined : limitOf(as);
  return other ? dereferenced(other, limitOf, [...seen, as]) : undefined;
}

/** Whether the norm is an exception of one with the same clock: from a deed on, its limit takes the other's place. */
export const exceptsClock = (
  of: Limiting['exceptionOf'] = [],
  duty: Limiting['duty'],
  limiting: readonly Limiting[],
): boolean =>
  !!duty?.clock && limiting.some((one) => of.includes(one.id ?? '') && one.duty?.clock === duty.clock);

/**
 * The limits of exceptions on the clock of their norm, each from its deed on; none that says the same. The catalogue
 * refuses an exception whose limit is a list of its own.
 */
export function limitsOfExceptions(limiting: readonly Limiting[], clock: string, base: LimitRule): Limit[] {
  const limitOf = (norm: string) => limiting.find(({ id }) => id === norm)?.limit;
  return limiting.flatMap(({ duty, limit, when, exceptionOf }) => {
    if (duty?.clock !== clock || !when || !limit || !exceptsClock(exceptionOf, duty, limiting)) return [];
    const rule = dereferenced(limit, limitOf);
    if (!rule || !hasLength(rule) || Array.isArray(rule)) return [];
    const { word: _word, ...length } = rule as Limit;
    return JSON.stringify(length) === JSON.stringify(base)
      ? []
      : [{ ...length, when, excepts: true as const }];
  });
}

/** The different limits of each clock that have a length; of numbers of working days only the smallest. */
export function limitsByClock(limiting: readonly Limiting[]): ReadonlyMap<string, readonly LimitRule[]> {
  const limitOf = (norm: string) => limiting.find(({ id }) => id === norm)?.limit;
  const found = new Map<string, LimitRule[]>();
  for (const { duty, limit, when, exceptionOf } of limiting) {
    if (when && exceptsClock(exceptionOf, duty, limiting)) continue;
    const rule = duty?.clock && limit ? dereferenced(limit, limitOf) : undefined;
    if (!duty?.clock || !rule || !hasLength(rule)) continue;
    const { word: _word, ...length } = rule as Limit;
    const plain = Array.isArray(rule) ? rule : length;
    const [days, others] = [workingDaysOf(plain), found.get(duty.clock) ?? []];
    const same = others.findIndex((one) =>
      days === undefined ? JSON.stringify(one) === JSON.stringify(plain) : workingDaysOf(one) !== undefined,
    );
    if (same === -1) others.push(plain);
    else if (days !== undefined && days < (workingDaysOf(others[same]) ?? 0)) others[same] = plain;
    found.set(duty.clock, others);
  }
  return found;
}

/**
 * Working days of each clock, if the law gives a number. If several norms share a clock, the
 * shortest counts.
 */
export const daysOfClocks = (norms: readonly Limiting[]): ReadonlyMap<string, number> =>
  new Map(
    [...limitsByClock(norms)].flatMap(([clock, rules]) => {
      const days = workingDaysOf(rules.find((rule) => workingDaysOf(rule) !== undefined));
      return days === undefined ? [] : [[clock, days] as const];
    }),
  );

/** Facts without which the length is not known. */
export const factsAsked = (rule: LimitRule): readonly DeedFact[] =>
  rulesIn(rule).flatMap(({ told, before, stated }) => [told, before, stated].flatMap((one) => one ?? []));

/** Deeds whose facts decide a length. */
export const deedsAsked = (rule: LimitRule): readonly string[] =>
  rulesIn(rule).flatMap(({ when, chosen, told, before, stated }) =>
    [when, chosen, told, before, stated].flatMap((one) => one?.deed ?? []),
  );

/** The length for a case; undefined if no limit of the list fits, or a deed has not said it. */
export function lengthOf(rule: LimitRule, said: Said): Length | undefined {
  const limit = rulesIn(rule).find(({ when }) => when === undefined || saysSo(when, said));
  if (!limit) return undefined;
  const { told, before, stated, policy } = limit;
  const factOf = (one: DeedFact | undefined): string | undefined => {
    const value = one && said[one.deed]?.[one.fact];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  if (told) return dateAt(factOf(told));
  const unit = limit.of === 'natural' ? 'calendar-days' : 'working-days';
  if (stated) {
    const [text, by] = [factOf(stated), stated.by];
    const setBy = by === undefined ? undefined : factOf({ ...stated, fact: by });
    return text === undefined ? undefined : { text, unit, ...(setBy === undefined ? {} : { setBy }) };
  }
  if (policy !== undefined) return { text: '', unit, policy };
  const length = amountOf(limit, said);
  if (!before) return length;
  const date = factOf(before);
  const begins = date && (/T/.test(date) ? date : `${date}T00:00:00+08:00`);
  if (!length) return dateAt(begins);
  const to = dateAt(limit.hours === undefined ? date : begins);
  // A period counted backwards is not lengthened by a day off.
  const back = length.unit === 'calendar-days' ? 'natural' : length.unit;
  return to && { ...length, unit: back, relative: { direction: 'before', to: { ...to, edge: 'end' } } };
}

/** The length that no deed or policy decides; the shortest of a range. */
export function fixedLengthOf(rule: LimitRule | null | undefined): Length | undefined {
  const length = rule ? lengthOf(rule, {}) : undefined;
  return length?.policy === undefined ? length : undefined;
}

/** Whether the latest deed of that name has these facts. */
const saysSo = ({ deed, facts = {} }: NonNullable<Limit['when']>, said: Said): boolean => {
  const done = said[deed];
  return done !== undefined && matches({ deed, facts }, { name: deed, facts: done });
};

type Dated = Length & Pick<TimerSpec, 'kind'>;

const dateAt = (text: string | undefined): Dated | undefined =>
  text === undefined ? undefined : { kind: 'date', text, unit: 'natural' };

function amountOf({ days, hours, months, of, chosen }: Limit, said: Said): Length | undefined {
  const range = days ?? hours ?? months;
  if (range === undefined) return undefined;
  const [least = 0, most = least] = [range].flat();
  const choice = chosen && Number(said[chosen.deed]?.[chosen.fact]);
  // Silence, and what no deed may choose, is the lower bound.
  const count = choice !== undefined && choice > least && choice <= most ? Math.floor(choice) : least;
  if (hours !== undefined) return { text: `PT${String(count)}H`, unit: 'natural' };
  if (months !== undefined) return { text: `P${String(count)}M`, unit: 'calendar-days' };
  return { text: `P${String(count)}D`, unit: of === 'working' ? 'working-days' : 'calendar-days' };
}
