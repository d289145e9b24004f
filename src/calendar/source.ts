/** Where the calendar knows a day from. Every source says what it says; which one counts is decided by kind. */
import type { CivilDate } from './civil-date.js';

/**
 * From weakest to strongest: the plain week, the statutory days, the package `chinese-workday`, the State
 * Council's schedule, a local rule with a document number.
 */
export const sourceKinds = ['weekday', 'statutory', 'package', 'schedule', 'local'] as const;
export type SourceKind = (typeof sourceKinds)[number];

export const sourceKindNames: Record<SourceKind, string> = {
  weekday: '周一至周五',
  statutory: '法定节日',
  package: 'chinese-workday',
  schedule: '国务院放假安排',
  local: '本地规定',
};

/** What one source says of one day that it names. */
export interface SourceDay {
  readonly working: boolean;
  /** The holiday or occasion, for example `国庆节`. */
  readonly name: string;
}

export interface CalendarSource {
  readonly kind: Exclude<SourceKind, 'weekday'>;
  readonly title: string;
  /** The document's number, for example `国办发明电〔2025〕7号`, where it is known. */
  readonly document?: string;
  readonly address?: string;
  readonly publishedOn?: CivilDate;
  /** Years it settles as a whole: there, a day that it does not name is Monday–Friday. */
  readonly years: ReadonlySet<number>;
  readonly days: ReadonlyMap<CivilDate, SourceDay>;
}

/** How a source is cited in a reason: by its document number where there is one. */
export function citation(source: CalendarSource): string {
  return source.document ?? source.title;
}
