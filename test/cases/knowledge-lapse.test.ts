/** Art 28 (3): a knowledge entry passes its review date during the National Day holiday of 2026. */
import { expect } from 'chai';
import { dailyKnowledge, superviseLapses, withdrawKnowledge, writeKnowledge } from '../../src/cases/index.js';
import { loadCasesByKey } from '../../src/engine/index.js';
import { useSystem } from '../support/system.js';
import { plainTrails } from '../support/entries.js';
import { deciding } from '../support/policies.js';

describe('知识库到期没有复核的，政策定为自动督办的，自行督办（第二十八条第三项）', () => {
  const system = useSystem({ at: '2026-09-28T10:00:00+08:00' });
  const ordering = () => deciding(system(), { knowledgeLapse: 'order' });
  const act = { actor: '经办人甲', reason: '新写' };
  const text = {
    unit: '市水务局',
    class: null,
    title: '停水通知',
    body: '计划停水提前一日通知',
    forPublic: false,
  };
  const to = (text: string): void => system().clock.moveTo(new Date(`2026-${text}:00+08:00`));
  const caseOf = async (key: string) => {
    const found = await system().database.transaction((tx) => loadCasesByKey(tx, [key]));
    return found.get(key) ?? expect.fail(`there is no ${key}`);
  };
  const fallDue = async (text: string): Promise<void> => {
    to(text);
    while ((await system().executor.fireDue(100)) > 0);
  };
  // Runs the job itself, because the queue's time is not the simulated clock's.
  const work = () =>
    dailyKnowledge(ordering()).work({}, { attempt: 1, signal: new AbortController().signal });
  const told = async () =>
    (
      await system().database.pool.query<{ title: string }>(
        "SELECT title FROM hotline.notification WHERE recipient = 'unit:市水务局' ORDER BY id",
      )
    ).rows.map(({ title }) => title);
  let [late, kept, rewritten] = [0, 0, 0];

  before(async () => {
    await system().identity.people.addUnit({ name: '市水务局', kind: 'department' }, '测试');
    const write = (reviewOn: string) => writeKnowledge(system(), { text: { ...text, reviewOn }, act });
    late = await write('2026-09-30');
    rewritten = await write('2026-09-30');
    kept = await write('2026-10-31');
  });

  it('复核日当天还不算；次日零点，每日的任务自己督办，告诉单位，期限三个工作日跳过国庆', async () => {
    to('09-30T23:59');
    await work();
    const opened = async () =>
      (await system().database.pool.query('SELECT business_key FROM hotline.knowledge_lapse')).rows.length;
    expect(await opened()).to.equal(0);
    to('10-01T00:00');
    await work();
    expect(await opened()).to.equal(2);
    const file = await caseOf(`知识库-${late}-2026-09-30`);
    expect(file.variables).to.include({ unit: '市水务局', supervised: true });
    expect(file.variables.supervisionOrders).to.have.nested.property('0.ground', 'art28.p1.i3');
    expect([...file.tasks.values()].map(({ element }) => element)).to.include.members(['Task_CityUrge']);
    const [limit] = [...file.deadlines.values()].filter(
      ({ element }) => element === 'Timer_SupervisionLimit',
    );
    // 8, 9 and, for the holiday, Saturday the 10th are working days.
    expect(limit?.dueAt.toISOString()).to.equal(new Date('2026-10-11T00:00:00+08:00').toISOString());
    expect(await told()).to.deep.equal(Array(2).fill('知识库条目逾期未复核，已发督办单'));
    const { rows: next } = await system().database.pool.query<{ at: Date }>(
      "SELECT run_at AS at FROM hotline_jobs._private_jobs j JOIN hotline_jobs._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'knowledge.daily'",
    );
    expect(next.map(({ at }) => at.toISOString())).to.deep.equal(['2026-10-01T16:00:00.000Z']);
  });

  it('一个条目、一次到期只督办一次，几个程序同时来也一样', async () => {
    expect(await Promise.all([1, 2, 3].map(() => superviseLapses(ordering())))).to.deep.equal([0, 0, 0]);
    to('10-02T00:00');
    await work();
    const { rows } = await system().database.pool.query<{ entry: number }>(
      'SELECT entry FROM hotline.knowledge_lapse ORDER BY entry',
    );
    expect(rows.map(({ entry }) => entry)).to.deep.equal([late, rewritten]);
    expect(rows.map(({ entry }) => entry)).not.to.include(kept);
  });

  it('单位改写了，督办随之结束；没有改写的，期满提级；撤下也结束', async () => {
    to('10-09T09:00');
    await writeKnowledge(system(), {
      id: rewritten,
      basedOn: 1,
      text: { ...text, reviewOn: '2026-10-20' },
      act: { actor: '经办人甲', reason: '复核' },
    });
    const mended = await caseOf(`知识库-${rewritten}-2026-09-30`);
    expect(mended.endedAt).not.to.equal(undefined);
    expect(mended.variables.supervisionResult).to.equal('handled');
    await fallDue('10-11T00:00');
    const file = await caseOf(`知识库-${late}-2026-09-30`);
    expect([...file.tasks.values()].map(({ element }) => element)).to.include(
      'SubProcess_SecondOrder_Task_Work',
    );
    await withdrawKnowledge(system(), late, 1, { actor: '经办人甲', reason: '不再适用' });
    expect((await caseOf(file.businessKey)).variables.supervisionResult).to.equal('handled');
  });

  it('再到期就再督办一次；每次都在轨迹里，链是好的', async () => {
    to('10-21T00:00');
    expect(await superviseLapses(ordering())).to.equal(1);
    const { entries, verdict } = await system().database.transaction(async (tx) => ({
      entries: (await plainTrails(system().trail, tx, ['knowledge'])).get('knowledge') ?? [],
      verdict: await system().trail.verify(tx, 'knowledge'),
    }));
    expect(verdict).to.include({ holds: true });
    const lapsed = entries
      .filter(({ type }) => type === 'knowledge.lapsed')
      .map(({ body }) => body.workOrder);
    expect(lapsed).to.have.members([
      `知识库-${late}-2026-09-30`,
      `知识库-${rewritten}-2026-09-30`,
      `知识库-${rewritten}-2026-10-20`,
    ]);
  });
});

