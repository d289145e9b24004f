/** Why a matter took as long as it did. */
import { z } from 'zod';
import { instant, provision } from './primitives.js';
import { where } from './said-by-law.js';

const minutes = z.number().int();
const lengths = {
  minutes: minutes.describe('分钟，按日历'),
  workingMinutes: minutes.describe('其中落在工作日里的分钟，工作日按整日计'),
};

const held = {
  hands: z
    .enum(['hotline', 'office', 'unit', 'stopped', 'nobody', 'closed'])
    .describe(
      '在谁手里：hotline 热线工作机构，office 它的上级，unit 承办单位，stopped 期限依法暂停，nobody 没有人有要办的事，closed 已经办结、后来又有要求',
    ),
  unit: z.string().nullable().describe('哪个单位；没有的、不告知的为 null'),
  pace: z.enum(['in-time', 'extended', 'late']).describe('期限之内、延长的期限之内、期限已过'),
  ...lengths,
};

const answered = z
  .object({ at: instant, ...lengths })
  .nullable()
  .describe('首次答复来电人：何时、自来电起多久；还没有的为 null');

/** The form in which callers see it. */
export const timeTakenToCaller = z
  .object({
    ...lengths,
    answered,
    parts: z
      .array(z.object({ ...held, articles: z.array(provision) }))
      .describe('各占多少、依据哪些条，先有的在前；加起来正好是全部'),
  })
  .describe('为什么办了这么久：自来电到办结（没有办结的到此刻），只由轨迹的条目算出');

export const timeTaken = z
  .object({
    ...lengths,
    answered,
    stretches: z.array(
      z.object({
        from: instant,
        to: instant,
        ...held,
        steps: z.array(z.string()).describe('等的是哪些环节'),
        provisions: z.array(provision),
        supervised: z.boolean().describe(where('supervision', '其间有督办')),
      }),
    ),
  })
  .meta({
    id: 'TimeTaken',
    description: '为什么办了这么久：自来电到办结（没有办结的到此刻），首尾相接，只由轨迹的条目算出',
  });
