/** All entry types. A type that is not in this table can be neither written nor read. */
import type { z } from 'zod';
import type { JsonObject, Seal } from '../../kernel/index.js';
import { accounts, refusals } from './accounts.js';
import { archive } from './archive.js';
import { assessment } from './assessment.js';
import { caseActs } from './case-acts.js';
import { definitions } from './definitions.js';
import type { Event } from './event.js';
import { classification, knowledge, otherChannels, textTemplates } from './intake.js';
import {
  anchors,
  contradictions,
  exports,
  keys,
  manifest,
  reads,
  receipts,
  retention,
  schema,
} from './keeping.js';
import { notifications } from './notifications.js';
import { radar } from './radar.js';
import { calendar, policies, regulation } from './rules.js';
import { channels } from './channels.js';
import { steps } from './steps.js';
import { warnings } from './warnings.js';

export interface Family {
  /** Names of the streams. */
  readonly stream: string;
  readonly title: string;
  readonly events: { readonly [type: string]: Event };
}

/** In the order of docs/reference/entries.md. */
export const families = [
  { stream: '工单编号', title: '工单的步骤', events: steps },
  { stream: '工单编号', title: '工单的更正和其他事项', events: caseActs },
  { stream: 'definition：流程', title: '流程的版本、草案、换版', events: definitions },
  { stream: 'regulation', title: '条例', events: regulation },
  { stream: 'policies', title: '政策', events: policies },
  { stream: 'calendar', title: '放假安排', events: calendar },
  { stream: 'accounts', title: '登录、帐号、角色、令牌', events: accounts },
  { stream: 'refusals', title: '被拒绝的操作', events: refusals },
  { stream: 'reads：登录名：日期', title: '查看来电人资料', events: reads },
  { stream: 'knowledge', title: '知识库', events: knowledge },
  { stream: 'classification', title: '事项分类', events: classification },
  { stream: 'other-channels', title: '其他渠道', events: otherChannels },
  { stream: 'text-templates', title: '文本模板', events: textTemplates },
  { stream: 'assessment', title: '考核', events: assessment },
  { stream: 'warnings', title: '预警、专题研究', events: warnings },
  { stream: 'radar', title: '线索', events: radar },
  { stream: 'notifications', title: '通知渠道、事件订阅', events: notifications },
  { stream: 'channels', title: '诉求的来源', events: channels },
  { stream: 'exports', title: '导出', events: exports },
  { stream: 'retention', title: '保存期限', events: retention },
  { stream: 'manifest', title: '每日清单', events: manifest },
  { stream: 'keys', title: '签名密钥', events: keys },
  { stream: 'receipt：摘要的前 16 位', title: '给来电人的回执', events: receipts },
  { stream: 'receipts', title: '对不上的回执', events: contradictions },
  { stream: 'anchors', title: '印在纸上的根', events: anchors },
  { stream: 'schema', title: '数据库的结构', events: schema },
  { stream: 'archive:camunda-7：流程实例', title: '旧系统的历史', events: archive },
] as const satisfies readonly Family[];

const table = {
  ...steps,
  ...caseActs,
  ...definitions,
  ...regulation,
  ...policies,
  ...calendar,
  ...accounts,
  ...refusals,
  ...reads,
  ...knowledge,
  ...classification,
  ...otherChannels,
  ...textTemplates,
  ...assessment,
  ...warnings,
  ...radar,
  ...notifications,
  ...channels,
  ...exports,
  ...retention,
  ...manifest,
  ...keys,
  ...receipts,
  ...contradictions,
  ...anchors,
  ...schema,
  ...archive,
};

type Table = typeof table;

export type EntryType = keyof Table;
export type StepType = keyof typeof steps;

/** Entry types with one of these names or with one of these effects on the course of a case. */
export type TypeAsked<Asked> = {
  [Type in EntryType]: Type extends Asked
    ? Type
    : Table[Type] extends { readonly does: Asked }
      ? Type
      : never;
}[EntryType];

/** Content of an entry type. */
export type Body<Type extends EntryType> = Plain<z.output<z.ZodObject<Table[Type]['shape']>>>;

/** JSON has no `undefined`: optional fields are present or absent. */
type Plain<T> = JsonObject extends T
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Plain<Exclude<T[Key], undefined>> }
      : T;

export type Said<Type extends EntryType = EntryType> = {
  [One in Type]: { readonly type: One; readonly body: Body<One> };
}[Type];

/** An entry before it is chained. */
export type Content<Type extends EntryType = EntryType> = Said<Type> & { readonly at: Date };

/** An entry to be written. */
export type NewEntry<Type extends EntryType = EntryType> = Content<Type> & {
  readonly stream: string;
  readonly sealed?: readonly Seal[];
};

export const isEntryType = (type: string): type is EntryType => Object.hasOwn(table, type);
export const eventOf = (type: EntryType): Event => table[type];
export const entryTypes = Object.keys(table) as readonly EntryType[];
