/** The four unusual states of a screen: loading, refused, offline, empty. Each gets the same checks. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Problem } from '../../src/http/contract/problem.js';
import { useServer } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { moveTo, seed } from './seed.js';
import { foreignWords, useBrowser, type SampleLogin } from './visit.js';

/** `empty`: text if there is nothing; null if there always is something, even at the first start. */
const screens: readonly {
  path: string;
  login: SampleLogin;
  shows: string;
  empty: string | null;
  /** The button behind which the emptiness is. */
  behind?: string;
}[] = [
  { path: '/account', login: 'duban', shows: '现在这一个', empty: null },
  { path: '/account-journal', login: 'shenji-admin', shows: '授予角色：审计管理员', empty: null },
  { path: '/incidents', login: 'xitong', shows: '没有走不下去的事', empty: '没有走不下去的事' },
  { path: '/systems', login: 'anquan', shows: '还没有登记别的系统', empty: '还没有登记别的系统' },
  { path: '/classification', login: 'bianji', shows: '预览改动', empty: null },
  { path: '/channels', login: 'xitong', shows: '没有试满还没有送到的', empty: '还没有渠道' },
  { path: '/sources', login: 'xitong', shows: '还没有来源', empty: '还没有来源' },
  { path: '/sources', login: 'shouli', shows: '没有读不懂的来信', empty: '没有读不懂的来信' },
  { path: '/other-channels', login: 'duban', shows: '行政复议', empty: null },
  { path: '/knowledge', login: 'duban', shows: '没有这样的条目', empty: '没有这样的条目' },
  {
    path: '/trail',
    login: 'shenji',
    shows: '点开一条看它改了什么',
    empty: '您还没有导出过',
    behind: '导出所查到的',
  },
  { path: '/accountability', login: 'shenji', shows: '工地夜间施工噪声扰民', empty: '没有问责案卷' },
  { path: '/assessment', login: 'kaohe', shows: '逐月趋势', empty: '还没有可计的工单' },
  { path: '/designer', login: 'bianji', shows: '现行版本', empty: null },
  { path: '/designer/tables/return-grounds/versions/1', login: 'shenpi', shows: '命中方式', empty: null },
  { path: '/designer/handling/versions/1', login: 'shenpi', shows: '标识 handling', empty: null },
];

const down: Problem = {
  type: '/problems/database.unreachable',
  title: '数据库没有应答',
  status: 503,
  detail: '数据库此刻没有应答，未改动任何数据',
  code: 'database.unreachable',
  instance: '/',
  requestId: '00000000-0000-0000-0000-000000000000',
  remedy: '稍后重试；仍不行请联系系统管理员',
};

/** Requests for the screen's data, without the session and the event stream. */
const reads = (url: URL): boolean => /^\/api\/(?!session$|events$)/.test(url.pathname);

async function isSound(page: Page): Promise<void> {
  expect((await seriousFindings(page)).join('\n')).to.equal('');
  expect(await foreignWords(page)).to.deep.equal([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).to.equal(true);
}

/** Presses 重试 until none is left, because news may restore a part between looking and pressing. */
async function pressRetry(page: Page): Promise<void> {
  const again = page.getByRole('button', { name: '重试' });
  while ((await again.count()) > 0) {
    await again.evaluateAll((buttons: { click(): void }[]) => {
      for (const button of buttons) button.click();
    });
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  }
}

describe('控制台：读取中、读不到、断网', () => {
  const served = useServer();
  const visit = useBrowser(served);

  before(async () => {
    await seed(served());
    await moveTo(served(), '2026-03-18T10:00:00+08:00');
  });

  for (const { path, login, shows } of screens) {
    it(`${path}：读取中说正在读取；读不到说明原因和办法，重试即可`, async () => {
      const { page } = await visit('/sign-in', login);
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      await page.route(reads, async (route) => {
        await held;
        await route.fulfill({
          status: down.status,
          contentType: 'application/problem+json',
          body: JSON.stringify(down),
        });
      });
      await page.goto(`${served().url}${path}`);
      await page.locator('[aria-busy=true]').first().waitFor();
      await isSound(page);
      release();
      await page.getByRole('alert').filter({ hasText: down.detail }).first().waitFor();
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
      expect(await page.getByText(down.remedy ?? '').count()).to.be.greaterThan(0);
      await isSound(page);
      await page.unroute(reads);
      await pressRetry(page);
      await page.getByText(shows).first().waitFor();
      expect(await page.getByRole('alert').count()).to.equal(0);
    });

    it(`${path}：断网时说明，断开前的内容还在；恢复后自动刷新`, async () => {
      const { page } = await visit(path, login);
      await page.getByText(shows).first().waitFor();
      await page.context().setOffline(true);
      await page.getByRole('alert').filter({ hasText: '连不上程序' }).first().waitFor();
      expect(await page.getByText(shows).first().isVisible()).to.equal(true);
      await isSound(page);
      const asked = page.waitForRequest((request) => reads(new URL(request.url())));
      await page.context().setOffline(false);
      await page.getByRole('alert').first().waitFor({ state: 'detached' });
      await asked;
      await page.getByText(shows).first().waitFor();
    });
  }
});

describe('控制台：还什么都没有', () => {
  const served = useServer();
  const visit = useBrowser(served);

  for (const { path, login, empty, behind } of screens.filter((one) => one.empty !== null)) {
    it(`${path}：说明没有什么`, async () => {
      const { page, complaints } = await visit(path, login);
      if (behind !== undefined) await page.getByRole('button', { name: behind }).click();
      await page
        .getByText(empty ?? '')
        .first()
        .waitFor();
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
      await isSound(page);
      expect(complaints).to.deep.equal([]);
    });
  }
});
