/** 全部工单 filtered by district, class and unit, with and without words. */
import { expect } from 'chai';
import { sequence } from '../../src/accountability/index.js';
import { findNarrowed } from '../../src/sheet/index.js';
import { followMatters } from '../../src/measures/warning/index.js';
import type { SignedIn } from '../support/people.js';
import { accept, answered, completeOnly, send, useServer, waterCut } from './serving.js';

describe('http 全部工单：按属地、分类、单位找', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const find = async (query: { readonly [name: string]: string }, as?: SignedIn) => {
    const path = `/api/work-orders?${new URLSearchParams(query).toString()}`;
    const { items, next } = answered('listWorkOrders', await send(served().url, path, as ? { as } : {})) as {
      items: { title: string }[];
      next: string | null;
    };
    return { titles: items.map(({ title }) => title), next };
  };
  const titles = async (query: { readonly [name: string]: string }, as?: SignedIn) =>
    (await find(query, as)).titles;

  before(async () => {
    const { url, system } = served();
    for (const [title, district, code, unit] of [
      ['甲 停水', '历下区', '0301010101', '某水务局'],
      ['乙 停水', '历下区', '0301010102', '某水务局'],
      ['丙 停水', '市中区', '0301010101', '某街道'],
      ['丁 路灯', '历下区', '0102020101', '某街道'],
      ['戊 路灯', null, undefined, undefined],
    ] as const) {
      const about = { ...waterCut, title, content: `${title}的事`, ...(district ? { district } : {}) };
      const order = await accept(url, code === undefined ? about : { ...about, class: code });
      if (unit) {
        const registered = await completeOnly(url, order, { conduct: 'orderly' });
        await completeOnly(url, await completeOnly(url, registered, { wayOut: 'dispatch' }), { unit });
      }
      system.clock.moveTo(new Date(system.clock.now().getTime() + 60_000));
    }
    await sequence(system.database);
    while ((await followMatters(system)) > 0);
  });

  it('属地、末级、中间一级、一级、单位，可以一起用，新的在前', async () => {
    expect(await titles({ district: '历下区' })).to.deep.equal(['丁 路灯', '乙 停水', '甲 停水']);
    expect(await titles({ class: '0301010101' })).to.deep.equal(['丙 停水', '甲 停水']);
    expect(await titles({ class: '030101' })).to.deep.equal(['丙 停水', '乙 停水', '甲 停水']);
    expect(await titles({ class: '01' })).to.deep.equal(['丁 路灯']);
    expect(await titles({ unit: '某街道' })).to.deep.equal(['丁 路灯', '丙 停水']);
    expect(await titles({ unit: '某街道', class: '03' })).to.deep.equal(['丙 停水']);
    expect(await titles({ unit: '某水务局', district: '历下区', class: '0301010102' })).to.deep.equal([
      '乙 停水',
    ]);
    expect(await titles({ class: '没有的' })).to.deep.equal([]);
    expect(await titles({ district: '没有的' })).to.deep.equal([]);
  });

  it('和词一起用', async () => {
    expect(await titles({ q: '停水', district: '历下区' })).to.deep.equal(['乙 停水', '甲 停水']);
    expect(await titles({ q: '路灯' })).to.deep.equal(['戊 路灯', '丁 路灯']);
    expect(await titles({ q: '路灯', unit: '某街道' })).to.deep.equal(['丁 路灯']);
    expect(await titles({ q: '停水', class: '01' })).to.deep.equal([]);
  });

  it('一页一页，不漏不重', async () => {
    for (const query of [{ district: '历下区' }, { unit: '某水务局' }, { q: '停水', class: '03' }] as {
      readonly [name: string]: string;
    }[]) {
      const all = await titles(query);
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page = await find({ ...query, limit: '1', ...(cursor === '' ? {} : { cursor }) });
        seen.push(...page.titles);
        cursor = page.next;
      }
      expect(seen).to.deep.equal(all);
    }
  });

  it('单位的人只找得到自己的', async () => {
    const own = await served().people.doing('unit', '某街道经办人', '某街道');
    expect(await titles({ district: '历下区' }, own)).to.deep.equal(['丁 路灯']);
    expect(await titles({ unit: '某水务局' }, own)).to.deep.equal([]);
    expect(await titles({ q: '停水', district: '历下区' }, own)).to.deep.equal([]);
  });

  it('找到的很多、合适的一件没有：停在一处，由人决定接着找不找', async () => {
    let asked = 0;
    const answer = await served().system.database.transaction((transaction) =>
      findNarrowed(
        transaction,
        { district: '没有的' },
        (most) => {
          asked += 1;
          const numbers = Array.from({ length: most }, (_, index) => `x-${asked}-${index}`);
          return Promise.resolve({ numbers, end: ['2026-03-01 00:00:00+08', `x-${asked}`] });
        },
        { most: 51 },
      ),
    );
    expect(answer).to.deep.equal({ numbers: [], goOn: ['2026-03-01 00:00:00+08', 'x-10'] });
    expect(asked).to.equal(10);
  });
});
