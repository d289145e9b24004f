/** The plain base: a city of any law, with or without what a law may lack, is checked clean and lives its cases. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkPackage } from '../../../src/design/package/index.js';
import { packageText } from '../../../src/kernel/package-content.js';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { fullLaw, leastLaw } from '../../support/invented-laws.js';
import { inventedCity, type InventedCity } from '../../support/invented-city.js';

const day = '2026-03-02';
const at = (time: string): string => `2026-03-${time}:00+08:00`;

/** A sheet that a unit has signed for, having called the caller back, on a Monday morning. */
const received = [
  { when: '登记', do: 'matter.registered', with: { channel: 'phone', kind: 'report' } },
  { when: '确定处理方式', do: 'way-out.chosen', with: { way: 'dispatch' } },
  { when: '派单', do: 'dispatch.decided', with: { to: '市水务局', basis: 'duty' } },
  { when: '签收', do: 'matter.received', at: at('02T10:30') },
  { when: '联系', do: 'caller.contacted', at: at('02T11:00'), with: { way: 'phone' } },
];
const replied = (time: string) => [
  { when: '办理', do: 'handling.stated', at: at(time), with: { branch: 'done' } },
  { when: '答复', do: 'reply.given', with: { way: 'phone' } },
  { when: '反馈', do: 'hotline.informed' },
];
const closed = (time: string) => [
  { when: '审核', do: 'feedback.audited', at: at(time), with: { result: 'pass' } },
  {
    when: '回访',
    do: 'call-back.made',
    with: { factsVerified: true, resolved: true, satisfaction: 'satisfied' },
  },
  { when: '没有异议', do: 'rating.accepted', with: { ratingObjection: false } },
];

/** What the law demands beyond the plays that every city gets. */
const scenarios: Readonly<Record<string, { title: string; steps: readonly object[] }>> = {
  recused: {
    title: '应当回避的，当即收回，另交单位；新的单位另有期限',
    steps: [
      ...received,
      {
        when: '要求回避',
        send: 'recusal-demanded',
        at: at('03T09:00'),
        with: { demandedUnits: '市水务局', demandReason: '经办人是被举报的人' },
      },
      { when: '应当回避', do: 'recusal.decided', at: at('04T09:00'), with: { decision: 'grant' } },
      {
        then: '等人另交',
        expect: {
          open: ['matter.reassigned'],
          done: [{ deed: 'matter.taken-back', facts: { why: 'recusal' } }],
        },
      },
      {
        when: '另交',
        do: 'matter.reassigned',
        at: at('04T10:00'),
        with: { to: '市城市管理委员会' },
      },
      {
        then: '新的单位签收，另有五个工作日',
        expect: {
          open: ['matter.received|return.applied'],
          due: { reply: '2026-03-12T00:00:00+08:00' },
        },
      },
    ],
  },
  'support-closed': {
    title: '工单归档的，还没有配合的不必再配合',
    steps: [
      ...received,
      {
        when: '请一个单位配合',
        do: 'handling.stated',
        at: at('03T09:00'),
        with: { branch: 'support', supportingUnits: '市城市管理委员会' },
      },
      ...replied('03T10:00'),
      { then: '还没有配合', expect: { open: ['feedback.audited', 'support.given'] } },
      ...closed('03T11:00'),
      { then: '办结，不再等配合', expect: { ended: true } },
    ],
  },
  'false-reply': {
    title: '回访发现反馈与实际不一致的，线索交问责；是线索，不是认定',
    steps: [
      ...received,
      ...replied('03T10:00'),
      ...closed('03T11:00').slice(0, 1),
      {
        when: '回访',
        do: 'call-back.made',
        with: { factsVerified: false, resolved: false, satisfaction: 'unsatisfied' },
      },
      {
        then: '线索待登记',
        expect: {
          open: ['clue.registered', 'rating.objected|rating.accepted'],
          done: [{ deed: 'clue.raised', facts: { ground: 'art13' } }],
        },
      },
    ],
  },
  'rating-stands': {
    title: '承办单位在期限内没有对评价提出异议的，归档',
    steps: [
      ...received,
      ...replied('03T10:00'),
      ...closed('03T11:00').slice(0, 2),
      { then: '等它说有没有异议', expect: { open: ['rating.objected|rating.accepted'] } },
      { when: '期限过了', clock: at('07T00:00') },
      { then: '归档', expect: { ended: true } },
    ],
  },
  'extension-explained-late': {
    title: '延期以后先答复的，仍须向求助人说明延期',
    steps: [
      ...received,
      {
        when: '申请延期',
        send: 'extension-applied',
        at: at('03T09:00'),
        with: { extensionGround: '须鉴定', extensionWanted: 5 },
      },
      {
        when: '准予',
        do: 'extension.decided',
        at: at('03T10:00'),
        with: { decision: 'grant', extensionDays: 5 },
      },
      { then: '期限后移', expect: { due: { reply: '2026-03-17T00:00:00+08:00' } } },
      ...replied('03T11:00'),
      { then: '说明还欠着', expect: { open: ['extension.explained', 'feedback.audited'] } },
    ],
  },
  'extension-undecided': {
    title: '决定延期以前已经答复的，不必再决定',
    steps: [
      ...received,
      {
        when: '申请延期',
        send: 'extension-applied',
        at: at('03T09:00'),
        with: { extensionGround: '须鉴定', extensionWanted: 5 },
      },
      ...replied('03T11:00'),
      { then: '只待审核', expect: { open: ['feedback.audited'] } },
    ],
  },
  'return-late': {
    title: '申请退单的期限过了，只能签收',
    steps: [
      ...received.slice(0, 3),
      {
        when: '期限过了才申请',
        do: 'return.applied',
        at: at('04T09:00'),
        with: { returnReason: '不是本单位的职责' },
        refused: 'input.invalid',
      },
      { when: '签收', do: 'matter.received', at: at('04T09:05') },
    ],
  },
  'terminated-supervised': {
    title: '超期督办以后终止的，督办结束，不审核、不回访',
    steps: [
      ...received,
      { when: '期限届满', clock: at('10T00:00') },
      { then: '已发督办单', expect: { done: [{ deed: 'supervision.ordered', facts: {} }] } },
      {
        when: '申请终止',
        do: 'handling.stated',
        at: at('10T09:00'),
        with: { branch: 'terminate' },
      },
      { when: '同意', do: 'termination.audited', at: at('10T10:00'), with: { decision: 'approve' } },
      {
        then: '终止，督办结束',
        expect: { done: [{ deed: 'supervision.ended', facts: {} }], open: ['urging.recorded'] },
      },
    ],
  },
};

