/** 统一身份认证 for its users: a real provider's page between the log-in screen and the work. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { freePort, useSingleSignOn } from '../support/single-sign-on.js';
import { useSystem } from '../support/system.js';
import { seriousFindings } from './axe.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：统一身份认证登录', () => {
  const system = useSystem({ at: 'now' });
  const sso = useSingleSignOn(system);
  const visit = useBrowser(sso);

  /** From the log-in screen to the provider, where the person identifies themselves. */
  const enter = async (page: Page, subject: string): Promise<void> => {
    await page.getByRole('link', { name: '统一身份认证登录' }).click();
    await page.waitForURL(`${sso().provider.issuer}/**`);
    await page.getByLabel('用户').fill(subject);
    await page.getByRole('button', { name: '登录' }).click();
  };
  const told = async (page: Page, text: string): Promise<void> => {
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).to.include(text);
    expect(await foreignWords(page)).to.deep.equal([]);
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(await page.getByLabel('登录名').isEnabled(), '口令登录照常可用').to.equal(true);
  };

  it('从登录页到原来要去的待办工单；退出时在那里也退出，回到登录页', async () => {
    const { page, complaints } = await visit('/worklist?role=');
    await page.getByRole('heading', { name: '登录' }).waitFor();
    await enter(page, 'sub-jia');
    await page.getByRole('heading', { name: '待办工单' }).waitFor();
    expect(new URL(page.url()).pathname).to.equal('/worklist');
    expect(await page.locator('.who .name').innerText()).to.equal('jia');
    const asked = complaints.filter((one) => /^https?:/.test(one));
    expect(asked.filter((one) => !one.startsWith(sso().provider.issuer))).to.deep.equal([]);
    await page.getByRole('button', { name: '退出' }).click();
    // The provider's own page asks for confirmation.
    await page.waitForURL(`${sso().provider.issuer}/**`);
    await page.locator('button[name=logout]').click();
    await page.getByRole('link', { name: '统一身份认证登录' }).waitFor();
    expect(new URL(page.url()).pathname).to.equal('/sign-in');
    await page.getByRole('link', { name: '统一身份认证登录' }).click();
    await page.getByLabel('用户').waitFor();
  });

  it('本系统不认识的人：登录页说明身份没有关联帐号，请谁关联', async () => {
    const { page } = await visit('/sign-in');
    await enter(page, 'sub-nobody');
    await told(page, '没有关联本系统的帐号，或者帐号已经停用。请安全管理员关联');
  });

  it('在那里取消了：登录页说没有完成登录', async () => {
    const { page } = await visit('/sign-in');
    await enter(page, '');
    await told(page, '没有完成登录');
  });

  it('统一身份认证不应答：登录页说明，口令登录照常可用', async () => {
    const { at } = await sso().serve({ issuer: `http://127.0.0.1:${await freePort()}` });
    try {
      const { page } = await visit('/sign-in');
      await page.goto(`${at.url}/sign-in`);
      await page.getByRole('link', { name: '统一身份认证登录' }).click();
      await told(page, '统一身份认证此刻没有应答');
    } finally {
      await at.close();
    }
  });

  it('在那里退出（别的页面）：开着的控制台再做什么都回到登录页，登录后回到原处', async () => {
    const { page } = await visit('/orders');
    await enter(page, 'sub-jia');
    await page.getByRole('heading', { name: '全部工单' }).waitFor();
    const portal = await page.context().newPage();
    await portal.goto(`${sso().provider.issuer}/session/end`);
    await portal.locator('button[name=logout]').click();
    await portal.waitForURL('**/session/end/success*');
    await page.reload();
    await page.getByRole('heading', { name: '登录' }).waitFor();
    await enter(page, 'sub-jia');
    await page.getByRole('heading', { name: '全部工单' }).waitFor();
  });
});
