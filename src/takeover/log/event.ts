/** Lines of a log as a mapping interprets them. */
import { columnsOf, type Mapping } from '../mapping.js';
import { instantReader } from './instants.js';
import type { Row } from './row.js';

/** The relevant data of a line. Plain JSON, because it is stored on disk while the log is sorted. */
export interface LogEvent {
  readonly line: number;
  readonly case: string;
  readonly activity: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Columns that the mapping reads, in the order of `columnsOf`. */
  readonly values: readonly (string | null)[];
}

export interface LoggedCase {
  readonly name: string;
  /** Events by instant; events at the same instant keep the file's order. */
  readonly events: readonly LogEvent[];
}

export interface Unreadable {
  readonly line: number;
  readonly why: string;
}

/** @returns undefined for a line that the mapping leaves out */
export function eventReader(mapping: Mapping): (row: Row) => LogEvent | Unreadable | undefined {
  const columns = columnsOf(mapping);
  const read = instantReader(mapping.instant);
  const { only } = mapping;
  return (row) => {
    const { line } = row;
    if (only && !only.is.includes(row.value(only.column) ?? '')) return undefined;
    const missing = [mapping.case, mapping.activity, mapping.instant.column].find(
      (column) => row.value(column) === undefined,
    );
    if (missing !== undefined) return { line, why: `“${missing}”是空的` };
    const at = read(row.value(mapping.instant.column) ?? '');
    if (typeof at === 'string') return { line, why: at };
    return {
      line,
      case: row.value(mapping.case) ?? '',
      activity: activityOf(row.value(mapping.activity) ?? ''),
      at: at.getTime(),
      values: columns.map((column) => row.value(column) ?? null),
    };
  };
}

/** Normalises line breaks in a name. */
export const activityOf = (text: string): string => text.replaceAll(/\s+/g, ' ');
