/** Beijing's own rules where the program itself decides: on a server with its package. */
import { join } from 'node:path';
import { expect } from 'chai';
import { readSamplePeople } from '../../src/identity/index.js';
import { packageRoot, usePackage } from '../../src/kernel/package-root.js';
import { sampleMethod } from '../../src/measures/assessment/index.js';
import {
  accept,
  answered,
  complete,
  completeOnly,
  fill,
  post,
  problemIn,
  send,
  useServer,
  type WorkOrderView,
} from './serving.js';
import { said } from '../support/entries.js';

const leak = {
  channel: 'phone',
  kind: 'help',
  title: '楼上漏水',
  content: '楼上漏水，墙都湿了。',
  callerName: '诉求人甲',
  callerContact: '13811110000',
};

describe('北京市接诉即办', () => {
  const city = process.env['HOTLINE_PACKAGE'];
  before(() => usePackage(join(packageRoot, 'packages', 'beijing')));
  after(() => {
    if (city === undefined) delete process.env['HOTLINE_PACKAGE'];
    else process.env['HOTLINE_PACKAGE'] = city;
  });
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const again = (relatedSheet: string, callerContact = leak.callerContact) => ({
    ...leak,
    callerContact,
    answers: {
      ...{ conduct: 'orderly', wayOut: 'told-before', relatedSheet },
      ...{ nothingNew: true, progressTold: '承办单位已经接单' },
    },
  });

  it('第十一条第三款第三项：正在办理的，也告知办理进展；别人的、没有的工单不行', async () => {
    const { url } = served();
    const dispatch = { conduct: 'orderly', wayOut: 'dispatch', unit: '市城管局', dispatchBasis: 'duty' };
    const open = await accept(url, { ...leak, answers: dispatch });
    const told = await accept(url, again(open.sheet.no));
    expect(told.tasks).to.deep.equal([]);
    expect(JSON.stringify(told.trail)).to.include('已告知进展或者结果');
    for (const wrong of [again(open.sheet.no, '13922223333'), again('没有这张工单')]) {
      const refused = problemIn(await post(url, '/api/work-orders', wrong));
      expect(refused).to.include({ code: 'sheet.not-earlier', where: 'relatedSheet' });
      expect(refused.detail).not.to.include('已经办结');
    }
  });

  it('第十一条：选错的处理方式另行确定以后，不再欠它', async () => {
    const { url } = served();
    const chosen = await accept(url, { ...leak, answers: { conduct: 'orderly', wayOut: 'told-before' } });
    const { no } = chosen.sheet;
    const message = { message: 'way-out-reconsidered', answers: { reconsideredWhy: '有新情况' } };
    const anew = answered(
      'sendMessage',
      await post(url, `/api/work-orders/${no}/messages`, message),
    ) as WorkOrderView;
    const after = await completeOnly(url, anew, { wayOut: 'dispatch' });
    expect(after.tasks.flatMap(({ deeds }) => deeds)).to.include('dispatch.decided');
    const { items } = answered('readDuties', await send(url, `/api/work-orders/${no}/duties`)) as {
      items: { norm: string }[];
    };
    expect(items.map(({ norm }) => norm)).to.deep.equal(['B19', 'B21']);
  });

  it('第十二条第一款：改派到街道的，也同时送它的区；换了区、改由部门办理的，原来的区不再督促；“派区协调”只能派给区', async () => {
    const { url, system, people } = served();
    const { people: register } = system.identity;
    for (const [district, street] of [
      ['东城区人民政府', '和平里街道办事处'],
      ['朝阳区人民政府', '三里屯街道办事处'],
    ] as const) {
      await register.addUnit({ name: district, kind: 'district' }, '测试');
      await register.addUnit({ name: street, kind: 'township', parent: district }, '测试');
    }
    const dispatch = { conduct: 'orderly', wayOut: 'dispatch', unit: '市水务局' };
    const wrong = { ...leak, answers: { ...dispatch, dispatchBasis: 'district' } };
    expect(problemIn(await post(url, '/api/work-orders', wrong)).detail).to.include('派至区人民政府');
    let order = await accept(url, { ...leak, answers: { ...dispatch, dispatchBasis: 'duty' } });
    const ofDeed = (deed: string) => order.tasks.filter(({ deeds }) => deeds.includes(deed));
    let keeps = '';
    const reassign = async (unit: string) => {
      const [receive] = ofDeed('matter.received');
      if (!receive) expect.fail('nothing to receive');
      const objection = { receipt: 'return', returnReason: '不属于本单位职责' };
      order = await complete(url, order, receive, objection, '承办人甲');
      const [review] = ofDeed('objection.reviewed');
      if (!review) expect.fail('nothing to review');
      const returnDecision = unit === keeps ? 'designate' : 'reassign';
      const answers = fill(review, { returnDecision, unit });
      const office = await people.doing('general-office', '审核人甲');
      const reply = await post(url, `/api/tasks/${review.id}/completion`, { answers }, {}, office);
      order = answered('completeTask', reply) as WorkOrderView;
      keeps = unit;
    };
    const copied = () =>
      order.trail.flatMap((entry) => {
        const { deeds = [] } = said(entry) as { deeds?: { name: string; facts: { to: string } }[] };
        return deeds.filter(({ name }) => name === 'district.copied').map(({ facts }) => facts.to);
      });
    for (const [unit, open, districts] of [
      ['和平里街道办事处', 1, ['东城区人民政府']],
      ['三里屯街道办事处', 1, ['东城区人民政府', '朝阳区人民政府']],
      ['市水务局', 0, ['东城区人民政府', '朝阳区人民政府']],
      ['和平里街道办事处', 1, ['东城区人民政府', '朝阳区人民政府', '东城区人民政府']],
      // The objection fails: the same street, the same copy.
      ['和平里街道办事处', 1, ['东城区人民政府', '朝阳区人民政府', '东城区人民政府']],
    ] as const) {
      await reassign(unit);
      expect(ofDeed('district.urged').length, unit).to.equal(open);
      expect(copied(), unit).to.deep.equal(districts);
    }
  });

  it('第三十二条第二款：分级分类考评，每一类承办单位都有自己的一类，街道、乡镇也有', () => {
    const { units, people } = readSamplePeople();
    const handling = new Set(people.filter(({ role }) => role === 'handler').map(({ unit }) => unit));
    const kinds = new Set(units.filter(({ name }) => handling.has(name)).map(({ kind }) => kind));
    const ranked = sampleMethod(served().system.laws.today()).groups.flatMap(({ unitKinds }) => unitKinds);
    expect(ranked).to.include.members([...kinds, 'township']);
  });
});
