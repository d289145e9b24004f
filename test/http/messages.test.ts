import { expect } from 'chai';
import type { z } from 'zod';
import type { progress } from '../../src/http/contract/progress.js';
import {
  accept,
  answered,
  completeOnly,
  dispatched,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from './serving.js';

describe('http messages to a work order', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });

  it('第十六条：来电人对答复有异议、要求作出说明，承办单位即多一项待办，轨迹记明由谁提出；还没有答复、也没有逾期的不收', async () => {
    const { url } = served();
    let order = await dispatched(url);
    const early = await post(url, `/api/work-orders/${order.sheet.no}/messages`, {
      message: 'explanation-requested',
    });
    expect(problemIn(early)).to.include({ code: 'input.invalid', provision: '第十六条' });
    const steps = [{ receipt: 'accept' }, { branch: 'within-limit' }, { replySummary: '修好了' }];
    for (const given of steps) order = await completeOnly(url, order, given, '经办人');
    const reply = await post(url, `/api/work-orders/${order.sheet.no}/messages`, {
      message: 'explanation-requested',
    });
    expect(reply.status).to.equal(200);
    const after = answered('sendMessage', reply) as WorkOrderView;
    expect(after.tasks.map((task) => task.element)).to.include('Task_GiveExplanation');
    expect(after.trail.at(-1)).to.include({ type: 'instance.started' });
    expect(JSON.parse(after.trail.at(-1)?.body ?? '')).to.include({
      of: 'explanation-requested',
      actor: '受理员甲（p1）',
    });
  });

  it('第四十一条：来电人撤回由市热线工作机构向本人确认以后记载，承办单位不能代为撤回；撤回即归档', async () => {
    const { url, people } = served();
    const order = await dispatched(url);
    const path = `/api/work-orders/${order.sheet.no}/messages`;
    const withdrawal = {
      message: 'withdrawal-told',
      answers: { withdrawalConfirmed: 'called-back', withdrawalReason: '已经来水' },
    };
    const clerk = await people.doing('unit', '经办人甲');
    expect(problemIn(await post(url, path, withdrawal, {}, clerk)).code).to.equal('access.denied');
    const unconfirmed = { ...withdrawal, answers: { withdrawalReason: '已经来水' } };
    expect(problemIn(await post(url, path, unconfirmed)).code).to.equal('input.invalid');
    const after = answered('sendMessage', await post(url, path, withdrawal)) as WorkOrderView;
    expect(after).to.include({ state: 'ended' });
    expect(after.tasks).to.deep.equal([]);
    expect(after.deadlines).to.deep.equal([]);
  });

  it('第十六条、第二十四条：没有留下联系方式的也受理，不能记为打电话回复', async () => {
    const { url } = served();
    const { callerContact: _contact, callerName: _name, ...anonymous } = waterCut;
    const drafted = await completeOnly(url, await accept(url, anonymous), { conduct: 'orderly' });
    let order = await completeOnly(url, await completeOnly(url, drafted, { wayOut: 'dispatch' }), {
      unit: '某水务局',
    });
    order = await completeOnly(url, await completeOnly(url, order, { receipt: 'accept' }), {});
    const byPhone = await completeOnly(url, order, { replyChannel: 'phone' }).then(
      () => '',
      (error: unknown) => String(error),
    );
    expect(byPhone).to.include('来电人没有留下联系方式');
    const replied = await completeOnly(url, order, { replyChannel: 'online' });
    expect(replied.tasks.map(({ element }) => element)).to.deep.equal(['Task_Feedback']);
  });

  it('refuses a message that nobody waits for, and one to a work order that is not there', async () => {
    const { url } = served();
    const order = await dispatched(url);
    const handler = await served().people.doing('unit', '经办人', '某水务局');
    const early = await post(
      url,
      `/api/work-orders/${order.sheet.no}/messages`,
      { message: 'resume-requested' },
      {},
      handler,
    );
    expect(problemIn(early)).to.include({ code: 'stimulus.not-waiting' });
    const gossip = await post(url, `/api/work-orders/${order.sheet.no}/messages`, { message: 'gossip' });
    expect(problemIn(gossip)).to.include({ code: 'access.denied' });
    const nowhere = await post(url, '/api/work-orders/20260302-999999/messages', {
      message: 'explanation-requested',
    });
    expect(problemIn(nowhere)).to.include({ code: 'case.not-found' });
  });

  it('第十六条：还没有转办、也没有结果的，谈不上说明，不收', async () => {
    const { url } = served();
    const { sheet } = await accept(url);
    const reply = await post(url, `/api/work-orders/${sheet.no}/messages`, {
      message: 'explanation-requested',
    });
    expect(problemIn(reply)).to.include({ code: 'input.invalid', provision: '第十六条' });
  });

  it('第十六条：办结以后有异议的，作了答复的单位须说明；工单仍是办结，来电人看得到期限和说明，逾期提醒', async () => {
    const { url, system } = served();
    const accepted = answered('acceptRequest', await post(url, '/api/work-orders', waterCut));
    const { callerSecret: secret, ...order } = accepted as WorkOrderView & { callerSecret: string };
    const { no } = order.sheet;
    let now: WorkOrderView = order;
    const steps = [
      { conduct: 'orderly' },
      { wayOut: 'dispatch' },
      { unit: '某水务局' },
      { receipt: 'accept' },
    ];
    const close = [{ branch: 'within-limit' }, { replySummary: '修好了' }, {}, { auditResult: 'pass' }];
    for (const given of [...steps, ...close])
      now = await completeOnly(url, now, given, `经办人${now.tasks[0]?.role}`);
    now = await completeOnly(url, now, { satisfaction: 'satisfied' }, '回访员');
    expect(now).to.include({ state: 'ended' });
    const { endedAt } = now;

    system.clock.moveTo(new Date('2026-03-20T10:00:00+08:00'));
    expect(now.messages.map(({ message }) => message)).to.deep.equal(['explanation-requested']);
    const asked = await post(url, `/api/work-orders/${no}/messages`, {
      message: 'explanation-requested',
      answers: { explanationWanted: '没有修好' },
    });
    now = answered('sendMessage', asked) as WorkOrderView;
    expect(now).to.include({ state: 'ended', endedAt });
    expect(now.tasks.map(({ role, deeds }) => [role, deeds])).to.deep.equal([
      ['unit', ['explanation.given']],
    ]);
    const progressNow = async () =>
      answered('readProgress', await post(url, '/api/progress', { no, secret })) as z.input<typeof progress>;
    const waiting = await progressNow();
    expect(waiting).to.include({ stage: 'ended', outcome: '办结' });
    expect(waiting.limits.map(({ dueDate }) => dueDate)).to.deep.equal(['2026-03-27']);
    expect(waiting.answers.at(-1)).to.include({ title: '您要求作出说明' });

    system.clock.moveTo(new Date('2026-03-28T00:00:00+08:00'));
    await system.executor.fireDue(200);
    now = answered('readWorkOrder', await send(url, `/api/work-orders/${no}`)) as WorkOrderView;
    expect(
      now.trail.flatMap(({ body }) => (JSON.parse(body) as { levels?: string[] }).levels ?? []),
    ).to.deep.equal(['explanation-late']);
    now = await completeOnly(url, now, { explanationGiven: '三号楼的阀门另行更换' }, '经办人unit');
    expect(now).to.include({ state: 'ended', endedAt });
    expect(now.tasks).to.deep.equal([]);
    expect((await progressNow()).answers.at(-1)).to.include({
      title: '应您要求作出的说明',
      text: '三号楼的阀门另行更换',
    });
  });
});
