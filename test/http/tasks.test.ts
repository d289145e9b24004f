import { expect } from 'chai';
import { loadCalendarNotice, readNoticeFile, recomputeDeadlines } from '../../src/cases/index.js';
import { document2027, notice2027 } from '../support/notice-2027.js';
import {
  accept,
  answered,
  completeOnly,
  dispatched,
  fill,
  post,
  problemIn,
  send,
  useServer,
  type WorkOrderView,
} from './serving.js';

describe('http tasks', () => {
  const served = useServer();
  const completion = (id: string) => `/api/tasks/${encodeURIComponent(id)}/completion`;
  const only = (order: WorkOrderView) => order.tasks[0] ?? expect.fail('nothing is open');

  it('reads a task with its form, and completes it', async () => {
    const { url } = served();
    const order = await accept(url);
    const task = only(order);
    expect(answered('readTask', await send(url, `/api/tasks/${encodeURIComponent(task.id)}`))).to.deep.equal(
      task,
    );
    expect(task.form.find((field) => field.key === 'kind')?.options.map((option) => option.label)).to.include(
      '求助',
    );
    expect(task.norms.map((norm) => norm.label)).to.include('第二十二条第一款');
    const after = await completeOnly(url, order, { conduct: 'orderly' });
    expect(after.trail.at(-1)).to.include({ type: 'task.completed', actor: '受理员甲（p1）' });
    expect(only(after).id).not.to.equal(task.id);
  });

  it('refuses a task that was done already, and a form that the process has left behind', async () => {
    const { url } = served();
    const order = await accept(url);
    const task = only(order);
    const after = await completeOnly(url, order, { conduct: 'orderly' });
    const twice = await post(url, completion(task.id), { answers: fill(task, { conduct: 'orderly' }) });
    expect(problemIn(twice)).to.include({ status: 409, code: 'task.closed' });
    expect(problemIn(await send(url, `/api/tasks/${task.id}`))).to.include({ code: 'task.closed' });
    const now = answered('readWorkOrder', await send(url, `/api/work-orders/${order.sheet.no}`));
    expect(now).to.deep.equal(after);
  });

  it('lets one of two who complete the same task at the same moment succeed', async () => {
    const { url } = served();
    const order = await accept(url);
    const task = only(order);
    const body = { answers: fill(task, { conduct: 'orderly' }) };
    const replies = await Promise.all(Array.from({ length: 6 }, () => post(url, completion(task.id), body)));
    expect(replies.map((reply) => reply.status).sort()).to.deep.equal([200, 409, 409, 409, 409, 409]);
    const trail = answered('readTrail', await send(url, `/api/work-orders/${order.sheet.no}/trail`));
    expect(trail).to.have.nested.property('entries.length', 2);
  });

  it('第四十二条：办过前一环节的人不得办后一环节', async () => {
    const { url } = served();
    const referral = await completeOnly(url, await accept(url), { conduct: 'insult' }, '受理员甲');
    const task =
      referral.tasks.find((open) => open.notBy.includes('Task_Register')) ?? expect.fail('no such task');
    const same = await post(url, completion(task.id), { answers: fill(task) });
    const refused = problemIn(same);
    expect(refused).to.include({ status: 403, code: 'task.not-yours' });
    expect(refused.provision).to.match(/^第四十[二三]条/);
    const another = await served().people.doing('supervisor', '督办员乙');
    const other = await post(url, completion(task.id), { answers: fill(task) }, {}, another);
    expect(other.status).to.equal(200);
  });

  it('names what is wrong with the answers, by their labels, and changes nothing', async () => {
    const { url } = served();
    const order = await accept(url);
    const task = only(order);
    const before = answered('readWorkOrder', await send(url, `/api/work-orders/${order.sheet.no}`));
    const reply = await post(url, completion(task.id), {
      answers: { ...fill(task), conduct: 'rude', wishesReply: '是', colour: 'red' },
    });
    const { code, detail } = problemIn(reply);
    expect(code).to.equal('input.invalid');
    expect(detail).to.include('来电秩序').and.to.include('要求回复办理情况').and.to.include('colour');
    for (const body of [
      {},
      { answers: [] },
      { answers: { a: {} } },
      { answers: {}, actor: '受理员甲' },
      { answers: {}, by: 'x' },
      null,
    ]) {
      expect(problemIn(await post(url, completion(task.id), body)).status).to.equal(400);
    }
    const now = answered('readWorkOrder', await send(url, `/api/work-orders/${order.sheet.no}`));
    expect(now).to.deep.equal(before);
  });

  it('says that a task is unknown, whatever the id looks like', async () => {
    const { url } = served();
    for (const id of [
      'x',
      '999999~1~1~a~Task',
      '1~999999999~1~a~T',
      '~~~~',
      '9'.repeat(300),
      '一~二~三',
      "1~1~1~a~'--",
    ]) {
      const reply = await send(url, `/api/tasks/${encodeURIComponent(id)}`);
      expect(problemIn(reply).code, id).to.be.oneOf(['task.not-found', 'task.closed']);
    }
  });

  it('lists open tasks, those with the nearest deadline first, by role and page by page', async () => {
    const { url } = served();
    const order = await dispatched(url);
    type Items = { total: number; items: { no: string; due: string | null; role: string; title: string }[] };
    const list = async (query: string) =>
      answered('listTasks', await send(url, `/api/tasks${query}`)) as Items;
    const all = await list('');
    // A sheet that is not dispatched has the hotline's own limit, which is nearer.
    const dispatchedOne = all.items.find(({ no }) => no === order.sheet.no);
    expect(dispatchedOne).to.include({ role: 'unit', title: '小区停水未提前通知' });
    expect(all.items[0]?.role).to.equal('intake');
    const dues = all.items.map((item) => item.due ?? '9999');
    expect(dues).to.deep.equal([...dues].sort());
    const units = await list('?role=unit');
    expect(units.items.every((item) => item.role === 'unit')).to.equal(true);
    expect(units.total).to.equal(units.items.length);
    expect(await list('?role=nobody')).to.include({ total: 0 });
  });

  it('第二十八条：期满未办，灯色随升级而变，直至督办', async () => {
    const { url, system } = served();
    const { sheet } = await dispatched(url);
    const level = async () =>
      (answered('readWorkOrder', await send(url, `/api/work-orders/${sheet.no}`)) as WorkOrderView).level;
    const seen = [await level()];
    const days = Array.from(
      { length: 20 },
      (_, index) => new Date(system.clock.now().getTime() + index * 86_400_000),
    );
    for (const day of days) {
      system.clock.moveTo(day);
      while ((await system.executor.fireDue(100)) > 0);
      const now = await level();
      if (now !== seen.at(-1)) seen.push(now);
    }
    expect(seen.slice(0, 4)).to.deep.equal([null, 'reminder', 'yellow', 'supervision']);
    const status = answered('readStatus', await send(url, '/api/status')) as {
      levels: { level: string; cases: number }[];
    };
    expect(status.levels.reduce((sum, { cases }) => sum + cases, 0)).to.be.greaterThan(0);
  });
});

