import { expect } from 'chai';
import { before } from 'mocha';
import { addJobs, createJobRunner } from '../../src/platform/jobs/index.js';
import { recomputationJob } from '../../src/cases/calendar/job.js';
import { addToInboxes } from '../../src/channel/notification/inboxes.js';
import { answered, dispatched, post, problemIn, send, useServer, type Reply } from './serving.js';

const unit = encodeURIComponent('unit:某水务局');

describe('http notifications and jobs', () => {
  const served = useServer();
  const password = '一句不相干的话 purple';
  let admin: { readonly [name: string]: string } = {};

  before(async () => {
    const { people } = served().system.identity;
    await people.addUnit({ name: '市热线工作机构', kind: 'hotline' }, '测试');
    await people.add(
      { login: 'guan', name: '管', unit: '市热线工作机构', roles: ['system-admin'], password },
      '测试',
    );
    const cookieIn = (reply: Reply) => String(reply.headers['set-cookie'] ?? '').split(';')[0] ?? '';
    const first = await send(served().url, '/api/session');
    const knocked = { cookie: cookieIn(first), 'x-csrf-token': (first.json as { csrf: string }).csrf };
    const reply = await post(served().url, '/api/session', { login: 'guan', password }, knocked);
    admin = { cookie: cookieIn(reply), 'x-csrf-token': (reply.json as { csrf: string }).csrf };
  });

  it('收件箱列出通知，读过的记下谁读的，第二个人读不改', async () => {
    const { url, system } = served();
    await dispatched(url);
    await createJobRunner({ ...system, onError: (error) => expect.fail(String(error)) }).runDue();
    const read = async () =>
      answered('readInbox', await send(url, `/api/notifications?recipient=${unit}&unread=true`)) as {
        total: number;
        unread: number;
        items: { id: number; title: string; article: { label: string } | null }[];
      };
    const { items, total, unread } = await read();
    expect({ total, unread, titles: items.map(({ title }) => title) }).to.deep.equal({
      total: 1,
      unread: 1,
      titles: ['待办：签收工单'],
    });
    expect(items[0]?.article?.label).to.match(/^第十/);
    const path = `/api/notifications/${items[0]?.id}/read`;
    answered('markNotificationRead', await send(url, path, { method: 'POST' }));
    const second = await served().people.doing('unit', '承办人乙');
    const again = answered('markNotificationRead', await send(url, path, { method: 'POST', as: second }));
    expect(again).to.include({ readBy: '受理员甲（p1）' });
    expect((await read()).total).to.equal(0);
    expect(problemIn(await send(url, '/api/notifications/999999/read', { method: 'POST' })).code).to.equal(
      'notification.not-found',
    );
  });

  it('未读的按标题归组，一组或者整个收件箱一次读完；看过以后才到的仍是未读；须回避的不算', async () => {
    const { url, people, system } = served();
    const own = await people.doing('unit', '一次读完的人', '某园林局');
    const box = encodeURIComponent('unit:某园林局');
    let seq = 0;
    const arrive = (title: string, stream = '20260302-000001') =>
      system.database.transaction((transaction) =>
        addToInboxes(
          transaction,
          [
            {
              stream,
              seq: ++seq,
              element: 'Task',
              recipient: 'unit:某园林局',
              level: null,
              title,
              text: '一条通知',
              article: null,
              at: system.clock.now(),
            },
          ],
          system.clock.now(),
        ),
      );
    for (let index = 0; index < 30; index++) await arrive(index % 3 === 0 ? '到期提醒' : '待办：签收工单');
    const list = async (more = '') =>
      answered(
        'readInbox',
        await send(url, `/api/notifications?recipient=${box}&unread=true${more}`, { as: own }),
      ) as { total: number; unread: number; groups: unknown; items: { id: number; title: string }[] };
    const first = await list();
    expect(first.groups).to.deep.equal([
      { title: '待办：签收工单', unread: 20 },
      { title: '到期提醒', unread: 10 },
    ]);
    const upTo = first.items[0]?.id;
    await arrive('到期提醒');
    const mark = async (body: object, as = own) =>
      send(url, '/api/notifications/read', {
        method: 'POST',
        as,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ recipient: 'unit:某园林局', upTo, ...body }),
      });
    const title = '到期提醒';
    const only = await list(`&title=${encodeURIComponent(title)}`);
    expect([only.total, only.unread, new Set(only.items.map((one) => one.title)).size]).to.deep.equal([
      11, 11, 1,
    ]);
    expect(answered('markNotificationsRead', await mark({ title }))).to.deep.equal({ marked: 10 });
    expect((await list()).groups).to.deep.equal([
      { title: '待办：签收工单', unread: 20 },
      { title: '到期提醒', unread: 1 },
    ]);
    expect(answered('markNotificationsRead', await mark({}))).to.deep.equal({ marked: 20 });
    expect((await list()).items.map((one) => one.title)).to.deep.equal(['到期提醒']);
    const foreign = await people.doing('unit', '某城管局经办', '某城管局');
    expect(problemIn(await mark({}, foreign))).to.include({ status: 403, code: 'access.denied' });
    expect(problemIn(await mark({ upTo: 0 })).status).to.equal(400);
  });

  it('别的单位、别的岗位的收件箱看不到', async () => {
    const { url, people } = served();
    const foreign = await people.doing('unit', '某城管局经办', '某城管局');
    for (const recipient of [unit, 'role:supervisor', 'person:zhangsan']) {
      const reply = await send(url, `/api/notifications?recipient=${recipient}`, { as: foreign });
      expect(problemIn(reply), recipient).to.include({ status: 403, code: 'access.denied' });
    }
  });

  it('收件者写得不对，是一句中文', async () => {
    const reply = await send(served().url, '/api/notifications?recipient=somebody');
    expect(problemIn(reply)).to.include({ code: 'input.invalid', where: 'recipient' });
  });

  it('渠道只由系统管理员设；密钥只在设的时候出现，重复的、不对的拒绝', async () => {
    const { url } = served();
    const wanted = { recipient: 'role:supervisor', kind: 'webhook', address: 'https://example.com/hook?k=1' };
    expect(problemIn(await post(url, '/api/notification-channels', wanted, {}, 'nobody')).status).to.equal(
      401,
    );
    const added = answered('addChannel', await post(url, '/api/notification-channels', wanted, admin)) as {
      id: number;
      secret: string;
    };
    expect(added.secret).to.match(/^whsec_/);
    const listed = await send(url, '/api/notification-channels', { headers: admin });
    answered('listChannels', listed);
    expect(listed.text).to.include('example.com').and.not.to.include('whsec_');
    const codes = [];
    for (const bad of [
      wanted,
      { ...wanted, address: 'ftp://example.com/' },
      { ...wanted, address: 'http://10.0.0.8/' },
      { ...wanted, address: 'https://a:b@example.com/' },
      { ...wanted, address: 'https://example.com/2', secret: 'whsec_c2hvcnQ=' },
      { ...wanted, recipient: '某人' },
      { ...wanted, kind: 'email', address: '不是邮箱' },
      { ...wanted, kind: 'fax' },
    ]) {
      codes.push(problemIn(await post(url, '/api/notification-channels', bad, admin)).code);
    }
    expect(codes).to.deep.equal(['channel.exists', ...Array<string>(7).fill('input.invalid')]);
    const path = `/api/notification-channels/${added.id}/end`;
    expect(answered('endChannel', await post(url, path, {}, admin))).to.include({ endedBy: '管（guan）' });
    expect(problemIn(await post(url, path, {}, admin)).code).to.equal('channel.not-found');
  });

  it('失败的任务列得出、放得回；状态里有队列', async () => {
    const { url, system } = served();
    await system.database.transaction((transaction) => {
      addJobs(transaction, recomputationJob, [{ payload: { notice: 77 } }]);
      return Promise.resolve();
    });
    const failing = (attempts: string) =>
      system.database.pool.query(
        `UPDATE hotline_jobs._private_jobs SET attempts = ${attempts}, last_error = '数据库连不上',
                run_at = '2026-03-02T12:00:00+08:00'`,
      );
    const listed = async (query: string) =>
      answered('listFailedJobs', await send(url, `/api/jobs/failed${query}`, { headers: admin })) as {
        total: number;
        items: { attempts: number; nextTry: string | null }[];
      };
    await failing('2');
    expect(await listed('')).to.include({ total: 0 });
    const due = { attempts: 2, nextTry: '2026-03-02T12:00:00+08:00' };
    expect(await listed('?retrying=true')).to.containSubset({ total: 1, items: [due] });
    await failing('max_attempts');
    expect((await listed('?retrying=true')).items[0]?.nextTry).to.equal(null);
    const jobs = async () =>
      (answered('readStatus', await send(url, '/api/status')) as { jobs: object }).jobs;
    expect(await jobs()).to.deep.equal({ waiting: 0, oldest: null, working: 0, failed: 1 });
    const { items } = answered('listFailedJobs', await send(url, '/api/jobs/failed', { headers: admin })) as {
      items: { id: number }[];
    };
    expect(items).to.containSubset([
      { title: '重算期限', subject: '第 77 号放假通知', attempts: 12, error: '数据库连不上' },
    ]);
    const path = `/api/jobs/${items[0]?.id}/retry`;
    answered('retryJob', await post(url, path, {}, admin));
    expect(await jobs()).to.include({ waiting: 1, failed: 0 });
    expect(problemIn(await post(url, path, {}, admin)).code).to.equal('job.not-found');
  });
});
