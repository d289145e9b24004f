/** What each handler does, needs and may return: enough to draw it. */
import type { DeclaredHandler, Produces } from '../../src/handlers/declares.js';
import { producedByHandlers } from '../../src/handlers/index.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { table, type Page } from './page.js';

const intro = `服务任务以 \`duty:handler\` 写处理程序的名字，此外什么也不用写：

\`\`\`xml
<bpmn:error id="Fault_Recusal" name="recusal" errorCode="recusal"/>
…
<bpmn:serviceTask id="Task_Assign" name="核对回避、交承办单位" duty:handler="assignUnit"/>
<bpmn:boundaryEvent id="Event_Recusal" attachedToRef="Task_Assign">
  <bpmn:errorEventDefinition errorRef="Fault_Recusal"/>
</bpmn:boundaryEvent>
\`\`\`

- **读**：工单的变量（表单、消息、别的处理程序写的），没有的当作没有填。哪些须有表单问，见 [package.md](package.md#表单里程序自己的栏目)。
- **写**：以后的条件、表单都可以用。“清除”的写成没有。
- **错误**：报了就不写，令牌从接它的边界事件（\`errorCode\` 相同）走；没有接的，这个实例就此结束（核查的 \`listeners\` 说出来）。
- **期限**：动的是同一实例里正在走的、计时事件写着 \`limit("reply")\` 或者 \`duty:clock="reply"\` 的那一个，提醒、牌跟着它；没有在走，又要动它的，那一步不能办（\`clock.invalid\`），所以画在那个期限所挂的活动里面。写“环节写明的”，服务任务另写 \`duty:clock="completion"\` 这样的一个。
- **政策**：条例包须有它；没有的，依没有这项政策办。`;

const law = shippedLaw('2026-03-02');

export const handlers: Page = {
  name: 'handlers.md',
  title: '处理程序：做什么、读什么、写什么、动哪个期限、报什么错',
  source: '`src/handlers/`',
  body: () => [intro, ...[...producedByHandlers(law)].sort().map(partOf), variables()].join('\n\n'),
};

function partOf([name, handler]: readonly [string, Produces]): string {
  const { does, reads = '', policies = '', writes, errors = {}, moves = {} } = handler;
  const moved = Object.entries(moves).map(
    ([act, limit]) => `${acts[act] ?? act} ${limit.includes(':') ? '环节写明的' : code(limit)}`,
  );
  const rows = [
    ['读', wordsOf(reads)],
    ['写', Object.keys(writes).map(code).join('、')],
    [
      '错误',
      Object.entries(errors)
        .map(([error, when]) => `${code(error)} ${when}`)
        .join(';'),
    ],
    ['期限', moved.join('、')],
    ['政策', wordsOf(policies)],
  ].flatMap(([what = '', said = '']) => (said === '' ? [] : [`- ${what}：${said}`]));
  return [`## \`${name}\``, does, rows.join('\n')].join('\n\n');
}

const acts: Readonly<Record<string, string>> = {
  ...{ pause: '停下', resume: '接着走', restart: '重新起算', extend: '延长' },
};

function variables(): string {
  const writers = new Map<string, { kinds: Set<string>; by: string[] }>();
  for (const [handler, { writes }] of producedByHandlers(law))
    for (const [variable, type] of Object.entries(writes)) {
      const { kinds, by } = writers.get(variable) ?? { kinds: new Set(), by: [] };
      writers.set(variable, { kinds: kinds.add(kindOf(type)), by: [...by, code(handler)] });
    }
  const rows = [...writers]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([variable, { kinds, by }]) => [
      code(variable),
      [...kinds].filter((kind) => kind !== '').join(';') || '只清除',
      by.join('、'),
    ]);
  return `## 处理程序写的变量\n\n${table(['变量', '是什么', '谁写'], rows)}`;
}

type ValueType = ReturnType<DeclaredHandler['produces']>['writes'][string];

function kindOf(type: ValueType): string {
  switch (type.kind) {
    case 'text':
      if (type.policy !== undefined) return `政策 ${code(type.policy)} 的值`;
      return type.values?.map(code).join('、') ?? '文字';
    case 'list':
      return `列表：${kindOf(type.of)}`;
    case 'record':
      return Object.keys(type.fields).map(code).join('、') || '各项的表';
    case 'number':
      return '数';
    case 'boolean':
      return '是否';
    case 'date':
      return '日期';
    case 'instant':
      return '时刻';
    case 'any':
      return '不定';
  }
}

const code = (text: string): string => `\`${text}\``;

const wordsOf = (list: string): string => list.split(' ').filter(Boolean).map(code).join('、');
