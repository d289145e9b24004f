/**
 * Every screen, at desktop and telephone widths: no serious axe finding, no word that is not
 * Chinese, no outside request, nothing in the browser's console.
 */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { useServer } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { seed } from './seed.js';
import { foreignWords, useBrowser, type SampleLogin } from './visit.js';

/** `titled`: what its text says when pointed at; `as`: the view that is chosen first. */
const screens: readonly {
  path: string;
  login?: SampleLogin;
  shows: string;
  titled?: string;
  as?: string;
}[] = [
  { path: '/sign-in', shows: '登录名' },
  { path: '/query', shows: '查询码' },
  { path: '/query/answers', shows: '便民信息' },
  { path: '/query/receipt', shows: '核对回执' },
  { path: '/worklist?role=', login: 'duban', shows: '路灯坏了一周没有人修' },
  { path: '/work-orders/20260302-000001', login: 'duban', shows: '督办期限届满' },
  { path: '/work-orders/20260226-000001/supervision-order', login: 'duban', shows: '签发机关' },
  { path: '/intake', login: 'shouli', shows: '处理方式', titled: '第二十三条' },
  { path: '/orders', login: 'shouli', shows: '餐馆后厨向雨水井倾倒油污' },
  { path: '/inbox', login: 'chengban', shows: '收件箱' },
  { path: '/incidents', login: 'xitong', shows: '没有走不下去的事' },
  { path: '/board', login: 'duban', shows: '没有工单的' },
  { path: '/board', login: 'duban', as: '大屏', shows: '各单位黄牌、红牌' },
  { path: '/monitor', login: 'duban', shows: '签收工单' },
  { path: '/assessment', login: 'kaohe', shows: '逐月趋势' },
  { path: '/assessment/method', login: 'kaohe', shows: '公式里可以用的量' },
  { path: '/assessment/publications/2026-03', login: 'kaohe', shows: '还没有起草' },
  { path: '/publications', shows: '还没有公开过' },
  { path: '/warnings', login: 'duban', shows: '没有预警' },
  { path: '/radar', login: 'shenji', shows: '还没有看过' },
  { path: '/radar', login: 'chengban', shows: '没有询问' },
  { path: '/shared-data', login: 'chengban', shows: '这个月还没有数据' },
  { path: '/calendar', login: 'duban', shows: '12 月' },
  { path: '/trail', login: 'shenji', shows: '点开一条看它改了什么' },
  { path: '/trail/root', login: 'shenji', shows: '校验码' },
  { path: '/accountability', login: 'shenji', shows: '超期本身不是问责情形' },
  { path: '/policies', login: 'bianji', shows: '提出改动' },
  { path: '/regulation', login: 'shenpi', shows: '还没有载入官方原文' },
  { path: '/takeover', login: 'bianji', shows: '还没有上传过' },
  { path: '/new-cities', login: 'bianji', shows: '还没有草稿' },
  { path: '/duties', login: 'shenji', shows: '自何时违反' },
  { path: '/designer', login: 'bianji', shows: '现行版本' },
  { path: '/designer/tables/return-grounds/versions/1', login: 'shenpi', shows: '命中方式' },
  { path: '/designer/handling/versions/1', login: 'shenpi', shows: '标识 handling' },
  { path: '/other-channels', login: 'duban', shows: '行政复议' },
  { path: '/knowledge', login: 'duban', shows: '没有这样的条目' },
  { path: '/personal-data-reads', login: 'shenji', shows: '没有查看记录' },
  { path: '/people', login: 'anquan', shows: '授予时拒绝并说明理由' },
  { path: '/classification', login: 'bianji', shows: '预览改动' },
  { path: '/account', login: 'duban', shows: '现在这一个' },
  { path: '/account-journal', login: 'shenji-admin', shows: '授予角色：审计管理员' },
  { path: '/systems', login: 'anquan', shows: '还没有登记别的系统' },
  { path: '/channels', login: 'xitong', shows: '没有试满还没有送到的' },
  { path: '/sources', login: 'xitong', shows: '还没有来源' },
  { path: '/sources', login: 'shouli', shows: '没有读不懂的来信' },
  { path: '/status', login: 'xitong', shows: '失败的任务' },
];

/** Words squeezed to the width of a character or two, so that their characters are stacked. */
const squeezed = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('body *')].flatMap((element) => {
    const text = [...element.childNodes].map((node) => node.nodeType === 3 ? node.data.trim() : '').join('');
    const { width, height } = element.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(element).fontSize);
    return text.length > 3 && width > 0 && width < size * 2.5 && height > size * 4 ? [text] : [];
  })`);

describe('控制台：每一页', () => {
  const served = useServer();
  const visit = useBrowser(served);

  before(() => seed(served()));

  for (const { path, login, shows, titled, as } of screens) {
    it(`${path}${as === undefined ? '' : `(${as})`}：没有严重的无障碍问题，没有未译的文字，不向外请求`, async () => {
      const { page, complaints } = await visit(path, login);
      if (as !== undefined) await page.getByRole('button', { name: as }).click();
      const text = page.getByText(shows).first();
      await text.waitFor();
      if (titled !== undefined) expect(await text.getAttribute('title')).to.equal(titled);
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
      expect((await seriousFindings(page)).join('\n')).to.equal('');
      expect(await foreignWords(page)).to.deep.equal([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).to.equal(true);
      await page.setViewportSize({ width: 390, height: 844 });
      expect((await seriousFindings(page)).join('\n'), 'on a telephone').to.equal('');
      expect(await page.evaluate('document.documentElement.scrollWidth'), 'on a telephone').to.equal(390);
      expect(await squeezed(page), 'written downwards').to.deep.equal([]);
      expect(complaints).to.deep.equal([]);
    });
  }

  it('深色时打印：图表按浅色画，印完恢复；开着的页面改深浅，图表跟着改', async () => {
    const { page } = await visit('/assessment', 'kaohe');
    await page.locator('.chart canvas').waitFor();
    const drawn = (): Promise<string> =>
      page.evaluate<string>(
        `new Promise((resolve) => requestAnimationFrame(() => resolve(document.querySelector('.chart canvas').toDataURL())))`,
      );
    const still = async (): Promise<string> => {
      let [one, other] = ['', await drawn()];
      while (one !== other) [one, other] = [other, await drawn()];
      return other;
    };
    const light = await still();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await still();
    expect(dark, 'dark').not.to.equal(light);
    const when = (event: string): Promise<string> =>
      page.evaluate<string>(
        `dispatchEvent(new Event('${event}')), document.querySelector('.chart canvas').toDataURL()`,
      );
    expect(await when('beforeprint'), 'at once').to.equal(light);
    expect(await when('afterprint')).to.equal(dark);
  });

  it('系统设置为减少动态效果的，没有渐变：颜色一步到位', async () => {
    const { page } = await visit('/sign-in');
    await page.locator('button').first().waitFor();
    const style = 'document.querySelector("button").style';
    const colour = 'getComputedStyle(document.querySelector("button")).color';
    await page.evaluate(
      `${style}.transition = 'color 600s linear', ${style}.color = 'rgb(0, 0, 0)', ${colour}`,
    );
    await page.evaluate(`${style}.color = 'rgb(0, 0, 255)'`);
    expect(await page.evaluate(colour), 'half-way').to.not.equal('rgb(0, 0, 255)');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await page.evaluate(colour)).to.equal('rgb(0, 0, 255)');
  });
});
