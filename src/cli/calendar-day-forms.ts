/** A day of the calendar in words. */
import { citation, sourceKindNames, type CalendarDay, type Statement } from '../calendar/index.js';
import { dayNumberOf, weekdayName } from '../kernel/civil-date.js';

export function dayInWords(day: CalendarDay): string {
  const { source } = day.decidedBy;
  const weekday = weekdayName(dayNumberOf(day.date));
  return [
    `${day.date} ${weekday}:${day.working ? '工作日' : '非工作日'} —— ${day.reason}`,
    ...(source ? [`依据:${source.title}${source.address === undefined ? '' : ` ${source.address}`}`] : []),
    ...(day.provisional ? ['暂定:这一天所在时段尚无国务院放假安排'] : []),
    day.disputed ? '各来源说法不一,以列在最前的为准:' : '各来源:',
    ...day.statements.map((statement) => `  ${statementInWords(statement)}`),
  ].join('\n');
}

export function statementInWords({ kind, working, name, source }: Statement): string {
  const cited = source?.document === undefined ? '' : `,${citation(source)}`;
  return `${sourceKindNames[kind]}:${working ? '上班' : '休息'}${name === undefined ? '' : `(${name}${cited})`}`;
}
