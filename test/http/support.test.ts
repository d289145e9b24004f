import { expect } from 'chai';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import {
  accept,
  answered,
  complete,
  completeOnly,
  post,
  problemIn,
  registered,
  send,
  useServer,
} from './serving.js';

interface Listed {
  readonly items: readonly { readonly no: string; readonly name: string }[];
}

describe('第二十九条第一款、第十三条第四项：每个协办单位各有一份配合', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });

  it('写两个主办单位的、主办单位又是协办单位的、说不涉及多个单位又写协办单位的，都不收', async () => {
    const { url } = served();
    await registered(url, { supportingUnits: '甲局、乙局' });
    const drafted = await completeOnly(url, await accept(url), { conduct: 'orderly' });
    const order = await completeOnly(url, drafted, { wayOut: 'dispatch' });
    const [task] = order.tasks;
    const tried = async (answers: object) =>
      problemIn(
        await post(url, `/api/tasks/${encodeURIComponent(task?.id ?? '')}/completion`, {
          answers: { dispatchBasis: 'duty', ...answers },
        }),
      );
    expect(await tried({ unit: '甲局、乙局' })).to.include({ status: 422, code: 'unit.not-found' });
    expect(await tried({ unit: '甲局', supportingUnits: '乙局、甲局' })).to.include({
      code: 'input.invalid',
      provision: '第二十九条第一款',
    });
    const contrary = await tried({ unit: '甲局', supportingUnits: '乙局', severalUnits: 'no' });
    expect(contrary).to.include({ code: 'input.invalid', provision: '第二十九条第一款' });
    expect(contrary.detail).to.include('不涉及多个承办单位');
  });

  it('协办单位看得到、只能办自己的那一份；通知发给它自己；主办单位不能替它办', async () => {
    const { url, people, system } = served();
    const drafted = await completeOnly(url, await accept(url), { conduct: 'orderly' });
    const chosen = await completeOnly(url, drafted, { wayOut: 'dispatch' });
    const sent = await completeOnly(url, chosen, { unit: '甲局', supportingUnits: '乙局、丙局' });
    const order = await completeOnly(url, sent, { unit: '甲局', coordinationResult: 'solved' });
    const { no } = order.sheet;
    const supports = order.tasks.filter(({ deeds }) => deeds.includes('support.given'));
    expect(supports.map(({ locals }) => locals?.unit)).to.deep.equal(['乙局', '丙局']);
    const [second, third] = supports;
    if (!second || !third) throw new Error('nobody has been asked');
    const as = {
      甲局: await people.doing('unit', '甲局经办人', '甲局'),
      乙局: await people.doing('unit', '乙局经办人', '乙局'),
      丙局: await people.doing('unit', '丙局经办人', '丙局'),
    };
    const mine = async (who: keyof typeof as) =>
      (answered('listTasks', await send(url, '/api/tasks?scope=mine', { as: as[who] })) as Listed).items
        .filter((item) => item.no === no)
        .map(({ name }) => name);
    expect(await mine('甲局')).to.deep.equal(['签收工单']);
    expect(await mine('乙局')).to.deep.equal(['配合主办单位']);
    const tried = (who: keyof typeof as) =>
      post(
        url,
        `/api/tasks/${encodeURIComponent(second.id)}/completion`,
        { answers: { supportGiven: '已经配合' } },
        {},
        as[who],
      );
    for (const other of ['甲局', '丙局'] as const) {
      expect(problemIn(await tried(other)), other).to.include({ code: 'task.not-yours' });
    }
    const after = await complete(url, order, second, { supportGiven: '已经配合' }, '乙局经办人');
    const left = after.tasks.filter(({ deeds }) => deeds.includes('support.given'));
    expect(left.map(({ id }) => id)).to.deep.equal([third.id]);
    await createJobRunner({ ...system, onError: (error) => expect.fail(String(error)) }).runDue();
    const told = async (who: keyof typeof as) => {
      const inbox = `/api/notifications?recipient=${encodeURIComponent(`unit:${who}`)}`;
      const { items } = answered('readInbox', await send(url, inbox, { as: as[who] })) as {
        items: { text: string }[];
      };
      return items.filter(({ text }) => text.includes('配合主办单位')).length;
    };
    expect([await told('甲局'), await told('乙局'), await told('丙局')]).to.deep.equal([0, 1, 1]);
  });
});
