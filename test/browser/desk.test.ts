/** The agent's screen: typed text is not lost, the focus is in the right field, and failures to load are reported. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { accept, useServer, waterCut } from '../http/serving.js';
import { addResidents } from '../support/residents.js';
import { seriousFindings } from './axe.js';
import { moveTo } from './seed.js';
import { useBrowser } from './visit.js';

describe('控制台：受理台', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);
  let logins: Awaited<ReturnType<typeof addResidents>>;
  before(async () => {
    logins = await addResidents(served().system.identity);
  });
  const content = (page: Page) => page.getByLabel('事项内容');
  const focused = (page: Page) =>
    page.evaluate<string>(
      'document.activeElement.closest("label")?.innerText ?? document.activeElement.tagName',
    );
  const intake = async () => {
    const visited = await visit('/worklist', 'shouli');
    await visited.page.getByRole('link', { name: '受理登记' }).click();
    await visited.page.getByRole('heading', { name: '受理登记' }).waitFor();
    return visited;
  };

  it('自导航打开，光标就在“来电人”；“受理”不用滚动就看得到；焦点在提示里也能按 Ctrl+Enter', async () => {
    const { page, complaints } = await intake();
    expect(await focused(page)).to.equal('来电人');
    const button = page.getByRole('button', { name: '受理', exact: true });
    const box = await button.boundingBox();
    expect((box?.y ?? 999) + (box?.height ?? 0)).to.be.at.most(768);
    await content(page).fill('小区停水，没有人通知');
    await page.getByText('先登记，稍后定').click();
    await page.getByRole('heading', { name: '受理登记' }).click();
    await page.keyboard.press('Control+Enter');
    await page.getByText('已开立工作流转单').waitFor();
    expect(
      await page.evaluate<number>(
        'Object.keys(sessionStorage).filter((key) => key === "kept:intake").length',
      ),
    ).to.equal(0);
    expect(complaints).to.deep.equal([]);
  });

  it('写了一半：点到别处、刷新、登录过期以后都还在；登录页说出登录已过期；退出以后什么也不留', async () => {
    const { page } = await intake();
    await content(page).fill('写了一半的内容');
    await page.getByLabel('联系方式').fill('13800009999');
    await page.getByRole('link', { name: '待办工单' }).click();
    await page.getByRole('heading', { name: '待办工单' }).waitFor();
    await page.getByRole('link', { name: '受理登记' }).click();
    await page.getByText('上次没有交的内容已经取回').waitFor();
    expect(await content(page).inputValue()).to.equal('写了一半的内容');
    await page.reload();
    await page.getByText('上次没有交的内容已经取回').waitFor();
    await served().system.database.pool.query('DELETE FROM hotline.session');
    await content(page).fill('写了一半的内容，又写一句');
    await page.getByText('登录已过期').waitFor();
    const mine = logins.find(({ login }) => login === 'shouli') ?? expect.fail('there is no shouli');
    await page.context().clearCookies();
    await page.getByLabel('登录名').fill(mine.login);
    await page.getByLabel('口令', { exact: true }).fill(mine.password);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByText('上次没有交的内容已经取回').waitFor();
    expect(await content(page).inputValue()).to.equal('写了一半的内容，又写一句');
    expect(await page.getByLabel('联系方式').inputValue()).to.equal('13800009999');
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByLabel('登录名').waitFor();
    expect(await page.evaluate<string>('JSON.stringify(sessionStorage)')).not.to.include('13800009999');
    expect(await page.getByText('登录已过期').count()).to.equal(0);
  });

  it('待办的表单写了一半，刷新以后还在', async () => {
    const { no } = (await accept(served().url)).sheet;
    const { page } = await visit(`/work-orders/${no}`, 'shouli');
    const form = page.getByRole('form', { name: '登记工作流转单' });
    await form.getByText('骚扰、侮辱、威胁或者诽谤、诬告').click();
    await page.reload();
    await form.getByText('上次没有交的内容已经取回').waitFor();
    expect(await form.getByLabel('骚扰、侮辱、威胁或者诽谤、诬告').isChecked()).to.equal(true);
  });

  it('第二十三条：整棵分类树里选末级，受理时、在工单页都可以；工单页写明属地和分类', async () => {
    const { page } = await intake();
    await content(page).fill('半夜施工太吵');
    await page.getByText('先登记，稍后定').click();
    await page.getByLabel('属地（区县）').fill('历下区');
    const leaf = await page.evaluate<{ code: string; way: string; other: string }>(`(async () => {
      const { classes } = await (await fetch('/api/classification')).json();
      const leaves = classes.filter((one) => one.leaf);
      const way = leaves[0].path.map(({ name }) => name).join(' / ');
      return { code: leaves[0].code, way, other: leaves[1].code };
    })()`);
    await page.getByLabel('事项分类（末级）').fill(leaf.code);
    await page.locator('p', { hasText: leaf.way }).waitFor();
    expect(await seriousFindings(page)).to.deep.equal([]);
    await page.getByRole('button', { name: '受理', exact: true }).click();
    await page.getByText('已开立工作流转单').waitFor();
    await page.getByText(`分类 ${leaf.way}`).waitFor();
    await page.getByText('属地 历下区').waitFor();
    await page.getByRole('button', { name: '改类' }).click();
    const form = page.getByRole('form', { name: '归类' });
    await form.getByLabel('末级分类').fill(leaf.other);
    await form.getByRole('button', { name: '归到这一类' }).click();
    await page.getByRole('button', { name: /^轨迹/ }).click();
    await page.getByText('工单归类').first().waitFor();
  });

  it('同一来电人的五件都看得到', async () => {
    for (let one = 0; one < 5; one += 1) {
      await accept(served().url, { ...waterCut, callerContact: '13812340000', title: `第${one}件` });
    }
    const { page } = await intake();
    await page.getByLabel('联系方式').fill('13812340000');
    await page.getByRole('button', { name: '看全部 5 件' }).first().click();
    for (let one = 0; one < 5; one += 1)
      await page
        .getByRole('link', { name: `第${one}件` })
        .first()
        .waitFor();
  });

  it('打开的工单在地址里：后退只关上它，链接直接打开它', async () => {
    const { no } = (await accept(served().url)).sheet;
    const { page } = await visit('/worklist', 'shouli');
    await page
      .getByRole('row', { name: new RegExp(no) })
      .first()
      .click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText(no).first().waitFor();
    const address = page.url();
    expect(address).to.include(no);
    await page.goBack();
    await drawer.waitFor({ state: 'hidden' });
    expect(new URL(page.url()).pathname).to.equal('/worklist');
    await page.goto(address);
    await drawer.getByText(no).first().waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    expect(page.url()).not.to.include(no);
  });

  it('一页取不到：说出来，再取一次就打开', async () => {
    const { page } = await visit('/worklist', 'shouli');
    await page.getByRole('heading', { name: '待办工单' }).waitFor();
    await page.route('**/assets/inbox-screen*', (route) => route.abort());
    await page.getByRole('link', { name: '收件箱' }).click();
    await page.getByText('这一页没有取到').waitFor();
    await page.unroute('**/assets/inbox-screen*');
    await page.getByRole('button', { name: '再取一次' }).click();
    await page.getByRole('heading', { name: '收件箱' }).waitFor();
    expect(await page.getByText('这一页没有取到').count()).to.equal(0);
    await moveTo(served(), '2026-03-02T10:01:00+08:00');
  });
});
