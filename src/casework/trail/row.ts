/** An entry as the tables and event logs of an export hold it. */
import type { FoundEntry, Told } from '../../accountability/index.js';
import { toShanghaiIso } from '../../calendar/index.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import { entryTitle, type EntryContext } from './entry-title.js';

export interface Row {
  /** In the tree over all streams. */
  readonly index: number;
  readonly stream: string;
  readonly seq: number;
  readonly type: string;
  readonly title: string;
  /** The legal instant, ISO 8601 with +08:00. */
  readonly at: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly process: string;
  readonly version: string;
  readonly element: string;
  readonly units: readonly string[];
  readonly provisions: readonly string[];
  readonly levels: readonly string[];
  /** What was answered and computed, as JSON; of an altered entry what stands there now. */
  readonly content: string;
  /** SHA-256(0x00 ‖ body), hex. */
  readonly leaf: string;
}

export const headings: readonly (readonly [keyof Row, string, number])[] = [
  ['index', '全库序号', 10],
  ['stream', '链', 20],
  ['seq', '链内序号', 9],
  ['at', '时刻', 27],
  ['recordedAt', '记入时刻', 27],
  ['title', '事项', 36],
  ['actor', '办理人', 22],
  ['process', '流程', 16],
  ['version', '流程版本', 9],
  ['element', '环节', 24],
  ['units', '承办单位', 20],
  ['levels', '升级', 14],
  ['provisions', '条文', 24],
  ['content', '内容', 60],
  ['leaf', '哈希', 66],
];

export function rowOf(
  { index, stream, seq, type: columnType, at, leaf, body: bytes }: FoundEntry,
  { body, altered }: Told,
  context: EntryContext,
): Row {
  const type = altered ? columnType : text(body.type);
  return {
    index,
    stream,
    seq,
    type,
    title: entryTitle({ type, body, altered }, context),
    at: altered ? toShanghaiIso(at) : instant(body.at),
    recordedAt: instant(body.recordedAt),
    actor: text(body.actor),
    process: text(body.process),
    version: typeof body.version === 'number' ? String(body.version) : '',
    element: text(body.of),
    units: unitsOf(body),
    provisions: texts(body.provisions),
    levels: texts(body.levels),
    content: altered ? bytes.toString('utf8') : JSON.stringify(contentOf(body)),
    leaf: leaf.toString('hex'),
  };
}

/** Of a cell that is a list. */
export const cellOf = (row: Row, key: keyof Row): string | number => {
  const value = row[key];
  return typeof value === 'string' || typeof value === 'number' ? value : value.join('、');
};

const shown = new Set([
  'v',
  'prev',
  'seq',
  'stream',
  'at',
  'type',
  'recordedAt',
  'actor',
  'process',
  'version',
]);

const contentOf = (body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !shown.has(name)));

function unitsOf({ data, computed }: JsonObject): readonly string[] {
  const named = [data, computed].flatMap((part) =>
    isJsonObject(part) ? [part.unit, part.supportingUnits] : [],
  );
  return [...new Set(named.flatMap((names) => text(names).split(/[、，,；;]/)))].filter(Boolean);
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const texts = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter((item) => typeof item === 'string') : [];
const instant = (value: Json | undefined): string => {
  const at = typeof value === 'string' ? new Date(value) : undefined;
  return at && !Number.isNaN(at.getTime()) ? toShanghaiIso(at) : '';
};
