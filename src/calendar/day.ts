/** One day of the calendar: whether people work, which source decides, and what every other source says. */
import { dayNumberOf, weekdayName, weekdayOf, yearOf, type CivilDate } from '../kernel/civil-date.js';
import { citation, sourceKinds, type CalendarSource, type SourceKind } from './source.js';

export interface Statement {
  readonly kind: SourceKind;
  readonly working: boolean;
  /** The holiday's name, if the source names the day. */
  readonly name?: string;
  readonly source?: CalendarSource;
}

export interface CalendarDay {
  readonly date: CivilDate;
  /** 1 (Monday) to 7 (Sunday). */
  readonly weekday: number;
  readonly working: boolean;
  /** The reason in Chinese, with the document: `国庆节(国办发明电〔2025〕7号)`. */
  readonly reason: string;
  /** True if the day's schedule is not published yet, so that the day may still change. */
  readonly provisional: boolean;
  /** The statement that decides. */
  readonly decidedBy: Statement;
  readonly statements: readonly Statement[];
  /** True if package, schedule and local rules disagree. */
  readonly disputed: boolean;
}

/** A day as listed in the explanation of a deadline. */
export interface CountedDay {
  readonly date: CivilDate;
  readonly counted: boolean;
  /** In Chinese: `工作日`, `周六`, `国庆节(国办发明电〔2025〕7号)`. */
  readonly why: string;
}

export function describeDay(
  sources: readonly CalendarSource[],
  date: CivilDate,
  provisional: boolean,
): CalendarDay {
  const statements = statementsOn(sources, date);
  const [decidedBy = weekdayStatement(date)] = statements;
  const heard = statements.filter(({ kind }) => kind !== 'weekday' && kind !== 'statutory');
  return {
    date,
    weekday: weekdayOf(dayNumberOf(date)),
    working: decidedBy.working,
    reason: reasonOf(date, decidedBy) + (provisional ? '（暂定）' : ''),
    provisional,
    decidedBy,
    statements,
    disputed: heard.some(({ working }) => working !== decidedBy.working),
  };
}

/** At most one statement per kind, strongest kind first; the plain week always comes last. */
function statementsOn(sources: readonly CalendarSource[], date: CivilDate): Statement[] {
  const strongestFirst = [...sourceKinds].reverse();
  return strongestFirst.flatMap((kind) => {
    if (kind === 'weekday') return [weekdayStatement(date)];
    const statement = statementOfKind(
      sources.filter((source) => source.kind === kind),
      date,
    );
    return statement ? [statement] : [];
  });
}

/** The statement of the source issued last that names the day, else of one that covers its year. */
function statementOfKind(sources: readonly CalendarSource[], date: CivilDate): Statement | undefined {
  const naming = sources.findLast((source) => source.days.has(date));
  const named = naming?.days.get(date);
  if (naming && named) return { kind: naming.kind, ...named, source: naming };
  const settling = sources.findLast((source) => source.years.has(yearOf(date)));
  return settling && { ...weekdayStatement(date), kind: settling.kind, source: settling };
}

function weekdayStatement(date: CivilDate): Statement {
  return { kind: 'weekday', working: weekdayOf(dayNumberOf(date)) <= 5 };
}

function reasonOf(date: CivilDate, { working, name, source }: Statement): string {
  const day = dayNumberOf(date);
  if (name === undefined || source === undefined) return working ? '工作日' : weekdayName(day);
  if (source.kind === 'local') return `${name}（${citation(source)}）`;
  if (!working) return `${name}（${citation(source)}）`;
  // A notice may also confirm a weekday as a workday: Monday 2020-02-03.
  return weekdayOf(day) <= 5
    ? `${name}后照常上班（${citation(source)}）`
    : `${name}调休上班（${citation(source)}）`;
}
