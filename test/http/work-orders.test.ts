import { expect } from 'chai';
import {
  accept,
  answered,
  dispatched,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from './serving.js';
import { newcomer } from '../support/people.js';

describe('http work orders', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });

  it('第二十二条：受理一件诉求即开立工作流转单，编号取北京时间的日期', async () => {
    const { url } = served();
    const reply = await post(url, '/api/work-orders', waterCut);
    expect(reply.status).to.equal(201);
    const order = answered('acceptRequest', reply) as WorkOrderView;
    expect(order.sheet.no).to.match(/^20260302-\d{6}$/);
    expect(reply.headers['location']).to.equal(`/api/work-orders/${order.sheet.no}`);
    expect(order.sheet).to.include({
      realm: 'live',
      channelName: '电话12345',
      kindName: '求助',
      replyWanted: true,
    });
    expect(order.sheet.receivedAt).to.equal('2026-03-02T10:00:00+08:00');
    expect(order.state).to.equal('open');
    expect(order.tasks).to.have.length(1);
    expect(order.tasks[0]).to.include({ role: 'intake', roleName: '受理人员' });
    expect(order.trail[0]).to.include({ seq: 1, type: 'instance.started', title: '“受理”流程开始' });
    expect(order.chain).to.deep.equal({ holds: true, entries: 1 });
    const again = answered('readWorkOrder', await send(url, reply.headers['location'] ?? ''));
    const { callerSecret, ...shown } = order as WorkOrderView & { callerSecret: string };
    expect(callerSecret).to.match(/^\d{12}$/);
    expect(again).to.deep.equal(shown);
  });

  it('第十六条：姓名只露姓，联系方式只露末四位；要求保密的，姓名和联系方式都不显示', async () => {
    const { url } = served();
    const open = await accept(url);
    expect(open.sheet).to.include({ callerName: '来*', callerContact: '****1234' });
    const short = await accept(url, { ...waterCut, callerContact: '12345' });
    expect(short.sheet.callerContact).to.equal('****');
    const reply = await post(url, '/api/work-orders', { ...waterCut, confidential: true });
    const { sheet } = answered('acceptRequest', reply) as WorkOrderView;
    expect(sheet).to.include({ callerName: null, callerContact: null, confidential: true });
    // Three digits alone would not do, because the answer contains a random secret.
    const parts = [waterCut.callerContact.slice(0, 7), waterCut.callerContact.slice(-7), '*1234', '来电人甲'];
    for (const part of parts) expect(reply.text).not.to.include(part);
  });

  it('一通电话只受理为一张工单：同时交五次、内容不同，也只有一张，其余的写明是哪一张；编号封存，不能看来电人的看不到', async () => {
    const { url, system } = served();
    const call = 'pbx-71@20260302';
    const replies = await Promise.all(
      [1, 2, 3, 4, 5].map((at) =>
        post(url, '/api/work-orders', { ...waterCut, content: `第 ${at} 次`, confidential: true, call }),
      ),
    );
    const [one, ...others] = replies.filter(({ status }) => status === 201);
    expect(others).to.deep.equal([]);
    const { sheet } = answered('acceptRequest', one ?? expect.fail('none was accepted')) as WorkOrderView;
    for (const reply of replies.filter((each) => each !== one)) {
      expect(problemIn(reply)).to.include({
        code: 'call.accepted',
        detail: `这通来电已经受理为工单 ${sheet.no}`,
      });
    }
    const agent = await newcomer(system, { login: 'phone-agent', roles: ['intake'] });
    const seen = answered(
      'readWorkOrder',
      await send(url, `/api/work-orders/${sheet.no}`, { as: agent }),
    ) as WorkOrderView;
    expect(seen.trail.find(({ type }) => type === 'call.linked')?.sealed).to.deep.equal({ call });
    const { rows } = await system.database.pool.query<{ found: boolean }>(
      'SELECT EXISTS (SELECT FROM hotline.idempotency_key WHERE key LIKE $1) AS found',
      ['%pbx-71%'],
    );
    expect(rows).to.deep.equal([{ found: false }]);
    const odd = await post(url, '/api/work-orders', { ...waterCut, call: '<b>' });
    expect(problemIn(odd).code).to.equal('input.invalid');
  });

  it('accepts a request sent twice with one key once, and refuses the key for another request', async () => {
    const { url } = served();
    const key = { 'Idempotency-Key': 'request-1' };
    const together = await Promise.all([1, 2, 3, 4].map(() => post(url, '/api/work-orders', waterCut, key)));
    const orders = together.map((reply) => answered('acceptRequest', reply) as WorkOrderView);
    expect(together.map((reply) => reply.status).sort()).to.deep.equal([200, 200, 200, 201]);
    expect(new Set(orders.map((order) => order.sheet.no)).size).to.equal(1);
    expect(new Set(together.map((reply) => reply.headers['location'])).size).to.equal(1);
    const other = await post(url, '/api/work-orders', { ...waterCut, title: '另一件事' }, key);
    expect(problemIn(other)).to.include({ status: 422, code: 'idempotency.mismatch' });
    const bad = await post(url, '/api/work-orders', waterCut, { 'Idempotency-Key': 'a b' });
    expect(problemIn(bad)).to.include({ status: 400, where: 'idempotency-key' });
  });

  it('numbers requests that come at the same moment without a hole and without a double', async () => {
    const { url } = served();
    const orders = await Promise.all(Array.from({ length: 8 }, () => accept(url)));
    const numbers = orders.map((order) => Number(order.sheet.no.slice(9))).sort((a, b) => a - b);
    expect(numbers).to.deep.equal(Array.from({ length: 8 }, (_, index) => (numbers[0] ?? 0) + index));
  });

  it('第二十四条：转办后五个工作日的期限在列，逐日说明为什么是这一天', async () => {
    const order = await dispatched(served().url);
    const limit = order.deadlines.find((deadline) => deadline.name === '回复期限届满');
    // Monday 2 March: the fifth working day after it is Monday 9 March.
    expect(limit).to.include({ due: '2026-03-10T00:00:00+08:00', dueDate: '2026-03-09', provisional: false });
    expect(limit?.derivation).to.include({ rule: 'working-days', workingDays: 5 });
    expect(limit?.derivation['days']).to.be.an('array').with.length.greaterThan(2);
    const dues = order.deadlines.map((deadline) => deadline.due);
    expect(dues).to.deep.equal([...dues].sort());
    expect(order.processes.map((process) => process.name)).to.include('办理');
  });

  it('shows the trail with names for its elements, and the verdict on its chain', async () => {
    const { url } = served();
    const order = await dispatched(url);
    const trail = answered('readTrail', await send(url, `/api/work-orders/${order.sheet.no}/trail`)) as {
      entries: WorkOrderView['trail'];
      chain: WorkOrderView['chain'];
    };
    expect(trail.entries).to.deep.equal(order.trail);
    expect(trail.chain).to.deep.equal({ holds: true, entries: order.trail.length });
    const done = order.trail.filter((entry) => entry.type === 'task.completed');
    expect(done[0]).to.include({ title: '办结“登记工作流转单”', actor: '受理员甲（p1）' });
    // Decisions are shown in the form's words, not as codes.
    expect(done[1]?.answers.map(({ answer }) => answer)).to.deep.equal(['转承办单位办理']);
    expect(done[2]?.answers).to.deep.include({ label: '问题比较复杂', answer: '否' });
    expect(order.trail.every((entry) => /^[0-9a-f]{64}$/.test(entry.hash))).to.equal(true);
    const started = order.trail.find(
      (entry) => entry.type === 'instance.started' && entry.step?.process === 'handling',
    );
    expect(started?.provisions.map((provision) => provision.label).join()).to.match(/第二十四条/);
    expect(Object.values(started?.names ?? {})).to.include('回复期限届满');
  });

  it('lists newest first, page by page, and only the asked realm', async () => {
    const { url } = served();
    const list = async (query: string) =>
      answered('listWorkOrders', await send(url, `/api/work-orders${query}`)) as {
        total: number;
        next: string | null;
        items: { no: string; state: string }[];
      };
    const all = await list('');
    expect(all.total).to.equal(all.items.length).and.to.be.greaterThan(10);
    expect(all.items[0]).to.include({ state: 'open' });
    const first = await list('?limit=2');
    const second = await list(`?limit=2&cursor=${first.next}`);
    expect(second.items.map((item) => item.no)).to.deep.equal(all.items.slice(2, 4).map((item) => item.no));
    expect(second.total).to.equal(all.total);
    expect(await list('?realm=replay')).to.include({ total: 0 });
  });

  it('says that a number is unknown', async () => {
    const { url } = served();
    for (const path of ['/api/work-orders/20260302-999999', '/api/work-orders/x/trail']) {
      expect(problemIn(await send(url, path))).to.include({
        status: 404,
        code: 'case.not-found',
        instance: path,
      });
    }
  });

  it('names every field that is wrong, in Chinese', async () => {
    const { url } = served();
    const reply = await post(url, '/api/work-orders', {
      channel: 'fax',
      title: '',
      content: 7,
      colour: 'red',
    });
    const { detail, code, remedy } = problemIn(reply);
    expect(code).to.equal('input.invalid');
    for (const field of ['channel', 'kind', 'title', 'content', 'colour'])
      expect(detail).to.include(`“${field}”`);
    expect(detail).to.include('没有填写').and.to.include('不能为空').and.to.include('应当是文字');
    expect(detail).not.to.match(/undefined|string|expected/);
    expect(remedy).to.be.a('string');
    for (const query of [
      '?limit=0',
      '?limit=201',
      '?limit=x',
      '?limit=1&limit=2',
      '?offset=1',
      '?cursor=x',
      '?q=a',
      '?realm=moon',
      '?page=2',
    ]) {
      expect(problemIn(await send(url, `/api/work-orders${query}`)).status, query).to.equal(400);
    }
  });
});
