/** The assessment: method, exclusions, publications. */
import { z } from 'zod';
import {
  actor,
  count,
  document,
  event,
  json,
  login,
  provisions,
  reason,
  sha256,
  text,
  texts,
} from './event.js';

const period = z
  .string()
  .regex(/^\d{4}-\d\d$/)
  .describe('考核的月份');
const method = { proposal: count.describe('第几号考核办法'), actor, login, reason, provisions };
const ruled = {
  ...method,
  document: document.nullable(),
  effectiveFrom: period.describe('自何月起适用'),
};
const exclusion = {
  exclusion: count.describe('第几号申请'),
  actor,
  login,
  sheet: text.describe('工单编号'),
  measure: text.describe('哪一项'),
  opened: count.describe('自工单的第几条起计的'),
  unit: text,
  period,
};
const publication = {
  publication: count.describe('第几号'),
  kind: z.enum(['public', 'intake', 'circular']).describe('公开、受理数据的公开或者通报'),
  period,
  version: count,
  actor,
  login,
  provisions,
};

export const assessment = {
  'method.proposed': event('提出考核办法', {
    ...method,
    effectiveFrom: period.describe('自何月起适用'),
    content: json.describe('办法的内容'),
  }),
  'method.approved': event('批准考核办法', ruled),
  'method.rejected': event('否决考核办法', ruled),
  'method.withdrawn': event('撤回考核办法', ruled),
  'exclusion.applied': event('申请不计考核', exclusion),
  'exclusion.granted': event('准予不计考核', exclusion),
  'exclusion.refused': event('不准不计考核', exclusion),
  'publication.drafted': event('起草公开、通报', {
    ...publication,
    correction: text.nullable().describe('为什么更正'),
    digest: sha256.describe('起草的内容的 SHA-256'),
  }),
  'publication.cases-written': event('写典型案例', {
    ...publication,
    sheets: texts.describe('各案例的工单'),
    digest: sha256.describe('案例的 SHA-256'),
  }),
  'publication.approved': event('批准公开、通报', { ...publication, reason }),
  'publication.returned': event('退回公开、通报', { ...publication, reason }),
  'publication.published': event('发布公开、通报', {
    ...publication,
    documentNumber: document,
    digest: sha256.describe('所发布内容的 SHA-256'),
  }),
} as const;
