/** Opens a log by its name: `.csv`, `.xes`, each also `.gz`; a folder is a history of Camunda 7. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Refusal } from '../../kernel/index.js';
import { camundaRows } from '../camunda/rows.js';
import type { Mapping } from '../mapping.js';
import { csvRows } from './csv-rows.js';
import type { RowSource } from './row.js';
import { xesRows } from './xes-rows.js';

export type LogReading = Pick<Mapping, 'encoding'> &
  Partial<Pick<Mapping, 'format' | 'delimiter'>> & { readonly instant?: Pick<Mapping['instant'], 'zone'> };

/** @throws {Refusal} `file.unreadable` if it does not exist; `input.invalid` during reading */
export async function openLog(
  file: string,
  { format, encoding, delimiter, instant: { zone } = {} }: LogReading,
): Promise<RowSource> {
  const found = await stat(file).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  if (format === 'camunda7' || (format === undefined && found.isDirectory())) return camundaRows(file, zone);
  return readLog(createReadStream(file), file, { format, encoding, delimiter });
}

/**
 * @param bytes of the file
 * @param name of the file: its extension determines the format, unless `format` is given
 */
export function readLog(
  bytes: Readable,
  name: string,
  { format, encoding, delimiter }: Partial<LogReading> & Pick<LogReading, 'encoding'>,
): RowSource {
  const text = Readable.from(textOf(bytes, name, encoding));
  const isXes = format === 'xes' || (format === undefined && /\.xes(\.gz)?$/i.test(name));
  return isXes ? xesRows(text, name) : csvRows(text, name, delimiter);
}

async function* textOf(bytes: Readable, file: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  // An error of the file reaches the reader at the end of the pipeline.
  const stream = /\.gz$/i.test(file) ? pipeline(bytes, createGunzip(), () => undefined) : bytes;
  try {
    let length = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > mostBytes) throw tooLong(file);
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw cause instanceof TypeError ? undecodable(file, encoding, cause) : unreadable(file, cause);
  }
}

/** Bytes, some ten million lines; this also bounds what a small compressed file unpacks to. */
const mostBytes = 4 * 1024 ** 3;

const tooLong = (file: string): Refusal =>
  new Refusal('input.too-large', `日志 ${file} 展开以后超过 4 GiB`, { where: file, remedy: '按年分成几份' });

const unreadable = (file: string, cause: unknown): Refusal =>
  new Refusal('file.unreadable', `日志 ${file} 读不了`, {
    where: file,
    remedy: '核对路径和权限；.gz 的核对是否完整',
    cause,
  });

const undecodable = (file: string, encoding: string, cause: unknown): Refusal =>
  new Refusal('input.invalid', `日志 ${file} 不是 ${encoding} 编码的文字`, {
    where: file,
    remedy: '在对照表里写 encoding:utf-8、gb18030 或者 utf-16le',
    cause,
  });
