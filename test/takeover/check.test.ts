import { rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { refusalFrom } from '../support/refusal.js';
import { file, findingsOf, folder, laidOver, verdictOf, type Laid } from './laid.js';

const header = '工单编号,环节,办理时间,承办单位,办理人,岗位,渠道,办结期限';

/** By time, as in a log of a whole hotline: lines of different cases are interleaved. */
const lines = [
  'A1,来电登记,2020-01-20 09:00:00,热线,张一,坐席,电话,',
  'A2,来电登记,2020-01-20 09:05:00,热线,张一,坐席,网站,',
  'A1,转派承办单位,2020-01-20 10:00:00,市水务局,张一,坐席,,2020-01-27',
  'A2,办结回复,2020-01-20 10:30:00,市城管局,赵四,承办人,,',
  'A2,转派承办单位,2020/1/20 11:00,市城管局,张一,坐席,,2020-02-10',
  'A2,归档,2020-01-21 10:00:00,热线,王三,坐席,,',
  'A3,来电登记,2020-01-21 10:00:00,热线,张一,坐席,信件,',
  '"A3","转派',
  '承办单位",2020-01-21 10:30:00,市城管局,张一,坐席,,2020-02-06',
  'A4,来电登记,昨天,热线,张一,坐席,电话,',
  'A1,办结回复,2020-02-04 23:59:59,市水务局,李二,承办人,,',
  'A3,办结回复,2020-02-06 00:00:01,市城管局,赵四,承办人,,',
  'A1,审核,2020-02-05 09:00:00,热线,李二,审核员,,',
  'A2,办结回复,2020-02-06 10:00:00,市水务局,赵四,承办人,,',
  'A3,系统短信,2020-02-06 11:00:00,,,,,',
];

const reply = [
  { deed: 'handling.stated', facts: { branch: { value: 'within-limit' } } },
  { deed: 'reply.given' },
  { deed: 'hotline.informed', facts: { interim: { value: false } } },
];
const to = { to: { column: '承办单位' } };
const handedOver = [
  { deed: 'matter.dispatched', facts: to },
  { deed: 'handling.begun' },
  { deed: 'matter.handed-over', facts: to },
];

const mapping = {
  case: '工单编号',
  activity: '环节',
  instant: { column: '办理时间', zone: 'Asia/Shanghai' },
  unit: '承办单位',
  person: '办理人',
  role: { column: '岗位', roles: { 坐席: 'intake', 承办人: 'unit', 审核员: 'reviewer' } },
  values: { 渠道: { 电话: 'phone', 网站: 'website' } },
  activities: {
    来电登记: [
      { deed: 'matter.presented' },
      { deed: 'matter.registered', facts: { channel: { column: '渠道' }, wishesReply: { value: true } } },
    ],
    转派承办单位: handedOver,
    '转派 承办单位': handedOver,
    办结回复: reply,
    审核: [{ deed: 'feedback.audited', facts: { result: { value: 'pass' } } }],
    归档: [{ deed: 'matter.closed' }],
  },
  recorded: { reply: { due: '办结期限' } },
};

describe('旧系统的日志对照条例', () => {
  let laid: Laid;

  before(async () => {
    laid = await laidOver(file('old.csv', `\ufeff${[header, ...lines].join('\n')}\n`), mapping);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('第二十四条：五个工作日按放假安排数，2020 年春节延长的假期不算；第五个工作日 24:00 前回复的已履行，过了的超期', () => {
    expect(verdictOf(laid, 'A1', 'J27')).to.equal('met');
    expect(verdictOf(laid, 'A3', 'J27')).to.equal('late');
    const [duty] = laid.cases.get('A3')?.duties.filter(({ norm }) => norm === 'J27') ?? [];
    // 21 (not counted), 22, 23 January, 3, 4, 5 February.
    expect(duty?.due?.toISOString()).to.equal('2020-02-05T16:00:00.000Z');
    expect(duty).to.deep.include({ unit: '市城管局', lines: [9, 13] });
  });

  it('依法不可能的各写明种类、条文和日志的行号', () => {
    expect(findingsOf(laid, 'A1')).to.deep.equal(['same-person art27.p1 12,14']);
    expect(findingsOf(laid, 'A2')).to.deep.equal([
      'order art27.p1 7',
      'before-start art24.p1 5,6',
      'after-end art24.p1 7,15',
      'not-holder art24.p1 15',
      'recorded-limit art24.p1 6',
    ]);
    // By the old system until the end of 6 February, by the regulation until the end of the 5th.
    expect(findingsOf(laid, 'A3')).to.deep.equal(['recorded-limit art24.p1 9']);
  });

  it('由无权的岗位做的：写明谁做的、应当由谁做', async () => {
    const said = { ...mapping, role: { column: '岗位', roles: { 坐席: 'intake', 承办人: 'reviewer' } } };
    const { cases } = await laidOver(file('roles.csv', [header, ...lines].join('\n')), said);
    const [first] = cases.get('A3')?.findings ?? [];
    expect(first).to.include({ kind: 'not-entitled' });
    expect(first?.what).to.equal('“办结回复”（办理并写明情形）由审核回访人员做，应当由承办单位做');
  });

  it('读不了的行、没有对照的活动和值，都说出来，别的照查', () => {
    expect(laid.unreadable).to.have.lengthOf(1);
    expect(laid.unreadable[0]).to.include({ line: 11 });
    expect([...laid.read.unmapped]).to.deep.equal([['系统短信', 1]]);
    expect([...laid.read.unknownValues]).to.deep.equal([['渠道=信件', 1]]);
    expect([...laid.cases.keys()].sort()).to.deep.equal(['A1', 'A2', 'A3']);
  });

  it('日志没有记的，不当作没有办：不下结论，说出缺哪个行为', async () => {
    const { 办结回复: _, ...others } = mapping.activities;
    const said = { ...mapping, recorded: {}, activities: { ...others, 办结回复: reply.slice(0, 2) } };
    const { cases, read } = await laidOver(file('silent.csv', [header, ...lines].join('\n')), said);
    expect([...cases.values()].flatMap(({ duties }) => duties).map(({ norm }) => norm)).to.not.include(
      'J27b',
    );
    const why = read.under[0]?.left.find(({ norm }) => norm === 'J27b')?.why;
    expect(why).to.equal('日志里没有履行它的“反馈市热线工作机构”（hotline.informed）');
  });

  it('条例没有写日数的期限，对照表不写不算；写了才算', async () => {
    const said = (limits: object) => ({
      ...mapping,
      activities: { ...mapping.activities, 归档: [] },
      limits,
    });
    const log = file('limits.csv', [header, ...lines].join('\n'));
    const followUp = {
      ...mapping.activities,
      回访: [{ deed: 'call-back.made' }],
    };
    const without = await laidOver(log, { ...said({}), activities: followUp });
    expect(verdictOf(without, 'A1', 'J37')).to.equal('open');
    const limit = { 'follow-up': { hours: 1 } };
    expect(verdictOf(await laidOver(log, { ...said(limit), activities: followUp }), 'A1', 'J37')).to.equal(
      'unmet',
    );
  });

  it('延期记在一行上：写新的期限或者延长几个工作日的，各照它算；期限过了才准的不算，写不明的列出', async () => {
    const columns = '工单编号,环节,办理时间,承办单位,延至,延长';
    const one = (name: string, at: string, until: string, more: string, reply: string): string[] => [
      `${name},来电登记,2026-03-02 09:00:00,热线,,`,
      `${name},转派承办单位,2026-03-02 10:00:00,市水务局,,`,
      `${name},延期,${at},热线,${until},${more}`,
      `${name},办结回复,${reply},市水务局,,`,
    ];
    const log = file(
      'extended.csv',
      [
        columns,
        ...one('E1', '2026-03-09 10:00:00', '2026-03-12', '', '2026-03-12 20:00:00'),
        ...one('E2', '2026-03-09 10:00:00', '', '3', '2026-03-12 20:00:00'),
        ...one('E3', '2026-03-09 10:00:00', '', '3', '2026-03-13 00:00:01'),
        ...one('E4', '2026-03-10 10:00:00', '', '3', '2026-03-12 20:00:00'),
        ...one('E5', '2026-03-09 10:00:00', '下周', '', '2026-03-12 20:00:00'),
      ].join('\n'),
    );
    const decided = { deed: 'extension.decided', facts: { decision: { value: 'grant' } } };
    const said = (moves: object) => {
      const { person: _person, role: _role, recorded: _recorded, ...others } = mapping;
      const activities = { ...mapping.activities, 延期: [{ ...decided, moves }] };
      return { ...others, values: {}, activities };
    };
    const byDay = await laidOver(log, said({ reply: { until: '延至' } }));
    const byDays = await laidOver(log, said({ reply: { workingDays: '延长' } }));
    expect(verdictOf(byDay, 'E1', 'J27')).to.equal('met');
    expect(verdictOf(byDays, 'E2', 'J27')).to.equal('met');
    expect(verdictOf(byDays, 'E3', 'J27')).to.equal('late');
    // The fifth working day ended on the 9th, so an extension of the 10th has no effect.
    expect(verdictOf(byDays, 'E4', 'J27')).to.equal('late');
    const due = ({ cases }: Laid, name: string) =>
      cases
        .get(name)
        ?.duties.find(({ norm }) => norm === 'J27')
        ?.due?.toISOString() ?? null;
    expect(due(byDay, 'E1')).to.equal('2026-03-12T16:00:00.000Z');
    expect(due(byDays, 'E2')).to.equal('2026-03-12T16:00:00.000Z');
    expect(due(byDays, 'E4')).to.equal('2026-03-09T16:00:00.000Z');
    expect([...byDay.read.unknownValues.keys()]).to.include('延至=下周');
    const wrong = await refusalFrom(laidOver(log, said({ eternity: { workingDays: 3 } })));
    expect(wrong?.message).to.include('eternity');
  });

  it('XES（压缩的、写明时区的）与 CSV 说的一样', async () => {
    const cells = lines.join('\n').replace('"A3","转派\n承办单位"', 'A3,转派承办单位').split('\n');
    const events = cells.map((line) => line.split(',')).filter(([, , at]) => at !== '昨天');
    const names = [
      '',
      'concept:name',
      'time:timestamp',
      'org:group',
      'org:resource',
      'org:role',
      '渠道',
      '办结期限',
    ];
    const traces = [...new Set(events.map(([name]) => name))].map((name) => {
      const mine = events.filter(([one]) => one === name);
      const written = mine.map(
        (event) =>
          `<event>${event.map(attribute).join('')}<list key="x"><string key="concept:name" value="别的"/></list></event>`,
      );
      return `<trace><string key="concept:name" value="${name ?? ''}"/>\n${written.join('\n')}</trace>`;
    });
    function attribute(value: string, index: number): string {
      if (index === 0 || value === '') return '';
      const at = value.replace(/^(\d+)\/(\d)\/(\d+) (.*)$/, '$1-0$2-$3 $4:00').replace(' ', 'T');
      return index === 2
        ? `<date key="time:timestamp" value="${at}.000+08:00"/>`
        : `<string key="${names[index] ?? ''}" value="${value}"/>`;
    }
    const xes = `<?xml version="1.0"?>\n<log xes.version="1849-2016">\n${traces.join('\n')}\n</log>`;
    const { unit: _unit, ...others } = mapping;
    const said = JSON.parse(
      JSON.stringify({ ...others, unit: '承办单位' })
        .replaceAll('工单编号', 'case:concept:name')
        .replaceAll('"环节"', '"concept:name"')
        .replaceAll('办理时间', 'time:timestamp')
        .replaceAll('"承办单位"', '"org:group"')
        .replaceAll('办理人', 'org:resource')
        .replaceAll('"岗位"', '"org:role"'),
    ) as unknown;
    const other = await laidOver(file('old.xes.gz', gzipSync(xes)), said);
    for (const name of ['A1', 'A2', 'A3']) {
      expect(kindsOf(other, name), name).to.deep.equal(kindsOf(laid, name));
      for (const norm of ['J27', 'J28', 'J37'])
        expect(verdictOf(other, name, norm), `${name} ${norm}`).to.equal(verdictOf(laid, name, norm));
    }
    // The lines are those of the XML.
    expect(other.cases.get('A1')?.events.map(({ line }) => line)).to.deep.equal([4, 5, 6, 7]);
  });

  it('对照表里没有的行为、事实、岗位、期限、时区，一次说全', () => {
    const said = {
      ...mapping,
      instant: { column: '办理时间', zone: 'Asia/Jinan' },
      role: { column: '岗位', roles: { 坐席: 'king' } },
      activities: {
        登记: [{ deed: 'matter.wished' }, { deed: 'reply.given', facts: { loud: { value: true } } }],
      },
      limits: { eternity: { hours: 1 } },
    };
    return refusalFrom(laidOver(file('x.csv', header), said)).then((refusal) => {
      expect(refusal?.code).to.equal('input.invalid');
      for (const wrong of ['matter.wished', 'loud', 'king', 'eternity', 'Asia/Jinan'])
        expect(refusal?.message).to.include(wrong);
    });
  });

  it('对照表里的列日志没有：必有的三列拒绝，说出日志有哪些列；别的列出', async () => {
    const log = file('columns.csv', [header, ...lines].join('\n'));
    const wrong = await refusalFrom(laidOver(log, { ...mapping, case: '工单号' }));
    expect(wrong?.message).to.include('“工单号”');
    expect(wrong?.remedy).to.include('工单编号、环节');
    const { read } = await laidOver(log, { ...mapping, person: '经办人' });
    expect(read.missing).to.deep.equal(['经办人']);
    expect((await refusalFrom(laidOver(file('empty.csv', header), mapping)))?.code).to.equal('input.invalid');
  });

  it('没有写明时区的时刻不猜', async () => {
    const said = { ...mapping, instant: { column: '办理时间' } };
    const { unreadable } = await laidOver(file('zone.csv', [header, ...lines.slice(0, 2)].join('\n')), said);
    expect(unreadable.map(({ why }) => why).join()).to.include('没有写明时区');
  });

  it('编码不对的、不成 XML 的，说出是哪个文件、怎么办', async () => {
    const gb = file('gb.csv', Buffer.from([0xb9, 0xa4, 0xb5, 0xa5, 0x0a]));
    expect(await refusalFrom(laidOver(gb, mapping))).to.include({ code: 'input.invalid' });
    const xes = file('bad.xes', '<log><trace><event></trace></log>');
    expect(await refusalFrom(laidOver(xes, mapping))).to.include({ code: 'input.invalid' });
    const none = laidOver(`${folder}/none.csv`, mapping);
    expect(await refusalFrom(none)).to.include({ code: 'file.unreadable' });
  });
});

const kindsOf = (laid: Laid, name: string): string[] =>
  findingsOf(laid, name).map((finding) => finding.split(' ').slice(0, 2).join(' '));
