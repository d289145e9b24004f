/** 本人帐号, and 帐号记录, where the audit administrator finds those acts. */
import { expect } from 'chai';
import { decodeQR } from 'qr/decode.js';
import type { Page } from 'playwright-core';
import { totpCode } from '../../src/identity/index.js';
import { useServer } from '../http/serving.js';
import { useBrowser } from './visit.js';
import { addResidents } from '../support/residents.js';
import { settled } from '../support/entries.js';

/** Reads the QR code in the picture, as a telephone would. */
async function readQr(page: Page): Promise<string> {
  const png = await page.getByRole('img', { name: '动态口令的二维码' }).screenshot();
  const { width, height, data } = await page.evaluate<{ width: number; height: number; data: number[] }>(
    `(async () => {
      const picture = new Image();
      picture.src = 'data:image/png;base64,${png.toString('base64')}';
      await picture.decode();
      const { width, height } = picture;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      context.drawImage(picture, 0, 0);
      return { width, height, data: [...context.getImageData(0, 0, width, height).data] };
    })()`,
  );
  return decodeQR({ width, height, data: Uint8ClampedArray.from(data) });
}

describe('控制台：本人帐号、帐号记录', () => {
  const served = useServer();
  const visit = useBrowser(served);
  const password = 'grau-wasser-7-morgen';
  const personOf = async (login: string) =>
    (await served().system.identity.people.list()).find((one) => one.login === login);

  it('改口令：两遍不一样的改不了；改后别处的会话结束，这里的还在', async () => {
    const { identity } = served().system;
    await addResidents(identity);
    const once = await identity.people.resetPassword('duban', '测试');
    await identity.changePassword({ login: 'duban', password: once }, 'erstes-wort-9-abend', '127.0.0.1');
    const elsewhere = await visit('/account', 'duban');
    const { page, complaints } = await visit('/account', 'duban');
    await page.getByLabel('现在的口令').fill('erstes-wort-9-abend');
    await page.getByLabel('新口令（至少', { exact: false }).fill(password);
    await page.getByLabel('再写一遍新口令').fill('etwas-anderes-3-mittag');
    await page.getByText('两遍写的不一样').waitFor();
    expect(await page.getByRole('button', { name: '改口令' }).isDisabled()).to.equal(true);
    await page.getByLabel('再写一遍新口令').fill(password);
    await page.getByRole('button', { name: '改口令' }).click();
    await page.getByText('口令已改').waitFor();
    await page.getByText('现在这一个').waitFor();
    await elsewhere.page.reload();
    await elsewhere.page.getByRole('heading', { name: '登录' }).waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('动态口令：扫码、以一次的数字确认后启用；可以自己取消；久未验证身份的，先再次验证', async () => {
    const { system } = served();
    const { page, complaints } = await visit('/account', 'duban');
    await page.getByRole('button', { name: '启用动态口令' }).click();
    const read = new URL(await readQr(page));
    expect(read.protocol).to.equal('otpauth:');
    const secret = read.searchParams.get('secret') ?? '';
    await page.getByLabel('6 位数字').fill('000000');
    await page.getByRole('button', { name: '启用', exact: true }).click();
    await page.getByRole('alert').waitFor();
    expect((await personOf('duban'))?.secondFactor).to.equal(false);
    await page.getByLabel('6 位数字').fill(totpCode(secret, system.clock.now()));
    await page.getByRole('button', { name: '启用', exact: true }).click();
    await page.getByText('● 已启用').waitFor();
    expect((await personOf('duban'))?.secondFactor).to.equal(true);

    system.clock.moveTo(new Date(system.clock.now().getTime() + 11 * 60_000));
    await page.getByRole('button', { name: '取消动态口令' }).click();
    const dialog = page.getByRole('dialog', { name: '取消动态口令' });
    await dialog.getByRole('button', { name: '取消动态口令' }).click();
    await dialog.getByLabel('口令', { exact: true }).fill(password);
    await dialog.getByLabel('动态口令').fill(totpCode(secret, system.clock.now()));
    await dialog.getByRole('button', { name: '验证' }).click();
    await dialog.getByText('已验证').waitFor();
    await dialog.getByRole('button', { name: '取消动态口令' }).click();
    await page.getByText('○ 没有启用').waitFor();
    expect((await personOf('duban'))?.secondFactor).to.equal(false);
    expect(complaints.filter((one) => !/40[13]|422/.test(one))).to.deep.equal([]);
  });

  it('自己的会话看得见，别处的可以结束', async () => {
    const there = await visit('/account', 'kaohe');
    const { page } = await visit('/account', 'kaohe');
    await page.getByText('现在这一个').waitFor();
    await page.getByRole('button', { name: /^结束 .* 登录的会话$/ }).click();
    await page.getByText('共 1 个').waitFor();
    await there.page.reload();
    await there.page.getByRole('heading', { name: '登录' }).waitFor();
  });

  it('帐号记录：只看某人的；一页接一页；被拒绝的请求在另一栏；别的角色没有这一页', async () => {
    const { system } = served();
    for (let n = 0; n < 20; n += 1)
      await system.identity.people.addUnit({ name: `单位${n}`, kind: 'department' }, '测试');
    const { page, complaints } = await visit('/account-journal', 'shenji-admin');
    const end = page.getByText('已到末尾');
    while (!(await end.isVisible())) await page.getByText(/已列出 \d+ 条/).scrollIntoViewIfNeeded();
    expect(await page.locator('tbody tr').count()).to.be.greaterThan(60);
    await page.getByLabel('登录名').fill('duban');
    await page.getByRole('button', { name: '查找' }).click();
    await page.getByText('取消自己的动态口令').waitFor();
    await page.getByText('改了自己的口令').first().waitFor();
    expect(await page.getByText('增加单位').count()).to.equal(0);
    await page.getByLabel('从').fill('2000-01-01');
    await page.getByLabel('到').fill('2000-01-02');
    await page.getByRole('button', { name: '查找' }).click();
    await page.getByText('没有这样的记录').waitFor();
    const nosy = await visit('/account-journal', 'duban');
    await nosy.page.getByText('没有权限').waitFor();
    expect(await nosy.page.getByRole('link', { name: '帐号记录' }).count()).to.equal(0);
    for (const field of ['登录名', '从', '到']) await page.getByLabel(field).fill('');
    await page.getByRole('button', { name: '查找' }).click();
    await settled(system);
    await page.getByLabel('被拒绝的请求').check();
    await page.getByText('没有权限：帐号的记录').first().waitFor();
    expect(complaints).to.deep.equal([]);
  });
});
