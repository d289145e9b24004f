/** Events for other systems, which contain nothing about the caller. */
import { expect } from 'chai';
import { shippedCatalogue, shippedLaw } from '../../src/law/regulation/index.js';
import { loadCalendarNotice, readNoticeFile, recomputeDeadlines } from '../../src/cases/index.js';
import type { Operation } from '../../src/http/contract/operations.js';
import { subscriptionOperations } from '../../src/http/contract/subscription.js';
import { openApiDocument } from '../../src/http/openapi.js';
import { eventsByDeed, eventTypes } from '../../src/channel/notification/event-types/index.js';
import { document2027, notice2027 } from '../support/notice-2027.js';
import { accept, answered, complete, completeOnly, dispatched, send, waterCut } from './serving.js';
import { full, short, useSubscribers } from './subscribing.js';

/** An invented notice: by it a yellow card of 12 December comes on the 15th, a red card of the 15th on the 16th. */
const amendment2026 = {
  notices: [
    {
      year: 2026,
      kind: 'amendment',
      title: '2026年12月11日放假（测试用）',
      document: '测试发〔2026〕2号',
      publishedOn: '2026-12-10',
      address: null,
      days: [{ date: '2026-12-11', off: true, name: '放假' }],
    },
  ],
};

describe('其他系统的事件：目录', () => {
  const { served, receiver, query, subscribe, work, received } = useSubscribers();

  it('第二十八条、第四十条：提醒、牌、督办、问责，时刻是法定的时刻', async () => {
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

  it('第二十四条、第二十七条：一直办到归档，依次是回复、归档', async () => {
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

  it('第二十三条：当场答复的，受理时办结', async () => {
    await subscribe({ types: [full('sheet.closed')] });
    const registered = await completeOnly(served().url, await accept(served().url), { conduct: 'orderly' });
    await completeOnly(served().url, await completeOnly(served().url, registered, { wayOut: 'on-the-spot' }));
    await work();
    expect(received().map(({ data }) => data.element)).to.deep.equal(['End_Answered']);
  });

  it('第二十四条：放假安排改了，办理在正确的时刻以后的，级别照样成立：指明哪一条、从何时改到何时', async () => {
    const { clock, executor } = served().system;
    const from = clock.now();
    await subscribe({ types: ['level.reached', 'level.redated', 'card.withdrawn'].map(full) });
    clock.moveTo(new Date('2026-12-07T10:00:00+08:00'));
    let order = await dispatched(served().url);
    clock.moveTo(new Date('2026-12-16T12:00:00+08:00'));
    await executor.fireDue(100);
    order = answered(
      'readWorkOrder',
      await send(served().url, `/api/work-orders/${order.sheet.no}`),
    ) as typeof order;
    for (const element of ['Task_Receive', 'Task_Handle', 'Task_ReplyCaller', 'Task_Feedback']) {
      const task = order.tasks.find((one) => one.element === element);
      if (!task) return expect.fail(`${element} is not open`);
      order = await complete(served().url, order, task, {}, '经办甲');
    }
    const file = readNoticeFile(Buffer.from(JSON.stringify(amendment2026)), '安排.json', '测试发〔2026〕2号');
    const { notice } = await loadCalendarNotice(served().system, file, '测试员');
    await recomputeDeadlines(served().system, notice);
    await work();
    clock.moveTo(from);
    const own = received().filter(({ subject }) => subject === order.sheet.no);
    const given = own.find(({ data, type }) => data.level === 'red' && type === full('level.reached'));
    expect(given?.time).to.equal('2026-12-15T00:00:00+08:00');
    expect(own.filter(({ type }) => type === full('card.withdrawn'))).to.deep.equal([]);
    const redated = own.filter(({ type }) => type === full('level.redated'));
    expect(
      redated.map(({ data: { level, withdraws, redates } }) => ({ level, withdraws, redates })),
    ).to.deep.equal([
      {
        level: 'yellow',
        withdraws: null,
        redates: {
          entry: own.find(({ data }) => data.level === 'yellow')?.data.entry,
          from: '2026-12-12T00:00:00+08:00',
          to: '2026-12-15T00:00:00+08:00',
        },
      },
      {
        level: 'red',
        withdraws: null,
        redates: { entry: given?.data.entry, from: given?.time, to: '2026-12-16T00:00:00+08:00' },
      },
    ]);
  });

  it('放假安排改了，给早了的牌撤回：指明撤回的是哪一条', async () => {
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

  it('第十六条：发出的和队列里的，没有来电人、经办人和诉求的内容', async () => {
    await subscribe();
    await dispatched(served().url);
    await served()
      .system.jobs.find(({ name: job }) => job === 'notification.announce')
      ?.work(
        (await query('SELECT payload FROM hotline_jobs._private_jobs ORDER BY id LIMIT 1')).rows[0]?.[
          'payload'
        ],
        { attempt: 1, signal: new AbortController().signal },
      );
    const { rows } = await query(
      "SELECT payload FROM hotline_jobs._private_jobs WHERE payload ->> 'occasion' <> ''",
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

  it('接口说明的 webhooks 里有它；没有一个接口对令牌开放；目录里的环节图上都有', async () => {
    const { webhooks = {} } = openApiDocument('0', shippedLaw('2026-03-02'));
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
    const { vocabulary } = shippedCatalogue('2026-01-01');
    const found = new Set<string>(['card.withdrawn', 'level.reached', 'level.redated', 'warning.raised']);
    for (const { deed, where = {}, event } of eventsByDeed) {
      const meant = vocabulary.deeds.find(({ name }) => name === deed);
      expect(Object.keys(meant?.facts ?? {}), deed).to.include.members(Object.keys(where));
      found.add(short(event));
    }
    expect([...found].sort()).to.deep.equal(eventTypes.map(short).sort());
  });
});
