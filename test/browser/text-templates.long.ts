/** 套用模板: saved from a text, filled from the sheet, inserted at the cursor by keyboard, shared in the unit. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { useServer } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { seed } from './seed.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：文本模板', () => {
  const served = useServer();
  const visit = useBrowser(served);
  const path = '/work-orders/20260304-000001';
  const result = (page: Page) => page.getByLabel(/^办理情况/).and(page.locator('textarea'));
  const picker = (page: Page) => page.getByRole('dialog', { name: /^套用模板/ });

  before(() => seed(served()));

  it('写的一段存成本单位的模板；同事按 Alt+M 选，由工单填好，插在光标处；没有值的交不出去', async () => {
    const { page, complaints } = await visit(path, 'chengban');
    await result(page).fill('已到现场。');
    await page.keyboard.press('Alt+m');
    await picker(page).getByText('还没有模板').waitFor();
    await picker(page).getByRole('button', { name: '把写的存成模板' }).click();
    const form = picker(page).getByRole('form', { name: '新模板' });
    await form.getByLabel(/^名称/).fill('停水：已到现场');
    await form.getByLabel(/^文字/).fill('关于“{标题}”（');
    await form.getByRole('button', { name: '工单编号' }).click();
    await page.keyboard.type('），我单位已到');
    await form.getByRole('button', { name: '地点' }).click();
    await page.keyboard.type('。');
    await form.getByLabel(/^给本单位的人共用/).check();
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(await foreignWords(page)).to.deep.equal([]);
    await page.keyboard.press('Control+Enter');
    await picker(page)
      .getByRole('button', { name: /^停水：已到现场/ })
      .waitFor();
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(await foreignWords(page)).to.deep.equal([]);
    if (process.env.HOTLINE_SHOTS)
      await page.screenshot({ path: `${process.env.HOTLINE_SHOTS}/text-templates.png` });
    await page.keyboard.press('Escape');
    await picker(page).waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement?.tagName')).to.equal('TEXTAREA');

    const colleague = await visit(path, 'chengban');
    const { page: other } = colleague;
    await result(other).fill('开头结尾');
    await other.keyboard.press('ArrowLeft');
    await other.keyboard.press('ArrowLeft');
    await other.keyboard.press('Alt+m');
    await picker(other)
      .getByRole('button', { name: /^停水：已到现场/ })
      .waitFor();
    await picker(other).locator('input:focus').waitFor();
    await other.keyboard.press('ArrowDown');
    await other.keyboard.press('Enter');
    await picker(other).waitFor({ state: 'detached' });
    const written = await result(other).inputValue();
    expect(written).to.match(/^开头关于“[^{}]+”（20260304-000001），我单位已到【地点】。结尾$/);
    await other.getByText('还没有填的：【地点】').waitFor();
    expect(await other.evaluate('document.activeElement.validationMessage')).to.equal('还没有填的：【地点】');
    // The gap is selected, so typing replaces it.
    await other.keyboard.type('泉城路');
    await other.getByText('还没有填的').waitFor({ state: 'detached' });
    expect(complaints).to.deep.equal([]);
    expect(colleague.complaints).to.deep.equal([]);
  });

  it('390 宽：选、改、删；只用于别的栏的收着，点开才有', async () => {
    const { page, complaints } = await visit(path, 'chengban');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: /^套用模板.*办理情况/ }).click();
    await picker(page).getByRole('button', { name: '改 停水：已到现场' }).click();
    const form = picker(page).getByRole('form', { name: '改模板' });
    expect(await form.getByLabel(/^名称/).isDisabled()).to.equal(true);
    await form.getByLabel(/^文字/).fill('已到现场，{今天}');
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
    await form.getByRole('button', { name: '存下' }).click();
    await picker(page)
      .getByText(/^已到现场，\d{4}-\d\d-\d\d$/)
      .waitFor();
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    if (process.env.HOTLINE_SHOTS)
      await page.screenshot({ path: `${process.env.HOTLINE_SHOTS}/text-templates-390.png` });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '接着的几步一张表办完' }).click();
    await page.getByRole('button', { name: /^套用模板.*回复要点/ }).click();
    await picker(page).getByText('没有合的模板').waitFor();
    await picker(page).getByRole('button', { name: '别的栏、别的分类的还有 1 个' }).click();
    await picker(page).getByRole('button', { name: '删去 停水：已到现场' }).click();
    await picker(page).getByText('删去本单位的“停水：已到现场”吗？').waitFor();
    await picker(page).getByRole('button', { name: '删去', exact: true }).click();
    await picker(page).getByText('还没有模板').waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('受理：事项内容、当场答复的要点都能套用，由正在写的填', async () => {
    const { page, complaints } = await visit('/intake', 'shouli');
    await page.getByLabel(/^标题/).fill('夜里停水');
    await page.getByLabel('属地（区县）').fill('历下区');
    await page.getByLabel(/^事项内容/).focus();
    await page.keyboard.press('Alt+m');
    await picker(page).getByRole('button', { name: '新写一个模板' }).click();
    await picker(page).getByLabel(/^名称/).fill('停水登记');
    await picker(page).getByLabel(/^文字/).fill('{属地}居民反映：{标题}，几时起：');
    await page.keyboard.press('Control+Enter');
    await picker(page)
      .getByRole('button', { name: /^停水登记/ })
      .click();
    await picker(page).waitFor({ state: 'detached' });
    expect(await page.getByLabel(/^事项内容/).inputValue()).to.equal('历下区居民反映：夜里停水，几时起：');
    expect(await page.getByRole('heading', { name: '受理登记' }).count()).to.equal(1);
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(complaints).to.deep.equal([]);
  });
});
