/** 条例、法定义务: viewed and used in a real browser, with some late sheets. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { loadOfficialText, recordShippedRegulation } from '../../src/law/regulation/index.js';
import { useServer } from '../http/serving.js';
import { shared } from '../support/shared.js';
import { seriousFindings } from './axe.js';
import { seed } from './seed.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：条例和法定义务', () => {
  const served = useServer();
  const visit = useBrowser(served);
  const late = '20260226-000001';

  before(async function () {
    await seed(served());
    await recordShippedRegulation(served().system);
    const name = shared(this, 'regulation/济南市12345市民服务热线条例-2018.md');
    await loadOfficialText(served().system, { name, bytes: readFileSync(name), actor: '法制处' });
  });

  const sound = async (page: Page): Promise<void> => {
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(await foreignWords(page)).to.deep.equal([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).to.equal(true);
  };

  it('条例：按条文号查到，原文和自己的话并列，义务、政策、环节、证据都在，两面的覆盖；只用键盘', async () => {
    const { page, complaints } = await visit('/regulation', 'bianji');
    const find = page.getByLabel('查找条文');
    await find.fill('24 回复');
    await find.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^第二十四条/ }).waitFor();
    await page.getByText(/五个工作日内回复来电人（要求不回复的除外）/).waitFor();
    await page
      .getByRole('region', { name: 'J27', exact: true })
      .getByText('5 个工作日', { exact: true })
      .waitFor();
    await page.getByText('✓ 义务、环节、情景、证据没有空白').waitFor();
    await sound(page);
    await page.getByRole('button', { name: '各级来源' }).press('Enter');
    const standard = page.getByRole('region', { name: /^GB\/T 33358-2016/ });
    await standard.getByText(/^◇ 差异：.*信箱的诉求 24 小时以内有反应.*更宽：自 2026/).waitFor();
    await standard.getByText('标准，推荐的，不问责').waitFor();
    await page
      .getByRole('region', { name: '推荐的期限', exact: true })
      .getByText(/^近 30 日收到的 1 件：以内办的 \d 件/)
      .waitFor();
    await sound(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await standard.getByText('系统没有三方通话的记录，话务平台也没有送来').waitFor();
    await sound(page);
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.getByRole('button', { name: '义务 → 环节' }).press('Enter');
    await page
      .getByRole('row', { name: /J27/ })
      .getByText(/^履行：/)
      .first()
      .waitFor();
    await sound(page);
    await page.getByRole('button', { name: '环节 → 义务' }).press('Enter');
    await page.getByRole('button', { name: '第二十三条第一款第二项' }).first().press('Enter');
    await page.getByRole('heading', { name: /^第二十三条/ }).waitFor();
    await find.fill('没有这样的字');
    await page.getByText('没有这样的条文。').waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('工单：每项义务写明条文、谁、状态（有字）、期限；从证据打开那一条轨迹；原文可展开', async () => {
    const { page, complaints } = await visit(`/work-orders/${late}`, 'duban');
    await page.getByRole('button', { name: '法定义务' }).press('Enter');
    const reply = page.getByRole('listitem').filter({ hasText: '第二十四条' }).first();
    await reply.getByText('! 暂时违反').waitFor();
    await reply.getByText('承办单位（某住房城乡建设局）').waitFor();
    await reply.getByText('自 2026-03-04 24:00 起违反').waitFor();
    await page.getByText('依 2018 版条例判断').waitFor();
    await reply.getByText('条例原文').click();
    await reply.getByText(/（要求不回复的除外）/).waitFor();
    await sound(page);
    await reply
      .getByRole('button', { name: /看轨迹第 \d+ 条/ })
      .last()
      .press('Enter');
    const focused = await page.evaluate('document.activeElement.id');
    expect(focused).to.match(/^entry-\d+$/);
    expect(complaints).to.deep.equal([]);
  });

  it('工单：每项义务展开缘由，本应由谁何时以前做什么；没有产生的一项，查得到为什么；从缘由打开那一条轨迹', async () => {
    const { page, complaints } = await visit(`/work-orders/${late}`, 'duban');
    await page.getByRole('button', { name: '法定义务' }).press('Enter');
    const reply = page.getByRole('listitem').filter({ hasText: '第二十四条' }).first();
    await reply.getByText('缘由').click();
    await reply.getByText(/^在 2026-03-04 24:00 以前由承办单位（某住房城乡建设局）做/).waitFor();
    await page.getByText('为什么没有某一项义务').click();
    await page.getByLabel('查没有产生的一项').fill('当场');
    await page.getByRole('option', { name: /当场答复或者处理/ }).click();
    await page.getByText(/^须是“确定处理方式（当场）”，.*做的是“确定处理方式（转办）”/).waitFor();
    await sound(page);
    await reply.locator('dl').getByRole('button', { name: '看轨迹第 5 条' }).first().press('Enter');
    expect(await page.evaluate('document.activeElement.id')).to.equal('entry-5');
    expect(complaints).to.deep.equal([]);
  });

  it('违反的义务：按状态、条文、单位筛选，打开工单；没有的说没有；读不到的说为什么，可以重试', async () => {
    const { page, complaints } = await visit('/duties', 'duban');
    const row = page.getByRole('row').filter({ hasText: late }).first();
    await row.getByText('! 暂时违反').waitFor();
    await sound(page);
    await page.getByLabel('状态').selectOption('永久违反');
    await page.getByText('没有这样的义务。').waitFor();
    await page.getByLabel('状态').selectOption('还没有补救的');
    await page.getByLabel('条文').selectOption('第 24 条');
    await page.getByLabel('承办单位').fill('某住房城乡建设局');
    await page.getByLabel('承办单位').press('Enter');
    await row.waitFor();
    expect(await page.getByRole('row').filter({ hasNotText: late }).count()).to.equal(1);
    await page.route('**/api/duties?*', (route) => route.abort());
    await page.getByLabel('条文').selectOption('第 27 条');
    await page.getByRole('button', { name: '重试' }).waitFor();
    await page.unroute('**/api/duties?*');
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByText('没有这样的义务。').waitFor();
    await page.getByLabel('条文').selectOption('第 24 条');
    await row.getByRole('link', { name: late }).click();
    await page.getByRole('button', { name: '法定义务' }).waitFor();
    expect(complaints.filter((text) => !/Failed to load resource/.test(text))).to.deep.equal([]);
  });

  it('流程设计：查找义务时看得到条例的原文，选上以后也在', async () => {
    const { page, complaints } = await visit('/designer', 'bianji');
    await page.getByRole('button', { name: /起草改动.*办理/ }).click();
    await page.getByLabel('改什么').fill('试');
    await page.getByLabel('为什么').fill('试');
    await page.getByRole('button', { name: '开始起草' }).click();
    await page.getByRole('button', { name: '撤销' }).waitFor();
    const list = page.getByRole('button', { name: '元素清单' });
    if ((await list.getAttribute('aria-pressed')) === 'false') await list.press('Enter');
    await page.getByLabel('在元素清单中查找').fill('裁定退单');
    const elements = page.getByRole('region', { name: '元素清单' });
    await elements.getByRole('listitem').getByRole('button').first().press('Enter');
    await page.getByLabel('加一条义务').fill('J37');
    const option = page.getByRole('listbox', { name: '找到的义务' }).getByRole('option').first();
    await option.getByText(/应当逐一审核/).waitFor();
    await page.getByLabel('加一条义务').press('Enter');
    await page.getByRole('blockquote').filter({ hasText: '逐一审核' }).waitFor();
    expect(complaints).to.deep.equal([]);
  });
});
