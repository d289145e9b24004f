/**
 * The fixed set of measures, each defined by an article, a denominator, a numerator, and the instant that assigns it to
 * a month. Runs in browsers.
 */
import { provisionFor } from '../../kernel/law.js';
export interface Measure {
  readonly key: MeasureKey;
  readonly label: string;
  /** The provision that it measures. */
  readonly article: string;
  /** The denominator. */
  readonly of: string;
  /** The numerator. */
  readonly met: string;
  /** Which instant decides the month. */
  readonly instant: string;
}

export const measureKeys = [
  'accepted',
  'reception',
  'returned',
  'reply',
  'completion',
  'satisfaction',
  'resolution',
  'rework',
  'supervised',
  'knowledge',
] as const;

export type MeasureKey = (typeof measureKeys)[number];

export const measures: readonly Measure[] = [
  {
    key: 'accepted',
    label: '受理',
    article: provisionFor('sheet'),
    of: '开立的工作流转单',
    met: '同分母',
    instant: '收到诉求之时',
  },
  {
    key: 'reception',
    label: '按时签收',
    article: provisionFor('signing'),
    of: '交到本单位、等待签收的每一次',
    met: '在政策规定的退单期限届满前签收、转交或者退单',
    instant: '签收之时;没有签收的,期限届满之时',
  },
  {
    key: 'returned',
    label: '退单',
    article: provisionFor('dispatch'),
    of: '本单位作出的每一次签收意见',
    met: '意见是退单',
    instant: '作出意见之时',
  },
  {
    key: 'reply',
    label: '按时答复',
    article: provisionFor('reply'),
    of: '每一轮办理的五个工作日期限,已经答复反馈的,或者已经届满的',
    met: '期限没有届满就已经答复、反馈',
    instant: '答复反馈之时;届满的,届满之时(24:00 属于当日)',
  },
  {
    key: 'completion',
    label: '按时办结',
    article: provisionFor('completion'),
    of: '每一轮办理:五个工作日内办结的一类,已经答复的;另定期限的一类,已经办结或者期限届满的',
    met: '办结时所适用的期限没有届满',
    instant: '答复、办结之时;另定期限届满的,届满之时',
  },
  {
    key: 'satisfaction',
    label: '满意',
    article: provisionFor('follow-up'),
    of: '回访到来电人的每一次评价(无法联系的不计)',
    met: '评价是满意或者基本满意',
    instant: '回访之时',
  },
  {
    key: 'resolution',
    label: '解决',
    article: provisionFor('follow-up'),
    of: '回访到来电人的每一次(无法联系的不计)',
    met: '回访核实事项已经解决',
    instant: '回访之时',
  },
  {
    key: 'rework',
    label: '退回重办',
    article: provisionFor('redoing'),
    of: '每一轮办理,已经归档的,或者退回重办的',
    met: '退回再次办理',
    instant: '归档、退回之时',
  },
  {
    key: 'supervised',
    label: '督办',
    article: provisionFor('supervision'),
    of: '归档的工单',
    met: '曾经督办(已撤回的不计)',
    instant: '归档之时',
  },
  {
    key: 'knowledge',
    label: '知识库维护',
    article: provisionFor('knowledge-review'),
    of: '月末由本单位负责的有效知识库条目',
    met: '复核日期不早于月末',
    instant: '月末 24:00',
  },
];

/** `met` of `of`. */
export interface Count {
  readonly met: number;
  readonly of: number;
}
