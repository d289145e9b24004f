/** A line of a log, whatever its format. */
export interface Row {
  /** Of the file, from 1. */
  readonly line: number;
  /** Undefined where the log has no such column or attribute; blanks at the ends do not count. */
  value(column: string): string | undefined;
}

export interface RowSource {
  /** Names of the columns, or the attributes met so far. */
  columns(): readonly string[];
  readonly rows: AsyncIterable<Row>;
}
