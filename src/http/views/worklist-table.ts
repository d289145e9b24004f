/** The worklist as a table for people. */
import { limitInWords } from '../../kernel/civil-date.js';
import { pathName, type ClassTree } from '../../sheet/classification/index.js';
import type { WorklistRow } from '../../engine/index.js';
import { channelName, kindName } from '../../kernel/kinds.js';
import type { Law } from '../../kernel/law.js';
import { titleOf } from '../contract/column.js';
import { allSaidUnder } from '../contract/said-by-law.js';
import { instantText } from '../contract/primitives.js';
import { roleName } from '../contract/role-name.js';
import { worklistItem } from '../contract/task.js';
import { workOrderSummary } from '../contract/work-order.js';
import type { CaseSummary } from '../store/case-summary-store.js';
import type { SheetFacts } from '../store/sheet-facts-store.js';

/** Heading and width in characters, in the order of the columns. */
export const worklistColumns = {
  no: { title: titleOf(worklistItem, 'title'), width: 18 },
  title: { title: '标题', width: 40 },
  task: { title: titleOf(worklistItem, 'name'), width: 20 },
  role: { title: titleOf(worklistItem, 'roleName'), width: 16 },
  unit: { title: '主办单位', width: 22 },
  assigned: { title: '分给谁', width: 20 },
  level: { title: titleOf(worklistItem, 'level'), width: 10 },
  due: { title: `${titleOf(worklistItem, 'due')}（北京时间）`, width: 18 },
  dueNote: { title: '期限说明', width: 10 },
  opened: { title: `${titleOf(worklistItem, 'openedAt')}（北京时间）`, width: 18 },
  received: { title: `${titleOf(workOrderSummary, 'receivedAt')}（北京时间）`, width: 18 },
  channel: { title: titleOf(workOrderSummary, 'channelName'), width: 10 },
  kind: { title: titleOf(workOrderSummary, 'kindName'), width: 8 },
  class: { title: '分类', width: 40 },
  district: { title: '属地', width: 12 },
  place: { title: '事发地点', width: 40 },
  lead: { title: '并入的主单', width: 18 },
  members: { title: '并入它的', width: 10 },
  added: { title: '来电人补充', width: 10 },
  urged: { title: '来电人催办', width: 10 },
} as const;

/** In the city's words. */
export const worklistColumnsUnder = (law: Law): typeof worklistColumns => allSaidUnder(law, worklistColumns);

export type WorklistLine = { readonly [Column in keyof typeof worklistColumns]: string | number };

export interface LineOf {
  readonly row: WorklistRow;
  readonly summary: CaseSummary | undefined;
  /** Undefined for a case without a sheet. */
  readonly facts: SheetFacts | undefined;
  readonly assigned: string | null;
}

export function worklistLine(
  { row, summary, facts, assigned }: LineOf,
  tree: ClassTree,
  law: Law,
): WorklistLine {
  const { task, businessKey, unit, level } = row;
  return {
    no: businessKey,
    title: summary?.title ?? '',
    task: task.name,
    role: roleName(task.role, law) ?? '',
    unit: unit ?? '',
    assigned: assigned ?? '',
    level: levelName(level, law),
    due: limit(summary?.dueAt),
    dueNote: summary?.upstreamLimit ? '上级期限' : summary?.provisional ? '暂定' : '',
    opened: minute(task.openedAt),
    received: minute(facts?.receivedAt),
    channel: facts ? channelName(facts.channel, law) : '',
    kind: facts ? kindName(facts.kind, law) : '',
    class: className(facts?.class ?? null, tree),
    district: facts?.district ?? '',
    place: facts?.place ?? '',
    lead: summary?.lead ?? '',
    members: summary?.members ?? 0,
    added: summary?.added ?? 0,
    urged: summary?.urged ?? 0,
  };
}

const levelName = (level: string | null, law: Law): string =>
  level === null ? '正常' : (law.levels.find(({ key }) => key === level)?.title ?? '其他提醒');

/** In the format that spreadsheets read. */
const minute = (at: Date | null | undefined): string =>
  at ? instantText(at).slice(0, 16).replace('T', ' ') : '';

const limit = (at: Date | null | undefined): string => (at ? limitInWords(at) : '');

function className(code: string | null, tree: ClassTree): string {
  if (code === null) return '';
  const placed = tree.find(code);
  return placed ? pathName(placed) : code;
}
