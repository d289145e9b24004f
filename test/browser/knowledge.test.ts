/** 知识库: found, rewritten only by the unit in charge, and marked after its review date. */
import { expect } from 'chai';
import { useServer } from '../http/serving.js';
import { moveTo } from './seed.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：知识库', () => {
  const served = useServer();
  const visit = useBrowser(served);

  it('第三十四条：承办单位写一条，过了复核日期有标记，改写后标记消去；别的单位只能看', async () => {
    const { page, complaints } = await visit('/knowledge', 'chengban');
    await page.getByRole('button', { name: '新写一条' }).click();
    await page.getByLabel('标题').fill('停水怎么查');
    await page.getByRole('textbox', { name: '内容' }).fill('先查计划停水公告，再问供水公司抢修电话。');
    await page.getByLabel('最迟哪一天复核').fill('2026-03-20');
    await page.getByLabel('向公众公开').check();
    await page.getByRole('button', { name: '存入知识库' }).click();
    await page.getByRole('heading', { name: '停水怎么查' }).waitFor();
    await page.getByText('第 1 版 · 向公众公开').waitFor();

    await moveTo(served(), '2026-03-23T09:00:00+08:00');
    await page.reload();
    await page.getByRole('searchbox', { name: '查找知识库' }).fill('停水');
    await page.getByRole('button', { name: '查找', exact: true }).click();
    await page.getByText('! 已过').waitFor();
    await page.getByRole('button', { name: '停水怎么查' }).click();
    await page.getByText('应在 2026-03-20 以前复核').waitFor();
    await page.getByText('过了复核日期，公众查不到').waitFor();
    expect(await foreignWords(page)).to.deep.equal([]);

    await page.getByRole('button', { name: '改写', exact: true }).click();
    await page.getByLabel('最迟哪一天复核').fill('2026-09-20');
    await page.getByLabel('为什么改').fill('核对过，电话没有变');
    await page.getByRole('button', { name: '存为第 2 版' }).click();
    await page.getByText('核对过，电话没有变').waitFor();
    await page.getByText('! 已过').waitFor({ state: 'detached' });

    const other = await visit('/knowledge', 'chengban2');
    await other.page.getByRole('button', { name: '停水怎么查' }).click();
    await other.page.getByText('市水务局负责').waitFor();
    expect(await other.page.getByRole('button', { name: '改写', exact: true }).count()).to.equal(0);
    expect(complaints).to.deep.equal([]);
  });
});
