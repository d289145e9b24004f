/** What a script of `hotline rehearse` can say besides deeds: a register, policies, other processes. */
import { expect } from 'chai';
import { rehearse, scenarioIn, scriptOf, type Stage } from '../../../src/design/rehearsal/index.js';
import { findingsInChinese } from '../../../src/kernel/chinese-findings.js';
import { shippedCatalogue } from '../../../src/law/regulation/index.js';
import { theShippedStage } from '../../support/case-runner.js';
import { refusalOf } from '../../support/refusal.js';

const catalogue = shippedCatalogue('2026-01-01');
const at = (day: number, hour = 9): string =>
  `2026-03-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00+08:00`;
const dispatched = (to: string, by: object = {}): readonly object[] => [
  {
    ...{ at: at(2), do: 'matter.registered', ...by },
    with: { channel: 'phone', kind: 'help', wishesReply: true, confidential: false, conduct: 'orderly' },
  },
  { at: at(2), do: 'way-out.chosen', with: { way: 'dispatch' } },
  { at: at(2, 10), do: 'dispatch.decided', with: { to, basis: 'duty' } },
];
const register = {
  units: [
    { name: '市热线工作机构', kind: 'hotline' },
    { name: '市人民政府', kind: 'government' },
    { name: '市水务局', kind: 'department', superior: '市人民政府' },
    { name: '水务所', kind: 'department', superior: '市水务局' },
    { name: '市城管局', kind: 'department' },
  ],
  people: [
    { name: '接线员', unit: '市热线工作机构', roles: ['intake'] },
    { name: '水务的人', unit: '市水务局', roles: ['handler'] },
    { name: '城管的人', unit: '市城管局', roles: ['handler'] },
    { name: '督办的人', unit: '市热线工作机构', roles: ['supervisor'] },
  ],
};

