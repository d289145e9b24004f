/** The case page: the complaint and the place first, the task beside or below it, the rest folded; assignment on it. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { useServer } from '../http/serving.js';
import { findingsAtBothWidths, seriousFindings } from './axe.js';
import { seed } from './seed.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：工单页的先后', () => {
  const served = useServer();
  const visit = useBrowser(served);
  const path = '/work-orders/20260304-000001';

  before(() => seed(served()));

  const topOf = async (page: Page, name: string): Promise<number> => {
    const box = await page.getByRole('heading', { name, exact: true }).first().boundingBox();
    return box?.y ?? expect.fail(`${name} is not on the page`);
  };
  const trail = (page: Page) => page.getByRole('button', { name: /^轨迹/ });

  it('1366×768：诉求和要办的表单不用滚动就看得到；轨迹、条款、哈希收起，点一下打开', async () => {
    const { page, complaints } = await visit(path, 'chengban');
    await page.getByRole('heading', { name: '谁在办' }).waitFor();
    expect(await topOf(page, '诉求')).to.be.lessThan(300);
    expect(await topOf(page, '期限')).to.be.lessThan(await topOf(page, '诉求'));
    expect(await topOf(page, '办理')).to.be.lessThan(300);
    const field = await page.getByLabel('期限内办理完毕').boundingBox();
    expect(field?.y).to.be.lessThan(500);
    expect(await topOf(page, '谁在办')).to.be.greaterThan(await topOf(page, '附件'));
    expect(await page.getByText(/哈希/).count()).to.equal(0);
    expect(
      await page
        .getByText(/第二十四条第一款第一项/)
        .filter({ visible: true })
        .count(),
    ).to.equal(0);
    await trail(page).click();
    await page.getByText(/哈希链完整/).waitFor();
    expect((await findingsAtBothWidths(page)).join('\n')).to.equal('');
    await trail(page).click();
    await page.getByText(/哈希链完整/).waitFor({ state: 'detached' });
    expect(await foreignWords(page)).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
  });

  it('390 宽：一列，诉求在表单之前；表单不在眼前时，下面的按钮带过去', async () => {
    const { page, complaints } = await visit(path, 'chengban');
    await page.setViewportSize({ width: 390, height: 500 });
    await page.getByRole('heading', { name: '谁在办' }).waitFor();
    expect(await topOf(page, '办理')).to.be.greaterThan(await topOf(page, '附件'));
    expect(await topOf(page, '谁在办')).to.be.greaterThan(await topOf(page, '办理'));
    await page.getByRole('button', { name: '去办：办理' }).click();
    await page.getByRole('button', { name: '去办：办理' }).waitFor({ state: 'detached' });
    expect(await topOf(page, '办理')).to.be.lessThan(300);
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(complaints).to.deep.equal([]);
  });

  it('审计人员打开就看到轨迹；不归自己办的没有分派', async () => {
    const { page } = await visit(path, 'shenji');
    await page.getByText(/哈希链完整/).waitFor();
    await page.getByRole('region', { name: '谁在办' }).getByText('没有分派').waitFor();
    expect(await page.getByRole('button', { name: /^分派/ }).count()).to.equal(0);
  });

  it('承办单位在工单页分给一个组，再收回；督办人员看得到分给谁、谁分的', async () => {
    const { page, complaints } = await visit(path, 'chengban');
    const who = page.getByRole('region', { name: '谁在办' });
    await who.getByRole('button', { name: '分派“办理”' }).click();
    const form = who.getByRole('form', { name: '分派本单' });
    await form.getByLabel(/或者一个组/).fill('抢修组');
    expect((await findingsAtBothWidths(page)).join('\n')).to.equal('');
    await form.getByRole('button', { name: '分派', exact: true }).click();
    await who.getByText('分给 抢修组').waitFor();
    const supervisor = await visit(path, 'duban');
    const seen = supervisor.page.getByRole('region', { name: '谁在办' });
    await seen.getByText('分给 抢修组').waitFor();
    expect(await seen.innerText()).to.include('（chengban）');
    await who.getByRole('button', { name: '改派“办理”' }).click();
    await form.getByRole('button', { name: '收回分派' }).click();
    await who.getByText('没有分派').waitFor();
    await trail(page).click();
    await page.getByText('收回分派', { exact: true }).waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('内部备注：承办单位写，督办接着写；写了一半的刷新还在；划去以后别人看不到文字；两种宽度', async () => {
    const { page, complaints } = await visit(path, 'chengban');
    const notes = page.getByRole('region', { name: '内部备注' });
    await notes.getByRole('button', { name: '写备注' }).click();
    await notes.locator('textarea:focus').waitFor();
    await notes.getByRole('textbox').fill('来电人下午四点以后');
    await page.reload();
    await notes.getByRole('textbox').waitFor();
    expect(await notes.getByRole('textbox').inputValue()).to.equal('来电人下午四点以后');
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    await notes.getByRole('textbox').fill('来电人下午四点以后才接电话');
    await page.keyboard.press('Control+Enter');
    await notes.getByRole('listitem').getByText('来电人下午四点以后才接电话').waitFor();
    await notes.getByRole('textbox').waitFor({ state: 'detached' });
    expect(await foreignWords(page)).to.deep.equal([]);

    const supervisor = await visit(path, 'duban');
    await supervisor.page.setViewportSize({ width: 390, height: 700 });
    const seen = supervisor.page.getByRole('region', { name: '内部备注' });
    await seen.getByText('来电人下午四点以后才接电话').waitFor();
    expect(await seen.getByRole('button', { name: /^划去/ }).count()).to.equal(0);
    await seen.getByRole('button', { name: '写备注' }).click();
    await seen.getByRole('textbox').fill('知道了');
    expect((await seriousFindings(supervisor.page)).join('\n')).to.equal('');
    expect(await supervisor.page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
    await seen.getByRole('button', { name: '写下' }).click();
    await seen.getByRole('listitem').getByText('知道了').waitFor();
    expect(await seen.getByRole('listitem').allInnerTexts()).to.have.length(2);
    expect((await seen.getByRole('listitem').allInnerTexts())[1])
      .to.include('知道了')
      .and.include('（duban）');

    await page.reload();
    await notes.getByText('知道了').waitFor();
    await notes.getByRole('button', { name: /^划去/ }).click();
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    await notes.getByRole('button', { name: '划去这条' }).click();
    await notes.getByText(/^已划去/).waitFor();
    await notes.getByText('来电人下午四点以后才接电话').waitFor();
    await supervisor.page.reload();
    await seen.getByText(/^已划去/).waitFor();
    expect(await seen.innerText()).not.to.include('四点以后');
    expect([...complaints, ...supervisor.complaints]).to.deep.equal([]);
  });

  it('承办单位写了的：答复排在诉求之后', async () => {
    const { page, complaints } = await visit(path, 'chengban');
    await page.getByLabel('期限内办理完毕').check();
    await page.getByLabel(/办理情况/).fill('换了水管，已经来水。');
    await page.getByRole('button', { name: '办结“办理”' }).click();
    const answer = page.getByRole('region', { name: '承办单位的答复' });
    await answer.getByText('换了水管，已经来水。').waitFor();
    expect(await answer.innerText()).to.include('办结“办理”');
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(complaints).to.deep.equal([]);
  });
});
