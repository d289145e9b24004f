import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { z } from 'zod';
import { sequence } from '../../src/accountability/index.js';
import type { regulationOperations } from '../../src/http/contract/regulation.js';
import { followDuties, loadOfficialText, recordShippedRegulation } from '../../src/law/regulation/index.js';
import { shared } from '../support/shared.js';
import { answered, dispatched, problemIn, send, useServer } from './serving.js';

type Operations = typeof regulationOperations;
type AnswerOf<Id extends keyof Operations> = z.input<Operations[Id]['answers'][200]['schema']>;

describe('条例的接口', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const get = async <Id extends keyof Operations>(id: Id, path: string, as?: object): Promise<AnswerOf<Id>> =>
    answered(id, await send(served().url, path, as ? { as: as as never } : {})) as AnswerOf<Id>;
  const follow = async (): Promise<void> => {
    await sequence(served().system.database);
    while ((await followDuties(served().system.database, served().system.catalogues)) > 0);
  };
  const article24 = async (query = '') =>
    (await get('readRegulation', `/api/regulation${query}`)).articles.find(({ id }) => id === 'art24');

  it('四十四条逐条：义务、期限、留白由哪项政策决定；还没有原文的写明没有', async () => {
    const { articles, official, recorded } = await get('readRegulation', '/api/regulation');
    expect(articles.map(({ label }) => label))
      .to.have.length(44)
      .and.include('第二十四条');
    expect([official, recorded]).to.deep.equal([null, null]);
    const [reply] = (await article24())?.norms ?? [];
    expect(reply).to.include({ id: 'J27', modality: '应当', limit: '5 个工作日' });
    const start = reply?.openPoints
      .flatMap(({ policies }) => policies)
      .find(({ key }) => key === 'replyStart');
    expect(start?.meaning).to.be.a('string').and.not.equal('');
  });

  it('词汇：每个行为谁做、关于什么、带什么事实，引起、履行哪些义务；条例里有哪些期限', async () => {
    const { deeds, clocks } = (await get('readRegulation', '/api/regulation')).vocabulary;
    expect(deeds.find(({ name }) => name === 'reply.given')).to.deep.include({
      title: '回复来电人',
      who: ['unit'],
      subject: '热线事项',
      facts: { way: '回复方式' },
    });
    expect(deeds.find(({ name }) => name === 'reply.given')?.discharges).to.include('J27');
    expect(deeds.find(({ name }) => name === 'hotline.informed')?.discharges).to.include('J27b');
    expect(clocks).to.deep.include({ key: 'reply', title: '回复、反馈的期限' });
  });

  it('记下以后写明是哪一版；没有记下过的一版 404', async () => {
    await recordShippedRegulation(served().system);
    const { recorded, versions } = await get('readRegulation', '/api/regulation');
    expect(recorded).to.include({ version: '2018', validFrom: '2018-09-01', validTo: null });
    expect(versions).to.deep.equal([recorded]);
    expect((await article24(`?version=${recorded?.id ?? 0}`))?.norms).to.have.length.greaterThan(1);
    const problem = problemIn(await send(served().url, '/api/regulation?version=999'));
    expect(problem).to.include({ status: 404, code: 'regulation.not-found' });
  });

  it('义务和环节两面对得上：每条须有环节的义务有环节，反过来同样的链接，没有空白', async () => {
    const { norms, elements, holes } = await get('readCoverage', '/api/regulation/coverage');
    expect(holes).to.deep.equal([]);
    expect(norms.filter((norm) => norm.enforceable && norm.elements.length === 0)).to.deep.equal([]);
    const there = norms.flatMap(({ id, elements: own }) =>
      own.map((one) => `${id} ${one.process} ${one.element}`),
    );
    const back = elements.flatMap(({ process, element, norms: own }) =>
      own.map(({ norm }) => `${norm} ${process} ${element}`),
    );
    expect(back.sort()).to.deep.equal(there.sort());
  });

  it('第二十四条：转出的工单，回复的义务待履行，写明谁、期限、由哪一条产生；期限一过立即是违反，正好届满不是', async () => {
    const { url, system } = served();
    const { no } = (await dispatched(url)).sheet;
    const duties = async () => get('readDuties', `/api/work-orders/${no}/duties`);
    const reply = async () => (await duties()).items.find(({ norm }) => norm === 'J27');
    expect((await duties()).regulation).to.include({ version: '2018' });
    const open = await reply();
    expect(open).to.include({ state: 'open', due: '2026-03-10T00:00:00+08:00', violatedAt: null });
    expect(open?.bearers).to.deep.equal(['承办单位']);
    expect(open?.provisions).to.deep.include({ id: 'art24.p1', label: '第二十四条第一款' });
    await follow();
    const listed = async (query = '', as?: object) =>
      (await get('listDuties', `/api/duties${query}`, as)).items.filter((item) => item.no === no);
    system.clock.moveTo(new Date('2026-03-10T00:00:00+08:00'));
    expect([(await reply())?.state, await listed()]).to.deep.equal(['open', []]);
    // Nobody has fired the timer yet.
    system.clock.moveTo(new Date('2026-03-10T00:00:01+08:00'));
    expect((await reply())?.state).to.equal('temporarily-violated');
    const [late] = await listed();
    expect(late).to.include({
      norm: 'J27',
      state: 'temporarily-violated',
      violatedAt: '2026-03-10T00:00:00+08:00',
    });
    expect(late?.title).to.not.equal('');
  });

  it('按条文、按单位、按状态筛选，逐页接着读；单位只看得到自己的', async () => {
    const { people } = served();
    const own = await people.doing('unit', '某水务局经办人', '某水务局');
    const foreign = await people.doing('unit', '某城管局经办人', '某城管局');
    const norms = async (query: string, as?: object) =>
      (await get('listDuties', `/api/duties${query}`, as)).items.map(({ norm }) => norm);
    expect(await norms('')).to.include('J27');
    expect(await norms('?article=24')).to.include('J27');
    expect(await norms('?article=27')).to.deep.equal([]);
    expect(await norms('?unit=%E6%9F%90%E6%B0%B4%E5%8A%A1%E5%B1%80')).to.include('J27');
    expect(await norms('?unit=%E6%9F%90%E5%9F%8E%E7%AE%A1%E5%B1%80')).to.deep.equal([]);
    expect(await norms('?state=temporarily-violated')).to.include('J27');
    expect(await norms('?state=permanently-violated')).to.deep.equal([]);
    expect(await norms('?realm=replay')).to.deep.equal([]);
    expect(await norms('', own)).to.include('J27');
    expect(await norms('', foreign)).to.deep.equal([]);
    expect(await norms('?unit=%E6%9F%90%E6%B0%B4%E5%8A%A1%E5%B1%80', foreign)).to.deep.equal([]);
    const all = await norms('');
    const paged: string[] = [];
    for (let cursor = ''; ;) {
      const page = await get('listDuties', `/api/duties?limit=1${cursor}`);
      paged.push(...page.items.map(({ norm }) => norm));
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(paged).to.deep.equal(all);
  });

  it('载入官方原文之后，逐条、逐款、逐项与义务并列', async function () {
    const name = shared(this, 'regulation/济南市12345市民服务热线条例-2018.md');
    const file = { name, bytes: readFileSync(name), actor: '法制处' };
    const { text } = await loadOfficialText(served().system, file);
    const { official } = await get('readRegulation', '/api/regulation');
    expect(official).to.include({ sha256: text.sha256, effectiveFrom: '2018-09-01', loadedBy: '法制处' });
    const shown = (await article24())?.provisions.find(({ id }) => id === 'art24.p1');
    expect(shown?.official).to.equal(text.sentences.get('art24.p1'));
    const { items } = await get('listDuties', '/api/duties');
    const { items: duties } = await get('readDuties', `/api/work-orders/${items[0]?.no ?? ''}/duties`);
    const beside = duties.find(({ norm }) => norm === 'J27')?.official.map(({ words }) => words);
    expect(beside).to.include(text.sentences.get('art24.p1'));
  });
});
