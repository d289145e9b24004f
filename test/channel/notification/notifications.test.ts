/** From a step to the inbox and to a real receiver, on the real system. */
import { expect } from 'chai';
import { afterEach } from 'mocha';
import { Webhook } from 'standardwebhooks';
import { createJobRunner, failedJobs, retryJobs } from '../../../src/platform/jobs/index.js';
import {
  addChannel,
  noticeSender,
  endChannel,
  readInbox,
  testChannel,
} from '../../../src/channel/notification/index.js';
import { dispatched, useServer, waterCut } from '../../http/serving.js';
import { useReceiver } from './receiver.js';
import { plainTrails } from '../../support/entries.js';

const unit = 'unit:某水务局';

describe('通知', () => {
  const served = useServer();
  const receiver = useReceiver();
  const outgoing = { privateAddresses: true };
  const system = () => ({ ...served().system, outgoing });
  const announcing = () => system().jobs.filter(({ name }) => name === 'notification.announce');
  const jobs = () => [...announcing(), noticeSender(system()).job];
  const work = () =>
    createJobRunner({ ...system(), jobs: jobs(), onError: (error) => expect.fail(String(error)) }).runDue();
  const inbox = (recipient: string) =>
    system().database.transaction((transaction) =>
      readInbox(transaction, { recipient, unread: false, limit: 200 }),
    );
  const webhook = () =>
    addChannel(system(), { recipient: unit, kind: 'webhook', address: receiver().url, actor: '管理员' });
  const waitingDeliveries = () =>
    system().database.pool.query(
      'UPDATE hotline_jobs._private_jobs SET run_at = now() WHERE attempts < max_attempts',
    );

  afterEach(async () => {
    receiver().received.length = 0;
    receiver().answer = 200;
    await system().database.pool.query('DELETE FROM hotline_jobs._private_jobs');
    await system().database.pool.query(
      "UPDATE hotline.notification_channel SET ended_at = now(), ended_by = '测试' WHERE ended_at IS NULL",
    );
  });

  it('第二十三条、第二十四条：转出的工单进承办单位的收件箱，受理的进受理岗位的', async () => {
    const { no } = (await dispatched(served().url)).sheet;
    await work();
    const [latest] = await inbox(unit);
    expect(latest).to.include({ workOrder: no, level: null, title: '待办：签收工单', readAt: null });
    expect((await inbox('role:intake')).map(({ title }) => title)).to.include('待办：登记工作流转单');
  });

  it('第二十八条：黄牌、红牌、督办到承办单位和督办人员，时刻是法定的时刻', async () => {
    system().clock.moveTo(new Date('2026-03-02T10:00:00+08:00'));
    const { no } = (await dispatched(served().url)).sheet;
    system().clock.moveTo(new Date('2026-03-12T09:00:00+08:00'));
    await system().executor.fireDue(100);
    await work();
    const told = (await inbox(unit)).filter(({ workOrder, level }) => workOrder === no && level !== null);
    expect(told.map(({ level, at }) => [level, at.toISOString()]).reverse()).to.deep.equal([
      ['reminder', '2026-03-05T16:00:00.000Z'],
      ['yellow', '2026-03-06T16:00:00.000Z'],
      ['red', '2026-03-09T16:00:00.000Z'],
      ['supervision', '2026-03-09T16:00:00.000Z'],
    ]);
    expect(told.find(({ level }) => level === 'red')?.article).to.match(/^art28/);
    expect((await inbox('role:supervisor')).map(({ level }) => level)).to.include.members(['yellow', 'red']);
  });

  it('同一条轨迹重复处理，收件箱里只有一份', async () => {
    await dispatched(served().url);
    const { rows } = await system().database.pool.query<{ payload: object }>(
      'SELECT payload FROM hotline_jobs._private_jobs ORDER BY id',
    );
    await work();
    const before = await inbox(unit);
    for (const { payload } of rows) {
      await jobs()[0]?.work(payload, { attempt: 2, signal: new AbortController().signal });
    }
    expect((await inbox(unit)).length).to.equal(before.length);
  });

  it('回放的工单不通知任何人', async () => {
    const start = (realm: 'live' | 'replay') =>
      ({
        kind: 'start',
        businessKey: `通知-${realm}`,
        process: 'acceptance',
        realm,
        at: system().clock.now(),
      }) as const;
    const queued = async () =>
      (await system().database.pool.query('SELECT id FROM hotline_jobs._private_jobs')).rows.length;
    await system().executor.execute([start('replay')]);
    expect(await queued()).to.equal(0);
    await system().executor.execute([start('live')]);
    expect(await queued(), '实际办理的则通知').to.equal(1);
  });

  it('按 Standard Webhooks 签名发出，独立的库验得过，改一个字就验不过', async () => {
    const { secret } = await webhook();
    const { no } = (await dispatched(served().url)).sheet;
    system().clock.moveTo(new Date());
    await work();
    const [first] = receiver().received;
    const verifier = new Webhook(secret ?? '');
    const headers = first?.headers as Record<string, string>;
    const event = verifier.verify(first?.body ?? '', headers) as { subject: string; data: object };
    expect(event).to.include({ specversion: '1.0', subject: no, type: 'hotline.task.opened' });
    expect(event.data).to.include({ recipient: unit, title: '待办：签收工单' });
    expect(() => verifier.verify((first?.body ?? '').replace('签收', '签發'), headers)).to.throw();
  });

  it('第十六条：收件箱、发出的内容、任务和轨迹里都没有来电人和诉求的内容', async () => {
    await webhook();
    await dispatched(served().url);
    await work();
    const { rows } = await system().database.pool.query<{ all: string }>(
      `SELECT string_agg(n::text, '') || coalesce((SELECT string_agg(j.payload::text, '') FROM hotline_jobs._private_jobs j), '') AS all
         FROM hotline.notification n`,
    );
    const all = `${rows[0]?.all ?? ''}${JSON.stringify(receiver().received)}`;
    expect(receiver().received.length).to.be.greaterThan(0);
    for (const secret of [waterCut.callerName, waterCut.callerContact, waterCut.title, waterCut.content]) {
      expect(all).not.to.include(secret);
    }
  });

  it('发出之后、记下之前程序死了：再发一次，webhook-id 不变', async () => {
    await webhook();
    await dispatched(served().url);
    await work();
    const before = receiver().received.map(({ headers }) => headers['webhook-id']);
    const { rows } = await system().database.pool.query<{ item: number }>(
      'UPDATE hotline.outbox SET outcome = NULL, settled_at = NULL WHERE id = (SELECT max(id) FROM hotline.outbox) RETURNING id AS item',
    );
    const payload = { item: rows[0]?.item, recipient: unit, occasion: '待办' };
    await noticeSender(system()).job.work(payload, { attempt: 2, signal: new AbortController().signal });
    expect(receiver().received.map(({ headers }) => headers['webhook-id'])).to.deep.equal([
      ...before,
      before.at(-1),
    ]);
  });

  it('对方不收：重试，试满进失败清单，写明对谁、为什么；放回队列后发到', async () => {
    await webhook();
    await dispatched(served().url);
    receiver().answer = 503;
    for (let tries = 0; tries < 13; tries += 1) {
      await work();
      await waitingDeliveries();
    }
    const failed = await system().database.transaction((transaction) =>
      failedJobs(transaction, { limit: 10 }),
    );
    expect(receiver().received.length).to.equal(12);
    expect(failed.map(({ name, attempts, error }) => ({ name, attempts, error }))).to.deep.equal([
      { name: 'notification.deliver', attempts: 12, error: '对方答复 HTTP 503' },
    ]);
    receiver().answer = 200;
    await system().database.transaction((transaction) => retryJobs(transaction));
    await work();
    expect(receiver().received.length).to.equal(13);
    expect(
      (await system().database.pool.query('SELECT 1 FROM hotline_jobs._private_jobs')).rows,
    ).to.deep.equal([]);
  });

  it('不跟随转址；对方没有监听的，错误说得明白', async () => {
    const { channel } = await webhook();
    await dispatched(served().url);
    receiver().answer = 302;
    await work();
    const errors = async () =>
      (
        await system().database.pool.query<{ error: string }>(
          'SELECT last_error AS error FROM hotline_jobs._private_jobs',
        )
      ).rows.map(({ error }) => error);
    expect(await errors()).to.deep.equal(['对方答复 HTTP 302，要求转到别的地址；不跟随']);
    expect(receiver().received.length).to.equal(1);
    await endChannel(system(), channel.id, '管理员');
    await waitingDeliveries();
    await work();
    expect(await errors(), '停用的渠道不再发').to.deep.equal([]);
  });

  it('测试消息立即送到，不带任何工单；没有送到的说为什么，都记入轨迹；停用的没有', async () => {
    const { channel } = await webhook();
    expect(await testChannel(system(), channel.id, '管理员')).to.equal(undefined);
    const [got] = receiver().received;
    expect(JSON.parse(got?.body ?? '{}')).to.include({ type: 'hotline.channel.tested' });
    expect(got?.body).not.to.match(/workOrder|subject/);
    receiver().answer = 500;
    expect(await testChannel(system(), channel.id, '管理员')).to.equal('对方答复 HTTP 500');
    const entries = await system().database.transaction((transaction) =>
      plainTrails(system().trail, transaction, ['notifications']),
    );
    expect(
      (entries.get('notifications') ?? [])
        .filter(({ type }) => type === 'channel.tested')
        .map(({ body }) => body['arrived']),
    ).to.deep.equal([true, false]);
    await endChannel(system(), channel.id, '管理员');
    const refused = await testChannel(system(), channel.id, '管理员').catch((error: Error) => error.message);
    expect(refused).to.equal(`没有编号为 ${channel.id} 的在用渠道`);
  });

  it('内部网络的地址不准发，除非放开；名字解析到内部地址的也一样', async () => {
    const guarded = { ...system(), outgoing: { privateAddresses: false } };
    for (const address of [
      'http://127.0.0.1:1/',
      'http://[::1]/',
      'http://10.0.0.1/',
      'http://169.254.169.254/',
    ]) {
      const refused = await addChannel(guarded, {
        recipient: unit,
        kind: 'webhook',
        address,
        actor: '管理员',
      }).catch((error: Error) => error.message);
      expect(refused).to.equal('回调地址在内部网络里');
    }
    const named = receiver().url.replace('127.0.0.1', 'localhost');
    await addChannel(guarded, { recipient: unit, kind: 'webhook', address: named, actor: '管理员' });
    await dispatched(served().url);
    await createJobRunner({
      ...guarded,
      jobs: [...announcing(), noticeSender(guarded).job],
      onError: (error) => expect.fail(String(error)),
    }).runDue();
    const { rows } = await system().database.pool.query<{ error: string }>(
      'SELECT last_error AS error FROM hotline_jobs._private_jobs',
    );
    expect(rows[0]?.error).to.match(/^地址在内部网络里/);
    expect(receiver().received).to.deep.equal([]);
  });

  it('渠道的设立和停用记入轨迹，不含密钥和地址的路径', async () => {
    const { channel, secret } = await webhook();
    await endChannel(system(), channel.id, '管理员乙');
    const trail = await system().database.transaction(async (transaction) => ({
      entries: (await plainTrails(system().trail, transaction, ['notifications'])).get('notifications') ?? [],
      chain: await system().trail.verify(transaction, 'notifications'),
    }));
    expect(
      trail.entries.slice(-2).map(({ type, body }) => [type, body['actor'], body['channel']]),
    ).to.deep.equal([
      ['channel.added', '管理员', channel.id],
      ['channel.ended', '管理员乙', channel.id],
    ]);
    expect(JSON.stringify(trail.entries)).not.to.include(secret).and.not.to.include('/hook');
    expect(trail.chain).to.have.property('holds', true);
  });
});
