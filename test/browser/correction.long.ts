/** Corrections on a work order's page. */
import { expect } from 'chai';
import { accept, completeOnly, post, useServer, waterCut } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { useBrowser } from './visit.js';

describe('控制台：更正工单', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);

  it('只改一项，写明为什么；标题随即改过来，轨迹写出原来的和更正后的；别人先改了的，说出改了什么', async () => {
    const { no } = (await accept(served().url, { ...waterCut, district: '历下区' })).sheet;
    const { page, complaints } = await visit(`/work-orders/${no}`, 'shouli');
    await page.getByRole('button', { name: '更正写错的' }).click();
    const form = page.getByRole('form', { name: '更正工单' });
    const correct = form.getByRole('button', { name: '更正', exact: true });
    expect(await correct.isDisabled()).to.equal(true);
    await form.getByLabel('标题').fill('小区停电未提前通知');
    await form.getByText('微信', { exact: true }).click();
    await form.getByLabel('为什么更正（不写个人信息）').fill('回拨核实');
    expect(await seriousFindings(page)).to.deep.equal([]);
    await correct.click();
    await page.getByRole('heading', { name: '小区停电未提前通知' }).waitFor();
    await page.getByRole('button', { name: /^轨迹/ }).click();
    const entry = page.locator('li', { has: page.getByText('更正工单', { exact: true }) });
    expect(await entry.innerText())
      .to.include('回拨核实')
      .and.match(/标题\s+小区停水未提前通知 → 小区停电未提前通知/)
      .and.match(/渠道\s+电话 → 微信/);
    await page.getByRole('button', { name: '更正写错的' }).click();
    const other = {
      basedOn: Number(await entry.getAttribute('id').then((id) => id?.slice(6))),
      reason: '另一人',
    };
    const reply = await post(served().url, `/api/work-orders/${no}/corrections`, {
      ...other,
      district: '市中区',
    });
    expect(reply.status, reply.text).to.equal(200);
    await form.getByLabel('内容').fill('改过的内容');
    await form.getByLabel('为什么更正（不写个人信息）').fill('再改');
    await correct.click();
    const alert = form.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).to.match(/工单其间有人更正[^]*更正了属地/);
    expect(await form.getByLabel('内容').inputValue()).to.equal('改过的内容');
    expect(complaints.filter((text) => !/409/.test(text))).to.deep.equal([]);
  });

  it('第三十二条：登记过的求助更正为举报，须选指控谁；轨迹写出原来的和更正后的', async () => {
    const { url } = served();
    const { no } = (await completeOnly(url, await accept(url), { kind: 'help', conduct: 'orderly' })).sheet;
    const { page, complaints } = await visit(`/work-orders/${no}`, 'shouli');
    await page.getByRole('button', { name: '更正写错的' }).click();
    const form = page.getByRole('form', { name: '更正工单' });
    await form.getByText('举报', { exact: true }).click();
    await form.getByText('投诉、举报须写明指控谁').waitFor();
    await form.getByLabel('为什么更正（不写个人信息）').fill('来电人说是举报');
    await form.getByRole('button', { name: '更正', exact: true }).click();
    const alert = form.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText())
      .to.contain('第三十二条第一款')
      .and.contain('指控谁');
    await form.getByText('名册里没有的').click();
    await form.getByLabel(/^指控的是谁、为什么名册里没有/).fill('一家餐馆，不是承办单位');
    expect(await seriousFindings(page)).to.deep.equal([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await seriousFindings(page)).to.deep.equal([]);
    expect(await page.evaluate<number>('document.querySelector("#main").scrollWidth')).to.be.at.most(390);
    await page.setViewportSize({ width: 1366, height: 768 });
    await form.getByRole('button', { name: '更正', exact: true }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByText('· 举报').first().waitFor();
    await page.getByRole('button', { name: /^轨迹/ }).click();
    const entry = page.locator('li', { has: page.getByText('更正工单', { exact: true }) });
    const written = await entry.innerText();
    expect(written, written)
      .to.match(/类别\s+求助 → 举报/)
      .and.match(/指控谁\s+没有 → 名册里没有的/)
      .and.match(/指控的是谁\s+没有 → 一家餐馆，不是承办单位/);
    expect(complaints.filter((text) => !/400/.test(text))).to.deep.equal([]);
  });

  it('390 宽的手机上填得下；承办单位没有“更正”', async () => {
    const { no } = (await accept(served().url)).sheet;
    const { page } = await visit(`/work-orders/${no}`, 'shouli');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: '更正写错的' }).click();
    await page.getByRole('form', { name: '更正工单' }).waitFor();
    const wide = await page.evaluate<number>('document.querySelector("#main").scrollWidth');
    expect(wide).to.be.at.most(390);
    expect(await seriousFindings(page)).to.deep.equal([]);
    const auditor = await visit(`/work-orders/${no}`, 'shenji');
    await auditor.page.getByText(no).first().waitFor();
    expect(await auditor.page.getByRole('button', { name: '更正写错的' }).count()).to.equal(0);
  });
});
