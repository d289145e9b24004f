/** A case for people: sheet, state, deadlines with reasons, trail. */
import { z } from 'zod';
import { column } from './column.js';
import { anyObject, civilDate, instant, level, provision, shape } from './primitives.js';
import { emergency, formField, merged, task } from './task.js';
import { upstream } from './upstream.js';
import { sheet } from './work-order.js';
import { timeTaken } from './time-taken.js';
import { cites, where } from './said-by-law.js';

export const deadline = shape('Deadline', {
  name: z.string(),
  element: z.string(),
  instance: z.number().int(),
  level,
  startedAt: instant,
  limit: z.boolean().describe('法定的或者已经告知的期限；提醒和督促的各级不是'),
  due: instant.nullable().describe('期限届满的一刻；某日 24:00 写作次日 00:00；暂停时为 null'),
  dueDate: civilDate.nullable().describe('最后可办之日；暂停时为 null'),
  paused: z.boolean().describe('现在暂停计时'),
  version: z.number().int().describe('第几版：期限每变动一次加一'),
  adjustments: z
    .array(
      z.union([
        z.object({ kind: z.literal('restart'), at: instant }),
        z.object({ kind: z.literal('recount'), at: instant }),
        z.object({
          kind: z.literal('pause'),
          from: instant,
          to: instant.optional(),
          reason: z.string(),
        }),
        z.object({
          kind: z.literal('extend'),
          at: instant,
          workingDays: z.number().int(),
          reason: z.string().optional(),
        }),
      ]),
    )
    .describe('起算以来发生过什么：重新起算、依条例的新版重新计算、暂停（没有 to 的还在暂停）、延长'),
  provisional: z.boolean().describe('其间有的日子尚无放假安排，公布后须重算'),
  fired: z.number().int().describe('循环计时已触发的次数'),
  derivation: anyObject.describe('为什么是这一天：规则、起算、逐日计与不计及其理由'),
});

const step = z
  .object({
    process: z.string(),
    version: z.number().int().describe('流程的第几版'),
    instance: z.number().int().describe('本工单的第几个流程实例'),
    fired: z.string().nullable().describe('到时的计时'),
    deeds: z.array(z.string()).describe('是条例词汇里的哪些行为'),
    entered: z.array(z.string()).describe('走到的环节'),
    waiting: z.array(z.string()).describe('停在哪些环节'),
    withdrawn: z.array(z.string()).describe('停止的计时'),
    armed: z
      .array(
        z.object({
          element: z.string(),
          clock: z.string().nullable().describe('条例里的哪个期限；提醒和牌为 null'),
          startedAt: instant,
          due: instant.nullable().describe('暂停的为 null'),
          dueDate: civilDate.nullable().describe('最后可办之日；暂停的为 null'),
          provisional: z.boolean(),
          derivation: anyObject.describe('为什么是这一天'),
        }),
      )
      .describe('开始的计时'),
  })
  .nullable()
  .describe('工单的一步做了什么；不是一步的为 null');

export const trailEntry = shape('TrailEntry', {
  at: column('时刻', 'instant', instant.describe('事情发生或期限届满的时刻')),
  seq: column('链', 'text', z.number().int()),
  title: column('事项', 'name', z.string().describe('一句话说明')),
  actor: column('办理人', 'person', z.string().nullable()),
  provisions: column('条文', 'article', z.array(provision)),
  hash: column('哈希', 'code', z.string().describe('SHA-256（0x00 ‖ 原文），十六进制')),
  type: z.string().meta({ example: 'task.completed' }),
  role: z.string().nullable().describe('办结的是哪个角色的环节（unit 为承办单位）；不是办结的为 null'),
  levels: z.array(z.string()),
  recordedAt: instant.nullable().describe('何时记下；没有写的为 null'),
  step,
  names: z.record(z.string(), z.string()).describe('各环节的名称'),
  answers: z
    .array(z.object({ label: z.string(), answer: z.string() }))
    .describe('办结的环节填了什么：各项的名称、所选所填；另存的文字不在其中'),
  body: z.string().describe('入链的原文（JSON），一字不差；被改动过的是空的'),
  altered: z.boolean().describe('现在的内容与记下时的哈希不符：被改动过，不能据以认定'),
  sealed: z.record(z.string(), z.string()).describe('另存的文字，链中只有其摘要'),
});

/** Whether the hash chain is intact from the first entry to the head. */
export const chainVerdict = shape('ChainVerdict', {
  holds: z.boolean(),
  entries: z.number().int().optional(),
  seq: z.number().int().optional().describe('从第几条起不对'),
  finding: z.string().optional(),
});

