/** 通知渠道: set up, tried out against a real receiver, moved to another address, ended. */
import { expect } from 'chai';
import { useServer } from '../http/serving.js';
import { useReceiver } from '../channel/notification/receiver.js';
import { useBrowser } from './visit.js';

describe('控制台：通知渠道', () => {
  const name = 'HOTLINE_WEBHOOK_PRIVATE';
  const told = process.env[name];
  before(() => {
    // The receiver is on this machine, which an operator would permit.
    process.env[name] = 'allow';
  });
  after(() => {
    if (told === undefined) delete process.env[name];
    else process.env[name] = told;
  });
  const served = useServer();
  const receiver = useReceiver();
  const visit = useBrowser(served);

  it('给督办人员设一个网址，密钥只显示一次；测试消息送到、送不到都写明；换地址后原来的停用', async () => {
    const { page, complaints } = await visit('/channels', 'xitong');
    await page.getByText('还没有渠道').waitFor();
    await page.getByRole('button', { name: '设渠道' }).click();
    const form = page.getByRole('dialog', { name: '设渠道' });
    await form.getByLabel('岗位').first().check();
    await form.getByRole('combobox', { name: '岗位' }).selectOption({ label: '督办人员' });
    await form.getByLabel('接收通知的网址').fill(receiver().url);
    await form.getByRole('button', { name: '设渠道' }).click();
    const handed = page.getByRole('dialog', { name: '签名密钥' });
    expect(await handed.locator('code').innerText()).to.match(/^whsec_/);
    await handed.getByRole('button', { name: '已经抄下，关上' }).click();
    await page.getByRole('button', { name: '发测试消息' }).click();
    await page.getByText('✓ 测试消息已送到').waitFor();
    expect(receiver().received).to.have.length(1);
    receiver().answer = 500;
    await page.getByRole('button', { name: '发测试消息' }).click();
    await page.getByText('✕ 没有送到：对方答复 HTTP 500').waitFor();
    await page.getByRole('button', { name: '换地址' }).click();
    const change = page.getByRole('dialog', { name: '换地址：督办人员' });
    await change.getByLabel('接收通知的网址').fill(`${receiver().url}/neu`);
    await change.getByRole('button', { name: '换地址' }).click();
    await handed.getByRole('button', { name: '已经抄下，关上' }).click();
    // The original channel, and its replacement.
    await page.locator('tbody tr').nth(1).waitFor();
    await page.getByText('停用', { exact: true }).first().waitFor();
    expect(await page.locator('tbody tr').count()).to.equal(2);
    expect(await page.getByRole('button', { name: '发测试消息' }).count()).to.equal(1);
    await page.getByText('没有试满还没有送到的').waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('写错的邮件地址拒绝，写明在哪里；别的管理员看不到', async () => {
    const { page } = await visit('/channels', 'xitong');
    await page.getByRole('button', { name: '设渠道' }).click();
    const form = page.getByRole('dialog', { name: '设渠道' });
    await form.getByLabel('个人').check();
    await form.getByLabel('姓名').fill('张三');
    await form.getByLabel('邮件', { exact: true }).check();
    await form.getByLabel('邮件地址').fill('zhangsan@office');
    await form.getByRole('button', { name: '设渠道' }).click();
    await form.getByRole('alert').getByText('邮件地址不对').waitFor();
    const other = await visit('/channels', 'anquan');
    await other.page.getByText('没有权限').first().waitFor();
  });
});
