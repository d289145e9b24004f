/** One day of the calendar: what it is, on whose word, and what every other source says of it. */
import { dayNumberOf, weekdayName, weekdayOf, yearOf, type CivilDate } from './civil-date.js';
import { citation, sourceKinds, type CalendarSource, type SourceKind } from './source.js';

export interface Statement {
  readonly kind: SourceKind;
  readonly working: boolean;
  /** The holiday's name, where the source names the day; absent where it follows the plain week. */
  readonly name?: string;
  readonly source?: CalendarSource;
}

export interface CalendarDay {
  readonly date: CivilDate;
  /** 1 (Monday) to 7 (Sunday). */
  readonly weekday: number;
  readonly working: boolean;
  /** Why, in Chinese, with the document: `国庆节(国办发明电〔2025〕7号)`. */
  readonly reason: string;
  /** The day's schedule is not published yet: it may still change. */
  readonly provisional: boolean;
  /** The statement that counts, and all statements, strongest kind first. */
  readonly decidedBy: Statement;
  readonly statements: readonly Statement[];
  /** Package, schedule and local rule do not all say the same. */
  readonly disputed: boolean;
}

/** A day as a deadline's explanation lists it. */
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
    reason: reasonOf(date, decidedBy) + (provisional ? '(暂定)' : ''),
    provisional,
    decidedBy,
    statements,
    disputed: heard.some(({ working }) => working !== decidedBy.working),
  };
}

/** At most one statement a kind, strongest kind first; the plain week comes last and is always there. */
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

/** Among sources of a kind the one issued last that names the day counts; else one that settles its year. */
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
  if (source.kind === 'local') return `${name}(${citation(source)})`;
  if (!working) return `${name}(${citation(source)})`;
  // An entry may confirm a weekday as well as move a weekend: 2020-02-03, a Monday, was announced as a workday.
  return weekdayOf(day) <= 5
    ? `${name}后照常上班(${citation(source)})`
    : `${name}调休上班(${citation(source)})`;
}