describe('“无法之法”的基础包', () => {
  let city: InventedCity;
  afterEach(() => city.leave());

  it('什么都要求的法：核对没有一处可说的，每个情景、每种处理方式都走得通', async () => {
    city = inventedCity(fullLaw.text, fullLaw.answers);
    for (const [name, { title, steps }] of Object.entries(scenarios))
      city.write(`processes/scenarios/${name}.json`, {
        ...{ title, provisions: ['art6'], given: { process: 'acceptance', at: at('02T10:00') }, steps },
      });
    const { findings, scenarios: played, diagrams } = await checkPackage(day);
    expect(findings).to.deep.equal([]);
    expect(diagrams).to.equal(5);
    expect(played).to.be.greaterThan(25 + Object.keys(scenarios).length);
  });

  it('要求最少的法：只有受理、办理两张图，法里没有的一个环节也没有', async () => {
    city = inventedCity(leastLaw.text, leastLaw.answers);
    const { findings, diagrams } = await checkPackage(day);
    expect(findings).to.deep.equal([]);
    expect(diagrams).to.equal(2);
    const drawn = ['acceptance', 'handling']
      .map((key) => packageText(`processes/${key}.bpmn`))
      .flatMap((xml) => xml.match(/<bpmn:userTask id="\w+"/g) ?? [])
      .map((task) => task.slice(task.indexOf('"') + 1, -1));
    expect(drawn).to.deep.equal([
      ...['Task_Register', 'Task_DecideWayOut', 'Task_Dispatch'],
      ...['Task_Receive', 'Task_Handle', 'Task_ReplyCaller', 'Task_Feedback'],
    ]);
  });

  it('基础包里没有一个城市的名称、一条法的条文', () => {
    city = inventedCity(leastLaw.text, leastLaw.answers);
    const folder = join(packageRoot, 'packages', 'plain');
    const said = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:json|bpmn|dmn)$/.test(file))
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const)
      .filter(([, text]) => /"art\d|条例第|北京|济南|潍坊|呼和浩特|鞍山/.test(text))
      .map(([file]) => file);
    expect(said).to.deep.equal([]);
  });
});
