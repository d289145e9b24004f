/** The radar: statistical outliers, the units' answers, and the auditors' decisions. */
import { z } from 'zod';
import { actor, count, event, instant, listOf, provisions, reason, sha256, text } from './event.js';

const hypothesis = count.describe('第几号线索');
const question = count.describe('第几号询问');
const seen = {
  hypothesis,
  pattern: text.describe('哪种情形'),
  kind: z.enum(['unit', 'person', 'district', 'units']).describe('单位、人、区县、几个单位'),
  subject: text.describe('哪个单位、哪个人、哪个区县'),
  found: count.describe('多少件'),
  of: count.describe('在多少件当中'),
  restFound: count.describe('其他的合计多少件'),
  restOf: count.describe('其他的合计在多少件当中'),
  power: count.describe('偶然出现的机会：10 的几次方分之一'),
  entries: listOf(z.object({ stream: text, seq: count })).describe('依据哪些条目；已经写过的不再写'),
  provisions,
};

export const radar = {
  'radar.looked': event('查看一遍线索', {
    actor,
    size: count.describe('看了全库前几条'),
    sheets: count.describe('几张工单'),
    unread: count.describe('没有看的：轨迹不能认定的工单'),
    since: instant.describe('何时以后收到的'),
    rules: sha256.describe('看什么、多少才算：radar.json 的 SHA-256'),
    hypotheses: count.describe('看到几条'),
    provisions,
  }),
  'radar.raised': event('提出线索', seen),
  'radar.grown': event('线索有新的依据', seen),
  'radar.reopened': event('线索有新的依据，重新打开', seen),
  'radar.asked': event('就线索询问单位', {
    hypothesis,
    question,
    unit: text,
    text: text.describe('问什么'),
    due: instant.describe('答复的期限'),
    actor,
    provisions,
  }),
  'radar.answered': event('单位答复线索', { hypothesis, question, unit: text, actor, reason, provisions }),
  'radar.decided': event('决定线索', {
    hypothesis,
    decision: z
      .enum(['followed-up', 'explained', 'no-pattern'])
      .describe('followed-up 跟进，explained 已有说明，no-pattern 不是这种情形'),
    actor,
    reason,
    provisions,
  }),
} as const;
