/** Corrections of the place: what finds it, what the trail proves, and what is erased with the caller. */
import { expect } from 'chai';
import { eraseCaller } from '../../src/cases/index.js';
import { loadBoundaries } from '../../src/measures/warning/index.js';
import { said } from '../support/entries.js';
import { newcomer } from '../support/people.js';
import { asSuperuser } from '../support/tamper.js';
import { useCorrections } from './correcting.js';
import { accept, answered, completeOnly, post, problemIn, send, useServer, waterCut } from './serving.js';

const unit = '某水务局';
const crossing = '泉城路与县西巷路口西北角';
const gate = '趵突泉南路与泺源大街路口';
const home = '泉城路998号2单元501';
const pin = { longitude: 117.0297, latitude: 36.6683, system: 'GCJ-02' } as const;
const spot = { longitude: 117.15, latitude: 36.65, system: 'WGS-84' } as const;

describe('更正事发地点', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const { agent, handler, correct, corrected, read } = useCorrections(served, unit);
  const call = async (about: object): Promise<string> =>
    (await accept(served().url, { ...waterCut, ...about })).sheet.no;
  const handedOver = async (no: string): Promise<void> => {
    const noted = await completeOnly(served().url, await read(no), {
      conduct: 'orderly',
      confidential: false,
    });
    const decided = await completeOnly(served().url, noted, { wayOut: 'dispatch' });
    await completeOnly(served().url, decided, { unit });
  };
  const found = async (q: string): Promise<string> =>
    (await send(served().url, `/api/work-orders?q=${encodeURIComponent(q)}`, { as: agent() })).text;
  const near = async (point: object): Promise<string> =>
    JSON.stringify(
      answered(
        'suggestIntake',
        await post(served().url, '/api/intake/suggestions', { title: '路面', point }, {}, agent()),
      ),
    );
  const rows = async (no: string): Promise<string> => {
    const { rows: all } = await served().system.database.pool.query<{ text: string }>(
      `SELECT w::text AS text FROM hotline.work_order w WHERE no = $1
       UNION ALL SELECT v::text FROM hotline.sealed_value v WHERE stream = $1`,
      [no],
    );
    return all.map(({ text }) => text).join('\n');
  };
  const earlier = async (no: string) =>
    (
      answered(
        'revealCaller',
        await post(
          served().url,
          `/api/work-orders/${no}/caller/reveal`,
          { purpose: 'reply', reason: '回电' },
          {},
          agent(),
        ),
      ) as { earlier?: readonly { readonly field: string; readonly value: string }[] }
    ).earlier?.map(({ field, value }) => [field, value]);

  it('第二十二条：原来的和更正后的封存在轨迹里；承办单位看到新的；检索、附近的工单依新的', async () => {
    const no = await call({ place: { address: crossing, point: pin } });
    await handedOver(no);
    const after = await corrected(no, { place: { address: gate, point: spot } });
    const entry = after.trail.at(-1);
    expect(said(entry)).to.deep.include({ fields: ['place'], provisions: ['art22'] });
    expect(said(entry)).not.to.have.any.keys('from', 'to', 'data');
    expect(entry?.sealed).to.deep.equal({
      reason: '听写有误',
      'place.from': `${crossing}；117.0297,36.6683 GCJ-02`,
      'place.to': `${gate}；117.15,36.65 WGS-84`,
    });
    expect(after.chain.holds).to.equal(true);
    expect((await read(no, handler())).sheet.place).to.deep.include({
      address: gate,
      given: spot,
      point: { longitude: spot.longitude, latitude: spot.latitude },
      shown: true,
      altered: false,
    });
    expect((await read(no, handler())).trail.at(-1)?.sealed).to.deep.equal({ reason: '听写有误' });
    expect(await found('泺源大街')).to.contain(no);
    expect(await found('县西巷')).not.to.contain(no);
    expect(await near(spot)).to.contain(no);
    expect(await near(pin)).not.to.contain(no);
  });

  it('原来没有的补上，写错的整个删去；一样的不收，坐标有毛病的说得出怎样写，什么也不写', async () => {
    const no = await call({});
    const once = await corrected(no, { place: { address: crossing } });
    expect(once.sheet.place).to.include({ address: crossing, altered: false });
    expect(once.trail.at(-1)?.sealed).to.deep.equal({ reason: '听写有误', 'place.to': crossing });
    const basedOn = once.corrected;
    const refused = async (place: object | null) => problemIn(await correct(no, { basedOn, place }));
    expect((await refused({ address: ` ${crossing} ` })).code).to.equal('input.invalid');
    expect(await refused({ point: { longitude: 36.6, latitude: 117, system: 'WGS-84' } })).to.include({
      status: 400,
      where: 'place.point',
    });
    expect((await refused({ ofCaller: true })).where).to.equal('place.ofCaller');
    expect((await read(no)).trail).to.have.length(once.trail.length);
    const none = await corrected(no, { basedOn, place: null });
    expect(none.sheet.place).to.equal(null);
    expect(none.trail.at(-1)?.sealed).to.deep.equal({ reason: '听写有误', 'place.from': crossing });
    expect((await refused(null)).code).to.equal('sheet.corrected');
  });

  it('更正以后有人在数据库里改了、换回原来的、删了、补了：页面说得出', async () => {
    const { url } = served().system.database;
    const change = async (no: string, set: string) =>
      asSuperuser(url, [`UPDATE work_order SET ${set} WHERE no = $1`, no]);
    for (const set of [`place_address = '${crossing}'`, 'place_address = NULL', 'place_salt = NULL']) {
      const no = await call({ place: { address: crossing } });
      expect((await corrected(no, { place: { address: gate } })).sheet.place?.altered).to.equal(false);
      await change(no, set);
      expect((await read(no)).sheet.place?.altered, set).to.equal(true);
    }
    const no = await call({ place: { address: crossing } });
    await corrected(no, { place: null });
    await change(no, `place_address = '${crossing}'`);
    expect((await read(no)).sheet.place?.altered).to.equal(true);
  });

  it('来电人的地址写成了事发地点的，更正为“就在来电人地址”：原来写的随来电人资料加密保存，轨迹里没有', async () => {
    const { system } = served();
    const no = await call({ place: { address: `${home}，楼上漏水`, point: pin } });
    expect(problemIn(await correct(no, { place: { address: home }, callerAddress: home })).where).to.equal(
      'place.address',
    );
    const after = await corrected(no, { place: { ofCaller: true, point: spot }, callerAddress: home });
    expect(after.trail.at(-1)?.sealed).to.deep.equal({
      reason: '听写有误',
      'place.from': '来电人地址',
      'place.to': '来电人地址',
    });
    expect(after.sheet.place).to.include({ address: home, ofCaller: true, altered: false });
    expect(await rows(no)).not.to.contain('998号');
    expect(await earlier(no)).to.deep.equal([['place', `${home}，楼上漏水；117.0297,36.6683 GCJ-02`]]);
    await eraseCaller(system, { no, reason: '来电人要求', actor: '安全管理员' });
    const gone = await read(no);
    expect(gone.sheet.place).to.deep.include({ address: null, given: null, ofCaller: true, altered: false });
    const again = problemIn(
      await correct(no, { basedOn: after.corrected, place: { ofCaller: true, point: pin } }),
    );
    expect(again.where).to.equal('place.ofCaller');
    const elsewhere = await corrected(no, { basedOn: after.corrected, place: { address: crossing } });
    expect(elsewhere.sheet.place).to.include({ address: crossing, ofCaller: false, altered: false });
  });

  it('就在来电人地址写错了的，更正为别处：原来的坐标随来电人资料保存，一并删除', async () => {
    const { system } = served();
    const no = await call({ callerAddress: home, place: { ofCaller: true, point: pin } });
    await corrected(no, { place: { address: crossing } });
    expect(await rows(no)).not.to.contain('117.0297');
    expect(await earlier(no)).to.deep.equal([['place', '来电人地址；117.0297,36.6683 GCJ-02']]);
    await eraseCaller(system, { no, reason: '来电人要求', actor: '安全管理员' });
    const { rowCount } = await system.database.pool.query(
      'SELECT FROM hotline.caller_before WHERE work_order = $1',
      [no],
    );
    expect(rowCount).to.equal(0);
    expect((await read(no)).sheet.place).to.include({ address: crossing, altered: false });
  });

  it('第十六条：要求保密的不能更正为来电人地址；同时更正为要求保密的也不能', async () => {
    const kept = await call({ callerAddress: home, confidential: true });
    expect(problemIn(await correct(kept, { place: { ofCaller: true } }))).to.include({
      status: 400,
      where: 'place.ofCaller',
      provision: '第十六条',
    });
    const no = await call({ callerAddress: home });
    const both = await correct(no, { place: { ofCaller: true }, confidential: true });
    expect(problemIn(both).where).to.equal('place.ofCaller');
  });

  it('两个人同时更正地点：后一个不收；承办单位不可以，须回避的人当工单不存在', async () => {
    const no = await call({ place: { address: crossing } });
    const replies = await Promise.all([
      correct(no, { place: { address: gate } }),
      correct(no, { place: { address: '别处' } }),
    ]);
    expect(replies.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    const late = replies.find(({ status }) => status === 409);
    expect(late && problemIn(late).changes?.[0]).to.contain('更正了事发地点');
    await handedOver(no);
    expect(problemIn(await correct(no, { place: null }, handler())).code).to.equal('access.denied');
    const accused = await newcomer(served().system, { login: 'accused', roles: ['intake'] });
    const about = await call({ place: { address: crossing }, accusedPersons: 'accused' });
    expect(problemIn(await correct(about, { place: null }, accused)).code).to.equal('case.not-found');
  });

  it('载入了区县边界的：新的坐标在哪个区县说得出；没写属地的照它写，写了的不动', async () => {
    const ring = (west: number) => [
      [west, 36.6],
      [west + 0.1, 36.6],
      [west + 0.1, 36.7],
      [west, 36.7],
      [west, 36.6],
    ];
    const district = (name: string, west: number) => ({
      type: 'Feature',
      properties: { name },
      geometry: { type: 'Polygon', coordinates: [ring(west)] },
    });
    const features = [district('历下区', 117), district('历城区', 117.1)];
    await loadBoundaries(served().system, JSON.stringify({ type: 'FeatureCollection', features }), '测试');
    const none = await corrected(await call({}), { place: { point: spot } });
    expect([none.sheet.district, none.sheet.place?.within]).to.deep.equal(['历城区', '历城区']);
    expect(said(none.trail.at(-1))['fields']).to.deep.equal(['district', 'place']);
    const differs = await corrected(await call({ district: '历下区' }), { place: { point: spot } });
    expect([differs.sheet.district, differs.sheet.place?.within]).to.deep.equal(['历下区', '历城区']);
  });
});
