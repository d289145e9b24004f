/** Display texts of the extension vocabulary. */
import { callerTitle, law } from '../../../law/page-law.js';
export const relations = [
  { value: 'fulfils', label: '履行' },
  { value: 'triggers', label: '触发' },
  { value: 'checks', label: '核对' },
  { value: 'records', label: '记载' },
] as const;

export const fieldTypes = [
  { value: 'text', label: '短文本' },
  { value: 'longText', label: '长文本（封存）' },
  { value: 'choice', label: '单选' },
  { value: 'boolean', label: '是否' },
  { value: 'date', label: '日期' },
  { value: 'number', label: '数字' },
  { value: 'unit', label: '单位' },
  { value: 'units', label: '几个单位' },
  { value: 'sheet', label: `同一${callerTitle()}的原工单` },
  { value: 'accused', label: '被指控的单位、人员' },
] as const;

export const levels: readonly { readonly value: string; readonly label: string }[] = [
  { value: '', label: '不是' },
  ...law().levels.map(({ key, title }) => ({ value: key, label: title })),
];

export const deedTimes = [
  { value: 'done', label: '办结时' },
  { value: 'begun', label: '走到时' },
] as const;

export const timerKinds = [
  { value: 'timeDuration', label: '过多久' },
  { value: 'timeDate', label: '到某一刻' },
  { value: 'timeCycle', label: '每隔多久' },
] as const;

export const dayUnits = [
  { value: 'working-days', label: '工作日' },
  { value: 'natural', label: '自然日、小时' },
] as const;

export const dayEdges = [
  { value: 'end', label: '那一天结束（24:00）' },
  { value: 'start', label: '那一天开始（00:00）' },
] as const;

export const signalReaches = [
  { value: '', label: '所有工单' },
  { value: 'instance', label: '只在这一件的这个流程里' },
] as const;