describe('知识库到期没有复核的，随附的政策先通知，由人确认以后才督办（第二十八条第三项）', () => {
  const system = useSystem({ at: '2026-09-28T10:00:00+08:00' });
  const act = { actor: '经办人甲', reason: '新写' };
  const text = {
    unit: '市水务局',
    class: null,
    title: '停水通知',
    body: '计划停水提前一日通知',
    forPublic: false,
  };
  const filed = async (no: string) =>
    (await system().database.transaction((tx) => loadCasesByKey(tx, [no]))).get(no) ?? expect.fail(no);

  it('只告诉单位、请督办人员登记事由，没有督办单；改写了就不必督办', async () => {
    await system().identity.people.addUnit({ name: '市水务局', kind: 'department' }, '测试');
    const id = await writeKnowledge(system(), { text: { ...text, reviewOn: '2026-09-30' }, act });
    system().clock.moveTo(new Date('2026-10-01T00:00:00+08:00'));
    expect(await superviseLapses(system())).to.equal(1);
    const no = `知识库-${id}-2026-09-30`;
    const file = await filed(no);
    expect([...file.tasks.values()].map(({ element }) => element)).to.deep.equal(['Task_StateGround']);
    expect(file.deadlines.size).to.equal(0);
    const { rows } = await system().database.pool.query<{ title: string }>(
      "SELECT title FROM hotline.notification WHERE recipient = 'unit:市水务局'",
    );
    expect(rows).to.deep.equal([{ title: '知识库条目逾期未复核' }]);
    await writeKnowledge(system(), {
      id,
      basedOn: 1,
      text: { ...text, reviewOn: '2026-12-31' },
      act: { actor: '经办人甲', reason: '复核' },
    });
    const ended = await filed(no);
    expect(ended.endedAt).not.to.equal(undefined);
    expect(ended.variables.supervised).to.equal(undefined);
  });
});
