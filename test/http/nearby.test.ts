/** Sheets nearby: found by the point's cells, ranked by distance and words. */
import { expect } from 'chai';
import type { z } from 'zod';
import type { operations } from '../../src/http/contract/operations.js';
import { newcomer } from '../support/people.js';
import { metresBetween } from '../../src/sheet/coordinates.js';
import { accept, answered, post, useServer, waterCut } from './serving.js';

type Suggestions = z.output<(typeof operations.suggestIntake.answers)[200]['schema']>;

const here = { longitude: 117.02064, latitude: 36.67012 };
/** So many metres north and east of here. */
const off = (north: number, east = 0) => ({
  longitude: here.longitude + east / (111_195 * Math.cos((here.latitude * Math.PI) / 180)),
  latitude: here.latitude + north / 111_195,
  system: 'WGS-84' as const,
});

describe('http 受理时看附近的工单', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const nos: { [name: string]: string } = {};

  const put = async (name: string, title: string, point: object): Promise<void> => {
    const about = { ...waterCut, title, place: { point } };
    nos[name] = (await accept(served().url, about)).sheet.no;
  };
  const ask = async (about: object): Promise<Suggestions> =>
    answered('suggestIntake', await post(served().url, '/api/intake/suggestions', about)) as Suggestions;
  const found = async (about: object = {}): Promise<readonly string[]> => {
    const { nearby } = await ask({ title: '路灯不亮', point: { ...here, system: 'WGS-84' }, ...about });
    return nearby.map(({ no }) => Object.keys(nos).find((name) => nos[name] === no) ?? no);
  };

  before(async () => {
    const { clock } = served().system;
    const now = clock.now();
    clock.moveTo(new Date(now.getTime() - 40 * 24 * 3_600_000));
    await put('四十天前', '路灯不亮', off(5));
    clock.moveTo(now);
    await put('三十米,别的事', '垃圾没有清运', off(30));
    await put('一百二十米,同样的字', '路口的路灯不亮了', off(0, 120));
    await put('一百八十米', '井盖丢失', off(-127, -127));
    await put('两百五十米', '路灯不亮', off(250));
    await put('四公里', '路灯不亮', off(4000));
    nos['没有坐标'] = (await accept(served().url, { ...waterCut, title: '路灯不亮' })).sheet.no;
  });

  it('两百米、三十天以内的,字相近的在前,其余越近越前;几米说得出', async () => {
    expect(await found()).to.deep.equal(['一百二十米,同样的字', '三十米,别的事', '一百八十米']);
    const { nearby } = await ask({ title: '路灯不亮', point: { ...here, system: 'WGS-84' } });
    expect(nearby.map(({ metres }) => metres)).to.deep.equal([120, 30, 180]);
  });

  it('半径和天数可以另说;半径五十至三百米', async () => {
    expect(await found({ nearMetres: 50 })).to.deep.equal(['三十米,别的事']);
    expect(await found({ nearMetres: 300, nearDays: 60 })).to.have.members([
      '四十天前',
      '三十米,别的事',
      '一百二十米,同样的字',
      '一百八十米',
      '两百五十米',
    ]);
    const reply = await post(served().url, '/api/intake/suggestions', { nearMetres: 5000 });
    expect(reply.status).to.equal(400);
  });

  it('GCJ-02 的坐标先换算;没有坐标的不找;写反的说得出,别的提示照给', async () => {
    const shifted = { longitude: 117.0266735, latitude: 36.6705296, system: 'GCJ-02' };
    expect(await found({ point: shifted, nearMetres: 50 })).to.deep.equal(['三十米,别的事']);
    const { nearby, place } = await ask({ title: '路灯不亮' });
    expect([nearby, place]).to.deep.equal([[], null]);
    const point = { longitude: here.latitude, latitude: here.longitude, system: 'WGS-84' };
    const wrong = await ask({ title: '路灯不亮', point });
    expect(wrong.place?.fault).to.contain('写反');
    expect(wrong.nearby).to.deep.equal([]);
    expect(wrong.duplicates.length).to.be.greaterThan(0);
  });

  it('须回避的人看不到', async () => {
    const { system, url } = served();
    const agent = await newcomer(system, { login: 'agent', name: '受理员戊', roles: ['intake'] });
    const no = nos['三十米,别的事'] ?? '';
    const clerk = await served().people.allowed(['intake']);
    expect(
      (await post(url, `/api/work-orders/${no}/recusals`, { persons: 'agent' }, {}, clerk)).status,
    ).to.be.lessThan(300);
    const body = { title: '路灯', point: { ...here, system: 'WGS-84' } };
    const { nearby } = answered(
      'suggestIntake',
      await post(url, '/api/intake/suggestions', body, {}, agent),
    ) as Suggestions;
    expect(nearby.map((one) => one.no)).not.to.contain(no);
    expect(nearby.length).to.equal(2);
  });

  it('数据库里的距离与程序里的一致', async () => {
    const other = off(1234, -567);
    const { rows } = await served().system.database.pool.query<{ metres: number }>(
      'SELECT hotline.metres_between($1, $2, $3, $4) AS metres',
      [here.longitude, here.latitude, other.longitude, other.latitude],
    );
    expect(rows[0]?.metres).to.be.closeTo(metresBetween(here, other), 0.001);
  });
});
