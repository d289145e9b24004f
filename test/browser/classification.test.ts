/** 诉求分类: a tree of a thousand leaves is browsed, searched, and replaced by a file. */
import { expect } from 'chai';
import { importClassification } from '../../src/cases/index.js';
import { accept, useServer } from '../http/serving.js';
import { useBrowser } from './visit.js';

/** 4 × 5 × 5 × 10 kinds that a sheet may have: 1 000 leaves. */
function thousand(): string {
  const lines = ['一级,二级,三级,四级'];
  for (let a = 1; a <= 4; a += 1)
    for (let b = 1; b <= 5; b += 1)
      for (let c = 1; c <= 5; c += 1)
        for (let d = 1; d <= 10; d += 1) lines.push(`甲${a},乙${a}${b},丙${a}${b}${c},丁${a}${b}${c}${d}`);
  return lines.join('\n');
}

describe('控制台：诉求分类', () => {
  const served = useServer();
  const visit = useBrowser(served);

  before(async () => {
    const { url, system } = served();
    await accept(url);
    const request = { text: thousand(), name: '分类表', title: '千个末级', actor: '测试', apply: true };
    await importClassification(system, request);
  });

  it('一千个末级：只画展开的；方向键走、展开；按词查找，选中的在树里展开着', async () => {
    const { page, complaints } = await visit('/classification', 'bianji');
    await page.getByText('末级 1000 个').waitFor();
    const tree = page.getByRole('navigation', { name: '分类' });
    const drawn = () => tree.getByRole('button').count();
    expect(await drawn()).to.equal(4);
    await tree.getByRole('button', { name: '甲1 250' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await tree.getByRole('button', { name: '乙21' }).waitFor();
    expect(await drawn()).to.equal(9);
    await page.keyboard.press('ArrowLeft');
    await tree.getByRole('button', { name: '乙21' }).waitFor({ state: 'detached' });
    await page.getByRole('searchbox', { name: '查找分类' }).fill('丙342 丁3427');
    await page.getByText('找到 1 个').waitFor();
    await page.getByRole('button', { name: '甲3 / 乙34 / 丙342 / 丁3427' }).click();
    const detail = page.getByRole('region', { name: '分类的详情' });
    await detail.getByText('末级，工单可以归入').waitFor();
    await page.getByRole('searchbox', { name: '查找分类' }).fill('');
    await tree.getByRole('button', { name: '丁3427' }).waitFor();
    expect(await drawn()).to.equal(4 + 5 + 5 + 10);
    expect(complaints).to.deep.equal([]);
  });

  it('导入：先预览增、删、改，写错的说出在哪一行；编辑只预览，审批才导入；电子表格的国标编码读得对', async () => {
    const file = (name: string, text: string | Buffer) => ({
      name,
      mimeType: 'text/csv',
      buffer: Buffer.from(text),
    });
    const editor = await visit('/classification', 'bianji');
    await editor.page.locator('input[type=file]').setInputFiles(file('坏.csv', '编码,名称,上级编码\n1,水,9'));
    await editor.page.getByRole('button', { name: '预览改动' }).click();
    await editor.page.getByRole('alert').getByText('第 2 行').waitFor();
    expect(await editor.page.getByRole('button', { name: /^导入为/ }).count()).to.equal(0);

    const { page, complaints } = await visit('/classification', 'shenpi');
    // 一级,二级 / 水,停水 in GB 18030, as a spreadsheet writes it.
    const gb = Buffer.from('d2bbbcb62cb6febcb60acbae2ccda3cbae', 'hex');
    await page.locator('input[type=file]').setInputFiles(file('新表.csv', gb));
    await page.getByRole('button', { name: '预览改动' }).click();
    await page.getByText('增加 2，删去 1124').waitFor();
    await page.getByText('增加 2 个').click();
    await page.getByText('水 / 停水').waitFor();
    await page.getByRole('button', { name: '导入为第 2 版' }).click();
    await page.getByText('✓ 已导入为第 2 版').waitFor();
    await page.getByText('第 2 版《新表》').waitFor();
    await page.getByRole('rowheader', { name: '第 2 版', exact: true }).waitFor();
    expect(complaints).to.deep.equal([]);
  });
});
