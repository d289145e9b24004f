/** 人员与单位: acts of the security administrator, and refusals. */
import { expect } from 'chai';
import { newcomer } from '../support/people.js';
import { useServer } from '../http/serving.js';
import { useBrowser } from './visit.js';

describe('控制台：人员与单位', () => {
  const served = useServer();
  const visit = useBrowser(served);

  it('互斥的角色不授，写明理由和办法；不互斥的授予后立即看到', async () => {
    const { identity } = served().system;
    const { page } = await visit('/people', 'anquan');
    await newcomer(served().system, { login: 'liang', name: '梁某', roles: ['handler'] });
    await page.reload();
    await page.getByRole('searchbox', { name: '查找' }).fill('梁某');
    await page.getByRole('button', { name: '梁某' }).click();
    const detail = page.getByRole('complementary', { name: '帐号 梁某' });
    await detail.getByRole('button', { name: '授予监察' }).click();
    const refusal = detail.getByRole('alert');
    await refusal.getByText('不能由一人担任').waitFor();
    await refusal.getByText('先收回另一角色，或授予别人').waitFor();
    const roles = async () => (await identity.people.list()).find(({ login }) => login === 'liang')?.roles;
    expect(await roles()).to.deep.equal(['handler']);
    await detail.getByRole('button', { name: '收回承办' }).click();
    await detail.getByRole('button', { name: '授予承办' }).waitFor();
    await detail.getByRole('button', { name: '授予监察' }).click();
    await detail.getByRole('button', { name: '收回监察' }).waitFor();
    expect(await roles()).to.deep.equal(['inspector']);
  });

  it('开帐号：一次性口令只显示一次；系统管理员开得了，授不了角色', async () => {
    const { page, complaints } = await visit('/people', 'xitong');
    await page.getByRole('button', { name: '开帐号' }).click();
    const form = page.getByRole('dialog', { name: '开帐号' });
    await form.getByLabel('登录名').fill('xinren');
    await form.getByLabel('姓名').fill('新某');
    await form.getByLabel('单位').first().fill('市水务局');
    await form.getByRole('button', { name: '开帐号' }).click();
    const handed = page.getByRole('dialog', { name: '一次性口令：xinren' });
    const password = await handed.locator('code').innerText();
    expect(password.length).to.be.greaterThan(11);
    await handed.getByRole('button', { name: '已经抄下，关上' }).click();
    await handed.waitFor({ state: 'hidden' });
    expect(await page.locator('body').innerText()).not.to.include(password);
    await page.getByRole('complementary', { name: '帐号 新某' }).waitFor();
    expect(await page.getByRole('button', { name: '授予承办' }).count()).to.equal(0);
    expect(complaints).to.deep.equal([]);
  });
});
