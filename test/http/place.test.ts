/**
 * 事发地点: separate from the caller's address, visible to the unit, stored as given and normalised,
 * proved by the trail.
 */
import { expect } from 'chai';
import { eraseCaller } from '../../src/cases/index.js';
import { loadBoundaries } from '../../src/measures/warning/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { asSuperuser } from '../support/tamper.js';
import {
  accept,
  answered,
  completeOnly,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from './serving.js';

const unit = '某水务局';
const crossing = { address: '泉城路与县西巷路口西北角' };
const pin = { longitude: 117.0297, latitude: 36.6683, system: 'GCJ-02' } as const;

describe('http 事发地点', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let handler: SignedIn;
  let auditor: SignedIn;
  before(async () => {
    handler = await newcomer(served().system, {
      login: 'handler',
      roles: ['handler'],
      unit,
      kind: 'department',
    });
    auditor = await newcomer(served().system, { login: 'auditor', roles: ['auditor'] });
  });

  const call = (about: object): Promise<WorkOrderView> => accept(served().url, { ...waterCut, ...about });
  const refused = async (about: object) => {
    const reply = await post(served().url, '/api/work-orders', { ...waterCut, ...about });
    expect(reply.status, reply.text).to.equal(400);
    return problemIn(reply);
  };
  const read = async (no: string, as: SignedIn): Promise<WorkOrderView> =>
    answered('readWorkOrder', await send(served().url, `/api/work-orders/${no}`, { as })) as WorkOrderView;
  const handedOver = async (about: object): Promise<string> => {
    const order = await call(about);
    const noted = await completeOnly(served().url, order, {
      conduct: 'orderly',
      confidential: (about as { confidential?: boolean }).confidential ?? false,
    });
    const decided = await completeOnly(served().url, noted, { wayOut: 'dispatch' });
    return (await completeOnly(served().url, decided, { unit })).sheet.no;
  };

  it('文字和坐标照登记的保存，另存换算成 WGS-84 的；承办单位不用查看就看得到，来电人地址照样遮盖', async () => {
    const no = await handedOver({ callerAddress: '某路九八号', place: { ...crossing, point: pin } });
    const { sheet } = await read(no, handler);
    expect(sheet.callerAddress).to.equal('****');
    expect(sheet.place).to.deep.include({
      ...crossing,
      given: pin,
      ofCaller: false,
      shown: true,
      within: null,
      altered: false,
    });
    expect(sheet.place?.point?.longitude).to.be.closeTo(117.0237, 0.0003);
    expect(sheet.place?.point?.latitude).to.be.closeTo(36.668, 0.0005);
    expect((await read(no, auditor)).sheet.place?.address).to.equal(crossing.address);
  });

  it('不登记的为 null；只有文字、只有坐标都可以；CGCS2000 与 WGS-84 的坐标不变', async () => {
    expect((await call({})).sheet.place).to.equal(null);
    expect((await call({ place: {} })).sheet.place).to.equal(null);
    expect((await call({ place: crossing })).sheet.place).to.include({ ...crossing, given: null });
    const { place } = (await call({ place: { point: { ...pin, system: 'CGCS2000' } } })).sheet;
    expect(place).to.include({ address: null });
    expect(place?.point).to.deep.equal({ longitude: pin.longitude, latitude: pin.latitude });
  });

  it('经纬度写反的、不在境内的、没写坐标系的拒绝，说得出怎样写；什么也没有开立', async () => {
    const { system } = served();
    const count = async () =>
      (await system.database.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM hotline.work_order'))
        .rows[0]?.n;
    const before = await count();
    const swapped = await refused({
      place: { point: { longitude: 36.6683, latitude: 117.0297, system: 'WGS-84' } },
    });
    expect(swapped.detail).to.contain('写反');
    expect(JSON.stringify(swapped)).to.contain('经度 117.0297、纬度 36.6683').and.contain('place.point');
    const far = await refused({ place: { point: { longitude: 2.35, latitude: 48.86, system: 'WGS-84' } } });
    expect(far.detail).to.contain('不在我国境内');
    await refused({ place: { point: { longitude: 117, latitude: 36.6 } } });
    await refused({ place: { point: { longitude: '117', latitude: 36.6, system: 'WGS-84' } } });
    await refused({ place: { address: '甲'.repeat(201) } });
    await refused({ place: { adress: '写错了键' } });
    expect(await count()).to.equal(before);
  });

  it('来电人的地址不能悄悄当作事发地点：说明“就在来电人地址”才行，承办单位因此看得到', async () => {
    const callerAddress = '历下区 泉城路998号2单元501';
    const quiet = await refused({ callerAddress, place: { address: '历下区泉城路998号2单元501，楼上漏水' } });
    expect(JSON.stringify(quiet)).to.contain('place.ofCaller').and.contain('第十条');
    await refused({ callerAddress, place: { address: '楼上', ofCaller: true } });
    await refused({ place: { ofCaller: true } });
    expect(
      (await call({ callerAddress, place: { address: '泉城路998号小区' } })).sheet.place?.shown,
    ).to.equal(true);
    const no = await handedOver({ callerAddress, place: { ofCaller: true, point: pin } });
    expect((await read(no, handler)).sheet.place).to.include({
      address: callerAddress,
      ofCaller: true,
      shown: true,
    });
    expect((await read(no, auditor)).sheet.place).to.deep.include({
      address: null,
      given: null,
      point: null,
      shown: false,
    });
    const { rows } = await served().system.database.pool.query<{ text: string }>(
      'SELECT w::text AS text FROM hotline.work_order w WHERE no = $1',
      [no],
    );
    expect(rows[0]?.text).not.to.contain('998号');
  });

  it('第十六条：要求保密的，不能把来电人地址当作事发地点；登记以后才要求的，不再显示', async () => {
    const callerAddress = '泉城路998号2单元501';
    const refusal = await refused({ callerAddress, confidential: true, place: { ofCaller: true } });
    expect(JSON.stringify(refusal)).to.contain('第十六条');
    expect(
      (await refused({ callerAddress, confidential: true, place: { address: callerAddress } })).detail,
    ).to.contain('来电人的地址');
    const order = await call({ callerAddress, place: { ofCaller: true, point: pin } });
    const noted = await completeOnly(served().url, order, { conduct: 'orderly', confidential: true });
    expect(noted.sheet.place).to.deep.include({ address: null, point: null, shown: false });
  });

  it('删除来电人资料，就在来电人地址的坐标一并删除；另在别处的事发地点留着', async () => {
    const { system } = served();
    const own = await call({ callerAddress: '泉城路998号2单元501', place: { ofCaller: true, point: pin } });
    const other = await call({ callerAddress: '泉城路998号2单元501', place: { ...crossing, point: pin } });
    for (const { sheet } of [own, other]) {
      await eraseCaller(system, { no: sheet.no, reason: '来电人要求', actor: '安全管理员' });
    }
    const agent = await served().people.allowed(['intake']);
    expect((await read(own.sheet.no, agent)).sheet.place).to.deep.include({
      address: null,
      given: null,
      point: null,
      ofCaller: true,
      altered: false,
    });
    expect((await read(other.sheet.no, agent)).sheet.place).to.deep.include({
      ...crossing,
      given: pin,
      altered: false,
    });
  });

  it('轨迹的头一条有它的摘要：有人在数据库里改了文字、坐标，或者删了它，页面说得出', async () => {
    const { system } = served();
    const agent = await served().people.allowed(['intake']);
    for (const change of [
      "place_address = '别处'",
      'place_given_longitude = 117.03',
      "place_system = 'WGS-84'",
      'place_latitude = 36.7',
      'place_salt = NULL',
      `place_address = NULL, place_given_longitude = NULL, place_given_latitude = NULL, place_system = NULL,
       place_longitude = NULL, place_latitude = NULL`,
    ]) {
      const { no } = (await call({ place: { ...crossing, point: pin } })).sheet;
      expect((await read(no, agent)).sheet.place?.altered).to.equal(false);
      await asSuperuser(system.database.url, [`UPDATE work_order SET ${change} WHERE no = $1`, no]);
      expect((await read(no, agent)).sheet.place?.altered, change).to.equal(true);
    }
  });

  it('载入了区县边界的：坐标在哪个区县说得出，没写属地的照它写；在界外的照收，页面提醒核对', async () => {
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
    const file = {
      type: 'FeatureCollection',
      features: [district('历下区', 117), district('历城区', 117.1)],
    };
    await loadBoundaries(served().system, JSON.stringify(file), '测试');
    const at = (longitude: number) => ({
      place: { point: { longitude, latitude: 36.65, system: 'WGS-84' } },
    });
    const inside = (await call(at(117.05))).sheet;
    expect([inside.district, inside.place?.within]).to.deep.equal(['历下区', '历下区']);
    const differs = (await call({ ...at(117.15), district: '历下区' })).sheet;
    expect([differs.district, differs.place?.within]).to.deep.equal(['历下区', '历城区']);
    const outside = (await call(at(118.5))).sheet;
    expect([outside.district, outside.place?.within]).to.deep.equal([null, '']);
  });

  it('检索找得到地点里的字，与标题、内容的字合在一起也找得到', async () => {
    const { no } = (await call({ place: { address: '趵突泉南路与泺源大街路口' } })).sheet;
    for (const q of ['泺源大街', '趵突泉', '泺源大街 停水']) {
      const found = await send(served().url, `/api/work-orders?q=${encodeURIComponent(q)}`);
      expect(found.text, q).to.contain(no);
    }
  });
});
