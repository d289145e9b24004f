/**
 * 转承办单位: a retired class and a misspelt unit are reported, values are chosen by name, and author
 * and approver try the table on past sheets.
 */
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { accept, useServer, waterCut } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { cell, write } from './table-cells.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：转承办单位的决策表', () => {
  const served = useServer();
  const visit = useBrowser(served);
  const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });

  it('表里的单位名册里没有的，受理时照说，不给转；名册里有了就给', async () => {
    const { page } = await visit('/intake', await served().people.allowed(['intake']));
    await page.getByLabel('事项内容').fill('小区突然停水，没有人通知。');
    await page.getByText('! 单位名册里没有，转不了：请合规编辑改这张表').waitFor();
    const take = (where: Page) => where.getByRole('button', { name: '转给它' });
    expect(await take(page).count()).to.equal(0);
    const known = await visit('/intake', 'shouli');
    await known.page.getByLabel('事项内容').fill('小区突然停水，没有人通知。');
    await take(known.page).click();
    expect(await known.page.getByLabel(/^承办单位/).inputValue()).to.equal('样本水务集团');
  });

  it('第二十三条第二项：从名册里选单位，起草的人和审批的人都在过去的工单上试；没有的分类、单位说得出', async function () {
    this.timeout(120_000);
    const { sheet } = await accept(served().url, { ...waterCut, class: '0101010101', district: '历下区' });
    const { page, complaints } = await visit('/designer', 'bianji');
    await page.getByRole('button', { name: /起草改动.*转承办单位/ }).click();
    await page.getByLabel('改什么').fill('市容环境由市局办理');
    await page.getByLabel('为什么').fill('试一试');
    await page.getByRole('button', { name: '开始起草' }).click();
    await cell(page, 3, 1).waitFor();
    await page.getByText('✓ 没有发现问题').waitFor();
    // 编码显示成名称。
    expect(await cell(page, 3, 1).getAttribute('data-name')).to.equal('城市管理 / 市容环境');

    await cell(page, 3, 5).click();
    const values = page.getByRole('form', { name: '“主办单位”取哪些值' });
    await values.getByRole('combobox').fill('样本市城市管理局');
    await values.getByRole('combobox').press('Enter');
    await cell(page, 3, 5).getByText('"样本市城市管理局"').waitFor();
    expect(await seriousFindings(page)).to.deep.equal([]);
    expect(await foreignWords(page)).to.deep.equal([]);

    await write(page, 1, 5, '"样本市公安厅"');
    await write(page, 2, 1, 'list contains(?, "0299")');
    const findings = page.getByRole('tabpanel');
    await findings.getByText('第 1 行的“主办单位”：单位名册里没有“样本市公安厅”').waitFor();
    await findings.getByText('第 2 行的“诉求分类”：诉求分类里没有“0299”').waitFor();
    await write(page, 1, 5, '"样本市公安局"');
    await write(page, 2, 1, 'list contains(?, "02010101")');
    await page.getByText('✓ 没有发现问题').waitFor();

    await tab(page, '试转').click();
    await page.getByRole('button', { name: '在近期工单上试' }).click();
    const moved = `${sheet.no} 样本历下区人民政府 样本市城市管理局 3`;
    await page.getByRole('row', { name: moved }).waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('已存为第 2 稿').waitFor();
    expect(complaints.filter((one) => !one.startsWith('Applying inline style'))).to.deep.equal([]);

    const other = await visit(new URL(page.url()).pathname, 'shenpi');
    await tab(other.page, '试转').click();
    await other.page.getByRole('button', { name: '在近期工单上试' }).click();
    await other.page.getByRole('row', { name: moved }).waitFor();
  });

  it('各行存成 CSV，在电子表格里改了再读回来：只有改过的行是改动', async function () {
    this.timeout(60_000);
    const { page } = await visit('/designer', 'bianji');
    await page.getByRole('button', { name: /起草改动.*转承办单位/ }).click();
    await page.getByLabel('改什么').fill('成批改');
    await page.getByLabel('为什么').fill('试一试');
    await page.getByRole('button', { name: '开始起草' }).click();
    await page.getByText('✓ 没有发现问题').waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: '各行存为 CSV' }).click();
    const csv = await readFile(await (await saved).path(), 'utf8');
    expect(csv).to.include('0101 城市管理 / 市容环境,,历下区,,样本历下区人民政府,,territory 属地,');
    const changed = csv.replace('样本历下区人民政府', '样本市城市管理局');
    const file = { name: '转办.csv', mimeType: 'text/csv', buffer: Buffer.from(changed) };
    await page.getByLabel('读入 DMN 或者 CSV 文件').setInputFiles(file);
    await page.getByText('已读入 转办.csv').waitFor();
    await tab(page, '改动').click();
    await page.getByText('第 3 行的“主办单位”由 "样本历下区人民政府" 改为 "样本市城市管理局"').waitFor();
    expect(await page.getByRole('tabpanel').getByRole('listitem').count()).to.equal(1);
  });
});
