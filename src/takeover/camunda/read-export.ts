/** Reads a folder with an exported history of Camunda 7, record by record. */
import { createReadStream } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchivedKind } from '../../accountability/events/index.js';
import { isJsonObject, Refusal, type JsonObject } from '../../kernel/index.js';
import { instantReader, type InstantReader } from '../log/instants.js';
import { csvRows } from '../log/csv-rows.js';
import { digestOfFile } from '../log/digest.js';
import { kindOfFile, restNames, tableNames } from './forms.js';

export interface OldRecord {
  readonly kind: ArchivedKind;
  readonly id: string;
  /** Milliseconds since 1970; null if the record has no instant. */
  readonly at: number | null;
  readonly ended: number | null;
  readonly who: string | null;
  readonly element: string | null;
  readonly name: string | null;
  /** Index of the record in its file, for tables its line, from 1. */
  readonly place: number;
  /** The record as exported. */
  readonly row: JsonObject;
}

export interface ExportFile {
  readonly file: string;
  readonly sha256: string;
}

export interface Export {
  readonly files: readonly ExportFile[];
  /** Files that do not belong to the history. */
  readonly unknown: readonly string[];
  /** `instance` is empty for a record of no process instance. */
  readonly records: AsyncIterable<readonly [instance: string, record: OldRecord]>;
}

/**
 * @param zone IANA time zone of tables, whose instants have none
 * @throws {Refusal} `file.unreadable` if there is no such folder; `input.invalid` if it has no
 * process instances, and during reading
 */
export async function readExport(folder: string, zone: string | undefined): Promise<Export> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new Refusal('file.unreadable', `文件夹 ${folder} 读不了`, {
      where: folder,
      remedy: '写 Camunda 7 导出的历史所在的文件夹',
      cause,
    });
  });
  const known = names.sort().flatMap((name) => {
    const kind = kindOfFile(name);
    return kind && /\.(json|csv)$/i.test(name) ? [{ name, kind }] : [];
  });
  if (!known.some(({ kind }) => kind === 'process')) {
    throw new Refusal('input.invalid', `${folder} 里没有 process-instance.json，也没有 ACT_HI_PROCINST.csv`, {
      where: folder,
      remedy: '照 docs/takeover.md 导出 Camunda 7 的历史，各文件用原名放在一个文件夹里',
    });
  }
  const files: ExportFile[] = [];
  for (const { name } of known) files.push({ file: name, sha256: await digestOfFile(join(folder, name)) });
  const read = instantReader({ column: '', ...(zone === undefined ? {} : { zone }) });
  return {
    files,
    unknown: names.filter((name) => !known.some((one) => one.name === name)),
    records: (async function* () {
      for (const { name, kind } of known) yield* recordsIn(join(folder, name), kind, read);
    })(),
  };
}

async function* recordsIn(
  file: string,
  kind: ArchivedKind,
  read: InstantReader,
): AsyncGenerator<readonly [string, OldRecord]> {
  const isTable = /\.csv$/i.test(file);
  const names = isTable ? tableNames : restNames;
  for await (const [place, row] of isTable ? tableRows(file) : jsonRows(file)) {
    const said = (columns: readonly string[]): string | null =>
      columns
        .map((column) => row[column])
        .find((value): value is string => typeof value === 'string' && value !== '') ?? null;
    const instant = (columns: readonly string[]): number | null => {
      const text = said(columns);
      const at = text === null ? null : read(text);
      if (typeof at !== 'string') return at?.getTime() ?? null;
      throw wrong(file, place, at);
    };
    const id = said(names.id);
    if (id === null) throw wrong(file, place, '没有 id');
    // For a process instance the REST API gives only its own id.
    const instance = kind === 'process' ? id : (said(names.instance) ?? '');
    yield [
      instance,
      {
        kind,
        id,
        at: instant(names.at),
        ended: instant(names.ended),
        who: said(names.who),
        element: said(names.element),
        name: said(names.name),
        place,
        row,
      },
    ];
  }
}

async function* jsonRows(file: string): AsyncGenerator<readonly [number, JsonObject]> {
  let said: unknown;
  try {
    said = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new Refusal('input.invalid', `${file} 不是合格的 JSON`, {
      where: file,
      remedy: '重新导出；太大的分页导出，文件名后加页码：task-0001.json、task-0002.json',
      cause,
    });
  }
  if (!Array.isArray(said)) throw wrong(file, 1, '应当是一个数组，照 REST 接口的答复原样存下');
  for (const [index, row] of (said as unknown[]).entries()) {
    if (!isJsonObject(row)) throw wrong(file, index + 1, '不是一条记录');
    yield [index + 1, row];
  }
}

async function* tableRows(file: string): AsyncGenerator<readonly [number, JsonObject]> {
  const table = csvRows(createReadStream(file), file);
  for await (const row of table.rows) {
    const cells = table.columns().flatMap((column) => {
      const cell = row.value(column);
      return cell === undefined ? [] : [[column, cell] as const];
    });
    yield [row.line, Object.fromEntries(cells)];
  }
}

const wrong = (file: string, place: number, what: string): Refusal =>
  new Refusal('input.invalid', `${file} 第 ${place} 条：${what}`, {
    where: `${file}:${place}`,
    remedy: '核对是不是 Camunda 7 导出的；表的时刻没有写时区，用 --zone 写明',
  });
