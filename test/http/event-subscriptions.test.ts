/** Events for other systems: from a step to a real receiver that verifies the signature. */
import { expect } from 'chai';
import { after, afterEach, before } from 'mocha';
import { Webhook } from 'standardwebhooks';
import type { z } from 'zod';
import { loadCalendarNotice, readNoticeFile, recomputeDeadlines } from '../../src/casework/index.js';
import type { Operation } from '../../src/http/contract/operations.js';
import { sheetEvent, subscriptionOperations } from '../../src/http/contract/subscription.js';
import { openApiDocument } from '../../src/http/openapi.js';
import { createJobRunner, failedJobs } from '../../src/jobs/index.js';
import { systemClock } from '../../src/kernel/index.js';
import {
  cardLevels,
  eventsByElement,
  eventTypes,
  type EventType,
} from '../../src/notification/event-types/index.js';
import { useReceiver } from '../notification/receiver.js';
import { document2027, notice2027 } from '../support/notice-2027.js';
import {
  accept,
  answered,
  complete,
  completeOnly,
  dispatched,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
} from './serving.js';

type Event = z.output<typeof sheetEvent>;
interface Subscribed {
  readonly id: number;
  readonly secret: string;
}

const short = (type: string) => type.replace('cn.hotline12345.', '');
const full = (type: string) => `cn.hotline12345.${type}` as EventType;

