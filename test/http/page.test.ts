/** The first page and the document viewer in a real browser: what a person sees, with the keyboard alone. */
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { operations } from '../../src/http/contract/operations.js';
import { launchChromium } from '../support/chromium.js';
import { dispatched, useServer } from './serving.js';

interface Visit {
  readonly page: Page;
  /** What went wrong in the console, and what was asked of anyone but the program. */
  readonly complaints: string[];
}

describe('http page', () => {
  const served = useServer();
  let browser: Browser;
  const visits: Visit[] = [];

  before(async function () {
    browser = await launchChromium(this);
  });
  after(() => browser?.close());
  afterEach(async () => {
    for (const { page } of visits.splice(0)) await page.close();
  });

  async function visit(path: string): Promise<Visit> {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(served().url))
        complaints.push(request.url());
    });
    await page.goto(`${served().url}${path}`);
    visits.push({ page, complaints });
    return { page, complaints };
  }

  it('registers a request and completes its first task by keyboard, without a console error or an outside request', async () => {
    const { page, complaints } = await visit('/');
    await page.getByText('还没有工单').waitFor();
    await page.getByRole('button', { name: '登记诉求' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    for (const text of [
      '\t',
      '\t',
      '路灯不亮',
      '\t',
      '小区门口的路灯坏了一周',
      '\t',
      '来电人甲',
      '\t',
      '13800001234',
    ]) {
      await (text === '\t' ? page.keyboard.press('Tab') : page.keyboard.insertText(text));
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '路灯不亮' }).waitFor();
    const detail = page.locator('#detail');
    expect(await detail.innerText())
      .to.include('来电人甲 ****1234')
      .and.include('哈希链完整,1 条')
      .and.include('第二十二条第一款');
    const tasks = page.locator('#tasks');
    // The list is asked for anew once the request is in: its answer may come after the case's own.
    await tasks.getByText('登记工作流转单').first().waitFor();
    expect(await tasks.innerText()).to.include('● 正常');

    await page.getByLabel('来电秩序(必填)').selectOption({ label: '正常' });
    await page.getByLabel('办理人(必填)').focus();
    await page.keyboard.insertText('受理员甲');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '办结“确定处理方式”' }).waitFor();
    expect(await detail.innerText())
      .to.include('办结“登记工作流转单”')
      .and.include('哈希链完整,2 条');
    expect(complaints).to.deep.equal([]);
  });

  it('shows a refusal where the form is, with what to do', async () => {
    const { page, complaints } = await visit('/');
    await page.getByRole('button', { name: '登记诉求' }).click();
    await page.getByRole('button', { name: '受理', exact: true }).click();
    const refusal = page.getByRole('dialog').getByRole('alert');
    await refusal.waitFor();
    expect(await refusal.innerText())
      .to.include('“title”不能为空')
      .and.include('办法:');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).to.equal(0);
    // A browser itself notes a refused request in its console.
    expect(complaints.filter((complaint) => !complaint.includes('400'))).to.deep.equal([]);
  });

  it('第二十四条:展开期限,逐日说明为什么是这一天', async () => {
    const { sheet } = await dispatched(served().url);
    const { page, complaints } = await visit(`/#/${sheet.no}`);
    await page.locator('summary', { hasText: '期限前 2 个工作日' }).click();
    const limit = page.locator('details', { hasText: '五个工作日届满' }).first();
    await limit.locator('summary').focus();
    await page.keyboard.press('Enter');
    const told = await limit.innerText();
    expect(told)
      .to.include('2026-03-09 24:00')
      .and.include('始日不计')
      .and.include('不计')
      .and.include('周六');
    expect(told).to.match(/2026-03-09\(周一\)\s+第 5 日/);
    const visible = (await page.locator('body').innerText()).replaceAll(/PostgreSQL|[0-9a-f]{12,}/g, '');
    expect(visible.match(/[A-Za-z]{3,}/g)).to.equal(null);
    expect(complaints).to.deep.equal([]);
  });

  it('says that the program cannot be reached, keeps what it showed, and recovers', async () => {
    await dispatched(served().url);
    const { page } = await visit('/');
    await page.locator('.rows a').first().waitFor();
    await page.context().setOffline(true);
    await page.evaluate("dispatchEvent(new Event('online'))");
    await page.getByText('连不上程序:').waitFor();
    expect(await page.locator('.rows a').count()).to.be.greaterThan(0);
    await page.context().setOffline(false);
    await page.evaluate("dispatchEvent(new Event('online'))");
    await page.getByText('连不上程序:').waitFor({ state: 'hidden' });
    expect(await page.locator('#health').innerText()).to.include('在运行');
  });

  it('says that a work order is unknown', async () => {
    const { page } = await visit('/#/20260101-000001');
    await page.getByText('没有编号为“20260101-000001”的工单').waitFor();
    await page.getByRole('button', { name: '重试' }).waitFor();
  });

  it('shows every operation in the document viewer, from the program alone', async () => {
    const { page, complaints } = await visit('/docs');
    await page.locator('.opblock').first().waitFor();
    expect(await page.locator('.opblock').count()).to.equal(Object.keys(operations).length);
    await page.locator('.opblock').first().click();
    await page.getByText('小区停水未提前通知').first().waitFor();
    expect(complaints).to.deep.equal([]);
  });
});
