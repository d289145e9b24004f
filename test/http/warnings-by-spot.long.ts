/** 一处集中反映: sheets of one kind at one spot, by point or by the place in words (Art 26). */
import { expect } from 'chai';
import { sequence } from '../../src/accountability/index.js';
import { followMatters } from '../../src/measures/warning/index.js';
import { spotOf } from '../../src/measures/warning/spot.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { accept, answered, post, send, useServer } from './serving.js';

const csv = '编码,名称,上级编码,行业\nN,噪声,,环保\nN1,夜间施工,N,\nL,照明,,路灯\nL1,路灯不亮,L,\n';

interface WarningView {
  readonly sort: string;
  readonly spot: string | null;
  readonly observed: number;
  readonly sheets: number;
  readonly title: string;
}

describe('http 预警：一处集中反映（第二十六条）', () => {
  const served = useServer({ at: '2026-03-02T09:00:00+08:00' });
  let duty: SignedIn | undefined;
  let callers = 0;
  const call = async (about: object): Promise<string> => {
    const callerContact = `1390000${String(++callers).padStart(4, '0')}`;
    const given = { channel: 'phone', kind: 'help', title: '想问问', content: '来电内容', callerContact };
    return (await accept(served().url, { ...given, district: '历下区', class: 'L1', ...about })).sheet.no;
  };
  const spots = async (): Promise<readonly WarningView[]> => {
    await sequence(served().system.database);
    while ((await followMatters(served().system)) > 0);
    const { items } = answered(
      'listWarnings',
      await send(served().url, '/api/warnings?limit=100', { as: duty ?? expect.fail('nobody') }),
    ) as { items: WarningView[] };
    return items.filter(({ sort }) => sort === 'repeat-spot');
  };
  const at = (longitude: number, latitude: number, address?: string) => ({
    place: { point: { longitude, latitude, system: 'WGS-84' }, ...(address ? { address } : {}) },
  });
  const metres = (count: number): number => count / 111_000;

  before(async () => {
    const { system, url } = served();
    duty = await newcomer(system, {
      ...{ login: 'duty', unit: '市热线工作机构', kind: 'hotline', roles: ['supervisor'] },
    });
    const imported = await post(url, '/api/classification/versions', { csv, title: '测试分类' });
    expect(imported.status, imported.text).to.equal(201);
  });

  it('九十位来电人在九十处，一件也不预警；同一处五件不同的分类、没有归类的，也不', async () => {
    for (let n = 0; n < 45; n += 1) {
      await call(at(117 + n * 0.01, 36.6));
      await call({ class: 'N1', place: { address: `历下区第${n + 1}小区 ${n + 1} 号楼` } });
    }
    for (let n = 0; n < 6; n += 1) await call({ ...at(117.9, 36.9), class: n % 2 === 0 ? 'L1' : 'N1' });
    for (let n = 0; n < 8; n += 1) await call({ ...at(117.95, 36.9), class: undefined });
    // A long road, a district, the caller's own address: no spots.
    for (let n = 0; n < 6; n += 1) {
      await call({ class: 'N1', place: { address: '经十路' } });
      await call({ class: 'N1', callerAddress: '历下区某小区 1 号楼', place: { ofCaller: true } });
    }
    expect(await spots()).to.deep.equal([]);
  });

  it('一个路口一种事五件，预警一件，写明哪一处；再来的算在同一件里', async () => {
    for (let n = 0; n < 4; n += 1) {
      await call(at(117.05 + metres(n * 15), 36.65, `经十路与舜耕路路口${n === 3 ? '东北角' : ''}`));
    }
    expect(await spots()).to.deep.equal([]);
    const fifth = await call(at(117.05, 36.65 + metres(40), '舜耕路经十路路口'));
    const [found, ...others] = await spots();
    expect(others).to.deep.equal([]);
    expect(found).to.include({ spot: '舜耕路经十路路口', observed: 5, sheets: 5, title: '路灯不亮' });
    await call(at(117.05, 36.65));
    expect((await spots()).map(({ sheets }) => sheets)).to.deep.equal([6]);
    // 150 metres away: another spot.
    await call(at(117.05, 36.65 - metres(250)));
    expect((await spots()).map(({ sheets }) => sheets)).to.deep.equal([6]);
    const { rows } = await served().system.database.pool.query<{ title: string }>(
      "SELECT title FROM hotline.notification WHERE stream = 'warnings' AND title LIKE '%路口%'",
    );
    expect(rows.map(({ title }) => title)).to.deep.equal(['预警：历下区舜耕路经十路路口集中反映“路灯不亮”']);
    const trail = await served().system.database.pool.query<{ said: string }>(
      "SELECT convert_from(body, 'UTF8') AS said FROM hotline.trail_entry WHERE stream = 'warnings'",
    );
    expect(trail.rows.map(({ said }) => said).join()).to.not.include('路口');
    expect(fifth).to.not.equal('');
  });

  it('没有坐标的，地点的文字相同就是一处：空格、标点、全角、写没写区县，不算不同', async () => {
    for (const address of [
      '泉景小区 3 号楼',
      '泉景小区3号楼',
      '历下区泉景小区3号楼',
      '泉景小区，3号楼',
      '济南市历下区泉景小区３号楼',
    ]) {
      await call({ class: 'N1', place: { address } });
    }
    const found = await spots();
    expect(found.map(({ observed, title }) => [observed, title])).to.deep.equal([
      [5, '夜间施工'],
      [5, '路灯不亮'],
    ]);
    expect(spotOf('泉景小区3号楼', '市中区')).to.not.equal(spotOf('泉景小区3号楼', '历下区'));
    expect([spotOf(null, '历下区'), spotOf('历下区', '历下区'), spotOf('经十路', '历下区')]).to.deep.equal([
      '',
      '',
      '',
    ]);
    expect(spotOf('经十路 88 号', '历下区')).to.not.equal('');
  });
});
