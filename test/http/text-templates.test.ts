/** Text templates: personal, the unit's, what is recorded, what is refused. */
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { plainTrails } from '../support/entries.js';
import type { SignedIn } from '../support/people.js';
import { answered, post, problemIn, send, useServer } from './serving.js';

type Templates = {
  items: { name: string; text: string; shared: boolean; savedBy: string; savedAt: string }[];
};

describe('http：文本模板', () => {
  const served = useServer();
  const officer = (name: string, unit = '某水务局') => served().people.doing('unit', name, unit);
  const list = async (as: SignedIn) =>
    (answered('listTextTemplates', await send(served().url, '/api/text-templates', { as })) as Templates)
      .items;
  const put = (body: object, as: SignedIn) =>
    send(served().url, '/api/text-templates', {
      method: 'PUT',
      as,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const save = async (body: object, as: SignedIn) =>
    (answered('saveTextTemplate', await put(body, as)) as Templates).items;
  const remove = (body: object, as: SignedIn) =>
    post(served().url, '/api/text-templates/removals', body, {}, as);
  const shared = { name: '已经恢复', text: '您反映的“{标题}”已经处理。', shared: true };

  it('自己的只有自己看得到；本单位的单位里的人都看得到、能改、能删，别的单位看不到', async () => {
    const [jia, yi, stranger] = [
      await officer('经办人甲'),
      await officer('经办人乙'),
      await officer('城管经办人', '某城管局'),
    ];
    const reply = { key: 'replySummary', name: '回复要点' };
    await save({ name: '自己的', text: '到现场看了', field: reply, class: '01' }, jia);
    await save(shared, jia);
    expect((await list(jia)).map(({ name }) => name)).to.have.members(['自己的', '已经恢复']);
    const [theirs, ...others] = await list(yi);
    expect(others).to.deep.equal([]);
    expect(theirs).to.deep.include({ name: '已经恢复', shared: true });
    expect(await list(stranger)).to.deep.equal([]);
    const [changed] = await save({ ...shared, text: '已经修好。', basedOn: theirs?.savedAt }, yi);
    expect(changed?.text).to.equal('已经修好。');
    expect(changed?.savedBy).to.match(/^经办人乙/);
    answered('removeTextTemplate', await remove({ name: '已经恢复', shared: true }, stranger));
    answered('removeTextTemplate', await remove({ name: '自己的', shared: false }, yi));
    expect(await list(jia)).to.have.length(2);
    answered('removeTextTemplate', await remove({ name: '已经恢复', shared: true }, jia));
    expect(await list(yi)).to.deep.equal([]);
    const { database, trail } = served().system;
    const entries = (
      (await database.transaction((transaction) => plainTrails(trail, transaction, ['text-templates']))).get(
        'text-templates',
      ) ?? []
    ).map(({ type, body }) => ({ type, ...body }) as { type: string; actor: string });
    expect(entries.map(({ type, actor }) => [type, actor.slice(0, 4)])).to.deep.equal([
      ['text-template.saved', '经办人甲'],
      ['text-template.saved', '经办人乙'],
      ['text-template.removed', '经办人甲'],
    ]);
    expect(entries[0]).to.deep.include({
      unit: '某水务局',
      name: '已经恢复',
      sha256: createHash('sha256').update(shared.text).digest('hex'),
    });
  });

  it('别人改过的不覆盖：说是谁存的；同名的另取名称；占位符写错、号码作名称、太长，说哪里不对', async () => {
    const [jia, yi] = [await officer('经办人甲'), await officer('经办人乙')];
    const [mine] = await save(shared, jia);
    served().system.clock.moveTo(new Date('2026-03-02T10:05:00+08:00'));
    const [theirs] = await save({ ...shared, text: '乙改的', basedOn: mine?.savedAt }, yi);
    for (const basedOn of [mine?.savedAt, null]) {
      const refused = problemIn(await put({ ...shared, text: '甲又改', basedOn }, jia));
      expect(refused).to.include({ status: 409, code: 'template.changed' });
      expect(refused.detail).to.include('经办人乙');
    }
    expect((await list(jia)).filter((one) => one.shared)).to.deep.equal([theirs]);
    const unknown = problemIn(await put({ name: '问候', text: '{来电人}，您好' }, jia));
    expect(unknown).to.include({ status: 400, code: 'input.invalid' });
    expect(unknown.detail).to.include('来电人').and.include('工单编号');
    for (const body of [
      { name: '13800001111', text: '好' },
      { name: '长', text: '好'.repeat(4001) },
      { name: '空', text: '' },
      { name: '栏', text: '好', field: { key: 'replySummary' } },
      { name: '时', text: '好', basedOn: '昨天' },
      { name: '零', text: '\u0000' },
    ]) {
      expect(problemIn(await put(body, jia)).status, JSON.stringify(body).slice(0, 60)).to.equal(400);
    }
  });
});
