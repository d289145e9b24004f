/** Sheets of an upstream hotline: real HTTP in and out, a real receiver, a real database. */
import { expect } from 'chai';
import { asOwner } from '../support/owner.js';
import { after, afterEach, before } from 'mocha';
import { Webhook } from 'standardwebhooks';
import { queueHandingBack } from '../../src/cases/upstream/index.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { systemClock } from '../../src/kernel/index.js';
import {
  answered,
  completeOnly,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from '../http/serving.js';
import { useReceiver } from './notification/receiver.js';
import { said } from '../support/entries.js';
import { newcomer } from '../support/people.js';

interface Source {
  readonly id: number;
  readonly name: string;
  readonly address: string;
  readonly secret: string;
}
interface Outcome {
  readonly status: string;
  readonly workOrder: string;
  readonly reason: string | null;
}
interface Waiting {
  readonly workOrder: string;
  readonly number: string;
  readonly sourceName: string;
  readonly due: string | null;
  readonly state: string;
  readonly automatic: boolean;
  readonly failure: string | null;
}

describe('上级热线转来的工单', () => {
  // The receiver is on this machine, which an operator would permit.
  const allowing = 'HOTLINE_WEBHOOK_PRIVATE';
  const allowed = process.env[allowing];
  before(() => {
    process.env[allowing] = 'allow';
  });
  after(() => {
    if (allowed === undefined) delete process.env[allowing];
    else process.env[allowing] = allowed;
  });
  const served = useServer({ at: 'now' });
  const receiver = useReceiver();
  afterEach(() => {
    receiver().received.length = 0;
    receiver().answer = 200;
  });

  let count = 0;
  const source = async (): Promise<Source> => {
    count += 1;
    const body = {
      name: `上级热线${count}`,
      channel: 'app',
      proof: 'token',
      mapping: {
        content: 'message.text',
        kind: '"help"',
        callerContact: 'message.from',
        externalNo: 'message.orderNo',
        externalDue: 'message.limit',
      },
    };
    return answered('addChannelSource', await post(served().url, '/api/channel-sources', body)) as Source;
  };
  const sendsTo = async ({ id }: Source): Promise<string> => {
    const reply = await send(served().url, `/api/channel-sources/${id}/outgoing`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ address: receiver().url }),
    });
    return (answered('setSourceOutgoing', reply) as { secret: string }).secret;
  };
  const from = async (to: Source, message: object, id = 'msg_1'): Promise<Outcome> => {
    const headers = { 'content-type': 'application/json', 'x-channel-token': to.secret, 'webhook-id': id };
    const body = JSON.stringify(message);
    return answered(
      'receiveChannelMessage',
      await send(served().url, to.address, { method: 'POST', headers, body }),
    ) as Outcome;
  };
  const read = async (no: string): Promise<WorkOrderView> =>
    answered('readWorkOrder', await send(served().url, `/api/work-orders/${no}`)) as WorkOrderView;
  const waitingOf = async ({ name }: Source): Promise<Waiting[]> => {
    const { items } = answered('listUpstreamSheets', await send(served().url, '/api/upstream-sheets')) as {
      items: Waiting[];
    };
    return items.filter(({ sourceName }) => sourceName === name);
  };
  /** Works until no job is due, because one job adds the next. */
  const work = async (): Promise<void> => {
    const { system } = served();
    system.clock.moveTo(systemClock.now());
    const runner = createJobRunner({ ...system, onError: (error) => expect.fail(String(error)) });
    const due = async () => {
      const { rows } = await system.database.pool.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM hotline_jobs._private_jobs
          WHERE run_at <= now() AND attempts < max_attempts AND locked_at IS NULL`,
      );
      return rows[0]?.n ?? 0;
    };
    do await runner.runDue();
    while ((await due()) > 0);
  };
  const again = async (workOrder: string): Promise<void> => {
    const { jobs, database } = served().system;
    const job = jobs.find(({ name }) => name === 'upstream.hand-back') ?? expect.fail();
    const { rows } = await database.pool.query<{ item: number }>(
      "SELECT id AS item FROM hotline.outbox WHERE kind = 'upstream.hand-back' AND sheet = $1",
      [workOrder],
    );
    await job.work(
      { ...rows[0], recipient: '', occasion: '' },
      { attempt: 2, signal: new AbortController().signal },
    );
  };
  const answer = async (no: string, answerSummary: string): Promise<WorkOrderView> => {
    const { url } = served();
    const at = await completeOnly(url, await read(no), { conduct: 'orderly' });
    return completeOnly(url, await completeOnly(url, at, { wayOut: 'on-the-spot' }), { answerSummary });
  };
  const handed = async (no: string) =>
    (await read(no)).trail.filter(({ type }) => type === 'upstream.handed-back');

  it('同一编号发来几次、改过再发，都只有一张工单；工单写着它的编号和期限，凭编号找得到', async () => {
    const to = await source();
    const message = { orderNo: 'S-2026-77', limit: '2030-01-05 18:00', text: '桥上的路灯不亮' };
    const first = await from(to, message);
    expect(first.status).to.equal('accepted');
    const repeated = await Promise.all(['msg_1', 'msg_2', 'msg_3'].map((id) => from(to, message, id)));
    for (const one of repeated) expect(one).to.include({ status: 'accepted', workOrder: first.workOrder });
    const changed = await from(to, { ...message, text: '桥上的路灯全不亮' }, 'msg_4');
    expect(changed).to.include({ status: 'put-aside', reason: '此前收到过同一编号、内容不同的消息' });
    const { sheet, upstream, trail } = await read(first.workOrder);
    expect(sheet.externalNo).to.equal('S-2026-77');
    expect(upstream).to.deep.equal({
      sourceName: to.name,
      number: 'S-2026-77',
      due: '2030-01-05T18:00:00+08:00',
      handedAt: null,
      handedBy: null,
      failure: null,
      callsBack: false,
    });
    const [linked] = trail.filter(({ type }) => type === 'upstream.linked');
    expect(said(linked)).to.deep.include({ number: 'S-2026-77', source: to.name });
    const found = answered('listWorkOrders', await send(served().url, '/api/work-orders?q=S-2026-77')) as {
      items: { no: string }[];
    };
    expect(found.items.map(({ no }) => no)).to.deep.equal([first.workOrder]);
    expect(await waitingOf(to)).to.have.length(1);
  });

  it('期限读不懂的留给人；人登记的时候写上它的编号，也要回告', async () => {
    const to = await source();
    const odd = await from(to, { orderNo: 'S-1', limit: '下周五', text: '路面塌陷' });
    expect(odd).to.include({ status: 'put-aside', reason: '来文期限不是日期或者时刻' });
    const { items } = answered('listPutAside', await send(served().url, '/api/put-aside-messages')) as {
      items: { id: number; sourceName: string }[];
    };
    const id = items.find(({ sourceName }) => sourceName === to.name)?.id;
    const given = {
      ...{ kind: 'help', title: '路面塌陷', content: '路面塌陷' },
      ...{ externalNo: 'S-1', externalDue: '2030-01-05' },
    };
    answered('registerPutAside', await post(served().url, `/api/put-aside-messages/${id}/work-order`, given));
    expect((await waitingOf(to)).map(({ number, due }) => [number, due])).to.deep.equal([
      ['S-1', '2030-01-06T00:00:00+08:00'],
    ]);
  });

  it('办结以后发往它的地址：签名，编号、结果、答复；对方先不收，再发，编号不变，只记一次', async () => {
    const to = await source();
    const secret = await sendsTo(to);
    const { workOrder: no } = await from(to, { orderNo: 'S-9', text: '楼道灯不亮' });
    await work();
    expect(receiver().received).to.deep.equal([]);
    receiver().answer = 503;
    expect(await answer(no, '灯泡已经换好。')).to.include({ state: 'ended' });
    await work();
    // A slow machine may have tried it twice by now.
    const tried = receiver().received.length;
    expect(tried).to.be.greaterThan(0);
    expect(await handed(no)).to.deep.equal([]);
    expect((await waitingOf(to))[0]).to.include({
      ...{ number: 'S-9', state: 'ended', automatic: true },
      failure: '对方答复 HTTP 503',
    });
    receiver().answer = 200;
    await again(no);
    await again(no);
    await work();
    expect(receiver().received).to.have.length(tried + 1);
    const ids = receiver().received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).to.equal(1);
    const last = receiver().received.at(-1);
    const event = new Webhook(secret).verify(last?.body ?? '', last?.headers as Record<string, string>) as {
      type: string;
      data: { answers: { title: string; text: string }[] };
    };
    expect(event.type).to.equal('hotline.upstream.handed-back');
    expect(event.data).to.include({ number: 'S-9', workOrder: no, satisfaction: null });
    expect(event.data.answers.map(({ title, text }) => [title, text])).to.deep.equal([
      ['当场答复', '灯泡已经换好。'],
    ]);
    const entries = await handed(no);
    expect(entries).to.have.length(1);
    expect(said(entries[0])).to.deep.include({ number: 'S-9', way: 'webhook', source: to.name });
    expect(entries[0]?.sealed['text']).to.equal('当场答复：灯泡已经换好。');
    const { upstream, chain } = await read(no);
    expect(upstream).to.include({ handedBy: '系统', failure: null });
    expect(chain.holds).to.equal(true);
    expect(await waitingOf(to)).to.deep.equal([]);
  });

  it('放弃了的（那时地址停了、试满了），那张工单再有要通知人的一步时重新发', async () => {
    const to = await source();
    await sendsTo(to);
    const { workOrder: no } = await from(to, { orderNo: 'S-11', text: '井盖松动' });
    receiver().answer = 503;
    await answer(no, '已经修好。');
    await work();
    await asOwner(
      served().system.database.url,
      `UPDATE hotline.outbox SET outcome = 'dropped', settled_at = now() WHERE kind = 'upstream.hand-back' AND sheet = '${no}'`,
      'DELETE FROM hotline_jobs._private_jobs',
    );
    receiver().answer = 200;
    await work();
    expect(await handed(no)).to.deep.equal([]);
    const { database, trail } = served().system;
    await database.transaction(async (transaction) =>
      queueHandingBack(transaction, await trail.between(transaction, [[no, 1, 1]])),
    );
    await work();
    expect(await handed(no)).to.have.length(1);
    expect(await waitingOf(to)).to.deep.equal([]);
  });

  it('转办、办理、回访过的，来电人的评价随结果回告；承办单位的内部办理情况不回告', async () => {
    const { url } = served();
    const to = await source();
    await sendsTo(to);
    const { workOrder: no } = await from(to, { orderNo: 'S-10', text: '停水没有通知', from: '13800004321' });
    let now = await read(no);
    const steps = [
      ...[{ conduct: 'orderly' }, { wayOut: 'dispatch' }, { unit: '某水务局' }, { receipt: 'accept' }],
      ...[{ branch: 'within-limit', handlingResult: '内部办理情况' }, { replySummary: '修好了' }],
      ...[{}, { auditResult: 'pass' }],
    ];
    for (const given of steps) now = await completeOnly(url, now, given, `经办人${now.tasks[0]?.role}`);
    now = await completeOnly(url, now, { satisfaction: 'satisfied' }, '回访员');
    expect(now).to.include({ state: 'ended' });
    await work();
    // Messages to its callers go to the same address.
    const one = receiver().received.find(({ body }) => body.includes('hotline.upstream.handed-back'));
    const { data } = JSON.parse(one?.body ?? '{}') as { data: { satisfaction: string } };
    expect(data).to.include({ number: 'S-10', satisfaction: 'satisfied' });
    expect(one?.body).to.include('修好了').and.not.include('内部办理');
    expect(said((await handed(no))[0])).to.deep.include({ satisfaction: 'satisfied' });
  });

  it('没有地址的列着，它的期限早的在前；没有办结的不能记，由人回告以后记一次，不再列', async () => {
    const { url } = served();
    const to = await source();
    const late = await from(to, { orderNo: 'S-21', limit: '2031-01-01', text: '第一件' }, 'a');
    const soon = await from(to, { orderNo: 'S-22', limit: '2030-01-01', text: '第二件' }, 'b');
    await from(to, { orderNo: 'S-23', text: '第三件' }, 'c');
    expect((await waitingOf(to)).map(({ number }) => number)).to.deep.equal(['S-22', 'S-21', 'S-23']);
    const mark = (no: string) =>
      post(url, `/api/upstream-sheets/${no}/handing-back`, { note: '在它的系统里填了' });
    expect(problemIn(await mark(late.workOrder)).code).to.equal('upstream.not-waiting');
    await answer(soon.workOrder, '已经告知。');
    await work();
    expect(receiver().received).to.deep.equal([]);
    expect((await waitingOf(to))[0]).to.include({ number: 'S-22', state: 'ended', automatic: false });
    const both = await Promise.all([mark(soon.workOrder), mark(soon.workOrder)]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    const entries = await handed(soon.workOrder);
    expect(entries.map(({ sealed }) => sealed['note'])).to.deep.equal(['在它的系统里填了']);
    expect(said(entries[0])).to.deep.include({ way: 'by-hand' });
    expect((await waitingOf(to)).map(({ number }) => number)).to.deep.equal(['S-21', 'S-23']);
    const { sheet } = answered(
      'acceptRequest',
      await post(url, '/api/work-orders', waterCut),
    ) as WorkOrderView;
    expect(problemIn(await mark(sheet.no)).code).to.equal('upstream.not-waiting');
  });

  it('受理时手工写的：哪个上级热线、它的编号、期限；同一编号再受理被拒绝，写明是哪一张，什么也不留下', async () => {
    const { url, system } = served();
    const to = await source();
    const given = (upstream: object) => post(url, '/api/work-orders', { ...waterCut, upstream });
    const own = { source: to.id, number: 'T-5', due: '2030-02-01' };
    const { sheet, upstream } = answered('acceptRequest', await given(own)) as WorkOrderView;
    expect(upstream).to.include({ number: 'T-5', due: '2030-02-02T00:00:00+08:00' });
    const sheets = async () =>
      (await system.database.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM hotline.work_order'))
        .rows[0]?.n;
    const before = await sheets();
    expect(problemIn(await given(own))).to.include({
      ...{ status: 409, code: 'upstream.accepted' },
      detail: `“${to.name}”的这一编号已经受理为工单 ${sheet.no}`,
    });
    expect(problemIn(await given({ ...own, source: 2_000_000, number: 'T-6' })).code).to.equal(
      'source.not-found',
    );
    expect(problemIn(await given({ ...own, number: 'T-7', due: '2030-02-31' })).code).to.equal(
      'calendar.invalid',
    );
    expect(await sheets()).to.equal(before);
    const sent = await from(to, { orderNo: 'T-5', text: '同一件，后来又发来' });
    expect(sent.status).to.equal('put-aside');
    expect(sent.reason).to.include(sheet.no);
    expect(await sheets()).to.equal(before);
  });

  it('谁可以：受理人员看、记；系统管理员、督办不看；须回避的人看不到那一张', async () => {
    const { url, system } = served();
    const to = await source();
    const { workOrder } = await from(to, { orderNo: 'S-31', text: '举报某人' });
    const agent = await newcomer(system, { login: 'upstream-agent', roles: ['intake'] });
    const admin = await newcomer(system, { login: 'upstream-admin', roles: ['system-admin'] });
    const paths = ['/api/upstream-sheets', '/api/upstream-sources'];
    for (const path of paths) {
      expect((await send(url, path, { as: agent })).status).to.equal(200);
      expect((await send(url, path, { as: admin })).status).to.equal(403);
    }
    answered(
      'recusePersons',
      await post(url, `/api/work-orders/${workOrder}/recusals`, { persons: 'upstream-agent' }),
    );
    const { items } = answered(
      'listUpstreamSheets',
      await send(url, '/api/upstream-sheets', { as: agent }),
    ) as { items: Waiting[] };
    expect(items.map((one) => one.workOrder)).not.to.include(workOrder);
    const path = `/api/upstream-sheets/${workOrder}/handing-back`;
    expect(problemIn(await post(url, path, { note: '试' }, {}, agent)).code).to.equal('case.not-found');
  });
});
