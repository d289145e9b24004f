/** Objects of an entry, for event logs with objects: the sheet, units, persons, orders, corrections, notices. */
import { unitsNamedBy } from '../../accountability/course/index.js';
import {
  actorOf,
  deedsIn,
  instanceOf,
  isStep,
  processOf,
  textIn,
  type Entry,
} from '../../accountability/events/index.js';
import type { FoundEntry } from '../../accountability/index.js';
import type { JsonObject } from '../../kernel/index.js';
import type { ActivityContext } from './words/activity.js';
import type { LawWords, Subject } from './words/law-words.js';
import { ledgerOf } from './words/ledger.js';

export interface Thing {
  readonly type: string;
  /** Name of the object, unique within its type. */
  readonly name: string;
  /** The object's relation to the entry. */
  readonly qualifier: string;
  /** The case that the object belongs to; undefined for an independent object. */
  readonly ofCase?: string;
}

/** Types that are always declared; types that the regulation's package adds are declared when they occur. */
export const thingTypes = ['工单', '单位', '人员', '流程版本', '更正', '放假安排', '告知', '登记簿'] as const;

const corrections = new Set([
  'sheet.corrected',
  'outcome.corrected',
  'deadline.recomputed',
  'escalation.revoked',
  'escalation.redated',
]);

const messages = new Set(['caller.told', 'caller.not-told']);

/** @param unit that holds the case */
export function thingsOf(
  entry: FoundEntry,
  unit: string,
  context: ActivityContext,
  words: LawWords,
): readonly Thing[] {
  const { stream, isCase } = entry;
  const base: Thing = isCase
    ? { type: '工单', name: stream, qualifier: '所办的工单' }
    : { type: '登记簿', name: ledgerOf(stream), qualifier: '记在哪里' };
  if (entry.type === 'unread') return [base];
  const actor = actorOf(entry);
  const others = unitsNamedBy(entry).filter((name) => name !== unit);
  return [
    base,
    ...(unit === '' ? [] : [{ type: '单位', name: unit, qualifier: '承办单位' }]),
    ...others.map((name) => ({ type: '单位', name, qualifier: '涉及的单位' })),
    ...(actor === undefined ? [] : [{ type: '人员', name: actor, qualifier: '办理人' }]),
    ...versionOf(entry, context),
    ...(isCase ? [...proceedingsOf(entry, context, words), ...actsOf(entry)] : []),
    ...noticeOf(entry),
  ];
}

function versionOf(entry: Entry, { processName }: ActivityContext): readonly Thing[] {
  const ran = processOf(entry);
  if (!ran) return [];
  const name = `${processName(ran.process)} 第 ${ran.version} 版`;
  return [{ type: '流程版本', name, qualifier: '所依的流程' }];
}

/** Orders, proceedings and supporting units: subjects of the package's deeds besides the matter itself. */
function proceedingsOf(entry: Entry, context: ActivityContext, words: LawWords): readonly Thing[] {
  const { stream: ofCase } = entry;
  const found = new Map<string, Thing>();
  const add = ({ noun }: Subject, which: string): void => {
    const name = `${ofCase} ${noun} ${which}`;
    found.set(name, { type: noun, name, qualifier: `所属的${noun}`, ofCase });
  };
  const instance = instanceOf(entry);
  if (isStep(entry) && instance !== undefined) {
    for (const { deeds } of context.elements.values())
      for (const { name } of deeds) {
        const subject = words.subjectOf(name);
        if (subject?.identity === 'instance') add(subject, String(instance));
      }
  }
  for (const { name, facts } of deedsIn(entry)) {
    const subject = words.subjectOf(name);
    const unit = subject?.identity === 'unit' && facts ? textIn(facts, 'unit') : undefined;
    if (subject && unit !== undefined) add(subject, unit);
  }
  return [...found.values()];
}

function actsOf({ type, stream, seq, body }: Entry): readonly Thing[] {
  const ofCase = stream;
  if (corrections.has(type))
    return [{ type: '更正', name: `${stream} 第 ${seq} 条`, qualifier: '所作的更正', ofCase }];
  if (!messages.has(type)) return [];
  const { message } = body as { readonly message: number };
  return [{ type: '告知', name: `${stream} 第 ${message} 件`, qualifier: '发给来电人的告知', ofCase }];
}

/** The holiday notice that an entry of the calendar loads, or that a correction follows. */
function noticeOf(entry: Entry): readonly Thing[] {
  const { document } = entry.body as JsonObject;
  const follows = entry.stream === 'calendar' || isStep(entry) || corrections.has(entry.type);
  if (typeof document !== 'string' || !follows || entry.type === 'outcome.corrected') return [];
  return [{ type: '放假安排', name: document, qualifier: '所依的放假安排' }];
}
