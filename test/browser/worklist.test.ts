/** 待办工单 and 工单详情 in use: by keyboard, with live updates, and after failures. */
import { expect } from 'chai';
import { dispatched, useServer } from '../http/serving.js';
import { moveTo, seed } from './seed.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：待办工单和工单详情', () => {
  const served = useServer();
  const visit = useBrowser(served);

  before(() => seed(served()));

  it('只用键盘：j 选中，回车打开，办结签收，列表留在原处', async () => {
    const { page, complaints } = await visit('/', 'chengban2');
    const rows = page.locator('tbody tr');
    await rows.first().waitFor();
    // A unit sees its own sheets only.
    expect(await rows.count()).to.equal(1);
    expect(await rows.first().innerText()).to.include('路灯坏了一周没有人修');
    await page.locator('h1').click();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('heading', { name: '路灯坏了一周没有人修' }).first().waitFor();
    await drawer.getByLabel('签收办理').check();
    await drawer.getByRole('button', { name: '办结“签收工单”' }).click();
    await drawer.getByRole('button', { name: '办结“办理”' }).waitFor();
    await page.keyboard.press('Escape');
    await page
      .locator('tbody [data-column=name]', { hasText: /^\s*办理承办单位/ })
      .first()
      .waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('焦点随抽屉走：打开时到抽屉里，关上时回到打开它的那一行', async () => {
    const { page } = await visit('/worklist?role=', 'duban');
    await page.locator('tbody tr').first().waitFor();
    await page.keyboard.press('j');
    // The row's time left goes on meanwhile.
    const focused = '/\\d{8}-\\d{6}/.exec(document.activeElement.textContent)?.[0]';
    const row = await page.evaluate<string | undefined>(focused);
    await page.keyboard.press('Enter');
    await page.locator('[role=dialog]:focus, [role=dialog] :focus').first().waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await page.locator('.el-drawer:visible').waitFor({ state: 'detached' });
    expect(row).to.be.a('string');
    // The drawer gives the focus back once it has closed.
    await page.waitForFunction(`${focused} === ${JSON.stringify(row)}`);
  });

  it('期限轴上的竖线立在今天那一格：当天过了多少，就在格里走了多少', async () => {
    const { page } = await visit('/work-orders/20260304-000001', 'duban');
    const today = await page.locator('.days .today').boundingBox();
    const present = await page.locator('.line .present').first().boundingBox();
    if (!today || !present) return expect.fail('no axis');
    const { clock } = served().system;
    const passed = ((clock.now().getTime() + 8 * 3_600_000) % 86_400_000) / 86_400_000;
    expect(present.x).to.be.closeTo(today.x + passed * today.width, 2);
    return undefined;
  });

  it('第二十四条：期限轴上每个期限都能展开，逐日说明为什么是这一天', async () => {
    const { page, complaints } = await visit('/work-orders/20260304-000001', 'duban');
    const limit = page.getByRole('button', { name: /回复期限届满/ });
    await limit.focus();
    await page.keyboard.press('Enter');
    const told = await page.locator('.line', { hasText: '回复期限届满' }).first().innerText();
    expect(told).to.include('2026-03-11 24:00').and.include('始日不计').and.include('周六');
    expect(told).to.match(/2026-03-09 至 03-11\s+第 3 至 5 日/);
    expect(await foreignWords(page)).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
  });

  it('流程图上标出当前环节和走过的路，没有违反安全策略', async () => {
    const { page, complaints } = await visit('/work-orders/20260302-000001', 'duban');
    await page.getByRole('button', { name: '流程图' }).click();
    await page.locator('.canvas .waiting').first().waitFor();
    expect(await page.locator('.canvas .passed').count()).to.be.greaterThan(3);
    expect(await page.locator('.bjs-powered-by').isVisible()).to.equal(true);
    expect(complaints).to.deep.equal([]);
  });

  it('第二十八条：页面开着，时钟走到期满后第一个工作日，那一行自己变成红牌，不用刷新', async () => {
    await moveTo(served(), '2026-03-11T23:50:00+08:00');
    const { page, complaints } = await visit('/worklist?role=', 'duban');
    const row = page.locator('tbody tr', { hasText: '小区突然停水' }).first();
    await row.getByText('黄牌').waitFor();
    const glow = page.locator('tbody tr.glows', { hasText: '小区突然停水' }).first().waitFor();
    await moveTo(served(), '2026-03-12T00:05:00+08:00');
    await row.getByText('督办').waitFor();
    await glow;
    expect(await page.getByRole('button', { name: '黄牌' }).innerText()).to.match(/黄牌\s*0/);
    expect(complaints).to.deep.equal([]);
  });

  it('连不上程序时说明情况、留住内容，恢复后自动刷新', async () => {
    const { sheet } = await dispatched(served().url);
    const { page } = await visit(`/work-orders/${sheet.no}`, 'duban');
    await page.getByRole('heading', { name: sheet.title }).waitFor();
    await page.context().setOffline(true);
    await page.evaluate("dispatchEvent(new Event('online'))");
    await page.getByText('⚠ 连不上程序').waitFor();
    expect(await page.getByRole('heading', { name: sheet.title }).isVisible()).to.equal(true);
    await page.context().setOffline(false);
    await page.evaluate("dispatchEvent(new Event('online'))");
    await page.getByText('⚠ 连不上程序').waitFor({ state: 'hidden' });
  });

  it('没有的工单、没有的页面：说明原因和办法', async () => {
    const { page } = await visit('/work-orders/20260101-000001', 'duban');
    await page.getByText('没有编号为“20260101-000001”的工单').waitFor();
    await page.getByRole('button', { name: '重试' }).waitFor();
    const nowhere = await visit('/nothing-here');
    await nowhere.page.getByRole('heading', { name: '没有此页' }).waitFor();
  });
});

describe('控制台：跨过尚无放假安排的日子的期限', () => {
  const served = useServer({ at: '2026-12-24T10:00:00+08:00' });
  const visit = useBrowser(served);

  it('第二十四条：在待办、全部工单、督办看板里都标为暂定', async () => {
    const { sheet } = await dispatched(served().url);
    for (const [path, login] of [
      ['/worklist?role=', 'duban'],
      ['/orders', 'duban'],
      ['/board', 'duban'],
    ] as const) {
      const { page, complaints } = await visit(path, login);
      const row = page.locator('tbody tr, main li', { hasText: sheet.title }).first();
      await row.getByText('（暂定）').waitFor();
      expect(await row.innerText(), path).to.match(/12-31( 周四)? 24:00/);
      expect(await row.locator('time').first().getAttribute('title'), path).to.include('2026-12-31 24:00');
      expect(complaints).to.deep.equal([]);
    }
  });
});
