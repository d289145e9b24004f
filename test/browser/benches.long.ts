/** Benches: exactly as high as the window, whatever is drawn or listed in them; the drawing is covered by nothing. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { useServer } from '../http/serving.js';
import { draftsBy } from './designing.js';
import { moveTo, seed } from './seed.js';
import { useBrowser, type SampleLogin } from './visit.js';

const benches: readonly { path: string; login: SampleLogin; shows: string }[] = [
  { path: '/board', login: 'duban', shows: '.column li' },
  { path: '/monitor', login: 'duban', shows: '.djs-element' },
  { path: '/designer/handling/versions/1', login: 'shenpi', shows: '.djs-element' },
  { path: '/designer/tables/return-grounds/versions/1', login: 'shenpi', shows: '.table-canvas td' },
  { path: '/regulation/amendments/new', login: 'bianji', shows: 'form' },
];

const sizes = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];

/** What the page is longer than the window. */
const beyond = (page: Page): Promise<number> =>
  page.evaluate<number>(
    `Math.max(...[document.documentElement, document.querySelector('#main')].map((one) => one.scrollHeight - one.clientHeight))`,
  );

describe('控制台：工作台与窗口等高', () => {
  const served = useServer();
  const visit = useBrowser(served);
  const drafted = draftsBy(visit);

  before(async () => {
    await seed(served());
    await moveTo(served(), '2026-03-18T10:00:00+08:00');
  });

  const isWhole = async (page: Page, shows: string): Promise<void> => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.reload();
      await page.locator(shows).first().waitFor();
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
      expect(await beyond(page), `${size.width}`).to.equal(0);
    }
  };

  for (const { path, login, shows } of benches)
    it(`${path}：页面不滚动`, async () => {
      const { page } = await visit(path, login);
      await isWhole(page, shows);
    });

  it('草案：页面不滚动，元素清单再长也一样；缩略图在图旁，全屏占满窗口', async () => {
    const { page } = await drafted('办理', '与窗口等高');
    await isWhole(page, '.drawing .djs-element');
    // Wide enough for the list of elements from the beginning.
    await page.getByRole('region', { name: '元素清单' }).getByRole('listitem').first().waitFor();
    const edges = async (selector: string) => {
      const box = await page.locator(selector).boundingBox();
      return box ?? expect.fail(`${selector} is not shown`);
    };
    const [drawing, map] = [await edges('.drawing'), await edges('.djs-minimap')];
    expect(map.x).to.be.at.least(drawing.x + drawing.width);
    await page.getByRole('button', { name: '全屏' }).click();
    expect((await edges('.whole')).width).to.equal(1920);
    await page.keyboard.press('Escape');
    await page.locator('.whole').waitFor({ state: 'detached' });
  });
});
