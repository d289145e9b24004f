/**
 * A city that has only what every city has, made from the base: no supervision, assessment,
 * accountability or call-back, a registration that asks the channel and the kind, and a unit's own
 * head who approves the reply.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const article = (number: number, heading: string, words: string, norms: readonly object[] = []) => ({
  ...{ article: number, heading, paragraphs: [{ words }], norms },
  ...(norms.length === 0 ? { withoutNorm: '说明性的条文' } : {}),
});

const norm = (id: string, number: number, says: string, bearer: string, more: object) => ({
  ...{ id, provisions: [`art${String(number)}`], bearers: [bearer], modality: 'shall', kind: 'achievement' },
  ...{ says, trigger: '收到诉求', certainty: 'V', enforceable: true, ...more },
});

const proof = (fields: readonly string[], deeds: readonly string[]) => ({
  evidence: { events: ['task.completed'], fields, deeds },
});

const articles = [
  article(1, '目的', '为了办好热线，制定本办法。'),
  article(2, '受理', '热线收到诉求，应当登记，不收费。', [
    norm('S01', 2, '登记诉求', 'city-hotline', {
      ...proof(['channel', 'kind'], ['matter.registered']),
      duty: {
        subject: 'matter',
        opens: [{ deed: 'matter.presented' }],
        discharged: [[{ deed: 'matter.registered' }]],
      },
    }),
  ]),
  article(5, '审批', '答复应当由本单位负责人审批。', [
    norm('S02', 5, '本单位负责人审批答复', 'handling-unit', {
      ...proof(['replyApproved'], ['reply.approved']),
      duty: {
        subject: 'matter',
        opens: [{ deed: 'reply.drafted' }],
        discharged: [[{ deed: 'reply.approved' }]],
        void: [{ deed: 'matter.closed' }],
      },
    }),
  ]),
  article(7, '答复', '承办单位应当在五个工作日内答复。', [
    norm('S03', 7, '五个工作日内答复', 'handling-unit', {
      ...proof(['replyWay'], ['reply.given']),
      limit: { days: 5, of: 'working' },
      duty: {
        subject: 'matter',
        opens: [{ deed: 'matter.handed-over' }],
        clock: 'reply',
        discharged: [[{ deed: 'reply.given' }]],
      },
    }),
  ]),
];

const deeds = {
  holders: [
    { when: { deed: 'matter.presented' }, kind: 'city-hotline' },
    { when: { deed: 'matter.handed-over' }, kind: 'handling-unit', named: 'to' },
    { when: { deed: 'acceptance.concluded' }, kind: 'none' },
    { when: { deed: 'matter.closed' }, kind: 'none' },
  ],
  clocks: [{ key: 'reply', title: '答复的期限' }],
  deeds: [
    {
      name: 'matter.registered',
      title: '登记',
      subject: 'matter',
      by: ['intake'],
      effect: 'registers',
      facts: { channel: '渠道', kind: '类别' },
    },
    {
      name: 'way-out.chosen',
      title: '确定怎样处理',
      subject: 'matter',
      by: ['intake'],
      facts: { way: '处理方式' },
    },
    { name: 'matter.answered', title: '当场答复', subject: 'matter', by: ['intake'] },
    { name: 'matter.dispatched', title: '转出', subject: 'matter', facts: { to: '承办单位' } },
    { name: 'reply.drafted', title: '拟出答复', subject: 'matter', by: ['unit'] },
    {
      name: 'reply.approved',
      title: '审批答复',
      subject: 'matter',
      by: ['head-of-unit'],
      facts: { approved: '同意' },
    },
  ],
};

const purposes = {
  city: ['小城', 'small'],
  levels: [{ key: 'late', title: '逾期', sign: '■', light: 'red' }],
  norms: { reply: ['S03'] },
  purposes: {
    acceptance: ['art2'],
    bodies: ['art2'],
    'callers-data': ['art2'],
    'callers-wishes': ['art2'],
    channels: ['art2'],
    'counting-of-days': { provisions: [], cited: '《民法典》第二百零一条' },
    kinds: ['art2'],
    progress: ['art2'],
    reply: ['art7'],
    sheet: ['art2'],
    'time-limit': ['art7'],
    trail: ['art2'],
    'ways-of-handling': ['art2'],
  },
};

const measures = {
  kind: { deed: 'matter.registered', fact: 'kind' },
  measures: {
    accepted: {
      ...{ label: '受理', provision: 'art2', of: '收到的诉求', met: '同分母', instant: '收到之时' },
      decided: [{ when: [{ deed: 'matter.presented' }], met: true }],
    },
    reply: {
      ...{ label: '答复', provision: 'art7', of: '交办的', met: '按期答复的', instant: '答复之时' },
      opens: [{ deed: 'matter.handed-over' }],
      decided: [{ when: [{ deed: 'reply.given' }], met: true }, { passed: 'reply' }],
    },
  },
};

const field = (key: string, label: string, type: string, options: Readonly<Record<string, string>> = {}) =>
  `<duty:field key="${key}" label="${label}" type="${type}" required="true" evidence="true">${Object.entries(
    options,
  )
    .map(([value, name]) => `<duty:option value="${value}" label="${name}"/>`)
    .join('')}</duty:field>`;

interface Element {
  readonly id: string;
  readonly kind: string;
  readonly name?: string;
  readonly attributes?: string;
  readonly norms?: readonly (readonly [string, string, string])[];
  /** `name`, or `name fact=value`. */
  readonly deed?: string;
  readonly fields?: readonly string[];
  readonly inner?: string;
  /** Targets, with the condition of the flow. */
  readonly to?: readonly (string | readonly [string, string])[];
}

