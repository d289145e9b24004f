import { citation, comparisonAsJson, comparisonSince, dayAsJson } from '../../calendar/index.js';
import { sourceKindNames, type CalendarDay, type Statement } from '../../calendar/index.js';
import { dayNumberOf, parseCivilDate, weekdayName } from '../../kernel/civil-date.js';
import type { Answer } from '../frame/chinese-command.js';
import { calendarInUse, type WhichCalendar } from './in-use.js';

/** Shows what all sources say about a day. */
export async function day(date: string, which: WhichCalendar): Promise<Answer> {
  const asked = parseCivilDate(date);
  const found = (await calendarInUse(which)).day(asked);
  return { data: dayAsJson(found), words: dayInWords(found) };
}

export interface CheckOptions extends WhichCalendar {
  readonly since: string;
}

/** Compares the sources day by day. */
export async function check({ since, ...which }: CheckOptions): Promise<Answer> {
  const comparison = comparisonSince(await calendarInUse(which), since);
  const { from, to, days, disagreements } = comparison;
  const words = [
    `比对 ${from} 至 ${to}，共 ${days} 天，说法不一 ${disagreements.length} 天（以列在最前的来源为准）：`,
    ...disagreements.map((one) => `  ${one.day.date}  ${one.statements.map(statementInWords).join('；')}`),
  ].join('\n');
  return { data: comparisonAsJson(comparison), words };
}

function dayInWords(day: CalendarDay): string {
  const { source } = day.decidedBy;
  const weekday = weekdayName(dayNumberOf(day.date));
  return [
    `${day.date} ${weekday}：${day.working ? '工作日' : '非工作日'} —— ${day.reason}`,
    ...(source ? [`依据：${source.title}${source.address === undefined ? '' : ` ${source.address}`}`] : []),
    ...(day.provisional ? ['暂定：这一天所在时段尚无国务院放假安排'] : []),
    day.disputed ? '各来源说法不一，以列在最前的为准：' : '各来源：',
    ...day.statements.map((statement) => `  ${statementInWords(statement)}`),
  ].join('\n');
}

function statementInWords({ kind, working, name, source }: Statement): string {
  const cited = source?.document === undefined ? '' : `，${citation(source)}`;
  return `${sourceKindNames[kind]}：${working ? '上班' : '休息'}${name === undefined ? '' : `（${name}${cited}）`}`;
}
