/** One sheet from the call to the closed case, by four people, each with a log-in of their own. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { addResidents, type Resident } from '../support/residents.js';
import { useServer } from '../http/serving.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：一件工单从来电到办结，由五个人办', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);
  let people: readonly Resident[];

  before(async () => {
    people = await addResidents(served().system.identity);
  });

  /** Logs in through the form, as people do. */
  async function enter(login: string): Promise<Page> {
    const { page, complaints } = await visit('/');
    await page.getByLabel('登录名').fill(login);
    await page
      .getByLabel('口令', { exact: true })
      .fill(people.find((one) => one.login === login)?.password ?? '');
    await page.keyboard.press('Enter');
    await page.getByRole('navigation').waitFor();
    expect(complaints).to.deep.equal([]);
    return page;
  }

  async function open(page: Page, title: string): Promise<void> {
    await page.goto(`${served().url}/worklist`);
    await page.locator('tbody tr', { hasText: title }).first().click();
    await page.getByRole('dialog').getByRole('heading', { name: title }).first().waitFor();
  }

  /** Fills the form's required fields and completes it; fields not given get the first choice, or a word. */
  async function complete(
    page: Page,
    task: string,
    choices: readonly string[] = [],
    texts: { readonly [label: string]: string } = {},
  ): Promise<void> {
    const form = page.getByRole('form', { name: task, exact: true });
    await form.waitFor();
    for (const choice of choices) await form.getByLabel(choice, { exact: true }).check();
    for (const [label, text] of Object.entries(texts)) {
      // A unit is offered from the register.
      const role = label.endsWith('单位') ? 'combobox' : 'textbox';
      await form.getByRole(role, { name: label }).fill(text);
    }
    for (const group of await form.locator('fieldset:has(legend.must)').all()) {
      if ((await group.locator('input:checked').count()) === 0) await group.locator('input').first().check();
    }
    for (const field of await form.locator('label:has(.must) > .input').all()) {
      if ((await field.inputValue()) === '') await field.fill('已按规定办理');
    }
    await form.getByRole('button', { name: `办结“${task}”` }).click();
    await form.waitFor({ state: 'detached' });
  }

  it('第二十二条至第二十七条：受理、退单、改派、办理、审核回访，轨迹上是各人自己的名字', async () => {
    const title = '三号楼电梯停运没有人管';
    const intake = await enter('shouli');
    await intake.getByRole('link', { name: '受理登记' }).click();
    await intake.getByLabel('来电人', { exact: true }).fill('来电人甲');
    await intake.getByLabel('联系方式').fill('13800001234');
    await intake.getByLabel('事项内容').fill(`${title}，老人下不了楼，已经三天了。`);
    await intake.getByRole('combobox', { name: '承办单位' }).fill('市城管局');
    await intake.keyboard.press('Control+Enter');
    await intake.getByText('已开立工作流转单').waitFor();
    await intake.getByRole('heading', { name: title }).first().waitFor();
    expect(await foreignWords(intake)).to.deep.equal([]);

    const other = await enter('chengban2');
    await open(other, title);
    await complete(other, '签收工单', ['不属于本单位职责，申请退单'], { 退单理由: '电梯不归本单位管' });

    const dispatcher = await enter('duban');
    await open(dispatcher, title);
    await complete(dispatcher, '裁定退单', ['同意退单，改派'], { 承办单位: '市水务局' });

    const unit = await enter('chengban');
    await open(unit, title);
    await complete(unit, '签收工单', ['签收办理']);
    await complete(unit, '办理', ['期限内办理完毕']);
    await complete(unit, '回复来电人');
    await complete(unit, '反馈市热线工作机构');

    const reviewer = await enter('shenhe');
    await open(reviewer, title);
    await complete(reviewer, '逐一审核反馈', ['通过']);
    await complete(reviewer, '回访核实、请来电人评价', ['满意']);
    const done = reviewer.getByRole('dialog');
    await done.getByText('✓ 已办结').waitFor();
    await done.getByRole('button', { name: /^轨迹/ }).click();
    expect(await done.innerText()).to.include('哈希链完整');
    for (const name of ['示例受理', '示例承办', '示例督办', '示例审核']) {
      expect(await done.innerText()).to.include(name);
    }
  });
});