describe('推演的脚本：与情景同一份词汇', () => {
  let stage: Stage;
  before(async () => {
    findingsInChinese();
    stage = await theShippedStage();
  });
  const lines = (start: object, steps: readonly object[]) =>
    rehearse(stage, catalogue, scriptOf({ start: { at: at(2, 8), ...start }, steps }));

  it('第二十八条：由人列入督办，也能列在可以做的里；写明事由即督办', () => {
    const last = lines({}, [
      ...dispatched('市水务局'),
      { at: at(3), do: 'supervision.proposed', by: 'supervisor' },
      { at: at(3), do: 'supervision-ground.stated', by: 'supervisor', with: { ground: 'art28.p1.i4' } },
    ]);
    expect(last.slice(0, 3).every(({ can }) => can.includes('supervision.proposed'))).to.equal(true);
    expect(last.at(-1)?.levels).to.deep.equal([
      { level: 'supervision', against: '市水务局', at: '2026-03-03T09:00:00+08:00' },
    ]);
  });

  it('第十二条第二项、第十三条第二项：写了名册的，只转交给自己之下的单位，没有的单位不收（C10）', () => {
    const pass = (to: string) => ({ at: at(3), do: 'matter.passed-on', by: '水务的人', with: { to } });
    const told = lines(register, [
      ...dispatched('没有的局'),
      ...dispatched('市水务局').slice(2),
      ...['市城管局', '市水务局', '水务所'].map(pass),
    ]);
    expect(told.map(({ refused }) => refused)).to.deep.equal([
      ...[null, null, 'unit.not-found', null],
      ...['unit.not-below', 'input.invalid', null],
    ]);
    const anyUnit = lines({}, [...dispatched('市水务局'), { ...pass('市城管局'), by: '市水务局' }]);
    expect(anyUnit.at(-1)?.refused).to.equal(null);
  });

  it('写了人员的，by 是姓名，照他的角色、单位办：别的单位的人、没有这个角色的人不能办', () => {
    const take = (by: string) => ({ at: at(3), do: 'matter.received', by });
    const told = lines(register, [
      ...dispatched('市水务局', { by: '督办的人' }).slice(0, 1),
      ...dispatched('市水务局', { by: '接线员' }),
      { at: at(3), do: 'supervision.proposed', by: '水务的人' },
      { at: at(3), do: 'supervision.proposed', by: '督办的人' },
      ...['城管的人', '接线员', '水务的人'].map(take),
    ]);
    expect(told.map(({ refused }) => refused)).to.deep.equal([
      ...['deed.not-yours', null, null, null],
      ...['deed.not-yours', null, 'deed.not-yours', 'deed.not-yours', null],
    ]);
  });

  it('名册写错的，指明哪一处', () => {
    const wrong = (change: object) => refusalOf(() => lines({ ...register, ...change }, []));
    expect(wrong({ units: [{ name: '甲', kind: 'village' }] })?.message).to.include('units[0].kind');
    expect(wrong({ people: [{ name: '甲', unit: '没有的', roles: [] }] })?.message).to.include(
      'people[0].unit：名册里没有“没有的”',
    );
    const circle = [
      { name: '甲', kind: 'department', superior: '乙' },
      { name: '乙', kind: 'department', superior: '甲' },
    ];
    expect(wrong({ units: circle, people: [] })?.message).to.include('units[0].superior：“乙”没有写在它前面');
  });

  it('政策写在脚本里的算它的，没有的政策、不能有的值不收；关着的申请做不了，也不列（C24）', () => {
    const apply = {
      ...{ at: at(3, 10), do: 'extension.applied' },
      with: { extensionGround: '特别复杂', extensionWanted: 3 },
    };
    const steps = [...dispatched('市水务局'), { at: at(3), do: 'matter.received' }, apply];
    const closed = lines({}, steps);
    expect(closed.at(-1)?.refused).to.equal('deed.not-possible');
    expect(closed.at(-2)?.can).to.not.include('extension.applied');
    const open = lines({ policies: { extensionAllowed: 'true' } }, steps);
    expect(open.at(-1)?.refused).to.equal(null);
    expect(open.at(-2)?.can).to.include('extension.applied');
    expect(refusalOf(() => lines({ policies: { weather: 'fine' } }, steps))).to.include({
      code: 'policy.not-found',
    });
    expect(refusalOf(() => lines({ policies: { returnLimit: 'soon' } }, steps))).to.include({
      code: 'policy.invalid',
    });
  });

  it('政策从一个时刻起改的，正在走的一件仍依它开始时的；开始以前改的算', () => {
    const change = { at: at(2, 8), policies: { extensionAllowed: 'true' } };
    const late = lines({}, [...dispatched('市水务局'), { ...change, at: at(2, 10) }]);
    expect(late.at(-1)?.do).to.equal('policies');
    expect(late.at(-1)?.can).to.not.include('extension.applied');
    const early = lines({}, [change, ...dispatched('市水务局')]);
    expect(early.at(-1)?.can).to.include('extension.applied');
  });

  it('第三十三条第二项：每月公开这样按时开始的，也能推演（C35）', () => {
    const started = {
      ...{ process: 'assessment', message: 'month-ended', at: '2026-10-31T23:59:59+08:00' },
      with: { period: '2026-10', publishBy: '2026-11-30' },
    };
    const told = lines(started, [
      { at: '2026-11-06T08:00:00+08:00', do: 'wait' },
      { expect: { duties: [{ norm: 'J46', state: 'open' }] } },
      { at: '2026-12-01T00:00:00+08:00', do: 'wait' },
    ]);
    expect(told.map(({ do: word }) => word)).to.deep.equal(['wait', 'expect', 'wait']);
    expect(told.flatMap(({ unmet }) => unmet)).to.deep.equal([]);
    expect(told.at(-1)?.duties).to.deep.include.members([
      {
        ...{ norm: 'J46', bearer: '市热线工作机构', subject: 'period', state: 'temporarily-violated' },
        ...{ opened: '2026-10-31T23:59:59+08:00', due: '2026-12-01T00:00:00+08:00' },
        violatedAt: '2026-12-01T00:00:00+08:00',
      },
    ]);
  });

  it('应当如此而没有的、应当拒绝而办成的，写在那一步；没有写应当的，拒绝是回答', () => {
    const steps = [
      { ...dispatched('市水务局')[0], refused: 'input.invalid' },
      { expect: { ended: true } },
      { at: at(3), do: 'reply.given' },
    ];
    expect(lines({}, steps).map(({ unmet }) => unmet.length)).to.deep.equal([1, 1, 1]);
    expect(lines({}, [{ at: at(3), do: 'reply.given' }])[0]).to.deep.include({
      unmet: [],
      refused: 'deed.not-possible',
    });
  });

  it('情景的文件就是脚本，连同它的前情；没有的前情说得出', async () => {
    const continued = { title: '续', given: { after: 'dispatched' }, steps: [{ at: at(3), do: 'wait' }] };
    const script = await scenarioIn(continued, '续.json');
    expect(rehearse(stage, catalogue, script).at(-1)?.holder).to.deep.equal({
      kind: 'handling-unit',
      name: '历下区政府',
    });
    const missing = scenarioIn({ ...continued, given: { after: 'nothing' } }, '续.json');
    expect(await missing.catch((error: unknown) => error)).to.include({ code: 'file.unreadable' });
  });

  it('升级的时刻没有照 ISO 写：应为的、实际的两样都照原样写出，看得出差在哪里', () => {
    const due = '2026-03-10 00:00';
    const told = lines({}, [
      ...dispatched('市水务局'),
      { at: at(10), do: 'wait' },
      { then: '红牌', expect: { escalations: [`red ${due}`] } },
    ]);
    const [unmet = ''] = told.flatMap((line) => line.unmet);
    expect(unmet).to.include(`应为 ["red ${due}"]`);
    const only = lines({}, [
      ...dispatched('市水务局'),
      { at: at(6), do: 'wait' },
      { then: '提醒', expect: { escalations: ['reminder 2026-03-06 00:00'] } },
    ]);
    expect(only.flatMap((line) => line.unmet)).to.deep.equal([
      '提醒：升级应为 ["reminder 2026-03-06 00:00"]，实际是 ["reminder 2026-03-06T00:00:00+08:00"]',
    ]);
  });

  it('义务的状态应为的、实际的都写中文的名称；没有这个状态的，说出有哪些', () => {
    const expecting = (state: string) => ({ then: '未签收', expect: { duties: [{ norm: 'J27', state }] } });
    const told = lines({}, [...dispatched('市水务局'), { at: at(11), do: 'wait' }, expecting('open')]);
    expect(told.flatMap(({ unmet }) => unmet)).to.deep.equal([
      '未签收：义务应为 [{"norm":"J27","state":"待履行 open"}]，实际是 [{"norm":"J27","state":"暂时违反 temporarily-violated"}]',
    ]);
    expect(refusalOf(() => lines({}, [expecting('violated')]))?.message)
      .to.include('steps[0].expect.duties[0].state')
      .and.include('permanently-violated');
  });

  it('单位的人写作“单位/姓名”：就是那个单位的人', () => {
    const told = lines({}, [
      ...dispatched('市水务局'),
      { at: at(3), do: 'matter.received', by: '市水务局/甲' },
      { at: at(3), do: 'handling.stated', by: '市水务局/乙', with: { branch: 'within-limit' } },
    ]);
    expect(told.map(({ refused }) => refused)).to.deep.equal([null, null, null, null, null]);
  });

  it('第三十二条：回避了的单位，裁定时不能再交给它；另一个单位转交给它的，收回再裁定', () => {
    const ruled = (to: string) => ({ at: at(4), do: 'return.ruled', by: 'dispatcher', with: { to } });
    const told = lines({}, [
      ...dispatched('市水务局'),
      { at: at(3), do: 'recusal.stated', with: { units: '市水务局', basis: 'interest' } },
      ...['市水务局', '市城管局'].map(ruled),
      { at: at(4), do: 'matter.passed-on', by: '市城管局', with: { to: '市水务局' } },
    ]);
    expect(told.map(({ refused }) => refused)).to.deep.equal([
      null,
      null,
      null,
      null,
      'unit.withdrawn',
      null,
      null,
    ]);
    expect(told.at(4)?.why).to.include('市水务局已经从这件工单回避');
    expect(told.at(-1)?.holder.name).to.equal('市热线工作机构');
    expect(told.at(-1)?.can).to.include('return.ruled');
  });

  it('写错的说中文：什么错、在哪一处、可以写什么；没有的项按名字拒绝', () => {
    const said = (content: object) => refusalOf(() => scriptOf(content, '甲.json'))?.message ?? '';
    const start = { at: at(2) };
    expect(said({ start, steps: [{ at: at(2), do: 'wait', wiht: {} }] }))
      .to.include('甲.json 读不出来')
      .and.include('steps[0]：没有这一项：“wiht”；可以写的是')
      .and.include('with');
    expect(said({ start, steps: [{ at: at(2) }] })).to.include('steps[0]：这一步要写 do、task');
    expect(said({ start: { at: 'tomorrow' }, steps: [] })).to.include('start.at：应当是带时区的时刻');
    expect(said({ start: { ...start, colour: 'red' }, steps: [] })).to.include('start：没有这一项：“colour”');
    expect(said({ steps: [] })).to.include('start：没有填写');
    for (const text of [said({ start: {} }), said({ start, steps: [1] })])
      expect(text).to.not.match(/[A-Za-z]{4,} [a-z]{3,}/);
  });
});
