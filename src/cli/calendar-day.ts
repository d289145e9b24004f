/** `hotline calendar day DATE`: what a day is, on whose word, and what the other sources say of it. */
import type { Command } from 'commander';
import type { CalendarDay, Statement } from '../calendar/index.js';
import type { JsonObject } from '../kernel/index.js';
import { group } from './group.js';
import { guarded } from './run.js';

export function register(program: Command): void {
  group(program, 'calendar', '工作日历')
    .command('day')
    .description('一天是不是工作日,依据是什么,各来源怎么说')
    .argument('<date>', '日期,例如 2026-10-10')
    .option('--json', '输出 JSON')
    .action((date: string, options: { json?: boolean }) =>
      guarded(async () => {
        const { defaultCalendar, parseCivilDate } = await import('../calendar/index.js');
        const civilDate = parseCivilDate(date);
        const day = defaultCalendar().day(civilDate);
        const { asJson, inWords } = await dayForms();
        process.stdout.write(`${options.json ? JSON.stringify(asJson(day)) : inWords(day)}\n`);
      }),
    );
}

export interface DayForms {
  asJson(day: CalendarDay): JsonObject;
  inWords(day: CalendarDay): string;
  statementAsJson(statement: Statement): JsonObject;
  statementInWords(statement: Statement): string;
}

/** The two forms in which a day is shown; shared with `calendar check`. */
export async function dayForms(): Promise<DayForms> {
  const { citation, dayNumberOf, sourceKindNames, weekdayName } = await import('../calendar/index.js');

  const statementAsJson = ({ kind, working, name, source }: Statement): JsonObject => ({
    kind,
    working,
    name: name ?? null,
    title: source?.title ?? sourceKindNames[kind],
    document: source?.document ?? null,
    publishedOn: source?.publishedOn ?? null,
    address: source?.address ?? null,
  });

  const statementInWords = ({ kind, working, name, source }: Statement): string => {
    const what = working ? '上班' : '休息';
    const cited = source && source.document !== undefined ? `,${citation(source)}` : '';
    return `${sourceKindNames[kind]}:${what}${name === undefined ? '' : `(${name}${cited})`}`;
  };

  const asJson = (day: CalendarDay): JsonObject => ({
    date: day.date,
    weekday: day.weekday,
    working: day.working,
    reason: day.reason,
    provisional: day.provisional,
    disputed: day.disputed,
    source: statementAsJson(day.decidedBy),
    statements: day.statements.map(statementAsJson),
  });

  const inWords = (day: CalendarDay): string => {
    const { source } = day.decidedBy;
    return [
      `${day.date} ${weekdayName(dayNumberOf(day.date))}:${day.working ? '工作日' : '非工作日'} —— ${day.reason}`,
      ...(source ? [`依据:${source.title}${source.address === undefined ? '' : ` ${source.address}`}`] : []),
      ...(day.provisional ? ['暂定:这一天所在时段尚无国务院放假安排'] : []),
      ...(day.disputed ? ['各来源说法不一:'] : ['各来源:']),
      ...day.statements.map((statement) => `  ${statementInWords(statement)}`),
    ].join('\n');
  };

  return { asJson, inWords, statementAsJson, statementInWords };
}
