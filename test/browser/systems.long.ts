/** 其他系统: tokens and subscriptions, from registration to a call and a delivered event. */
import { expect } from 'chai';
import { send, useServer } from '../http/serving.js';
import { useReceiver } from '../channel/notification/receiver.js';
import { useBrowser } from './visit.js';

describe('控制台：其他系统', () => {
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

  it('登记系统，发令牌（全文只显示一次，调用得了接口），换新，吊销后立即不能用', async () => {
    const { page, complaints } = await visit('/systems', 'anquan');
    await page.getByText('还没有登记别的系统').waitFor();
    await page.getByRole('button', { name: '登记系统' }).click();
    await page.getByLabel('系统的名称').fill('市长信箱');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    const tokens = page.getByRole('region', { name: '系统 市长信箱' });
    await tokens.getByText('还没有令牌').waitFor();
    await tokens.getByRole('button', { name: '发令牌' }).click();
    const form = page.getByRole('dialog', { name: '发令牌：市长信箱' });
    expect(await form.getByRole('button', { name: '发令牌' }).isDisabled()).to.equal(true);
    await form.getByLabel('读取流程图、政策').check();
    await form.getByLabel('有效几天').fill('10');
    await form.getByRole('button', { name: '发令牌' }).click();
    const handed = page.getByRole('dialog', { name: '令牌：市长信箱' });
    const secret = await handed.locator('code').innerText();
    await handed.getByRole('button', { name: '已经抄下，关上' }).click();
    await handed.waitFor({ state: 'hidden' });
    expect(await page.locator('body').innerText()).not.to.include(secret);
    await tokens.getByText('● 可用').waitFor();

    const status = async (token: string) =>
      (
        await send(served().url, '/api/policies', {
          as: 'nobody',
          headers: { authorization: `Bearer ${token}` },
        })
      ).status;
    expect(await status(secret)).to.equal(200);
    await tokens.getByRole('button', { name: /^换新/ }).click();
    await page
      .getByRole('dialog', { name: /^令牌换新/ })
      .getByRole('button', { name: '换新' })
      .click();
    const renewed = await handed.locator('code').innerText();
    await handed.getByRole('button', { name: '已经抄下，关上' }).click();
    await tokens.getByText('已换新，到期前仍可用').waitFor();
    expect([await status(secret), await status(renewed)]).to.deep.equal([200, 200]);
    await tokens.getByRole('button', { name: `吊销 ${renewed.slice(0, 16)}` }).click();
    await page
      .getByRole('dialog', { name: /^吊销令牌/ })
      .getByRole('button', { name: '吊销' })
      .click();
    await tokens.getByText('✕ 已吊销').waitFor();
    expect(await status(renewed)).to.equal(401);
    expect(complaints).to.deep.equal([]);
  });

  it('订阅事件，发测试事件：送到的、送不到的都看得到；改、换密钥、停用', async () => {
    const { page, complaints } = await visit('/systems', 'anquan');
    await page.getByRole('button', { name: '市长信箱' }).click();
    const part = page.getByRole('region', { name: '市长信箱的事件订阅' });
    await part.getByRole('button', { name: '订阅事件' }).click();
    const form = page.getByRole('dialog', { name: '订阅事件：市长信箱' });
    await form.getByLabel('接收事件的网址').fill(receiver().url);
    await form.getByLabel('到了提醒、督促的一级').check();
    await form.getByRole('button', { name: '订阅', exact: true }).click();
    const handed = page.getByRole('dialog', { name: '签名密钥：市长信箱' });
    expect(await handed.locator('code').innerText()).to.match(/^whsec_/);
    await handed.getByRole('button', { name: '已经抄下，关上' }).click();
    await part.getByRole('button', { name: '发测试事件' }).click();
    await part.getByText('✓ 测试事件已送到').waitFor();
    expect(receiver().received).to.have.length(1);
    receiver().answer = 503;
    await part.getByRole('button', { name: '发测试事件' }).click();
    await part.getByText('✕ 没有送到：对方答复 HTTP 503').waitFor();
    await part.getByRole('button', { name: '改订阅' }).click();
    const change = page.getByRole('dialog', { name: '改订阅：市长信箱' });
    await change.getByLabel('发督办单，首次或者再次').check();
    await change.getByRole('button', { name: '改', exact: true }).click();
    await part.getByText('到了提醒、督促的一级、发督办单，首次或者再次').waitFor();
    await part.getByRole('button', { name: '停用订阅' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '停用订阅' }).click();
    await part.getByText(/✕ .* 停用/).waitFor();
    expect(await part.getByRole('button', { name: '发测试事件' }).count()).to.equal(0);
    expect(complaints).to.deep.equal([]);
  });

  it('系统管理员、审计管理员只看', async () => {
    const { page } = await visit('/systems', 'shenji-admin');
    await page.getByRole('button', { name: '市长信箱' }).click();
    await page.getByRole('region', { name: '系统 市长信箱' }).waitFor();
    for (const act of ['登记系统', '发令牌', '订阅事件', '停用系统']) {
      expect(await page.getByRole('button', { name: act }).count()).to.equal(0);
    }
  });
});
