/** What kind of day the working calendar makes of a civil day, and how to say it. */
import { weekday } from './show.js';

export interface Day {
  readonly date: string;
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  readonly working: boolean;
  readonly reason: string;
  readonly provisional: boolean;
  readonly source: { readonly name: string | null };
}

/** Working day, weekend, named day off, or make-up workday. */
export function kindOf(day: Day): 'work' | 'off' | 'holiday' | 'makeup' {
  const weekend = day.weekday >= 6;
  if (day.working) return weekend ? 'makeup' : 'work';
  return weekend && day.source.name === null ? 'off' : 'holiday';
}

/** One character, so that the calendar does not depend on colour. */
export const markOf = { work: '', off: '', holiday: '假', makeup: '班' } as const;

/** Not 法定节假日: a schedule's days off are more than the statutory ones. */
const words = { work: '工作日', off: '休息日', holiday: '节假日', makeup: '调休上班' } as const;

/** 周六 · 调休上班（国庆节）; of a day that the calendar does not tell, the weekday alone. */
export function dayInWords(date: string, day: Day | undefined): string {
  if (!day) return weekday(date);
  const kind = kindOf(day);
  const name = kind === 'holiday' || kind === 'makeup' ? day.source.name : null;
  return [
    `${weekday(date)} · ${words[kind]}${name === null ? '' : `（${name}）`}`,
    ...(day.provisional ? ['暂定：尚无国务院放假安排'] : []),
  ].join('，');
}