describe('其他系统的事件订阅', () => {
  // The receiver is on this machine: allowed as an operator would.
  const name = 'HOTLINE_WEBHOOK_PRIVATE';
  const told = process.env[name];
  before(() => {
    process.env[name] = 'allow';
  });
  const served = useServer({ at: systemClock.now().toISOString() });
  const receiver = useReceiver();
  let count = 0;
  after(() => {
    if (told === undefined) delete process.env[name];
    else process.env[name] = told;
  });

  const query = (sql: string) => served().system.database.pool.query<{ [column: string]: unknown }>(sql);
  before(async () => {
    // Files are loaded long before their tests; a signature older than five minutes is none.
    served().system.clock.moveTo(systemClock.now());
    const { people } = served().system.identity;
    await people.addUnit({ name: '市水务总局', kind: 'department' }, '测试');
    await people.addUnit({ name: '某水务局', kind: 'department', parent: '市水务总局' }, '测试');
    await people.addUnit({ name: '某城管局', kind: 'department' }, '测试');
  });
  afterEach(async () => {
    receiver().received.length = 0;
    receiver().answer = 200;
    await query('DELETE FROM graphile_worker._private_jobs');
    await query(
      "UPDATE hotline.client_system SET closed_at = now(), closed_by = '测试' WHERE closed_at IS NULL",
    );
  });

  const officer = () => served().people.allowed(['security-admin']);
  const act = async (path: string, body: unknown = {}) => post(served().url, path, body, {}, await officer());
  const system = async (unit?: string) =>
    (answered('addSystem', await act('/api/systems', { name: `订阅方${++count}`, unit })) as { id: number })
      .id;
  const subscribe = async (more: { unit?: string; types?: readonly string[]; system?: number } = {}) => {
    const { system: known, ...rest } = more;
    const body = { address: receiver().url, types: eventTypes, ...rest };
    const reply = await act(`/api/systems/${known ?? (await system())}/subscriptions`, body);
    return answered('addSubscription', reply) as Subscribed;
  };
  const work = () =>
    createJobRunner({
      ...served().system,
      onError: (error) => expect.fail(String(error)),
    }).runDue();
  const again = () =>
    query('UPDATE graphile_worker._private_jobs SET run_at = now() WHERE attempts < max_attempts');
  const received = () => receiver().received.map(({ body }) => sheetEvent.parse(JSON.parse(body)));
  const types = () => received().map(({ type }) => short(type));
  const verify = (secret: string, index = 0) => {
    const one = receiver().received[index];
    return new Webhook(secret).verify(one?.body ?? '', one?.headers as Record<string, string>) as Event;
  };

  it('受理、转出的事件,签名由独立的库验得过,改一个字就验不过', async () => {
    const { secret } = await subscribe();
    const { no } = (await dispatched(served().url)).sheet;
    await work();
    expect(types().sort()).to.deep.equal(['sheet.accepted', 'sheet.dispatched']);
    for (const [index, { headers, body }] of receiver().received.entries()) {
      const event = verify(secret, index);
      expect(event).to.include({ specversion: '1.0', subject: no, id: headers['webhook-id'] });
      expect(headers['content-type']).to.match(/^application\/cloudevents\+json/);
      const forged = body.replace(no, '20200101-000001');
      expect(() => new Webhook(secret).verify(forged, headers as Record<string, string>)).to.throw();
    }
    const [one, other] = received();
    expect(one?.id).not.to.equal(other?.id);
    expect(received().find(({ type }) => type.endsWith('.dispatched'))?.data).to.include({
      workOrder: no,
      process: 'acceptance',
      element: 'End_Dispatched',
      unit: '某水务局',
      link: `/api/work-orders/${no}`,
    });
  });

  it('补取:从某一时刻起的事件与发出的相同,按记下的先后,一页接一页不漏不重;单位的系统只取得到本单位的', async () => {
    const { clock } = served().system;
    clock.moveTo(new Date(clock.now().getTime() + 1000));
    const since = encodeURIComponent(clock.now().toISOString());
    await subscribe();
    const { no } = (await dispatched(served().url)).sheet;
    await accept(served().url);
    await work();
    const token = async (scope: string, unit?: string) => {
      const issued = await act(`/api/systems/${await system(unit)}/tokens`, { scopes: [scope], days: 1 });
      return (answered('issueToken', issued) as { secret: string }).secret;
    };
    const fetchAll = async (secret: string, more = '') => {
      const events: Event[] = [];
      for (let cursor = ''; ;) {
        const reply = await send(served().url, `/api/sheet-events?limit=2&since=${since}${more}${cursor}`, {
          as: 'nobody',
          headers: { authorization: `Bearer ${secret}` },
        });
        const page = answered('listSheetEvents', reply) as { next: string; more: boolean; items: Event[] };
        events.push(...page.items);
        cursor = `&cursor=${page.next}`;
        if (!page.more) return { events, cursor };
      }
    };
    const all = await token('work-orders:all');
    const { events, cursor } = await fetchAll(all);
    const byId = (one: Event, other: Event): number => (one.id < other.id ? -1 : 1);
    const now = (list: readonly Event[]) =>
      list.map((one) => ({ ...one, data: { ...one.data, unit: null } })).toSorted(byId);
    expect(events).to.have.length(3);
    expect(now(events)).to.deep.equal(now(received()));
    const ofOne = events.filter(({ subject }) => subject === no);
    expect(ofOne.map(({ type }) => short(type))).to.deep.equal(['sheet.accepted', 'sheet.dispatched']);
    expect((await fetchAll(all, `&type=${full('sheet.dispatched')}`)).events).to.have.length(1);
    expect((await fetchAll(all, cursor)).events, '读到了头').to.deep.equal([]);
    await accept(served().url);
    expect((await fetchAll(all, cursor)).events, '接着读').to.have.length(1);
    expect((await fetchAll(await token('work-orders:read', '某城管局'))).events).to.deep.equal([]);
    const own = await fetchAll(await token('work-orders:read', '市水务总局'));
    expect(new Set(own.events.map(({ subject }) => subject))).to.deep.equal(new Set([no]));
  });

  it('对方答 500:再发,编号和内容不变;收到以后不再发', async () => {
    await subscribe({ types: [full('sheet.accepted')] });
    await accept(served().url);
    receiver().answer = 500;
    await work();
    await again();
    await work();
    const { database } = served().system;
    expect(await database.transaction((tx) => failedJobs(tx, { limit: 10 }))).to.deep.equal([]);
    receiver().answer = 200;
    for (let round = 0; round < 2; round += 1) {
      await again();
      await work();
    }
    const { received: tries } = receiver();
    expect(tries.length).to.equal(3);
    expect(new Set(tries.map(({ headers }) => headers['webhook-id'])).size).to.equal(1);
    expect(new Set(tries.map(({ body }) => body)).size).to.equal(1);
  });

  it('轨迹重复处理:再发的编号相同;试满的进失败清单,写明致哪个系统', async () => {
    await subscribe({ types: [full('sheet.accepted')] });
    await accept(served().url);
    const { rows } = await query('SELECT payload FROM graphile_worker._private_jobs');
    await work();
    const telling = served().system.jobs.find(({ name: job }) => job === 'notification.tell');
    for (const { payload } of rows) {
      await telling?.work(payload, { attempt: 2, signal: new AbortController().signal });
    }
    await work();
    const ids = received().map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).to.deep.equal([2, 1]);

    receiver().answer = 503;
    await accept(served().url);
    for (let tries = 0; tries < 13; tries += 1) {
      await work();
      await again();
    }
    const admin = await served().people.allowed(['system-admin']);
    const failed = answered('listFailedJobs', await send(served().url, '/api/jobs/failed', { as: admin }));
    expect(failed).to.containSubset({
      items: [{ title: '发出事件', attempts: 12, error: '对方答复 HTTP 503' }],
    });
    expect(JSON.stringify(failed)).to.include(`致系统 订阅方${count}:cn.hotline12345.sheet.accepted`);
  });

  it('只发订阅的类型、订阅的单位及其下级的', async () => {
    const other = await subscribe({ unit: '某城管局' });
    const own = await subscribe({ system: await system('某水务局'), types: [full('sheet.dispatched')] });
    const above = await subscribe({ unit: '市水务总局', types: [full('sheet.dispatched')] });
    await dispatched(served().url);
    await work();
    expect(types()).to.deep.equal(['sheet.dispatched', 'sheet.dispatched']);
    const signedBy = (secret: string) =>
      receiver().received.filter((_, index) => {
        try {
          return Boolean(verify(secret, index));
        } catch {
          return false;
        }
      }).length;
    expect([other, own, above].map(({ secret }) => signedBy(secret))).to.deep.equal([0, 1, 1]);
  });

  it('停用的订阅、停用的系统什么也收不到,等着重发的也不发', async () => {
    const { id } = await subscribe({ types: [full('sheet.accepted')] });
    const bySystem = await system();
    await subscribe({ system: bySystem, types: [full('sheet.accepted')] });
    await accept(served().url);
    receiver().answer = 500;
    await work();
    expect(receiver().received.length).to.equal(2);
    answered('closeSubscription', await act(`/api/subscriptions/${id}/closure`));
    answered('closeSystem', await act(`/api/systems/${bySystem}/closure`));
    receiver().answer = 200;
    await again();
    await accept(served().url);
    await work();
    expect(receiver().received.length).to.equal(2);
    expect((await query('SELECT 1 FROM graphile_worker._private_jobs')).rows).to.deep.equal([]);
    expect(problemIn(await act(`/api/subscriptions/${id}/closure`)).code).to.equal('subscription.not-found');
  });

  it('第二十八条、第四十条:提醒、牌、督办、问责,时刻是法定的时刻', async () => {
    const { clock, executor } = served().system;
    const from = clock.now();
    await subscribe();
    clock.moveTo(new Date('2027-03-01T10:00:00+08:00'));
    const { no } = (await dispatched(served().url)).sheet;
    clock.moveTo(new Date('2027-04-30T09:00:00+08:00'));
    await executor.fireDue(100);
    await work();
    clock.moveTo(from);
    const story = received()
      .filter(({ subject }) => subject === no)
      .sort((a, b) => a.data.entry - b.data.entry)
      .map(({ type, data, time }) => [short(type), data.level, time.slice(0, 16)]);
    expect(story.slice(2, 6)).to.deep.equal([
      ['level.reached', 'reminder', '2027-03-05T00:00'],
      ['level.reached', 'yellow', '2027-03-06T00:00'],
      ['level.reached', 'red', '2027-03-09T00:00'],
      ['supervision.ordered', 'supervision', '2027-03-09T00:00'],
    ]);
    expect(story.slice(6).map(([type, level]) => [type, level])).to.deep.equal([
      ['supervision.ordered', 'second-supervision'],
      ['accountability.opened', 'accountability'],
    ]);
  });

  it('第二十四条、第二十七条:一直办到归档,依次是回复、归档', async () => {
    await subscribe();
    let order = await dispatched(served().url);
    for (let step = 0; step < 20 && order.tasks.length > 0; step += 1) {
      const [task] = order.tasks;
      if (task) order = await complete(served().url, order, task, {}, `经办${step}`);
    }
    await work();
    const story = received().sort((a, b) => a.data.entry - b.data.entry);
    expect(story.map(({ type }) => short(type))).to.deep.equal([
      'sheet.accepted',
      'sheet.dispatched',
      'sheet.replied',
      'sheet.closed',
    ]);
  });

  it('第二十三条:当场答复的,受理时办结', async () => {
    await subscribe({ types: [full('sheet.closed')] });
    const registered = await completeOnly(served().url, await accept(served().url), { conduct: 'orderly' });
    await completeOnly(served().url, await completeOnly(served().url, registered, { wayOut: 'on-the-spot' }));
    await work();
    expect(received().map(({ data }) => data.element)).to.deep.equal(['End_Answered']);
  });

  it('放假安排改了,给早了的牌撤回:指明撤回的是哪一条', async () => {
    const { clock, executor } = served().system;
    const from = clock.now();
    await subscribe({ types: [full('level.reached'), full('card.withdrawn')] });
    clock.moveTo(new Date('2026-12-24T10:00:00+08:00'));
    const { no } = (await dispatched(served().url)).sheet;
    clock.moveTo(new Date('2026-12-31T10:00:00+08:00'));
    await executor.fireDue(100);
    const file = readNoticeFile(Buffer.from(JSON.stringify(notice2027)), '安排.json', document2027);
    const { notice } = await loadCalendarNotice(served().system, file, '测试员');
    await recomputeDeadlines(served().system, notice);
    await work();
    clock.moveTo(from);
    const own = received().filter(({ subject }) => subject === no);
    const given = own.find(({ data, type }) => data.level === 'yellow' && type === full('level.reached'));
    const withdrawn = own.filter(({ type }) => type === full('card.withdrawn'));
    expect(given?.data.entry).to.be.a('number');
    expect(withdrawn.map(({ data: { level, withdraws } }) => ({ level, withdraws }))).to.deep.include({
      level: 'yellow',
      withdraws: given?.data.entry,
    });
  });

  it('第十六条:发出的和队列里的,没有来电人、经办人和诉求的内容', async () => {
    await subscribe();
    await dispatched(served().url);
    await served()
      .system.jobs.find(({ name: job }) => job === 'notification.tell')
      ?.work(
        (await query('SELECT payload FROM graphile_worker._private_jobs ORDER BY id LIMIT 1')).rows[0]?.[
          'payload'
        ],
        { attempt: 1, signal: new AbortController().signal },
      );
    const { rows } = await query(
      "SELECT payload FROM graphile_worker._private_jobs WHERE payload ->> 'system' <> ''",
    );
    expect(rows.length).to.be.greaterThan(0);
    await work();
    expect(receiver().received.length).to.be.greaterThan(0);
    const all = JSON.stringify([rows, receiver().received]);
    const { callerName, callerContact, title, content } = waterCut;
    for (const secret of [callerName, callerContact, title, content, '受理员甲', '"甲"']) {
      expect(all).not.to.include(secret);
    }
  });

  it('换密钥:一天之内新旧都验得过,之后只有新的', async () => {
    const { clock } = served().system;
    const from = clock.now();
    const { id, secret } = await subscribe({ types: [full('sheet.accepted')] });
    const reply = await act(`/api/subscriptions/${id}/secret-rotation`);
    const renewed = answered('rotateSubscriptionSecret', reply) as Subscribed;
    expect(renewed.secret).not.to.equal(secret);
    await accept(served().url);
    await work();
    for (const one of [secret, renewed.secret]) expect(verify(one)).to.have.property('subject');
    await query(
      "UPDATE hotline.event_subscription SET previous_until = now() - interval '1 day' WHERE previous_secret IS NOT NULL",
    );
    await accept(served().url);
    await work();
    expect(verify(renewed.secret, 1)).to.have.property('subject');
    expect(() => verify(secret, 1)).to.throw();
    clock.moveTo(from);
  });

  it('改订阅:类型、网址改了,密钥不变,照样验得过;同一系统的两个订阅不能发往一处', async () => {
    const owner = await system();
    const { id, secret } = await subscribe({ system: owner, types: [full('sheet.closed')] });
    const elsewhere = { address: `${receiver().url}/other`, types: [full('sheet.accepted')] };
    const change = async (one: number, body: object) =>
      send(served().url, `/api/subscriptions/${one}`, {
        as: await officer(),
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect(answered('changeSubscription', await change(id, elsewhere))).to.include({
      address: elsewhere.address,
    });
    await accept(served().url);
    await work();
    expect(verify(secret)).to.include({ type: full('sheet.accepted') });
    const second = await subscribe({ system: owner, types: [full('sheet.closed')] });
    const clash = problemIn(await change(second.id, elsewhere));
    expect(clash.code).to.equal('subscription.exists');
    expect(problemIn(await change(987_654, elsewhere)).code).to.equal('subscription.not-found');
  });

  it('测试事件立即发出,验得过签名;送不到的写明为什么', async () => {
    const { id, secret } = await subscribe({ types: [full('sheet.closed')] });
    const test = async () => answered('testSubscription', await act(`/api/subscriptions/${id}/test`));
    expect(await test()).to.deep.equal({ arrived: true, failure: null });
    expect(verify(secret)).to.include({ type: 'cn.hotline12345.subscription.tested' });
    receiver().answer = 410;
    expect(await test()).to.deep.equal({ arrived: false, failure: '对方答复 HTTP 410' });
  });

  it('一直送不到的写明从何时起、为什么,送到即清;满七天自动停用,记入轨迹', async () => {
    const { clock } = served().system;
    const from = clock.now();
    const { id } = await subscribe({ types: [full('sheet.accepted')] });
    const state = async () =>
      (
        answered(
          'listSubscriptions',
          await send(served().url, '/api/subscriptions', { as: await officer() }),
        ) as {
          items: {
            id: number;
            failingSince: string | null;
            failure: string | null;
            closedBy: string | null;
          }[];
        }
      ).items.find((one) => one.id === id);
    receiver().answer = 503;
    await accept(served().url);
    await work();
    expect(await state()).to.include({ failure: '对方答复 HTTP 503', closedBy: null });
    expect((await state())?.failingSince).to.be.a('string');
    receiver().answer = 200;
    await again();
    await work();
    expect(await state()).to.include({ failingSince: null, failure: null });

    receiver().answer = 503;
    await accept(served().url);
    await work();
    clock.moveTo(new Date(from.getTime() + 8 * 86_400_000));
    await again();
    await work();
    expect(await state()).to.include({ closedBy: '系统', failure: '对方答复 HTTP 503' });
    const { rows } = await query(
      "SELECT type FROM hotline.trail_entry WHERE stream = 'notifications' ORDER BY seq DESC LIMIT 1",
    );
    expect(rows).to.deep.equal([{ type: 'subscription.given-up' }]);
    const inbox = '/api/notifications?recipient=role:security-admin';
    const read = await send(served().url, inbox, { as: await officer() });
    const { items } = answered('readInbox', read) as {
      items: { title: string; text: string; workOrder: unknown }[];
    };
    expect(items).to.have.length(1);
    expect(items[0]).to.include({ workOrder: null });
    expect(items[0]?.text).to.include('满 7 天').and.include('其他系统').and.not.include('whsec_');
    clock.moveTo(from);
  });

  it('只由安全管理员设;密钥不再显示,库里是密文,轨迹里没有;写错的拒绝', async () => {
    const owner = await system('某水务局');
    const path = `/api/systems/${owner}/subscriptions`;
    const wanted = { address: 'https://example.com/hook?k=1', types: [full('sheet.closed')] };
    const added = answered('addSubscription', await act(path, wanted)) as Subscribed;
    expect(added).to.include({ unit: '某水务局' });
    const listed = await send(served().url, '/api/subscriptions', { as: await officer() });
    answered('listSubscriptions', listed);
    expect(listed.text).to.include('example.com').and.not.to.include('whsec_');
    const codes = [];
    for (const bad of [
      wanted,
      { ...wanted, address: 'ftp://example.com/' },
      { ...wanted, types: [] },
      { ...wanted, types: ['cn.hotline12345.caller.revealed'] },
      { ...wanted, unit: '某城管局' },
      { ...wanted, unit: '没有的单位' },
    ]) {
      codes.push(problemIn(await act(path, bad)).code);
    }
    expect(codes).to.deep.equal([
      'subscription.exists',
      ...Array<string>(4).fill('input.invalid'),
      'unit.not-found',
    ]);
    expect(problemIn(await act('/api/systems/999999/subscriptions', wanted)).code).to.equal(
      'system.not-found',
    );
    const { database, trail } = served().system;
    const entries = (await database.transaction((tx) => trail.read(tx, ['notifications']))).get(
      'notifications',
    );
    expect(entries?.at(-1)).to.containSubset({
      type: 'subscription.added',
      body: { subscription: added.id },
    });
    const { rows } = await query('SELECT secret FROM hotline.event_subscription');
    for (const { secret } of rows) expect(String(secret)).not.to.match(/whsec_/);
    expect(rows.length).to.be.greaterThan(0);
    expect(JSON.stringify(entries)).not.to.include('whsec_');
    expect(JSON.stringify(entries)).not.to.include('k=1');
  });

  it('接口说明的 webhooks 里有它;没有一个接口对令牌开放;目录里的环节图上都有', async () => {
    const { webhooks = {} } = openApiDocument('0');
    expect(webhooks).to.containSubset({
      sheetEvent: {
        post: {
          requestBody: {
            content: {
              'application/cloudevents+json': {
                schema: {
                  anyOf: [
                    { $ref: '#/components/schemas/SheetEvent' },
                    { $ref: '#/components/schemas/WarningEvent' },
                  ],
                },
              },
            },
          },
        },
      },
    });
    for (const operation of Object.values<Operation>(subscriptionOperations)) {
      expect(operation.scopes).to.equal(undefined);
    }
    const { database, definitions } = served().system;
    const found = new Set<string>(['card.withdrawn', 'level.reached', 'warning.raised']);
    await database.transaction(async (tx) => {
      for (const [process, elements] of Object.entries(eventsByElement)) {
        const { annotations } = await definitions.named(tx, process, 1);
        for (const [element, type] of Object.entries(elements)) {
          const annotation = annotations.element(element);
          expect(annotation, `${process} ${element}`).not.to.equal(undefined);
          expect(cardLevels).not.to.include(annotation?.level);
          found.add(short(type));
        }
      }
    });
    expect([...found].sort()).to.deep.equal(eventTypes.map(short).sort());
  });
});
