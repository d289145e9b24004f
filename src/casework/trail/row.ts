/** A trail entry as a row of the exported tables and event logs. */
import {
  actorOf,
  computedOf,
  dataOf,
  levelsIn,
  processOf,
  provisionsOf,
  recordedAtOf,
  subjectOf,
  type Entry,
} from '../../accountability/events/index.js';
import type { FoundEntry } from '../../accountability/index.js';
import { toShanghaiIso } from '../../calendar/index.js';
import type { JsonObject } from '../../kernel/index.js';
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
  /** Answers and computed values as JSON; of an altered entry, the present content. */
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

export function rowOf(entry: FoundEntry, context: EntryContext): Row {
  const { index, stream, seq, leaf, bytes } = entry;
  const recordedAt = recordedAtOf(entry);
  const ran = processOf(entry);
  return {
    index,
    stream,
    seq,
    type: entry.type === 'unread' ? entry.claimedType : entry.type,
    title: entryTitle(entry, context),
    at: toShanghaiIso(entry.at),
    recordedAt: recordedAt === undefined ? '' : toShanghaiIso(new Date(recordedAt)),
    actor: actorOf(entry) ?? '',
    process: ran?.process ?? '',
    version: ran ? String(ran.version) : '',
    element: subjectOf(entry) ?? '',
    units: unitsOf(entry),
    provisions: provisionsOf(entry),
    levels: levelsIn(entry),
    content:
      entry.type === 'unread' ? bytes.toString('utf8') : JSON.stringify(contentOf(entry, ran !== undefined)),
    leaf,
  };
}

/** For a cell with a list. */
export const cellOf = (row: Row, key: keyof Row): string | number => {
  const value = row[key];
  return typeof value === 'string' || typeof value === 'number' ? value : value.join('、');
};

/** Everything without a column of its own. */
function contentOf({ body, digests }: Entry, isOfProcess: boolean): object {
  const { recordedAt: _at, actor: _actor, process, version, ...rest } = body as JsonObject;
  return {
    ...(isOfProcess ? {} : { process, version }),
    ...rest,
    ...(Object.keys(digests).length > 0 ? { sealed: digests } : {}),
  };
}

function unitsOf(entry: FoundEntry): readonly string[] {
  const named = [dataOf(entry), computedOf(entry)].flatMap(({ unit, supportingUnits }) => [
    unit,
    supportingUnits,
  ]);
  return [
    ...new Set(named.flatMap((names) => (typeof names === 'string' ? names.split(/[、，,；;]/) : []))),
  ].filter(Boolean);
}
