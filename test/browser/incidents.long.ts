/** 异常处置: people who did not cause an incident see, understand and repair it. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { verifyTrail } from '../../src/accountability/index.js';
import { mendProcess, stalledCase } from '../support/stalling-process.js';
import { useServer } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { workJobs } from '../support/tried.js';
import { seed } from './seed.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：异常处置', () => {
  const served = useServer();
  const visit = useBrowser(served);

  before(async () => {
    await seed(served());
    await stalledCase(served().system, '20260302-900001');
  });

  it('哪一页都看得见；说明为什么、挡住什么；换到改好的一版，两人，走通了', async function () {
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
    await page.getByLabel('为什么换').fill('没有人接手的，一律增援');
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

  it('等不及换版的：一人看过会怎样，提出更正变量，另一人批准，马上走通；轨迹核验成立', async function () {
    this.timeout(120_000);
    const { system } = served();
    await stalledCase(system, '20260302-900002');
    const [editor, approver] = [await visit('/incidents', 'bianji'), await visit('/incidents', 'shenpi')];
    const { page } = editor;
    const part = page.getByRole('article').filter({ hasText: '20260302-900002' });
    await part.getByText('提出人工处置').click();
    const form = part.getByRole('form', { name: '提出人工处置' });
    await form.getByRole('radio', { name: '把停着的环节移到别处' }).check();
    await form.getByRole('combobox', { name: /停着的哪个环节/ }).selectOption({ label: '抢修（夜间抢修）' });
    await form.getByRole('combobox', { name: /移到/ }).selectOption({ label: '督促' });
    await form.getByRole('button', { name: '先看会怎样' }).click();
    await form.getByText('“两小时没有修好”不再需要').waitFor();
    await form.getByRole('radio', { name: '更正一个变量' }).check();
    await form.getByRole('combobox', { name: /哪个变量/ }).selectOption({ label: 'helpers，现在 没有值' });
    await form.getByRole('combobox', { name: /改为/ }).selectOption('是');
    await form.getByRole('button', { name: '先看会怎样' }).click();
    await form.getByText('✓ 走得通').waitFor();
    await form.getByText(/走到.*“增援”/).waitFor();
    const markup = '抢修组来电，人手已到 <img src="x" onerror="window.__ran=1">';
    await form.getByLabel(/理由/).fill(markup);
    await looked(page);
    await form.getByRole('button', { name: '提出，由他人批准' }).click();
    await part.getByText('您本人，须由他人批准').waitFor();

    await approver.page.reload();
    const their = approver.page.getByRole('article').filter({ hasText: '20260302-900002' });
    await their.getByText('把变量“helpers”由没有值改为“是”').waitFor();
    await their.getByText(markup).waitFor();
    await looked(approver.page);
    await their.getByLabel('意见').fill('属实');
    await their.getByRole('button', { name: '批准，马上照办' }).click();
    await approver.page.getByRole('status').getByText('走通了').waitFor();
    await approver.page.getByText('没有走不下去的事。').waitFor();
    await page.reload();
    await page.getByText('没有走不下去的事。').waitFor();
    const { findings } = await verifyTrail(system);
    expect(findings.filter(({ attack }) => attack !== 'unguarded')).to.deep.equal([]);
    for (const one of [page, approver.page]) expect(await one.evaluate('window.__ran')).to.equal(undefined);
    expect([...editor.complaints, ...approver.complaints]).to.deep.equal([]);
  });
});

/** At desktop and telephone widths. */
async function looked(page: Page): Promise<void> {
  for (const width of [1366, 390]) {
    await page.setViewportSize({ width, height: 768 });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).to.equal(width);
    expect(await seriousFindings(page)).to.deep.equal([]);
    expect(await foreignWords(page)).to.deep.equal([]);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
}
