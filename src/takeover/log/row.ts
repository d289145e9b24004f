/** A line of a log, whatever its format. */
export interface Row {
  /** Line number in the file, from 1. */
  readonly line: number;
  /** Undefined if the log has no such column or attribute; blanks at the ends are removed. */
  value(column: string): string | undefined;
}

export interface RowSource {
  /** Names of the columns, or the attributes met so far. */
  columns(): readonly string[];
  readonly rows: AsyncIterable<Row>;
}
