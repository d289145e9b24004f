/**
 * Corrections of the kind: accepted if nothing was decided by it, or both kinds lead the same way;
 * otherwise refused by name.
 */
import { expect } from 'chai';
import { kindCorrected } from '../../src/handlers/index.js';
import { said } from '../support/entries.js';
import { newcomer } from '../support/people.js';
import { policyValues } from '../support/policies.js';
import { useCorrections } from './correcting.js';
import {
  accept,
  complete,
  completeOnly,
  post,
  problemIn,
  registered,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from './serving.js';

const unit = '某水务局';
const accused = '某燃气公司';

describe('更正类别', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const { handler, correct, corrected, read } = useCorrections(served, unit);
  const variable = async (no: string, name: string): Promise<unknown> =>
    (
      await served().system.database.pool.query<{ value: unknown }>(
        'SELECT variables -> $2 AS value FROM hotline.process_case WHERE business_key = $1',
        [no, name],
      )
    ).rows[0]?.value;
  const noted = async (kind: string, answers: object): Promise<WorkOrderView> => {
    const order = await accept(served().url, { ...waterCut, kind });
    return completeOnly(served().url, order, { kind, conduct: 'orderly', ...answers });
  };
  const handedOver = async (order: WorkOrderView): Promise<WorkOrderView> => {
    const decided = await completeOnly(served().url, order, { wayOut: 'dispatch' });
    return completeOnly(served().url, decided, { unit });
  };

  it('第三条：还没有登记的，改成哪一类都收；登记时照改过的核对', async () => {
    const { url } = served();
    const order = await accept(url, { ...waterCut, kind: 'help' });
    const { no } = order.sheet;
    const after = await corrected(no, { kind: 'complaint' });
    expect(after.sheet).to.include({ kind: 'complaint', kindName: '投诉' });
    expect(said(after.trail.at(-1))).to.deep.include({
      fields: ['kind'],
      from: { kind: 'help' },
      to: { kind: 'complaint' },
      data: { kind: 'complaint' },
    });
    const [task] = after.tasks;
    const answers = { channel: 'phone', kind: 'complaint', wishesReply: true, confidential: false };
    const reply = await post(url, `/api/tasks/${encodeURIComponent(task?.id ?? '')}/completion`, {
      answers: { ...answers, conduct: 'orderly' },
    });
    expect(problemIn(reply).detail).to.contain('指控谁');
    expect(problemIn(await correct(no, { basedOn: after.corrected, kind: 'rumour' })).status).to.equal(400);
  });

  it('咨询、求助、建议之间：登记、转出以后也收，步骤、期限不变', async () => {
    const order = await handedOver(await noted('help', {}));
    const { no } = order.sheet;
    expect(await variable(no, 'withdrawable')).to.equal(true);
    const after = await corrected(no, { kind: 'suggestion' });
    expect(after.sheet.kind).to.equal('suggestion');
    expect(after.tasks.map(({ id }) => id)).to.deep.equal(order.tasks.map(({ id }) => id));
    expect(after.deadlines).to.deep.equal(order.deadlines);
    expect(await variable(no, 'withdrawable')).to.equal(true);
  });

  it('第三十二条：登记时没有问过指控谁的，不能改成投诉、举报；说明哪一步核对过、随更正写明什么；什么也不写', async () => {
    const order = await noted('help', {});
    const { no } = order.sheet;
    for (const kind of ['complaint', 'report']) {
      const refused = problemIn(await correct(no, { kind, title: '改' }));
      expect(refused).to.include({ status: 400, code: 'input.invalid', provision: '第三十二条第一款' });
      expect(refused.detail).to.contain('类别不能这样更正').and.contain('指控谁');
      expect(refused.remedy).to.contain('指控谁').and.contain('（accusation）');
    }
    const now = await read(no);
    expect(now.sheet).to.include({ kind: 'help', title: waterCut.title });
    expect(now.trail).to.have.length(order.trail.length);
  });

  it('只反映事项的投诉不能改成举报；指控了单位的可以，来电人仍不能撤回', async () => {
    const matter = await noted('complaint', { accusation: 'matter' });
    const refused = problemIn(await correct(matter.sheet.no, { kind: 'report' }));
    expect(refused.detail).to.contain('举报总有所指控的');
    await registered(served().url, { accusedUnit: accused });
    const order = await handedOver(await noted('complaint', { accusation: 'unit', accusedUnit: accused }));
    const { no } = order.sheet;
    const after = await corrected(no, { kind: 'report' });
    expect(after.sheet.kind).to.equal('report');
    expect(await variable(no, 'withdrawable')).to.equal(false);
    const back = await corrected(no, { basedOn: after.corrected, kind: 'help' });
    expect(back.sheet.kind).to.equal('help');
    expect(await variable(no, 'withdrawable'), 'still accuses').to.equal(false);
  });

  it('第三十二条：求助更正为举报，一并写明指控谁；一条轨迹，原来的和更正后的；再更正回求助，都凭摘要核对', async () => {
    const order = await handedOver(await noted('help', {}));
    const { no } = order.sheet;
    expect(await variable(no, 'withdrawable')).to.equal(true);
    const answers = { accusation: 'none', accusedNone: '一家餐馆，不是承办单位' };
    const after = await corrected(no, { kind: 'report', answers });
    const entry = after.trail.at(-1);
    expect(said(entry)).to.deep.include({
      fields: ['kind', 'accusation', 'accusedNone'],
      from: { kind: 'help', accusation: null },
      to: { kind: 'report', accusation: 'none' },
    });
    expect(entry?.sealed['accusedNone.to']).to.equal('一家餐馆，不是承办单位');
    expect(after.trail).to.have.length(order.trail.length + 1);
    expect(await variable(no, 'withdrawable'), 'a report is not the caller’s alone').to.equal(false);
    expect(after.deadlines, 'no limit depends on the kind').to.deep.equal(order.deadlines);
    const back = await corrected(no, {
      basedOn: after.corrected,
      kind: 'help',
      answers: { accusation: null, accusedNone: null },
    });
    expect(back.sheet.kind).to.equal('help');
    expect(await variable(no, 'withdrawable')).to.equal(true);
    expect(back.altered, 'as the trail says').to.deep.equal([]);
    await served().system.database.pool.query(`UPDATE hotline.work_order SET kind = 'report' WHERE no = $1`, [
      no,
    ]);
    expect((await read(no)).altered.join()).to.contain('类别');
  });

  it('第三十二条：更正为投诉，被投诉的是手里的单位：收回另行转办，它从此看不到，新的单位重新起算', async () => {
    handler();
    const order = await handedOver(await noted('help', {}));
    const { no } = order.sheet;
    const answers = { accusation: 'unit', accusedUnit: unit };
    const after = await corrected(no, { kind: 'complaint', answers });
    expect(after.trail.slice(order.trail.length).map(({ title }) => title)).to.include('更正工单');
    expect(after.tasks.map(({ role }) => role)).to.deep.equal(['dispatcher']);
    served().system.clock.moveTo(new Date('2026-03-02T10:20:00+08:00'));
    const next = await completeOnly(served().url, after, { unit: accused }, '督办员丁');
    expect(next.tasks.map(({ role }) => role)).to.deep.equal(['unit']);
    const limits = next.deadlines.filter(({ limit }) => limit);
    expect(limits).to.have.length.greaterThan(0);
    for (const { name, startedAt } of limits) expect(startedAt, name).to.equal('2026-03-02T10:20:00+08:00');
    const seen = await send(served().url, `/api/work-orders/${no}`, { as: handler() });
    expect(problemIn(seen).code).to.equal('case.not-found');
    const kept = await correct(no, {
      basedOn: after.corrected,
      answers: { accusation: 'matter', accusedUnit: null },
    });
    expect(problemIn(kept)).to.include({ code: 'input.invalid', provision: '第三十二条第一款' });
    expect(problemIn(kept).detail).to.contain('不能撤销回避');
  });

  it('第二十三条：当场答复、没有他人确认就办结的，不能更正成有所指控；第三十二条：被投诉单位办结的，不能更正为投诉它', async () => {
    const { url } = served();
    const spot = await completeOnly(
      url,
      await completeOnly(url, await noted('help', {}), { wayOut: 'on-the-spot' }),
    );
    let handled = await handedOver(await noted('help', {}));
    for (let step = 0; step < 20 && handled.tasks.length > 0; step += 1) {
      const [task] = handled.tasks;
      if (task) handled = await complete(url, handled, task, {}, `经办${step}`);
    }
    const accusing = { accusation: 'unit', accusedUnit: unit };
    for (const [order, provision, why] of [
      [spot, '第二十三条', '没有经他人确认就办结了'],
      [handled, '第三十二条第一款', `是${unit}办结的`],
    ] as const) {
      const { no } = order.sheet;
      const before = await read(no);
      expect(before.state, why).to.equal('ended');
      const refused = problemIn(await correct(no, { kind: 'complaint', answers: accusing }));
      expect(refused).to.include({ status: 400, code: 'input.invalid', provision });
      expect(refused.detail).to.contain(why);
      expect(refused.remedy).to.contain('重新登记一张');
      const now = await read(no);
      expect(now.sheet.kind).to.equal('help');
      expect(now.trail).to.have.length(before.trail.length);
    }
    const another = { accusation: 'unit', accusedUnit: accused };
    const taken = await corrected(handled.sheet.no, { kind: 'complaint', answers: another });
    expect(taken, 'another than the unit that handled it').to.include({ state: 'ended' });
  });

  it('来电人可否撤回，随类别重新决定；还没有决定过的，到那一步再决定', () => {
    const law = served().system.laws.today();
    const policies = policyValues({ withdrawal: 'own-matters' });
    const decided = { withdrawable: true, kind: 'report' };
    expect(kindCorrected(decided, policies, law)).to.deep.equal({ withdrawable: false });
    expect(kindCorrected({ ...decided, kind: 'help' }, policies, law)).to.deep.equal({ withdrawable: true });
    expect(kindCorrected({ kind: 'report' }, policies, law)).to.deep.equal({});
  });

  it('两个人同时更正，后一个不收；承办单位不可以；须回避的人当工单不存在', async () => {
    const { no } = (await handedOver(await noted('help', {}))).sheet;
    const replies = await Promise.all([
      correct(no, { kind: 'consultation' }),
      correct(no, { kind: 'suggestion' }),
    ]);
    expect(replies.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    const late = replies.find(({ status }) => status === 409);
    expect(late && problemIn(late).changes?.[0]).to.contain('更正了类别');
    expect(problemIn(await correct(no, { kind: 'help' }, handler())).code).to.equal('access.denied');
    const person = await newcomer(served().system, { login: 'accused', roles: ['intake'] });
    const about = await accept(served().url, { ...waterCut, accusedPersons: 'accused' });
    expect(problemIn(await correct(about.sheet.no, { kind: 'consultation' }, person)).code).to.equal(
      'case.not-found',
    );
  });
});
