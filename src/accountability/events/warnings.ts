/** Early warnings, special studies, the map of districts. */
import { z } from 'zod';
import { actor, count, event, instant, provisions, reason, sha256, text } from './event.js';

const act = { warning: count.describe('第几号预警'), actor, reason, provisions };
const answer = { study: count.describe('第几号建议'), unit: text, actor, reason, provisions };

export const warnings = {
  'warning.raised': event('预警', {
    warning: count.describe('第几号预警'),
    sort: z
      .enum(['rise', 'burst', 'repeat-caller', 'repeat-place', 'repeat-spot'])
      .describe('突增、突发、反复反映'),
    district: text,
    matter: text.describe('事项的编码，或者突发事件的名称'),
    observed: count.describe('多少件'),
    expected: count.nullable().describe('平常多少件，以百分之一件计'),
    since: instant.describe('从何时起'),
    tippedBy: text.describe('到了界限的那张工单'),
    provisions,
  }),
  'warning.acknowledged': event('知悉预警', act),
  'warning.dismissed': event('认定预警是误报', act),
  'study.suggested': event('建议专题研究', {
    study: count.describe('第几号建议'),
    warning: count.nullable().describe('出自第几号预警'),
    district: text,
    matter: text.describe('什么事项'),
    unit: text.describe('建议哪个单位'),
    actor,
    reason,
    provisions,
  }),
  'study.taken': event('答复开展专题研究', answer),
  'study.declined': event('答复不开展专题研究', answer),
  'districts.loaded': event('载入区县边界', {
    actor,
    districts: count,
    sha256,
    content: sha256.describe('存下的边界的 SHA-256'),
    provisions,
  }),
} as const;
