/** From a call to a warning, to those who must know, and to a special study (Art 26), with a simulated clock. */
import { expect } from 'chai';
import { sequence } from '../../src/accountability/index.js';
import { warningEvent } from '../../src/http/contract/subscription.js';
import { followMatters } from '../../src/measures/warning/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { accept, answered, completeOnly, post, problemIn, send, useServer } from './serving.js';
import { plainTrails } from '../support/entries.js';

const csv =
  '编码,名称,上级编码,行业\nS,公用事业,,\nS1,供水,S,供水\nS11,停水,S1,\nS12,水质,S1,\nN,噪声,,环保\nN1,夜间施工,N,\n';

interface WarningView {
  readonly id: number;
  readonly sort: string;
  readonly district: string;
  readonly title: string;
  readonly observed: number;
  readonly expected: number | null;
  readonly sheets: number;
  readonly last: { readonly act: string; readonly actor: string; readonly reason: string } | null;
}
interface Detail extends WarningView {
  readonly behind: readonly { readonly no: string; readonly title: string }[];
  readonly acts: readonly { readonly act: string }[];
}

const day = 24 * 3_600_000;

describe('http 预警', () => {
  const served = useServer({ at: '2026-03-02T09:00:00+08:00' });
  const people: { [name: string]: SignedIn } = {};
  const as = (name: string): SignedIn => people[name] ?? expect.fail(`there is no ${name}`);
  let callers = 0;

  const follow = async (): Promise<void> => {
    await sequence(served().system.database);
    while ((await followMatters(served().system)) > 0);
  };
  const moveTo = async (at: Date): Promise<void> => {
    served().system.clock.moveTo(at);
    await served().system.database.pool.query(
      'UPDATE hotline.session SET started_at = $1, seen_at = $1, auth_at = $1',
      [at],
    );
  };
  const later = (milliseconds: number) =>
    moveTo(new Date(served().system.clock.now().getTime() + milliseconds));
  const call = async (about: object = {}): Promise<string> => {
    const callerContact = `1390000${String(++callers).padStart(4, '0')}`;
    const request = {
      channel: 'phone',
      kind: 'help',
      title: '想问问情况',
      content: '来电内容',
      callerName: '来电人甲',
      callerContact,
      district: '历下区',
      class: 'N1',
      ...about,
    };
    return (await accept(served().url, request)).sheet.no;
  };
  const list = async (query = '', name = 'duty'): Promise<readonly WarningView[]> =>
    (
      answered('listWarnings', await send(served().url, `/api/warnings${query}`, { as: as(name) })) as {
        items: WarningView[];
      }
    ).items;
  const read = async (id: number, name = 'duty'): Promise<Detail> =>
    answered('readWarning', await send(served().url, `/api/warnings/${id}`, { as: as(name) })) as Detail;
  const act = (path: string, body: object, name = 'duty') => post(served().url, path, body, {}, as(name));

  const subscribe = async (): Promise<void> => {
    const officer = await served().people.allowed(['security-admin']);
    const made = await post(served().url, '/api/systems', { name: '应急系统' }, {}, officer);
    const { id } = answered('addSystem', made) as { id: number };
    const body = { address: 'https://example.gov.cn/events', types: ['cn.hotline12345.warning.raised'] };
    answered(
      'addSubscription',
      await post(served().url, `/api/systems/${id}/subscriptions`, body, {}, officer),
    );
  };

  before(async () => {
    const { system, url } = served();
    for (const [login, unit, kind, roles] of [
      ['duty', '市热线工作机构', 'hotline', ['supervisor']],
      ['water', '市水务局', 'department', ['handler']],
      ['city', '市城管局', 'department', ['handler']],
    ] as const) {
      people[login] = await newcomer(system, { login, unit, kind, roles });
    }
    const imported = await post(url, '/api/classification/versions', { csv, title: '测试分类' });
    expect(imported.status, imported.text).to.equal(201);
  });

  it('突发：一刻钟内三件停水，第三件就预警，写明所依据的工单，告诉督办和办公厅；再来的算在同一件里', async () => {
    const first = await call({ title: '小区突然停水', class: 'S11' });
    await later(5 * 60_000);
    const second = await call({ title: '家里停水了', class: 'S11' });
    await follow();
    expect(await list()).to.deep.equal([]);
    await later(5 * 60_000);
    const third = await call({ title: '停水没人管', class: 'S11' });
    await call({ title: '停水', class: 'S11', district: '市中区' });
    await subscribe();
    await follow();
    const [burst, ...others] = await list();
    expect(others).to.deep.equal([]);
    expect(burst).to.include({ sort: 'burst', district: '历下区', title: '供水', observed: 3, sheets: 3 });
    const { behind } = await read(burst?.id ?? 0);
    expect(behind.map(({ no }) => no)).to.have.members([first, second, third]);
    for (const role of ['supervisor', 'general-office']) {
      const { rows } = await served().system.database.pool.query<{ title: string; text: string }>(
        'SELECT title, text FROM hotline.notification WHERE recipient = $1 AND stream = $2',
        [`role:${role}`, 'warnings'],
      );
      expect(rows).to.deep.equal([
        {
          title: '紧急预警：历下区疑似突发“供水”',
          text: '自 2026-03-02 08:55 起，历下区反映“供水”的已有 3 件，疑似突发情况，请立即核实。',
        },
      ]);
    }
    const { rows: sent } = await served().system.database.pool.query<{ about: { event: unknown } }>(
      "SELECT about FROM hotline.outbox WHERE kind = 'notification.event'",
    );
    expect(sent.map(({ about }) => warningEvent.parse(about.event).data.observed)).to.deep.equal([3]);
    await later(10 * 60_000);
    const fourth = await call({ title: '还在停水', class: 'S11' });
    await follow();
    expect(await list()).to.have.length(1);
    const grown = await read(burst?.id ?? 0);
    expect([grown.sheets, grown.observed, grown.behind.length]).to.deep.equal([4, 3, 4]);
    expect(grown.behind[0]?.no).to.equal(fourth);
  });

  it('轨迹：预警是 warnings 链的一条，没有来电人，没有诉求内容；再走一遍什么也不变', async () => {
    const { database, trail } = served().system;
    const { entries, verdict } = await database.transaction(async (transaction) => ({
      entries: (await plainTrails(trail, transaction, ['warnings'])).get('warnings') ?? [],
      verdict: await trail.verify(transaction, 'warnings'),
    }));
    expect(verdict).to.include({ holds: true });
    expect(entries.map(({ type }) => type)).to.deep.equal(['warning.raised']);
    expect(JSON.stringify(entries)).not.to.match(/139000|来电|停水没人管/);
    await database.pool.query('UPDATE hotline.matter_cursor SET place = 0');
    await follow();
    const { rows } = await database.pool.query<{ sheets: number }>(
      "SELECT sum(sheets)::int AS sheets FROM hotline.matter_day WHERE class = 'S11'",
    );
    expect([rows[0]?.sheets, (await list()).length]).to.deep.equal([5, 1]);
  });

  it('改归分类：从原来的里减去，加到新的里', async () => {
    const no = await call({ class: 'S12' });
    await follow();
    answered('classifyWorkOrder', await act(`/api/work-orders/${no}/class`, { class: 'N1' }, 'duty'));
    await follow();
    const { rows } = await served().system.database.pool.query<{ class: string; sheets: number }>(
      "SELECT class, sheets FROM hotline.matter_day WHERE class IN ('S12', 'N1') ORDER BY class",
    );
    expect(rows).to.deep.equal([
      { class: 'N1', sheets: 1 },
      { class: 'S12', sheets: 0 },
    ]);
  });

  it('突增：与过去几周的同一时段相比；不到三周没有可比的，不预警', async () => {
    for (let one = 0; one < 6; one += 1) await call();
    await follow();
    expect(await list('?sort=rise')).to.deep.equal([]);
    for (let week = 0; week < 4; week += 1) {
      await later(7 * day);
      await call();
      await follow();
    }
    expect(await list('?sort=rise')).to.deep.equal([]);
    for (let one = 0; one < 8; one += 1) await call();
    await follow();
    const [rise] = await list('?sort=rise');
    expect(rise).to.include({ district: '历下区', title: '夜间施工' });
    expect(rise?.expected).to.be.within(50, 250);
    expect(rise?.sheets).to.be.greaterThan(rise?.observed ?? 0);
  });

  it('反复反映：同一来电人、同一分类，一个月内第三次；只凭加密的比对值，哪里也不露是谁', async () => {
    const contact = { callerContact: '139 8888 7777', class: 'S12', district: '章丘区' };
    await call(contact);
    await later(3 * day);
    await call(contact);
    await follow();
    expect(await list('?sort=repeat-caller')).to.deep.equal([]);
    await later(3 * day);
    const third = await call({ ...contact, callerContact: '+8613988887777' });
    await call({ class: 'S12', district: '章丘区' });
    await follow();
    const [found, ...more] = await list('?sort=repeat-caller');
    expect(more).to.deep.equal([]);
    expect(found).to.include({ observed: 3, title: '水质', district: '章丘区' });
    const detail = await read(found?.id ?? 0);
    expect(detail.behind.map(({ no }) => no))
      .to.include(third)
      .and.to.have.length(3);
    expect(JSON.stringify(detail)).not.to.match(/8888|7777|来电人/);
    const { rows } = await served().system.database.pool.query<{ repeated: number }>(
      "SELECT sum(repeated)::int AS repeated FROM hotline.matter_day WHERE class = 'S12'",
    );
    expect(rows[0]?.repeated).to.equal(2);
    await later(2 * day);
    await call(contact);
    await follow();
    const [grown, ...none] = await list('?sort=repeat-caller');
    expect([grown?.sheets, none.length]).to.deep.equal([4, 0]);
  });

  it('别的单位：没有自己的工单在里面的预警看不到；有的，只看得到自己的工单', async () => {
    const { url } = served();
    const [burst] = await list('?sort=burst');
    const id = burst?.id ?? 0;
    expect(await list('?standing=all', 'water')).to.deep.equal([]);
    const hidden = await send(url, `/api/warnings/${id}`, { as: as('water') });
    expect(problemIn(hidden).code).to.equal('warning.not-found');
    const { behind } = await read(id);
    const order = answered(
      'readWorkOrder',
      await send(url, `/api/work-orders/${behind[0]?.no ?? ''}`),
    ) as Parameters<typeof completeOnly>[1];
    const registered = await completeOnly(url, order, { conduct: 'orderly' });
    const decided = await completeOnly(url, registered, { wayOut: 'dispatch' });
    await completeOnly(url, decided, { unit: '市水务局' });
    expect((await list('?standing=all', 'water')).map((one) => one.id)).to.deep.equal([id]);
    expect((await read(id, 'water')).behind.map(({ no }) => no)).to.deep.equal([order.sheet.no]);
    expect(problemIn(await act(`/api/warnings/${id}/dismissal`, { reason: '试' }, 'water')).code).to.equal(
      'access.denied',
    );
  });

  it('知悉、排除写明理由，各是轨迹的一条；排除了的不再办', async () => {
    const [rise] = await list('?sort=rise');
    const path = `/api/warnings/${rise?.id}`;
    answered('acknowledgeWarning', await act(`${path}/acknowledgement`, { reason: '正在核实' }));
    expect((await list('?sort=rise'))[0]?.last).to.include({ act: 'acknowledged', reason: '正在核实' });
    answered('dismissWarning', await act(`${path}/dismissal`, { reason: '夜市开业，平常' }));
    expect(await list('?sort=rise')).to.deep.equal([]);
    expect((await list('?standing=settled&sort=rise'))[0]?.last?.act).to.equal('dismissed');
    const again = await act(`${path}/acknowledgement`, { reason: '再看' });
    expect(problemIn(again).code).to.equal('warning.settled');
    expect((await read(rise?.id ?? 0)).acts.map((one) => one.act)).to.deep.equal([
      'acknowledged',
      'dismissed',
    ]);
    const unknown = await act('/api/warnings/99999/dismissal', { reason: '试' });
    expect(problemIn(unknown).code).to.equal('warning.not-found');
  });

  it('第二十六条：建议单位专题研究，单位收到，由它答复一次；别的单位看不到，也不能答复', async () => {
    const { url } = served();
    const [burst] = await list('?sort=burst');
    const path = `/api/warnings/${burst?.id}/study`;
    const nobody = await act(path, { unit: '没有的单位', reason: '集中反映' });
    expect(problemIn(nobody)).to.include({ code: 'unit.not-found', where: 'unit' });
    const made = await act(path, { unit: '市水务局', reason: '集中反映' });
    expect((answered('suggestStudyOfWarning', made) as Detail).last?.act).to.equal('suggested');
    const studies = async (name: string) =>
      (
        answered('listStudies', await send(url, '/api/studies', { as: as(name) })) as {
          items: { id: number; matter: string; answer: { taken: boolean } | null }[];
        }
      ).items;
    expect(await studies('city')).to.deep.equal([]);
    const [study] = await studies('water');
    expect(study).to.include({ matter: '供水', answer: null });
    const { rows } = await served().system.database.pool.query<{ title: string }>(
      "SELECT title FROM hotline.notification WHERE recipient = 'unit:市水务局' AND stream = 'warnings'",
    );
    expect(rows).to.deep.equal([{ title: '建议专题研究：历下区“供水”' }]);
    const answer = (name: string) =>
      act(`/api/studies/${study?.id}/answer`, { taken: true, reason: '已立项' }, name);
    expect(problemIn(await answer('city')).code).to.equal('warning.not-yours');
    answered('answerStudy', await answer('water'));
    expect(problemIn(await answer('water')).code).to.equal('warning.settled');
    expect((await studies('duty'))[0]?.answer).to.include({ taken: true });
  });

  it('热点：近七日多于往周的，打开是工单；由热点建议专题研究', async () => {
    const { url } = served();
    for (let week = 0; week < 5; week += 1) {
      await later(7 * day);
      await call({ class: 'S12', district: '槐荫区' });
    }
    for (let one = 0; one < 9; one += 1) await call({ class: 'S12', district: '槐荫区' });
    await follow();
    const { items, today } = answered('listHotSpots', await send(url, '/api/hot-spots')) as {
      today: string;
      items: { district: string; class: string; className: string; sheets: number; past: number[] }[];
    };
    const spot = items.find(({ district }) => district === '槐荫区');
    expect(spot).to.include({ class: 'S12', className: '水质', sheets: 10 });
    expect(spot?.past.slice(0, 4)).to.deep.equal([1, 1, 1, 1]);
    const from = new Date(Date.parse(today) - 6 * day).toISOString().slice(0, 10);
    const query = new URLSearchParams({ from, to: today, district: '槐荫区', class: 'S12', limit: '4' });
    const page = async (name: string, more = '') =>
      answered(
        'listMatterSheets',
        await send(url, `/api/matter-sheets?${query.toString()}${more}`, { as: as(name) }),
      ) as { items: { no: string }[]; next: string | null };
    const numbers: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const one: Awaited<ReturnType<typeof page>> = await page('duty', next === '' ? '' : `&cursor=${next}`);
      numbers.push(...one.items.map(({ no }) => no));
      next = one.next;
    }
    expect(new Set(numbers).size).to.equal(10);
    expect((await page('city')).items).to.deep.equal([]);
    const body = { district: '槐荫区', class: 'S12', unit: '市水务局', reason: '近七日十件' };
    const made = answered('suggestStudy', await act('/api/studies', body)) as { matter: string };
    expect(made.matter).to.equal('水质');
  });
});