/** Elements in the order of the drawing; flows are made from `to`. */
function process(
  key: string,
  name: string,
  messages: readonly string[],
  elements: readonly Element[],
): string {
  const flows = elements.flatMap(({ id, to = [] }) =>
    to.map((target) => {
      const [end, when] = typeof target === 'string' ? [target, undefined] : target;
      return { id: `Flow_${id}_${end}`, from: id, to: end, when };
    }),
  );
  const drawn = elements.map(
    ({ id, kind, name: called, attributes = '', norms = [], deed, fields = [], inner = '' }) => {
      const [done, ...facts] = (deed ?? '').split(' ');
      const extension = [
        ...norms.map(
          ([at, of, relation]) => `<duty:norm provision="${at}" norm="${of}" relation="${relation}"/>`,
        ),
        done
          ? `<duty:deed name="${done}">${facts
              .map((fact) => {
                const [of, value] = fact.split('=');
                return `<duty:fact name="${of ?? ''}"${value ? ` value="= ${value}"` : ''}/>`;
              })
              .join('')}</duty:deed>`
          : '',
        fields.length > 0 ? `<duty:form>${fields.join('')}</duty:form>` : '',
      ].join('');
      return `<bpmn:${kind} id="${id}"${called ? ` name="${called}"` : ''} ${attributes}>${
        extension ? `<bpmn:extensionElements>${extension}</bpmn:extensionElements>` : ''
      }${flows
        .filter(({ to }) => to === id)
        .map((flow) => `<bpmn:incoming>${flow.id}</bpmn:incoming>`)
        .join('')}${flows
        .filter(({ from }) => from === id)
        .map((flow) => `<bpmn:outgoing>${flow.id}</bpmn:outgoing>`)
        .join('')}${inner}</bpmn:${kind}>`;
    },
  );
  const sequence = flows.map(
    ({ id, from, to, when }) =>
      `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${
        when
          ? `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">= ${when}</bpmn:conditionExpression>`
          : ''
      }</bpmn:sequenceFlow>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:duty="urn:hotline-12345:duty:1" id="Definitions_${key}" targetNamespace="urn:hotline-12345:process">
${messages.map((message) => `<bpmn:message id="Message_${message}" name="${message}"/>`).join('\n')}
<bpmn:process id="${key}" name="${name}" isExecutable="true">
${[...drawn, ...sequence].join('\n')}
</bpmn:process>
</bpmn:definitions>
`;
}

const kinds = { consultation: '咨询', help: '求助' };
const channels = { phone: '电话12345', page: '网页' };

const acceptance = process(
  'acceptance',
  '受理',
  ['dispatch'],
  [
    {
      id: 'Start_Received',
      kind: 'startEvent',
      name: '收到',
      deed: 'matter.presented',
      to: ['Task_Register'],
    },
    {
      ...{ id: 'Task_Register', kind: 'userTask', name: '登记', attributes: 'duty:role="intake"' },
      norms: [['art2', 'S01', 'fulfils']],
      deed: 'matter.registered channel kind',
      fields: [field('channel', '渠道', 'choice', channels), field('kind', '类别', 'choice', kinds)],
      to: ['Task_DecideWayOut'],
    },
    {
      ...{ id: 'Task_DecideWayOut', kind: 'userTask', name: '怎样处理', attributes: 'duty:role="intake"' },
      norms: [['art2', 'S01', 'records']],
      deed: 'way-out.chosen way=wayOut',
      fields: [field('wayOut', '处理方式', 'choice', { answer: '当场答复', dispatch: '转承办单位' })],
      to: ['Gateway_WayOut'],
    },
    {
      ...{ id: 'Gateway_WayOut', kind: 'exclusiveGateway', name: '处理方式' },
      to: [
        ['Task_Answer', 'wayOut = "answer"'],
        ['Task_Dispatch', 'wayOut = "dispatch"'],
      ],
    },
    {
      ...{ id: 'Task_Answer', kind: 'userTask', name: '当场答复', attributes: 'duty:role="intake"' },
      norms: [['art2', 'S01', 'records']],
      deed: 'matter.answered',
      fields: [field('spokenAnswer', '答复了什么', 'longText')],
      to: ['End_Concluded'],
    },
    {
      ...{ id: 'Task_Dispatch', kind: 'userTask', name: '选承办单位', attributes: 'duty:role="intake"' },
      norms: [['art2', 'S01', 'records']],
      deed: 'dispatch.decided to=unit',
      fields: [field('unit', '承办单位', 'unit')],
      to: ['End_Dispatched'],
    },
    {
      ...{ id: 'End_Dispatched', kind: 'endEvent', name: '转出', deed: 'matter.dispatched to=unit' },
      inner: '<bpmn:messageEventDefinition id="Definition_Dispatched" messageRef="Message_dispatch"/>',
    },
    { id: 'End_Concluded', kind: 'endEvent', name: '受理办结', deed: 'acceptance.concluded' },
  ],
);

const handling = process(
  'handling',
  '办理',
  ['dispatch'],
  [
    {
      ...{ id: 'Start_Dispatched', kind: 'startEvent', name: '转来', to: ['SubProcess_Handling'] },
      inner: '<bpmn:messageEventDefinition id="Definition_Start" messageRef="Message_dispatch"/>',
    },
    {
      ...{ id: 'SubProcess_Handling', kind: 'subProcess', name: '办理', to: ['End_Closed'] },
      inner: subProcess(),
    },
    {
      ...{ id: 'Timer_Reply', kind: 'boundaryEvent', name: '答复期满', to: ['End_Late'] },
      attributes: 'attachedToRef="SubProcess_Handling" cancelActivity="false"',
      norms: [['art7', 'S03', 'checks']],
      inner:
        '<bpmn:timerEventDefinition id="Definition_Reply"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">= limit("reply")</bpmn:timeDuration></bpmn:timerEventDefinition>',
    },
    { id: 'End_Late', kind: 'endEvent', name: '逾期', attributes: 'duty:level="late"' },
    { id: 'End_Closed', kind: 'endEvent', name: '归档', deed: 'matter.closed' },
  ],
);

function subProcess(): string {
  const inner = process(
    'inner',
    '办理',
    [],
    [
      { id: 'Start_Handling', kind: 'startEvent', name: '开始', to: ['Task_HandOver'] },
      {
        ...{ id: 'Task_HandOver', kind: 'serviceTask', name: '交承办单位' },
        attributes: 'duty:handler="handOver"',
        norms: [['art7', 'S03', 'triggers']],
        deed: 'matter.handed-over to=unit',
        to: ['Task_Draft'],
      },
      {
        ...{ id: 'Task_Draft', kind: 'userTask', name: '拟出答复', attributes: 'duty:role="unit"' },
        norms: [['art5', 'S02', 'triggers']],
        deed: 'reply.drafted',
        fields: [field('draftedReply', '拟答复的要点', 'longText')],
        to: ['Task_Approve'],
      },
      {
        ...{ id: 'Task_Approve', kind: 'userTask', name: '本单位负责人审批' },
        attributes: 'duty:role="head-of-unit" duty:notBy="Task_Draft"',
        norms: [['art5', 'S02', 'fulfils']],
        deed: 'reply.approved approved=replyApproved',
        fields: [field('replyApproved', '同意', 'boolean')],
        to: ['Gateway_Approved'],
      },
      {
        ...{ id: 'Gateway_Approved', kind: 'exclusiveGateway', name: '同意？' },
        to: [
          ['Task_Reply', 'replyApproved'],
          ['Task_Draft', 'replyApproved = false'],
        ],
      },
      {
        ...{ id: 'Task_Reply', kind: 'userTask', name: '答复', attributes: 'duty:role="unit"' },
        norms: [['art7', 'S03', 'fulfils']],
        deed: 'reply.given way=replyWay',
        fields: [
          field('replySummary', '答复要点', 'longText'),
          field('replyWay', '怎样答复', 'choice', { phone: '电话', online: '网络' }),
        ],
        to: ['End_Replied'],
      },
      { id: 'End_Replied', kind: 'endEvent', name: '已答复' },
    ],
  );
  return inner.slice(inner.indexOf('isExecutable="true">') + 20, inner.indexOf('</bpmn:process>'));
}

const lived = {
  title: '第五条、第七条：本单位负责人审批，五个工作日内答复',
  provisions: ['art2', 'art5', 'art7'],
  given: { process: 'acceptance', at: '2026-03-02T10:00:00+08:00' },
  steps: [
    { when: '登记', do: 'matter.registered', with: { channel: 'phone', kind: 'help' } },
    { when: '转办', do: 'way-out.chosen', with: { way: 'dispatch' } },
    { when: '选单位', do: 'dispatch.decided', with: { to: '市水务局' } },
    { then: '等答复', expect: { duties: [{ norm: 'S03', state: 'open' }] } },
    { when: '拟答复', do: 'reply.drafted', by: '市水务局/甲' },
    { when: '审批', do: 'reply.approved', by: '市水务局/乙', with: { approved: true } },
    { when: '答复', do: 'reply.given', with: { way: 'phone' } },
    {
      then: '办结',
      expect: {
        ended: true,
        duties: [
          { norm: 'S03', state: 'satisfied' },
          { norm: 'S02', state: 'satisfied' },
        ],
      },
    },
  ],
};

export const smallCityFiles: Readonly<Record<string, unknown>> = {
  'regulation/city.json': {
    format: 1,
    key: 'small',
    extends: 'hotline@1',
    replaces: ['sources'],
    drops: [
      ...['acceptance', 'dispatch', 'support', 'explanation'].map((key) => `deeds/clocks/${key}`),
      ...['complaint', 'report', 'suggestion'].map((key) => `sheet/kinds/${key}`),
      ...['weibo', 'wechat'].map((key) => `sheet/channels/${key}`),
      'sheet/intake/waysOut/not-accepted',
      'processes/dispatch.dmn',
    ],
  },
  'regulation/catalogue/2026/version.json': {
    key: 'small-12345',
    title: '小城市热线办法',
    version: '2026',
    adoptedOn: '2025-12-01',
    approvedOn: null,
    inForceFrom: '2026-01-01',
    inForceTo: null,
    source: '测试',
  },
  'regulation/catalogue/2026/chapter-1.json': { chapter: 1, title: '办法', articles },
  'regulation/catalogue/2026/deeds.json': deeds,
  'regulation/catalogue/2026/measures.json': measures,
  'regulation/catalogue/2026/purposes.json': purposes,
  'regulation/sheet.json': {
    channels: ['phone', { key: 'page', name: '网页', way: 'page' }],
    intake: {
      waysOut: [{ key: 'answer', name: '当场答复', asks: 'answer' }, 'dispatch'],
    },
  },
  'regulation/units.json': {
    kinds: [
      { key: 'department', name: '政府部门' },
      { key: 'general-office', name: '办公室' },
    ],
  },
  'regulation/other-channels.json': {
    recorded: Object.fromEntries(
      [
        'police',
        'fire',
        'ambulance',
        'traffic',
        'petition',
        'discipline',
        'disclosure',
        'review',
        'litigation',
        'arbitration',
      ].map((key) => [key, { procedure: 'review' }]),
    ),
  },
  'regulation/sources.json': [],
  'regulation/districts.json': [{ name: '东区', column: 0, row: 0 }],
  'regulation/policies.json': [
    {
      key: 'substituteOf',
      value: 'government',
      kind: 'choice',
      choices: { 'general-office': '办公室', government: '人民政府' },
      label: '热线工作机构须回避的，由谁代办',
      article: 'art2',
      author: '市热线工作机构',
      decidedOn: '2026-01-05',
      reason: '没有规定',
      source: '没有',
      certainty: 'U',
    },
  ],
  'regulation/roles.json': {
    roles: [{ key: 'head-of-unit', name: '本单位负责人', within: 'unit', may: ['reply.approved'] }],
    exclusive: [{ roles: ['handler', 'head-of-unit'], reason: '拟答复的人不审批（第五条）' }],
  },
  'regulation/samples.json': {
    units: [{ name: '示例街道办事处', kind: 'department', parent: null }],
    people: [{ login: 'fuzeren', role: 'head-of-unit', unit: '市水务局' }],
    request: {
      title: '路灯不亮',
      content: '东街的路灯三天不亮了。',
      callerName: '示例甲',
      callerContact: '13800000001',
      district: '东区',
      place: { address: '东街', longitude: 117, latitude: 36.6, system: 'GCJ-02' },
    },
  },
  'processes/acceptance.bpmn': acceptance,
  'processes/handling.bpmn': handling,
  'processes/scenarios/art07-reply.json': lived,
};

/** @param changed files that differ; undefined: none such */
export function smallCity(changed: Readonly<Record<string, unknown>> = {}): {
  readonly folder: string;
  remove(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'small-city-'));
  for (const [file, content] of Object.entries({ ...smallCityFiles, ...changed })) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
