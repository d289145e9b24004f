/** The file of an accountability case: which of its entries have their place in the tree and a signature. */
import { expect } from 'chai';
import { sequence, signCheckpoint } from '../../src/accountability/index.js';
import { sendMessage } from '../../src/cases/index.js';
import { asOwner } from '../support/owner.js';
import { newcomer } from '../support/people.js';
import { answered, complete, dispatched, problemIn, send, useServer, type WorkOrderView } from './serving.js';

interface Signing {
  readonly checkpoint: { readonly size: number } | null;
  readonly entries: readonly {
    readonly seq: number;
    readonly index: number | null;
    readonly signed: boolean;
  }[];
}

describe('http 问责案卷的排号和签名', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let no = '';
  const path = (of: string) => `/api/accountability/${of}/signing`;
  const read = async () => answered('readCaseSigning', await send(served().url, path(no))) as Signing;
  const sign = async () => {
    const { system } = served();
    await sequence(system.database);
    await signCheckpoint({ ...system, signer: await system.signer() });
  };

  before(async () => {
    no = (await dispatched(served().url)).sheet.no;
  });

  it('第三十九条：排号以前没有序号；排了号，检查点以内的才是已签名', async () => {
    const before = await read();
    expect(before.checkpoint).to.equal(null);
    expect(before.entries.length).to.be.greaterThan(2);
    for (const { index, signed } of before.entries)
      expect({ index, signed }).to.deep.equal({ index: null, signed: false });
    await sequence(served().system.database);
    const placed = await read();
    for (const { index, signed } of placed.entries) {
      expect(index).to.be.a('number');
      expect(signed).to.equal(false);
    }
    await sign();
    const { checkpoint, entries } = await read();
    expect(checkpoint?.size).to.be.greaterThan(entries.at(-1)?.index ?? Infinity);
    expect(entries.map(({ seq }) => seq)).to.deep.equal(entries.map((_, at) => at + 1));
    expect(entries.every(({ signed }) => signed)).to.equal(true);
  });

  it('签名以后记下的一条尚未签名，再签才是', async () => {
    const known = (await read()).entries.length;
    await sendMessage(served().system, no, 'supervision-ordered', '督办员');
    await sequence(served().system.database);
    const fresh = (await read()).entries;
    expect(fresh.length).to.be.greaterThan(known);
    for (const { seq, index, signed } of fresh) {
      expect(index).to.be.a('number');
      expect(signed, `${seq}`).to.equal(seq <= known);
    }
    await sign();
    expect((await read()).entries.every(({ signed }) => signed)).to.equal(true);
  });

  it('没有的工单说没有；不管问责的岗位不给看', async () => {
    const { url, system } = served();
    expect(problemIn(await send(url, path('20990101-000001'))).code).to.equal('case.not-found');
    const handler = await newcomer(system, { login: 'jingban', unit: '某水务局', roles: ['handler'] });
    expect(problemIn(await send(url, path(no), { as: handler })).code).to.equal('access.denied');
  });
});

describe('http 有问责的工单', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });

  it('同一工单有几件问责的，各件的情形都列；有一件还在办，就还没有结果', async () => {
    const { url, system } = served();
    const order = await dispatched(url);
    const { no } = order.sheet;
    const listed = async () =>
      (
        answered('listAccountability', await send(url, '/api/accountability')) as {
          items: { no: string; grounds: { id: string }[]; result: string | null; tasks: string[] }[];
        }
      ).items.map(({ grounds, result, tasks, ...one }) => [
        one.no,
        grounds.map(({ id }) => id),
        result,
        tasks.length,
      ]);
    const clue = async (clueGround: string): Promise<void> => {
      await sendMessage(system, no, 'accountability-clue', '督办员');
      const now = answered('readWorkOrder', await send(url, `/api/work-orders/${no}`)) as WorkOrderView;
      const task = now.tasks.find(({ deeds }) => deeds.includes('clue.registered'));
      if (!task) expect.fail('no clue is to be registered');
      await complete(
        url,
        now,
        task,
        { accused: 'unit:某水务局', clueGround, clueSource: 'trail', clueFacts: '见案卷' },
        '监察员',
      );
    };
    await clue('art40.p1.i4');
    await clue('art40.p1.i2');
    // Nothing was supervised: the second proceeding ends at once, the first does not.
    expect(await listed()).to.deep.equal([[no, ['art40.p1.i2', 'art40.p1.i4'], null, 1]]);
  });

  it('一页一页读完，一件不漏、不重；回放的不列', async () => {
    const { url, system } = served();
    const opened: string[] = [];
    for (let index = 0; index < 4; index++) {
      const order = await dispatched(url);
      await sendMessage(system, order.sheet.no, 'accountability-clue', '督办员');
      opened.unshift(order.sheet.no);
    }
    await asOwner(
      system.database.url,
      `UPDATE hotline.process_case SET realm = 'replay' WHERE business_key = '${opened[1]}'`,
    );
    const found: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page = answered(
        'listAccountability',
        await send(url, `/api/accountability?limit=2${next === '' ? '' : `&cursor=${next}`}`),
      ) as { next: string | null; items: { no: string }[] };
      found.push(...page.items.map((one) => one.no));
      next = page.next;
    }
    expect(found.slice(0, 3)).to.deep.equal([opened[0], opened[2], opened[3]]);
    expect(found).not.to.include(opened[1]);
    expect(new Set(found).size).to.equal(found.length);
  });
});
