/**
 * Events of an XES log (IEEE 1849), one at a time. Attributes of the trace become columns `case:…`,
 * nested attributes and lists are left out, and extensions need no declaration. Entities other than
 * XML's own are refused.
 */
import type { Readable } from 'node:stream';
import sax from 'sax';
import { Refusal } from '../../kernel/index.js';
import type { Row, RowSource } from './row.js';

const kinds = new Set(['string', 'date', 'int', 'float', 'boolean', 'id']);

interface Open {
  readonly line: number;
  readonly values: Map<string, string>;
}

export function xesRows(stream: Readable, file: string): RowSource {
  const columns = new Set<string>();
  return { columns: () => [...columns], rows: rowsOf(stream, file, columns) };
}

async function* rowsOf(stream: Readable, file: string, columns: Set<string>): AsyncGenerator<Row> {
  const parser = sax.parser(true, { trim: false, position: true, strictEntities: true });
  let ready: Row[] = [];
  let trace: Map<string, string> | undefined;
  let event: Open | undefined;
  /** Depth of attributes within attributes. */
  let nested = 0;
  let root = '';
  let wrong: Error | undefined;
  parser.onerror = (error) => {
    wrong ??= error;
    parser.error = null;
  };
  parser.onopentag = ({ name, attributes }) => {
    root ||= name;
    if (name === 'trace') trace = new Map();
    else if (name === 'event') event = { line: parser.line + 1, values: new Map() };
    else if (event || trace) {
      const { key, value } = attributes;
      if (nested === 0 && kinds.has(name) && key !== undefined && value !== undefined) {
        const column = event ? key : `case:${key}`;
        columns.add(column);
        (event?.values ?? trace)?.set(column, value.trim());
      }
      nested += 1;
    }
  };
  parser.onclosetag = (name) => {
    if (name === 'event' && event) {
      const [{ line, values }, of] = [event, trace];
      ready.push({
        line,
        value: (column) => {
          const said = values.get(column) ?? of?.get(column);
          return said === '' ? undefined : said;
        },
      });
      event = undefined;
    } else if (name === 'trace') trace = undefined;
    else if (nested > 0) nested -= 1;
  };
  for await (const chunk of stream as AsyncIterable<string>) {
    parser.write(chunk);
    if (wrong) throw refused(file, parser.line + 1, wrong);
    yield* ready;
    ready = [];
  }
  parser.close();
  if (wrong) throw refused(file, parser.line + 1, wrong);
  if (root !== 'log') throw refused(file, 1, undefined);
}

const refused = (file: string, line: number, cause: Error | undefined): Refusal =>
  new Refusal(
    'input.invalid',
    cause ? `${file} 第 ${line} 行附近不是合格的 XML` : `${file} 不是 XES 日志：最外层应当是 log`,
    { where: `${file}:${line}`, remedy: '从原系统重新导出 XES（IEEE 1849），或者导出 CSV', cause },
  );
