/** The console on a telephone, 390 wide: the page fills the screen, and the navigation opens on request. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { useServer } from '../http/serving.js';
import { seed } from './seed.js';
import { useBrowser } from './visit.js';

const phone = { width: 390, height: 844 };
const no = '20260304-000001';

describe('控制台：手机上', () => {
  const served = useServer();
  const visit = useBrowser(served);

  before(() => seed(served()));

  /** Needed and available widths of the page and of its part beside the navigation, in pixels. */
  const widths = (page: Page) =>
    page.evaluate<{ page: number; needs: number; has: number }>(`(() => {
      const main = document.querySelector('#main');
      return { page: document.documentElement.scrollWidth, needs: main.scrollWidth, has: main.clientWidth };
    })()`);

  it('导航是一行，点开才展开，选了一页就收起；正文占满宽度', async () => {
    const { page, complaints } = await visit('/', 'chengban');
    await page.setViewportSize(phone);
    await page
      .getByRole('row', { name: new RegExp(no) })
      .first()
      .waitFor();
    const main = await page.locator('#main').boundingBox();
    expect(main?.width).to.equal(phone.width);
    expect(main?.y).to.be.lessThan(60);
    expect(await page.getByRole('link', { name: '全部工单' }).isVisible()).to.equal(false);
    const menu = page.getByRole('button', { name: '菜单' });
    await menu.click();
    await page.getByRole('link', { name: '全部工单' }).click();
    await page.getByRole('heading', { name: '全部工单' }).waitFor();
    expect(await page.getByRole('link', { name: '收件箱' }).isVisible()).to.equal(false);
    expect(await page.getByRole('button', { name: '菜单' }).getAttribute('aria-expanded')).to.equal('false');
    expect(complaints).to.deep.equal([]);
  });

  it('待办、全部工单、一件工单：标题都在眼前，不用左右拖', async () => {
    const { page } = await visit('/', 'chengban');
    await page.setViewportSize(phone);
    const row = page.getByRole('row', { name: new RegExp(no) }).first();
    await row.waitFor();
    const title = await row.locator('strong').first().boundingBox();
    expect((title?.x ?? 0) + (title?.width ?? 999)).to.be.at.most(phone.width);
    for (const path of ['/worklist', '/orders', `/work-orders/${no}`]) {
      await page.goto(`${served().url}${path}`);
      await page.getByText(no).first().waitFor();
      const { page: whole, needs, has } = await widths(page);
      expect(whole, path).to.equal(phone.width);
      expect(needs, path).to.be.at.most(has);
    }
  });
});
