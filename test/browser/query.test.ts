import { expect } from 'chai';
import {
  answered,
  complete,
  completeOnly,
  post,
  useServer,
  waterCut,
  type WorkOrderView,
} from '../http/serving.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：第十五条，来电人查询', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);

  it('受理时给的查询码，来电人不登录就能查；遗失了由受理人员重发，旧的作废', async () => {
    const agent = await visit('/intake', 'shouli');
    await agent.page.getByLabel('联系方式').fill('13800001234');
    await agent.page.getByLabel('事项内容').fill('三号楼电梯停运没有人管，老人下不了楼。');
    await agent.page.getByRole('combobox', { name: '承办单位' }).fill('市城管局');
    await agent.page.keyboard.press('Control+Enter');
    const told = agent.page.getByRole('status').filter({ hasText: '查询码' });
    const secretTold = async () => (await told.innerText()).match(/\d{4} \d{4} \d{4}/)?.[0] ?? '';
    const secret = await secretTold();
    const no = (await agent.page.getByText('已开立工作流转单').locator('strong').innerText()).trim();

    const caller = await visit('/query');
    const ask = async (with_: string): Promise<void> => {
      await caller.page.getByLabel('工单编号').fill(no);
      await caller.page.getByLabel('查询码').fill(with_);
      await caller.page.keyboard.press('Enter');
    };
    await ask(secret);
    await caller.page.getByText('承办单位办理中').waitFor();
    const shown = await caller.page.locator('main').innerText();
    expect(shown).to.include('市城管局').and.include('2026-03-09 24:00').and.include('还没有答复');
    expect(shown).not.to.include('电梯').and.not.include('1234 ');
    expect(await foreignWords(caller.page)).to.deep.equal([]);

    await agent.page.getByRole('button', { name: '重发查询码' }).click();
    await agent.page.getByRole('button', { name: '重新发给' }).click();
    await told.nth(1).waitFor();
    await ask(secret);
    await caller.page.getByText('没有这个工单编号，或者查询码不对').waitFor();
    expect(await caller.page.getByText('承办单位办理中').count()).to.equal(0);
    const next = (await told.nth(1).innerText()).match(/\d{4} \d{4} \d{4}/)?.[0] ?? '';
    await ask(next);
    await caller.page.getByText('承办单位办理中').waitFor();
    expect(agent.complaints).to.deep.equal([]);
  });

  it('措施、期限、答复逐项列出；依法不显示的写明事由和依据', async () => {
    const { url } = served();
    const { callerSecret, ...order } = answered(
      'acceptRequest',
      await post(url, '/api/work-orders', waterCut),
    ) as WorkOrderView & { callerSecret: string };
    const walk = (now: WorkOrderView, given: object) => completeOnly(url, now, { ...given }, '经办人');
    const steps = [
      { conduct: 'orderly' },
      { wayOut: 'dispatch' },
      { unit: '市水务局' },
      { receipt: 'accept' },
      { branch: 'promised-date' },
      { measures: '分两段换管', promisedDate: '2026-03-20' },
    ];
    let now: WorkOrderView = order;
    for (const given of steps) now = await walk(now, given);
    const [reply] = now.tasks;
    if (!reply) expect.fail('nothing is open');
    const withheld = { withheldGround: 'trade-secret', withheldBasis: '《反不正当竞争法》第十条' };
    await complete(url, now, reply, { replySummary: '报价是某公司的秘密', ...withheld }, '经办人');

    const { page } = await visit('/query');
    await page.getByLabel('工单编号').fill(order.sheet.no);
    await page.getByLabel('查询码').fill(callerSecret);
    await page.keyboard.press('Enter');
    const shown = (title: string) =>
      page
        .getByRole('article')
        .filter({ has: page.getByRole('heading', { name: title }) })
        .innerText();
    expect(await shown('解决措施')).to.include('分两段换管');
    expect(await shown('解决时限的最后一日')).to.include('2026-03-20');
    expect(await shown('承办单位的答复')).to.include('依照《反不正当竞争法》第十条，涉及商业秘密，不予显示');
    expect(await page.locator('main').innerText()).not.to.include('报价');
    expect(await foreignWords(page)).to.deep.equal([]);
  });
});
