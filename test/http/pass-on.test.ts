import { expect } from 'chai';
import { deedsIn } from '../../src/accountability/events/index.js';
import { accept, completeOnly, registered, send, useServer } from './serving.js';

describe('第十二、十三条第二项：转交只能给本单位之下的', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });

  it('转交别的部门被拒绝，什么都没有变；转交所属单位的，转交的单位仍看得到', async () => {
    const { url, system, people } = served();
    const { people: register } = system.identity;
    await registered(url, { unit: '某水务局' });
    await registered(url, { unit: '某城管局' });
    await register.addUnit({ name: '某供水公司', kind: 'enterprise', parent: '某水务局' }, '测试');
    const drafted = await completeOnly(url, await accept(url), { conduct: 'orderly' });
    const order = await completeOnly(url, await completeOnly(url, drafted, { wayOut: 'dispatch' }), {
      unit: '某水务局',
    });
    const { no } = order.sheet;
    const passOn = (unit: string) => completeOnly(url, order, { receipt: 'pass-on', unit });
    const refused = await passOn('某城管局').then(
      () => '',
      (error: unknown) => String(error),
    );
    expect(refused).to.include('unit.not-below');
    const passed = await passOn('某供水公司');
    expect(passed.tasks.map(({ role }) => role)).to.deep.equal(['unit']);
    const clerk = await people.doing('unit', '某水务局经办人', '某水务局');
    expect((await send(url, `/api/work-orders/${no}`, { as: clerk })).status).to.equal(200);
    expect(await underIn(no)).to.deep.equal(['art13.p1.i2']);
  });

  it('区县的也可以转交街道、公用企业事业单位，轨迹写明依据第十二条', async () => {
    const { url, system } = served();
    const { people: register } = system.identity;
    await register.addUnit({ name: '某区政府', kind: 'district' }, '测试');
    for (const [name, kind] of [
      ['某街道', 'department'],
      ['某区供热公司', 'enterprise'],
    ] as const) {
      await register.addUnit({ name, kind, parent: '某区政府' }, '测试');
      const drafted = await completeOnly(url, await accept(url), { conduct: 'orderly' });
      const order = await completeOnly(url, await completeOnly(url, drafted, { wayOut: 'dispatch' }), {
        unit: '某区政府',
      });
      const passed = await completeOnly(url, order, { receipt: 'pass-on', unit: name });
      expect(passed.tasks.map(({ role }) => role)).to.deep.equal(['unit']);
      expect(await underIn(order.sheet.no)).to.deep.equal(['art12.p1.i2']);
    }
  });

  /** By which article the sheet was passed on, as the trail says. */
  async function underIn(no: string): Promise<unknown[]> {
    const { database, trail } = served().system;
    const entries = await database.transaction((transaction) => trail.history(transaction, no));
    return entries
      .flatMap(deedsIn)
      .filter(({ name }) => name === 'matter.passed-on')
      .map(({ facts }) => facts?.under);
  }
});
