/** 异常处置: an incident seen, understood and mended by people who did not cause it. */
import { expect } from 'chai';
import { mendProcess, stalledCase } from '../support/stalling-process.js';
import { useServer } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { workJobs } from '../support/tried.js';
import { seed } from './seed.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台:异常处置', () => {
  const served = useServer();
  const visit = useBrowser(served);

  before(async () => {
    await seed(served());
    await stalledCase(served().system, '20260302-900001');
  });

  it('哪一页都看得见;说明为什么、挡住什么;换到改好的一版,两人,走通了', async function () {
    this.timeout(120_000);
    const { system } = served();
    const [editor, approver] = [
      await visit('/regulation', 'bianji'),
      await visit('/designer/migrations', 'shenpi'),
    ];
    const { page } = editor;
    await page.getByRole('alert').getByText('有 1 件到期的事走不下去').waitFor();
    await page.getByRole('link', { name: '去异常处置' }).click();
    const part = page.getByRole('article').filter({ hasText: '20260302-900001' });
    await part.getByText('网关没有可走的出口').waitFor();
    for (const words of ['停在“谁来接手”', '“增援”', 'helpers = true', '没有值', '没有成功 1 次'])
      await part.getByText(words).first().waitFor();
    await part.getByRole('button', { name: '再试一次' }).click();
    await page.getByRole('status').getByText('仍走不下去').waitFor();
    await part.getByText('没有成功 2 次').waitFor();
    expect(await seriousFindings(page)).to.deep.equal([]);
    expect(await foreignWords(page)).to.deep.equal([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).to.equal(390);
    expect(await seriousFindings(page)).to.deep.equal([]);
    await page.setViewportSize({ width: 1366, height: 768 });

    await mendProcess(system);
    await part.getByRole('link', { name: '去换版' }).click();
    await page.getByRole('combobox', { name: /^流程/ }).selectOption('stalling');
    await page.getByRole('combobox', { name: /从哪一版/ }).selectOption('1');
    await page.getByLabel('为什么换').fill('没有人接手的,一律增援');
    await page.getByRole('button', { name: /^提出/ }).click();
    await page.getByRole('region', { name: '预览' }).getByText('换得了 1 件').waitFor();

    await approver.page.goto(page.url());
    const form = approver.page.getByRole('form', { name: '批准换版' });
    await form.getByLabel('意见').fill('同意');
    await form.getByRole('button', { name: '批准换版' }).click();
    await approver.page.getByRole('button', { name: '开始换版' }).click();
    await approver.page.getByText('◕ 正在进行').waitFor();
    await workJobs(system);
    await approver.page.getByText('● 已完成').waitFor();
    expect(await system.executor.fireDue(10)).to.equal(1);

    await page.goto(`${served().url}/incidents`);
    await page.getByText('没有走不下去的事。').waitFor();
    expect(await page.getByText('件到期的事走不下去').count()).to.equal(0);
    expect([...editor.complaints, ...approver.complaints]).to.deep.equal([]);
  });
});
