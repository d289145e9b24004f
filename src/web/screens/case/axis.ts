/** Time axis of deadlines. */
import { dayOf, daysBetween, plusDays } from '../../time/show.js';
import type { DeadlineLife } from './deadline-history.js';
import { everyDay } from './derivation.js';

interface AxisDay {
  readonly date: string;
  readonly off: boolean;
  /** The holiday's name, or empty. */
  readonly name: string;
}

export interface Axis {
  /** Milliseconds: 00:00 in China of the first day, 24:00 of the last. */
  readonly from: number;
  readonly to: number;
  readonly present: number;
  readonly days: readonly AxisDay[];
  /** Position of an instant in per cent, clipped to the axis. */
  at(instant: number): number;
}

const startOf = (date: string): number => Date.parse(`${date}T00:00:00+08:00`);
const ordinary = new Set(['工作日', '周六', '周日']);

/** End of its line: a deadline that stopped early does not lengthen the axis. */
const reachOf = ({ state, due, stopped = due }: DeadlineLife): number =>
  state === 'done' ? Math.min(due, stopped) : due - 1;

/** @param present now, or the end of a closed case */
export function axisOf(lives: readonly DeadlineLife[], present: number): Axis {
  const starts = lives.map((life) => life.start);
  const first = dayOf(Math.min(...starts, present));
  const last = dayOf(Math.max(...lives.map(reachOf), present));
  const from = startOf(first);
  const to = startOf(plusDays(last, 1));
  const told = new Map(
    lives.flatMap((life) => everyDay(life.derivation.days ?? []).map((one) => [one.day, one] as const)),
  );
  const days = Array.from({ length: daysBetween(first, last) + 1 }, (_, index): AxisDay => {
    const date = plusDays(first, index);
    const run = told.get(date);
    const weekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
    const startDay = run?.why.startsWith('始日') || run?.why.startsWith('原期限');
    return {
      date,
      off: run && !startDay ? !run.counted : weekend,
      name: run && !run.counted && !startDay && !ordinary.has(run.why) ? run.why : '',
    };
  });
  return {
    from,
    to,
    present,
    days,
    at: (instant) => Math.max(0, Math.min(100, ((instant - from) / (to - from)) * 100)),
  };
}
