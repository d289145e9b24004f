/**
 * Classes of data that expire: the policy, when the period starts, and what is erased. Everything
 * else is kept permanently.
 */
import { deleteTexts, expiringReads, expiringReasons, hasTexts } from '../../accountability/index.js';
import { eraseAttachmentRows, hasAttachments } from '../../sheet/attachment/index.js';
import { expiringMessages } from '../../channel/index.js';
import { deleteCallerSecret, expiringLogins } from '../../identity/index.js';
import { expiringJobs } from '../../platform/jobs/index.js';
import { expiringOutbox } from '../../channel/outbox/index.js';
import { expiringInboxes } from '../../channel/notification/index.js';
import { eraseCallerRow, expiringKeys, hasCaller } from '../../sheet/index.js';
import type { JsonObject } from '../../kernel/index.js';
import type { ExpiringRows, Transaction } from '../../platform/database/index.js';
import { sweepSoon } from '../attachment/sweep.js';
import type { CaseRows } from './store/expired-rows.js';
import { inBrackets, lawOf, restingOn, type Law } from '../../kernel/law.js';

interface Described {
  readonly key: string;
  readonly policy: `keep${string}`;
  /** Display name in Chinese. */
  readonly label: string;
}

/** Data that expire some time after the case's end; the case's own trail records the erasure. */
export interface CaseClass extends Described, CaseRows {
  readonly kind: 'case';
  /** Entry type. */
  readonly entry: string;
  /** @returns the entry's content; undefined if nothing was left */
  readonly erase: (
    transaction: Transaction,
    no: string,
    at: Date,
    law: Law,
  ) => Promise<JsonObject | undefined>;
}

/** Data that expire some time after they were written. */
export interface RowClass extends Described {
  readonly kind: 'rows';
  readonly tables: readonly ExpiringRows[];
}

export type DataClass = CaseClass | RowClass;

export const dataClasses: readonly DataClass[] = [
  {
    kind: 'case',
    key: 'callers',
    policy: 'keepCallers',
    label: '来电人的姓名、联系方式、地址，查询码',
    entry: 'caller.erased',
    present: hasCaller('c.business_key'),
    erase: async (transaction, no, at, law) => {
      const fields = await eraseCallerRow(transaction, no, at);
      await deleteCallerSecret(transaction, no);
      return fields && { fields: [...fields], provisions: restingOn('callers-data', law) };
    },
  },
  {
    kind: 'case',
    key: 'attachments',
    policy: 'keepCallers',
    label: '附件：照片、录音、文件',
    entry: 'attachments.erased',
    present: hasAttachments('c.business_key'),
    erase: async (transaction, no, at, law) => {
      const attachments = await eraseAttachmentRows(transaction, no, at);
      if (attachments.length === 0) return undefined;
      sweepSoon(transaction);
      return { attachments: [...attachments], provisions: restingOn('callers-data', law) };
    },
  },
  {
    kind: 'case',
    key: 'texts',
    policy: 'keepTexts',
    label: '工单表单中封存的文字',
    entry: 'texts.erased',
    present: hasTexts('c.business_key'),
    erase: async (transaction, no, _at, law) => {
      const texts = await deleteTexts(transaction, no);
      return texts > 0 ? { texts, provisions: restingOn('callers-data', law) } : undefined;
    },
  },
  {
    kind: 'rows',
    key: 'reasons',
    policy: 'keepRecords',
    label: '查看、登录、授权、改表等操作所附的事由',
    tables: [expiringReasons],
  },
  {
    kind: 'rows',
    key: 'reads',
    policy: 'keepRecords',
    label: '查看来电人资料的记录（供查询的一份）',
    tables: [expiringReads],
  },
  {
    kind: 'rows',
    key: 'inboxes',
    policy: 'keepInboxes',
    label: '收件箱里的通知',
    tables: [expiringInboxes],
  },
  {
    kind: 'rows',
    key: 'requests',
    policy: 'keepLogs',
    label: '重复请求、渠道来信、发出的消息的登记',
    tables: [expiringKeys, expiringMessages, expiringOutbox],
  },
  {
    kind: 'rows',
    key: 'sessions',
    policy: 'keepLogs',
    label: '登录会话、登录失败的计数',
    tables: expiringLogins,
  },
  {
    kind: 'rows',
    key: 'jobs',
    policy: 'keepLogs',
    label: '试满次数仍失败的任务',
    tables: [expiringJobs],
  },
];

/** Data that are kept permanently, with the reasons. */
export const keptForGood = (law: Law): readonly { readonly label: string; readonly why: string }[] => [
  {
    label: '轨迹、检查点、联署、核验结果',
    why: `${lawOf('sheet', law)}、${lawOf('accountability', law)}：考核和追究责任的依据；其中没有个人信息`,
  },
  {
    label: '工作流转单（标题、内容、事发地点、办理结果）',
    why: `${lawOf('sheet', law)}：档案；来电人资料另行到期删除`,
  },
  { label: '流程图、政策、办法、日历、分类、其他渠道、知识库的各版', why: '历史工单凭它们复核' },
  {
    label: '帐号、角色、须回避的人（摘要）',
    why: `轨迹里的人凭帐号辨认；回避没有期限${inBrackets(lawOf('recusal', law))}`,
  },
];
