/** A trail entry as a row of the exported tables and event logs, in words. */
import {
  actorOf,
  armedIn,
  deedsIn,
  levelsIn,
  processOf,
  provisionsOf,
  recordedAtOf,
  type Entry,
} from '../../accountability/events/index.js';
import type { FoundEntry } from '../../accountability/index.js';
import { instantInWords, limitInWords, toShanghaiIso } from '../../kernel/civil-date.js';
import { entryTitle } from './entry-title.js';
import { thingsOf, type Thing } from './things.js';
import { activityOf, type ActivityContext } from './words/activity.js';
import type { LawWords } from './words/law-words.js';
import { ledgerOf } from './words/ledger.js';
import { noteOf } from './words/note.js';

export interface Row {
  /** Index in the tree over all streams. */
  readonly index: number;
  readonly stream: string;
  readonly isCase: boolean;
  /** A case's number, or another stream's title. */
  readonly where: string;
  readonly seq: number;
  readonly type: string;
  /** What happened, in one sentence. */
  readonly what: string;
  /** Name of the activity, the same for all entries of a kind. */
  readonly activity: string;
  /** The legal instant, ISO 8601 with +08:00. */
  readonly at: string;
  /** The same instant in the form `2026-03-02 10:00:00`. */
  readonly when: string;
  readonly recorded: string;
  readonly actor: string;
  /** The unit that holds the case. */
  readonly unit: string;
  /** Limits that the entry starts, moves or pauses. */
  readonly due: readonly string[];
  readonly levels: readonly string[];
  /** Ids of provisions, as the trail has them. */
  readonly provisionIds: readonly string[];
  readonly provisions: readonly string[];
  /** Deeds of the regulation. */
  readonly deeds: readonly string[];
  /** Answers in words; for an altered entry, the present content. */
  readonly note: string;
  readonly process: string;
  readonly things: readonly Thing[];
  readonly altered: boolean;
  /** SHA-256(0x00 ‖ body), hex. */
  readonly leaf: string;
}

export interface RowContext extends ActivityContext {
  readonly words: LawWords;
  readonly unit: string;
}

/** Key, heading, width and explanation of each column. */
export const headings: readonly (readonly [keyof Row, string, number, string])[] = [
  ['index', '全库序号', 10, '在全库轨迹里是第几条，从 0 起'],
  ['where', '工单或登记簿', 22, '工单的编号；不是工单的，记在哪一本登记簿里'],
  ['seq', '第几条', 8, '在这件工单、这本登记簿里是第几条，从 1 起'],
  ['when', '时刻', 19, '事情发生或者期限届满的时刻，北京时间'],
  ['what', '办了什么', 36, '改动过的条目写作“✖ 改动内容”'],
  ['actor', '办理人', 22, '姓名（登录名）；空的是系统按期自动办的'],
  ['unit', '承办单位', 18, '到这一条为止，工单最近一次交给哪个单位'],
  ['due', '期限', 36, '这一步开始、移动、暂停的期限，届满的时刻'],
  ['levels', '升级', 12, '这一步达到的级别'],
  ['provisions', '依据的条文', 26, '条例第几条第几款第几项'],
  ['note', '说明', 60, '这一步填写、决定了什么；人写的文字、来电人的资料另行封存，不在里面'],
  ['process', '流程', 16, '流程的名称和版本'],
  ['recorded', '记入时刻', 19, '写进轨迹的时刻；比“时刻”晚的是事后记的'],
  ['leaf', '哈希', 66, '这一条的 SHA-256，与审计包里的证明对照'],
];

export function rowOf(entry: FoundEntry, context: RowContext): Row {
  const { index, stream, isCase, seq, leaf, bytes } = entry;
  const { words, unit, processName } = context;
  const recordedAt = recordedAtOf(entry);
  const ran = processOf(entry);
  const provisionIds = provisionsOf(entry);
  return {
    index,
    stream,
    isCase,
    where: isCase ? stream : ledgerOf(stream),
    seq,
    type: entry.type === 'unread' ? entry.claimedType : entry.type,
    what: entryTitle(entry, context),
    activity: activityOf(entry, context, words),
    at: toShanghaiIso(entry.at),
    when: instantInWords(entry.at),
    recorded: recordedAt === undefined ? '' : instantInWords(new Date(recordedAt)),
    actor: actorOf(entry) ?? '',
    unit,
    due: entry.type === 'unread' ? [] : dueOf(entry, context),
    levels: levelsIn(entry).map(words.level),
    provisionIds,
    provisions: provisionIds.map(words.provision),
    deeds: deedsIn(entry).map(({ name }) => words.deed(name) ?? name),
    note: entry.type === 'unread' ? bytes.toString('utf8') : noteOf(entry, context.elements, words),
    process: ran ? `${processName(ran.process)} 第 ${ran.version} 版` : '',
    things: thingsOf(entry, unit, context, words),
    altered: entry.altered,
    leaf,
  };
}

/** Only statutory limits; reminders and other timers are left out. */
function dueOf(entry: Entry, { elements, words }: RowContext): readonly string[] {
  return armedIn(entry).flatMap(({ element, clock, due }) => {
    const title = clock === undefined ? undefined : (words.clock(clock) ?? elements.get(element)?.name);
    if (title === undefined) return [];
    return [`${title}：${due === null ? '暂停' : limitInWords(new Date(due))}`];
  });
}

/** The value for a cell; a list becomes one text. */
export const cellOf = (row: Row, key: keyof Row): string | number => {
  const value = row[key];
  if (typeof value === 'string' || typeof value === 'number') return value;
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string').join('、') : '';
};
