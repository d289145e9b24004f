/** Rows of a CSV file with a header line, one at a time. */
import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Refusal } from '../../kernel/index.js';
import type { Row, RowSource } from './row.js';

interface Read {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** @param delimiter default: comma, semicolon or tab, whichever the file uses */
export function csvRows(stream: Readable, file: string, delimiter?: string): RowSource {
  const columns: string[] = [];
  return { columns: () => columns, rows: rowsOf(stream, file, delimiter, columns) };
}

async function* rowsOf(
  stream: Readable,
  file: string,
  delimiter: string | undefined,
  columns: string[],
): AsyncGenerator<Row> {
  const parser = parse({
    bom: true,
    delimiter: delimiter ?? [',', ';', '\t'],
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: longestRow,
  });
  stream.on('error', (error) => parser.destroy(error));
  const places = new Map<string, number>();
  let last = 0;
  try {
    for await (const { record, info } of stream.pipe(parser) as AsyncIterable<Read>) {
      last = info.lines;
      // The parser reports the record's last line; the first one is earlier by the line breaks in
      // its cells.
      const line = last - record.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
      if (places.size === 0) {
        columns.push(...record);
        for (const [index, name] of record.entries()) places.set(name, index);
        continue;
      }
      yield {
        line,
        value: (column) => {
          const cell = record[places.get(column) ?? -1];
          return cell === undefined || cell === '' ? undefined : cell;
        },
      };
    }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new Refusal('input.invalid', `${file} 第 ${last + 1} 行起不是合格的 CSV:${cause.code}`, {
      where: `${file}:${last + 1}`,
      remedy: '核对引号和分隔符；分隔符特别的，在对照表里写 delimiter',
      cause,
    });
  }
}

const longestRow = 4_000_000;
