/** 附近的工单: by distance, to each only what they may see. */
import { expect } from 'chai';
import { newcomer } from '../support/people.js';
import { accept, answered, completeOnly, post, problemIn, send, useServer, waterCut } from './serving.js';

interface Near {
  readonly no: string;
  readonly metres: number;
  readonly state: string;
  readonly kindName: string;
}

describe('http 附近的工单', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const at = async (metres: number, about: object = {}): Promise<string> => {
    const point = { longitude: 117.05, latitude: 36.65 + metres / 111_000, system: 'WGS-84' };
    return (await accept(served().url, { ...waterCut, place: { point }, ...about })).sheet.no;
  };
  const dispatched = async (no: string, unit: string): Promise<void> => {
    const { url } = served();
    let now = answered('readWorkOrder', await send(url, `/api/work-orders/${no}`)) as Parameters<
      typeof completeOnly
    >[1];
    for (const given of [{ conduct: 'orderly' }, { wayOut: 'dispatch' }, { unit }]) {
      now = await completeOnly(url, now, given);
    }
  };
  const near = async (no: string, as?: Awaited<ReturnType<typeof newcomer>>): Promise<readonly Near[]> => {
    const reply = await send(served().url, `/api/work-orders/${no}/nearby`, as ? { as } : {});
    return (answered('listNearbySheets', reply) as { items: Near[] }).items;
  };

  it('三百米以内的，写明距离、类别、状态；远的、自己、就在来电人地址的不列；没有坐标的没有', async () => {
    const own = await at(0);
    const close = await at(60);
    const farther = await at(200);
    await at(400);
    const home = await at(20, {
      callerAddress: '某小区 1 号楼',
      place: { ofCaller: true, point: { longitude: 117.05, latitude: 36.65, system: 'WGS-84' } },
    });
    const found = await near(own);
    expect(found.map(({ no }) => no)).to.have.members([close, farther]);
    expect(found.find(({ no }) => no === close)).to.deep.include({
      metres: 60,
      state: 'open',
      kindName: '求助',
    });
    expect(await near(home)).to.deep.equal([]);
    expect(await near((await accept(served().url, waterCut)).sheet.no)).to.deep.equal([]);
  });

  it('单位只看得到自己的；须回避的人看不到那一张；看不到工单的，也看不到它的附近', async () => {
    const { system, url } = served();
    const unit = { kind: 'department', roles: ['handler'] } as const;
    const water = await newcomer(system, { ...unit, login: 'near-water', unit: '某水务局' });
    await newcomer(system, { ...unit, login: 'near-city', unit: '某城管局' });
    const [own, ours, theirs] = [await at(5000), await at(5010), await at(5020)];
    await dispatched(own, '某水务局');
    await dispatched(ours, '某水务局');
    await dispatched(theirs, '某城管局');
    expect((await near(own, water)).map(({ no }) => no)).to.deep.equal([ours]);
    expect((await near(own)).map(({ no }) => no)).to.have.members([ours, theirs]);
    expect(problemIn(await send(url, `/api/work-orders/${theirs}/nearby`, { as: water })).code).to.equal(
      'case.not-found',
    );
    const agent = await newcomer(system, { login: 'near-agent', roles: ['intake'] });
    answered(
      'recusePersons',
      await post(url, `/api/work-orders/${theirs}/recusals`, { persons: 'near-agent' }),
    );
    expect((await near(own, agent)).map(({ no }) => no)).to.deep.equal([ours]);
  });
});
