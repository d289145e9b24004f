/** 审计轨迹 over HTTP: who finds what. */
import { expect } from 'chai';
import { signCheckpoint } from '../../src/accountability/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { dispatched, post, problemIn, send, useServer } from './serving.js';

interface Page {
  items: {
    index: number;
    stream: string;
    seq: number;
    kind: string;
    actor: string | null;
    title: string;
    hash: string;
  }[];
  next: number | null;
}

describe('http trail', () => {
  const served = useServer();
  let auditor: SignedIn;
  let inspector: SignedIn;
  let no = '';
  const find = async (query: string, as = auditor): Promise<Page> =>
    (await send(served().url, `/api/trail/entries?${query}`, { as })).json as Page;

  before(async () => {
    auditor = await newcomer(served().system, { login: 'shenji1', roles: ['auditor'] });
    inspector = await newcomer(served().system, { login: 'jiancha1', roles: ['inspector'] });
    no = (await dispatched(served().url)).sheet.no;
  });

  it('按工单、人员、条文、环节、时期找；一页接一页，不重不漏', async () => {
    const all = await find(`no=${no}&limit=100`);
    expect(all.items.length).to.be.greaterThan(3);
    expect(all.items.every(({ stream, kind }) => stream === no && kind === 'case')).to.equal(true);
    const paged: number[] = [];
    for (let before = ''; ;) {
      const page = await find(`no=${no}&limit=2${before}`);
      paged.push(...page.items.map(({ seq }) => seq));
      if (page.next === null) break;
      before = `&before=${page.next}`;
    }
    expect(paged).to.deep.equal(all.items.map(({ seq }) => seq));
    const someone = all.items.find(({ actor }) => actor !== null)?.actor ?? '';
    const theirs = await find(`person=${encodeURIComponent(someone)}`);
    expect(theirs.items.length).to.be.greaterThan(0);
    expect(theirs.items.every(({ actor }) => actor === someone)).to.equal(true);
    expect((await find(`article=art23&no=${no}`)).items).to.not.have.length(0);
    expect((await find(`element=Task_Dispatch&no=${no}`)).items).to.not.have.length(0);
    expect((await find('from=2030-01-01')).items).to.deep.equal([]);
    expect((await find('kind=definition')).items.map(({ title }) => title)).to.include('部署流程图、决策表');
  });

  it('日期写错的说明怎样写', async () => {
    const reply = await send(served().url, `/api/trail/entries?from=${encodeURIComponent('昨天')}`, {
      as: auditor,
    });
    expect(problemIn(reply)).to.include({ code: 'calendar.invalid' });
  });

  it('第三十九条：监察人员只见有问责的工单', async () => {
    expect((await find(`no=${no}`, inspector)).items).to.deep.equal([]);
    const clue = { message: 'accountability-clue' };
    expect(
      (await post(served().url, `/api/work-orders/${no}/messages`, clue, {}, inspector)).status,
    ).to.equal(200);
    expect((await find(`no=${no}`, inspector)).items).to.not.have.length(0);
    expect((await find('kind=accounts', inspector)).items).to.deep.equal([]);
    expect((await find('kind=definition', auditor)).items).to.not.have.length(0);
  });

  it('现状：排到哪里、签到哪里', async () => {
    const { database, clock, laws, signer } = served().system;
    await signCheckpoint({ database, clock, laws, signer: await signer() });
    const state = (await send(served().url, '/api/trail/state', { as: auditor })).json as {
      placed: number;
      waiting: number;
      checkpoint: { size: number } | null;
    };
    expect(state.checkpoint?.size).to.be.greaterThan(0);
    expect(state.placed).to.be.at.least(state.checkpoint?.size ?? 0);
  });
});