export const trail = shape('Trail', { entries: z.array(trailEntry), chain: chainVerdict });

const placed = z
  .object({
    code: z.string(),
    version: z.number().int().describe('归类时的分类版本'),
    path: z.array(z.string()).describe('从第一级到末级的编码'),
    trade: z.string().nullable(),
  })
  .nullable()
  .describe('事项分类；还没有归类的为 null');

const standing = z.union([
  z.array(z.string()),
  z.object({ provisions: z.array(z.string()), cited: z.string() }),
]);

const lawFrom = shape('LawOfCase', {
  from: z.iso.date(),
  title: z.string(),
  purposes: z.record(z.string(), standing).describe('为哪一件事，依据哪几条'),
  supervision: z.object({
    orders: z.array(
      z.object({
        ...{ deed: z.string(), short: z.string(), title: z.string() },
        ...{ issuer: z.string(), after: z.string() },
      }),
    ),
    grounds: z.array(z.object({ provision: z.string(), says: z.string() })),
  }),
});

/** Common to all cases, with or without a sheet. */
export const caseFile = z.object({
  laws: z
    .array(lawFrom)
    .describe(
      '工单所依的不是（或者先前不是）今天施行的一版条例的：先后依哪几版，各自哪一天起；最后一版是现在的',
    ),
  state: z.enum(['open', 'ended']),
  startedAt: instant,
  endedAt: instant.nullable(),
  level,
  processes: z.array(
    z.object({ instance: z.number().int(), key: z.string(), version: z.number().int(), name: z.string() }),
  ),
  tasks: z.array(task),
  messages: z
    .array(
      z.object({
        message: z.string(),
        title: z.string().describe('图上接收它的事件的名称'),
        form: z.array(formField),
        instead: z
          .boolean()
          .describe(`代应当回避的机构办的人，提问的人可以发（${cites('recusal-of-persons')}）`),
      }),
    )
    .describe('此刻带内容的消息，各要写明什么（answers）'),
  deadlines: z.array(deadline),
  unit: z.string().nullable().describe('最近一次交给的承办单位'),
  supervision: z
    .object({
      orders: z
        .array(z.object({ ground: z.string(), at: instant, withdrawn: z.boolean() }))
        .describe(where('supervision', '发过的督办单，按先后：哪项事由，何时，撤回没有')),
      lapses: z
        .array(z.object({ clock: z.enum(['reply', 'completion']), at: instant }))
        .describe('超过的期限：答复的、办结的'),
      evidence: z
        .array(z.number().int())
        .describe(
          where('accountability', `问责所据的是轨迹的哪几条（${cites('not-handled-after-supervision')}）`),
        ),
    })
    .describe(where('supervision', '轨迹里记着的督办')),
  trail: z.array(trailEntry),
  chain: chainVerdict,
});

export const dispatch = z
  .object({
    table: z.object({ key: z.string(), name: z.string() }).describe('哪一张决策表'),
    row: z.number().int().describe('表的第几行'),
    answers: z
      .record(z.string(), z.string())
      .describe('提议怎样答“转承办单位”的表单，例如 unit、dispatchBasis、supportingUnits'),
  })
  .nullable()
  .describe('转给谁，依哪一行；null 为由人决定');

export const workOrder = caseFile
  .extend({
    sheet,
    class: placed,
    assignments: z
      .array(
        z.object({
          unit: z.string(),
          to: z.string().describe('轨迹里的写法，或者组名'),
          by: z.string(),
          at: instant,
        }),
      )
      .describe('各单位分派给谁办，谁分派的；没有分派的不在其中'),
    closedMessages: z.array(z.string()).describe('工单所依的政策不开放的消息：发了也不受理'),
    merged,
    proposed: z
      .object({
        class: z.string().nullable().describe('末级分类的编码，依字词；来件写明分类的就是它'),
        dispatch,
      })
      .nullable()
      .describe('收到时提议的分类、转办单位，由人决定；没有提议的、已经归到别的分类的、受理完的为 null'),
    emergency,
    upstream: upstream
      .extend({
        callsBack: z
          .boolean()
          .describe(where('call-back', '依政策由它自己回访来电人，本热线不回访（审核存疑的除外）')),
      })
      .meta({ id: 'UpstreamOfCase' })
      .nullable()
      .describe('上级热线转来的：它的编号和期限；不是的为 null'),
    timeTaken,
    altered: z
      .array(z.string())
      .describe('表里现在写的与轨迹的记载不符的各项：有人改动过数据库，不能据以办理'),
    corrected: z.number().int().describe('最近一次更正是轨迹的第几条；没有更正过为 0'),
  })
  .meta({ id: 'WorkOrder' });
