/** Delivery of events to other systems: signed, to the right system, retried, and fetched afterwards. */
import { expect } from 'chai';
import { Webhook } from 'standardwebhooks';
import { failedJobs } from '../../src/platform/jobs/index.js';
import { accept, answered, completeOnly, dispatched, post, send } from './serving.js';
import { full, short, type SheetEvent, useSubscribers } from './subscribing.js';

describe('其他系统的事件：送到', () => {
  const {
    served,
    receiver,
    query,
    act,
    system,
    subscribe,
    work,
    again,
    received,
    types,
    verify,
    lastSystem,
  } = useSubscribers();

  it('受理、转出的事件，签名由独立的库验得过，改一个字就验不过', async () => {
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

  it('补取：从某一时刻起的事件与发出的相同，按记下的先后，一页接一页不漏不重；单位的系统只取得到本单位的', async () => {
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
      const events: SheetEvent[] = [];
      for (let cursor = ''; ;) {
        const reply = await send(served().url, `/api/sheet-events?limit=2&since=${since}${more}${cursor}`, {
          as: 'nobody',
          headers: { authorization: `Bearer ${secret}` },
        });
        const page = answered('listSheetEvents', reply) as {
          next: string;
          more: boolean;
          items: SheetEvent[];
        };
        events.push(...page.items);
        cursor = `&cursor=${page.next}`;
        if (!page.more) return { events, cursor };
      }
    };
    const all = await token('work-orders:all');
    const { events, cursor } = await fetchAll(all);
    const byId = (one: SheetEvent, other: SheetEvent): number => (one.id < other.id ? -1 : 1);
    const now = (list: readonly SheetEvent[]) =>
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

  it('第三十二条：应当回避的单位从登记起收不到，即使它的下属正在办；热线应当回避的，热线的系统收不到，别人照常', async () => {
    const { url, people, system: parts } = served();
    const hotline = '市热线工作机构';
    const agent = await people.allowed(['intake']);
    const department = { name: '热线以下的局', kind: 'department', parent: hotline } as const;
    await parts.identity.people.addUnit(department, '测试');
    const secrets: { [whose: string]: string } = {};
    const replied = [full('sheet.replied')];
    for (const unit of ['某水务局', '市水务总局', hotline, department.name]) {
      secrets[unit] = (await subscribe({ types: replied, unit })).secret;
    }
    secrets['不限单位'] = (await subscribe({ types: replied })).secret;
    const addressees = (): string[] =>
      [...receiver().received.keys()]
        .map((index) => {
          const isFor = (secret: string): boolean => {
            try {
              return verify(secret, index).specversion === '1.0';
            } catch {
              return false;
            }
          };
          return Object.keys(secrets).find((whose) => isFor(secrets[whose] ?? '')) ?? '没有人';
        })
        .sort();
    const answeredBy = async (unit: string, recused: string | null): Promise<string[]> => {
      receiver().received.length = 0;
      let order = await completeOnly(url, await accept(url), { conduct: 'orderly' });
      order = await completeOnly(url, await completeOnly(url, order, { wayOut: 'dispatch' }), { unit });
      for (const answers of [{ receipt: 'accept' }, { branch: 'within-limit' }, { replyChannel: 'phone' }]) {
        order = await completeOnly(url, order, answers);
      }
      order = await completeOnly(url, order);
      if (recused !== null) {
        const answers = { withdrawingUnits: recused, recusalBasis: 'accused', recusalFacts: '补充说明' };
        const path = `/api/work-orders/${order.sheet.no}/messages`;
        answered('sendMessage', await post(url, path, { message: 'recusal-stated', answers }, {}, agent));
      }
      // Recipients are determined when the entries are processed, after the recusal.
      await work();
      return addressees();
    };
    expect(await answeredBy('某水务局', null)).to.deep.equal(['不限单位', '市水务总局', '某水务局'].sort());
    expect(await answeredBy('某水务局', '市水务总局')).to.deep.equal(['不限单位']);
    expect(await answeredBy(department.name, null)).to.deep.equal(
      ['不限单位', hotline, department.name].sort(),
    );
    expect(await answeredBy(department.name, hotline)).to.deep.equal(['不限单位', department.name].sort());
  });

  it('对方答 500：再发，编号和内容不变；收到以后不再发', async () => {
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

  it('轨迹重复处理：不再发；试满的进失败清单，写明致哪个系统', async () => {
    await subscribe({ types: [full('sheet.accepted')] });
    await accept(served().url);
    const { rows } = await query('SELECT payload FROM hotline_jobs._private_jobs');
    await work();
    const announcing = served().system.jobs.find(({ name: job }) => job === 'notification.announce');
    for (const { payload } of rows) {
      await announcing?.work(payload, { attempt: 2, signal: new AbortController().signal });
    }
    await work();
    const ids = received().map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).to.deep.equal([1, 1]);

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
    expect(JSON.stringify(failed)).to.include(`致系统 ${lastSystem()}:cn.hotline12345.sheet.accepted`);
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
});
