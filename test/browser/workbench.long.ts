/** The unit's workbench: a sheet in one form, on the desk and on a telephone. */
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import { dispatched, useServer, type WorkOrderView } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { foreignWords, useBrowser } from './visit.js';

const phone = { width: 390, height: 844 };
const script = '<img src=x onerror=alert(1)>';

describe('控制台:一张表办完一件工单', () => {
  const served = useServer();
  const visit = useBrowser(served);
  const officer = () => served().people.doing('unit', '经办人甲', '某水务局');
  const read = async (page: Page, { sheet }: WorkOrderView): Promise<WorkOrderView> =>
    (await (await page.request.get(`${served().url}/api/work-orders/${sheet.no}`)).json()) as WorkOrderView;
  const chain = (within: Page | Locator) => within.getByRole('form', { name: '一张表办完' });

  async function opened(page: Page | Locator): Promise<Locator> {
    await page.getByRole('button', { name: '接着的几步一张表办完' }).click();
    const form = chain(page);
    await form.getByRole('button', { name: '一次办结 4 步' }).waitFor();
    return form;
  }

  it('从待办打开,写一段话,一次办结四步;同一段话带到回复和反馈,改过的不动', async () => {
    const order = await dispatched(served().url);
    const { page, complaints } = await visit('/worklist', await officer());
    await page.getByRole('row', { name: new RegExp(order.sheet.no) }).click();
    const form = await opened(page.getByRole('dialog'));
    await form.getByLabel(/办理情况/).fill(`抢修完成,已经来水。${script}`);
    expect(await form.getByLabel(/反馈内容/).inputValue()).to.equal(`抢修完成,已经来水。${script}`);
    await form.getByLabel(/回复要点/).fill('已经电话告知来水。');
    expect(await form.getByLabel(/反馈内容/).inputValue()).to.equal('已经电话告知来水。');
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    await form.getByRole('button', { name: '一次办结 4 步' }).click();
    await chain(page).waitFor({ state: 'detached' });
    const after = await read(page, order);
    const own = after.trail.filter(
      ({ type, actor }) => type === 'task.completed' && /^经办人甲/.test(actor ?? ''),
    );
    expect(own.map(({ sealed }) => Object.values(sealed)).flat()).to.deep.equal([
      `抢修完成,已经来水。${script}`,
      '已经电话告知来水。',
      '已经电话告知来水。',
    ]);
    expect(own).to.have.length(4);
    expect(complaints).to.deep.equal([]);
  });

  it('手机上:改选退单,后面的几步收起,改回来又在,写过的还在;刷新也还在', async () => {
    const order = await dispatched(served().url);
    const { page, complaints } = await visit('/', await officer());
    await page.setViewportSize(phone);
    await page.goto(`${served().url}/work-orders/${order.sheet.no}`);
    const form = await opened(page);
    await form.getByLabel(/办理情况/).fill('已经修好。');
    await form.getByLabel(/申请退单/).check();
    await form.getByLabel(/办理情况/).waitFor({ state: 'detached' });
    await form.getByText('填好这一步').waitFor();
    await form.getByLabel('签收办理').check();
    await form.getByRole('button', { name: '一次办结 4 步' }).waitFor();
    expect(await form.getByLabel(/办理情况/).inputValue()).to.equal('已经修好。');
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(phone.width);
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(await foreignWords(page)).to.deep.equal([]);
    const shots = process.env.HOTLINE_SHOTS;
    if (shots) await page.screenshot({ path: `${shots}/chain-phone.png`, fullPage: true });
    await page.reload();
    const again = await opened(page);
    await again.getByText('上次没有交的内容已经取回').waitFor();
    expect(await again.getByLabel(/办理情况/).inputValue()).to.equal('已经修好。');
    expect(complaints).to.deep.equal([]);
  });

  it('有一步不收:说明第几步、为什么,什么也没有办;改好再交就办结', async () => {
    const order = await dispatched(served().url);
    const { page } = await visit(`/work-orders/${order.sheet.no}`, await officer());
    const form = await opened(page);
    await form.getByLabel(/办理情况/).fill('已经修好。');
    await form
      .getByRole('group', { name: /回复方式/ })
      .getByLabel('电话')
      .check();
    const before = (await read(page, order)).trail.length;
    const third = form.locator('section', { hasText: '回复来电人' });
    await third.getByText(/选填的/).click();
    await third.getByLabel('不显示所依据的法律').fill('某法第一条');
    await form.getByText('填好这一步').waitFor();
    await form.getByRole('button', { name: '一次办结 3 步' }).click();
    await form.getByText(/第 3 步“回复来电人”.*几步都没有办/).waitFor();
    expect((await read(page, order)).trail.length).to.equal(before);
    await third.getByLabel('不显示所依据的法律').fill('');
    await form.getByRole('button', { name: '一次办结 4 步' }).click();
    await chain(page).waitFor({ state: 'detached' });
    const shots = process.env.HOTLINE_SHOTS;
    if (shots) await page.screenshot({ path: `${shots}/case.png` });
  });

  it('逐步办的:下一步的空白处可以沿用自己上一步写的', async () => {
    const order = await dispatched(served().url);
    const { page } = await visit(`/work-orders/${order.sheet.no}`, await officer());
    await page.getByLabel('签收办理').check();
    await page.getByRole('button', { name: '办结“签收工单”' }).click();
    await page.getByLabel('五个工作日内办理完毕').check();
    await page.getByLabel(/办理情况/).fill('换了水管。');
    await page.getByRole('button', { name: '办结“办理”' }).click();
    await page.getByRole('button', { name: '沿用我上次写的' }).click();
    expect(await page.getByLabel(/回复要点/).inputValue()).to.equal('换了水管。');
  });
});