describe('http lists: the limit of a case', () => {
  const served = useServer({ at: '2026-12-24T10:00:00+08:00' });
  const listed = async (operation: 'listTasks' | 'listWorkOrders', path: string) => {
    const page = answered(operation, await send(served().url, path)) as { items: readonly object[] };
    return page.items[0];
  };

  it('第二十四条：列表里的期限不是提醒；跨过尚无放假安排的日子的，标为暂定', async () => {
    await dispatched(served().url);
    const expected = { due: '2027-01-01T00:00:00+08:00', provisional: true, level: null };
    expect(await listed('listTasks', '/api/tasks?role=unit')).to.include(expected);
    expect(await listed('listWorkOrders', '/api/work-orders')).to.include(expected);
  });

  it('第二十四条：放假安排公布、重算以后，期限后移，不再暂定', async () => {
    const file = readNoticeFile(Buffer.from(JSON.stringify(notice2027)), '安排.json', document2027);
    const { notice } = await loadCalendarNotice(served().system, file, '测试员');
    await recomputeDeadlines(served().system, notice);
    const expected = { due: '2027-01-06T00:00:00+08:00', provisional: false };
    expect(await listed('listTasks', '/api/tasks?role=unit')).to.include(expected);
    expect(await listed('listWorkOrders', '/api/work-orders')).to.include(expected);
  });
});
