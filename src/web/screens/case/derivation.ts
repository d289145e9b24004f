/** Derivation of a due date, as data and in sentences. */
import { daysBetween, instant, limit, plusDays } from '../../time/show.js';

export interface DayRun {
  readonly date: string;
  readonly to?: string;
  readonly counted: boolean;
  readonly why: string;
}

type Adjustment =
  | { readonly kind: 'restart' | 'extend' }
  | { readonly kind: 'recount'; readonly at: string }
  | { readonly kind: 'pause'; readonly from: string; readonly to?: string; readonly reason: string };

export interface Derivation {
  readonly rule?: string;
  readonly text?: string;
  /** In words: what in the case sets the duration. */
  readonly setBy?: string;
  readonly start?: string;
  readonly direction?: 'before' | 'after';
  readonly of?: Derivation;
  readonly edge?: 'start' | 'end';
  readonly policy?: { readonly key: string; readonly value: string | null; readonly written?: string };
  /** The policy's value, if business hours limit the day. */
  readonly businessHours?: { readonly value: string };
  /** Present if the policy counts the first day. */
  readonly firstDay?: unknown;
  readonly basis?: string;
  readonly calendar?: string;
  readonly days?: readonly DayRun[];
  readonly adjustments?: readonly Adjustment[];
  readonly due?: string;
  readonly dueDate?: string;
}

/** A pause in milliseconds; `to` undefined while it lasts. */
export interface Pause {
  readonly from: number;
  readonly to: number | undefined;
  readonly reason: string;
}

export const pausesIn = ({ adjustments = [] }: Derivation): readonly Pause[] =>
  adjustments.flatMap((one) =>
    one.kind === 'pause'
      ? [
          {
            from: Date.parse(one.from),
            to: one.to === undefined ? undefined : Date.parse(one.to),
            reason: one.reason,
          },
        ]
      : [],
  );

/** 03-06 10:00 至 03-13 10:00 暂停(不可抗力). */
export function pauseText({ from, to, reason }: Pause): string {
  const at = (milliseconds: number): string => instant(chinaTime(new Date(milliseconds).toISOString()));
  return `${at(from)} ${to === undefined ? '起' : `至 ${at(to)} `}暂停（${reason}）`;
}

const recounts = ({ adjustments = [] }: Derivation): readonly string[] =>
  adjustments.flatMap((one) =>
    one.kind === 'recount'
      ? [`条例的新版施行，${instant(chinaTime(one.at))} 依新版重新计算，不早于当日 24 时`]
      : [],
  );

const daysIn = (run: DayRun): number => daysBetween(run.date, run.to ?? run.date) + 1;

/** Sentence above the list of days. */
export function reason(derivation: Derivation): string {
  const { rule, text = '', setBy, start, direction, of, edge, policy, businessHours, firstDay } = derivation;
  const lengthText = duration(text, rule === 'working-days');
  const base = of?.due
    ? `以 ${limit(chinaTime(of.due), of.dueDate)} 届满的期限为准，${direction === 'before' ? '往前' : '往后'} ${lengthText}`
    : start
      ? `自 ${instant(chinaTime(start))} 起 ${lengthText}`
      : `以写明的时间 ${text} 为准`;
  const ends: Readonly<Record<string, string>> = {
    'working-days': edge === 'start' ? '，该工作日零时' : '，该工作日 24 时',
    'calendar-days': '，最后一日 24 时，最后一日休息的顺延到下一个工作日',
  };
  const end = ends[rule ?? ''] ?? '';
  const source = policy ? (policy.value === null ? '政策未定，用流程图所写的时长' : '时长依政策所定') : '';
  return [
    businessHours ? base : `${base}${end}`,
    source,
    setBy ? `时长：${setBy}` : '',
    ...recounts(derivation),
    businessHours ? `办公时间依政策 ${businessHours.value}` : '',
    firstDay ? '始日计入（政策）' : '',
    derivation.basis ? `依据 ${derivation.basis}` : '',
    derivation.calendar ? `日历版本 ${derivation.calendar}` : '',
  ]
    .filter((part) => part !== '')
    .join('；');
}

export interface CountedRun extends DayRun {
  /** For example 第 3 日. */
  readonly ordinal: string;
}

/** If days are counted back from another limit, the nearest day is the first. */
export function numbered({ days = [], direction }: Derivation): readonly CountedRun[] {
  const total = days.filter((day) => day.counted).reduce((sum, day) => sum + daysIn(day), 0);
  const number = (nth: number): number => (direction === 'before' ? total + 1 - nth : nth);
  let count = 0;
  return days.map((day) => {
    if (!day.counted) return { ...day, ordinal: '不计' };
    const [first, last] = [number(count + 1), number(count + daysIn(day))];
    count += daysIn(day);
    return { ...day, ordinal: first === last ? `第 ${first} 日` : `第 ${first} 至 ${last} 日` };
  });
}

/** Expands runs of days. */
export const everyDay = (runs: readonly DayRun[]): readonly (DayRun & { readonly day: string })[] =>
  runs.flatMap((run) =>
    Array.from({ length: daysIn(run) }, (_, index) => ({ ...run, day: plusDays(run.date, index) })),
  );

/** Instants in entry bodies are in UTC. */
const chinaTime = (iso: string): string =>
  iso.endsWith('Z') ? `${new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00` : iso;

function duration(text: string, working: boolean): string {
  const [, days, hours] = /^P(?:(\d+)D)?(?:T(\d+)H)?$/.exec(text) ?? [];
  const parts = [days && `${days} ${working ? '个工作日' : '天'}`, hours && `${hours} 小时`].filter(Boolean);
  return parts.join('') || text;
}
