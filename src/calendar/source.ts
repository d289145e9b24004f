/** Sources of the calendar. Each makes statements about days; the statement of the strongest kind counts. */
import type { CivilDate } from '../kernel/civil-date.js';

/** From weakest to strongest. `schedule`: of the State Council; `local`: a city's rule with a document number. */
export const sourceKinds = ['weekday', 'statutory', 'package', 'schedule', 'local'] as const;
export type SourceKind = (typeof sourceKinds)[number];

export const sourceKindNames: Record<SourceKind, string> = {
  weekday: '周一至周五',
  statutory: '法定节日',
  package: 'chinese-workday',
  schedule: '国务院放假安排',
  local: '本地规定',
};

export interface SourceDay {
  readonly working: boolean;
  /** The holiday or occasion, for example `国庆节`. */
  readonly name: string;
}

export interface CalendarSource {
  readonly kind: Exclude<SourceKind, 'weekday'>;
  readonly title: string;
  /** The document's number, if known: `国办发明电〔2025〕7号`. */
  readonly document?: string;
  readonly address?: string;
  readonly publishedOn?: CivilDate;
  /** Years that the source covers completely: days it does not name follow the plain week. */
  readonly years: ReadonlySet<number>;
  readonly days: ReadonlyMap<CivilDate, SourceDay>;
}

/** How a reason cites the source: by document number if there is one. */
export function citation(source: CalendarSource): string {
  return source.document ?? source.title;
}
