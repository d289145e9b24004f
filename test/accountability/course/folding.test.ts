/** What single entries do to the course of a matter: the sheet, the holder, the limits that have passed. */
import { expect } from 'chai';
import type { JsonObject } from '../../../src/kernel/index.js';
import {
  matches,
  step,
  unitsNamedBy,
  type Course,
  type CourseEntry,
} from '../../../src/accountability/course/index.js';
import { afterOf, at, deedOn, firedOn, shippedWords, stepOn, theSheetCorrected } from './entries.js';

const none = { deeds: [], armed: [], withdrawn: [], fired: undefined, passed: undefined };
const lapsesOf = ({ lapses }: Course) => lapses.map((lapse) => lapse.at);

describe('一件事项的经过：一条一条折叠', () => {
  it('还没有条目的：谁也不持有，不在任何一轮，没有办结，类别、领域不知道', () => {
    expect(afterOf()).to.deep.equal({
      ...{ holder: { kind: null, unit: null }, unit: null, lastUnit: null, round: 0, closed: false },
      ...{ processes: [], lapses: [], kind: '', area: '' },
      turn: { ...none, unit: null, handedTo: undefined, corrected: new Map() },
    });
  });

  it('看不懂的条目、与经过无关的条目：什么也没做，仍是原来的单位的', () => {
    const before = afterOf(deedOn(2, 'matter.handed-over', { to: '市水务局' }));
    const unread = step(before, { type: 'unread', altered: true, seq: 3, at: at(3) }, shippedWords);
    const turn = { ...none, unit: '市水务局', handedTo: undefined, corrected: new Map() };
    expect(unread).to.deep.equal({ ...before, turn });
    const { processes, turn: corrected } = step(before, theSheetCorrected(3, {}), shippedWords);
    expect([processes, corrected]).to.deep.equal([before.processes, turn]);
  });

  it('每种条目都算：有人做的、程序推进的、更正工单的', () => {
    const { turn } = afterOf(firedOn(9));
    expect(turn.passed).to.deep.equal({ seq: 9, clock: 'reply', at: at(9) });
    expect(afterOf(deedOn(2, 'handling.begun')).round).to.equal(1);
    expect(afterOf(theSheetCorrected(2, { kind: '求助' })).kind).to.equal('求助');
  });

  it('没有条例的词的，行为什么也不动', () => {
    const handed = deedOn(2, 'matter.handed-over', { to: '市水务局' });
    expect(step(afterOf(), handed)).to.deep.include({ unit: null, lastUnit: null, kind: '' });
  });

  it('是不是那个行为：名称相同，写明的事实都相同，列了几个的是其中一个', () => {
    const act = { deed: 'supervision.ended', facts: { result: ['handled', 'replied'], late: false } };
    const ended = (facts: JsonObject) => matches(act, { name: 'supervision.ended', facts });
    expect(ended({ result: 'replied', late: false, other: 1 })).to.equal(true);
    expect(ended({ result: 'withdrawn', late: false })).to.equal(false);
    expect(ended({ result: 'handled' })).to.equal(false);
    expect(matches({ deed: 'matter.closed', facts: {} }, { name: 'matter.closed' })).to.equal(true);
    expect(matches({ deed: 'matter.closed', facts: {} }, { name: 'matter.withdrawn' })).to.equal(false);
  });

  it('事项类别以登记的为准，以后更正的为准；别的行为、别的步骤里同名的不算', () => {
    const registered = deedOn(2, 'matter.registered', { kind: '投诉' });
    expect(afterOf(registered).kind).to.equal('投诉');
    expect(afterOf(registered, deedOn(3, 'matter.registered')).kind).to.equal('投诉');
    expect(afterOf(registered, deedOn(3, 'matter.presented', { kind: '求助' })).kind).to.equal('投诉');
    expect(afterOf(registered, stepOn(3, { data: { kind: '求助' } })).kind).to.equal('投诉');
    expect(afterOf(registered, theSheetCorrected(3, { kind: '求助' })).kind).to.equal('求助');
    expect(afterOf(registered, theSheetCorrected(3, { title: '停水' })).kind).to.equal('投诉');
  });

  it('领域是类别路径的第一级，填了、更正了都算；没有填的照旧', () => {
    const filled = stepOn(2, { data: { classPath: ['供水', '停水'] } });
    expect(afterOf(filled).area).to.equal('供水');
    expect(afterOf(filled, theSheetCorrected(3, { classPath: ['供热'] })).area).to.equal('供热');
    expect(afterOf(filled, stepOn(3, { data: { classPath: [] } })).area).to.equal('供水');
    expect(afterOf(filled, stepOn(3, { data: { other: ['供热'] } })).area).to.equal('供水');
  });

  it('开始办理的，是新的一轮；行为记在它自己开始的那一轮', () => {
    const twice = afterOf(
      deedOn(2, 'handling.begun'),
      deedOn(3, 'matter.handed-over', { to: '市水务局' }),
      deedOn(4, 'handling.begun'),
    );
    expect(twice.round).to.equal(2);
    expect(twice.turn.deeds).to.deep.equal([
      { deed: { name: 'handling.begun', facts: {} }, round: 2, leaves: false, handedTo: undefined },
    ]);
  });

  it('办结了的谁也不持有，一直是办结的', () => {
    const handed = deedOn(2, 'matter.handed-over', { to: '市水务局' });
    const closed = [handed, deedOn(3, 'matter.closed')];
    const over = { closed: true, holder: { kind: null, unit: null }, unit: '市水务局' };
    expect(afterOf(...closed)).to.deep.include(over);
    expect(afterOf(...closed, deedOn(4, 'call-back.made'))).to.deep.include(over);
    expect(afterOf(handed).closed).to.equal(false);
  });

  it('协调期间市热线工作机构持有，承办单位仍是它；没有写明层级的不改变持有人', () => {
    const handed = deedOn(2, 'matter.handed-over', { to: '市水务局' });
    const unit = { kind: 'handling-unit', unit: '市水务局' };
    expect(afterOf(handed, deedOn(3, 'coordination.opened')).holder).to.deep.equal(unit);
    const lead = afterOf(handed, deedOn(3, 'coordination.opened', { level: 'lead' }));
    expect(lead).to.deep.include({ holder: { kind: 'city-hotline', unit: null }, unit: '市水务局' });
  });

  it('转交没有写明交给谁的，仍是原来的单位；同一条里再转的，以后一个为准', () => {
    const handed = deedOn(2, 'matter.handed-over', { to: '市水务局' });
    const again = afterOf(handed, deedOn(3, 'matter.handed-over'));
    expect(again).to.include({ unit: '市水务局', lastUnit: '市水务局' });
    expect(again.turn).to.include({ unit: '市水务局', handedTo: undefined });
    const both = stepOn(3, {
      deeds: [
        { name: 'matter.handed-over', facts: { to: '历下区' } },
        { name: 'matter.handed-over', facts: { to: '市城管局' } },
        { name: 'matter.received' },
      ],
    });
    expect(afterOf(handed, both)).to.include({ unit: '市城管局', lastUnit: '市城管局' });
    expect(afterOf(handed, both).turn).to.include({ unit: '市水务局', handedTo: '市城管局' });
  });

  it('程序的最后一次指派也算交给了谁；写得不像指派的不算', () => {
    const assigned = (assignments: readonly ({ unit: string } | null)[] | string) =>
      afterOf(stepOn(2, { computed: { assignments } })).lastUnit;
    expect(assigned([{ unit: '市水务局' }, { unit: '历下 区' }])).to.equal('历下区');
    expect([assigned([]), assigned([null]), assigned('市水务局')]).to.deep.equal([null, null, null]);
  });

  it('条目点名的单位：表单的、程序算的、指派的，各一次', () => {
    const named = stepOn(2, {
      data: { unit: '历下区', supportingUnits: '市城管局、市水务局' },
      computed: {
        ...{ unit: '市中区', supportingUnits: '天桥区；历下区' },
        assignments: [{ unit: '历城区' }],
      },
    });
    expect(unitsNamedBy(named)).to.deep.equal([
      ...['历下区', '市城管局', '市水务局', '市中区', '天桥区', '历城区'],
    ]);
    const assigned: CourseEntry = {
      ...{ seq: 3, at: at(3), type: 'sheet.assigned' },
      body: { recordedAt: at(3).toISOString(), unit: '市水务局', person: '张三' },
    };
    expect(unitsNamedBy(assigned)).to.deep.equal(['市水务局']);
    expect(unitsNamedBy(stepOn(2, {}))).to.deep.equal([]);
  });

  const passed = [firedOn(9), { ...firedOn(10), body: { ...firedOn(10).body, clock: 'completion' } }];

  it('条例的期限届满了的记下；不是条例的期限的不记', () => {
    expect(afterOf(...passed).lapses).to.deep.equal([
      { seq: 9, clock: 'reply', at: at(9) },
      { seq: 10, clock: 'completion', at: at(10) },
    ]);
    const { clock: _clock, ...unlawful } = firedOn(11).body;
    const after = afterOf(...passed, { ...firedOn(11), body: unlawful });
    expect(lapsesOf(after)).to.deep.equal([at(9), at(10)]);
    expect(after.turn.passed).to.equal(undefined);
    expect(afterOf(...passed, stepOn(11, {})).turn.passed).to.equal(undefined);
  });

  it('误记的届满撤回、改正时刻：只动所指的那一次，撤回的优先，已撤回的不再动', () => {
    const iso = (day: number): string => at(day).toISOString();
    const right = (day: number, facts: Parameters<typeof deedOn>[2]) =>
      deedOn(day, 'overdue.withdrawn', facts);
    const withdrawn = afterOf(...passed, right(11, { withdrawn: [iso(9)] }));
    expect(lapsesOf(withdrawn)).to.deep.equal([null, at(10)]);
    expect(withdrawn.lapses[0]).to.deep.include({ seq: 9, clock: 'reply' });
    expect(withdrawn.turn.corrected).to.deep.equal(new Map([[at(9).getTime(), null]]));
    const redated = [
      ...[
        { from: iso(10), to: iso(8) },
        { from: iso(10), to: iso(7) },
      ],
      ...[{ from: iso(9) }, { to: iso(9) }, 'nothing'],
    ];
    const moved = afterOf(...passed, right(11, { redated }));
    expect(lapsesOf(moved)).to.deep.equal([at(9), at(8)]);
    expect([...moved.turn.corrected.keys()]).to.deep.equal([at(10).getTime()]);
    const both = right(11, { redated, withdrawn: [iso(10)] });
    expect(lapsesOf(afterOf(...passed, both))).to.deep.equal([at(9), null]);
    expect(lapsesOf(afterOf(...passed, both, right(12, { redated })))).to.deep.equal([at(9), null]);
    const told = deedOn(11, 'matter.presented', { withdrawn: [iso(9)] });
    expect(lapsesOf(afterOf(...passed, told))).to.deep.equal([at(9), at(10)]);
  });
});
