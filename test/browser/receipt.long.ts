/** A caller's receipt in the browser: from the query code to a QR code, and from its address to a verdict. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { decodeQR } from 'qr/decode.js';
import sharp from 'sharp';
import { sequence, signCheckpoint } from '../../src/accountability/index.js';
import { verifyReceipt } from '../../verifier/receipt.mjs';
import { answered, completeOnly, post, useServer, waterCut, type WorkOrderView } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { foreignWords, useBrowser } from './visit.js';

const sizes = [
  { width: 360, height: 780 },
  { width: 390, height: 844 },
  { width: 1366, height: 768 },
] as const;

describe('来电人的回执，在浏览器里', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);

  const handed = async () => {
    const { url } = served();
    const { callerSecret: secret, ...order } = answered(
      'acceptRequest',
      await post(url, '/api/work-orders', waterCut),
    ) as WorkOrderView & { callerSecret: string };
    const registered = await completeOnly(url, order, { conduct: 'orderly' });
    const decided = await completeOnly(url, registered, { wayOut: 'dispatch' });
    await completeOnly(url, decided, { unit: '市水务局' });
    return { no: order.sheet.no, secret };
  };
  const sign = async (): Promise<void> => {
    const { system } = served();
    await sequence(system.database);
    await signCheckpoint({ ...system, signer: await system.signer() });
  };
  const looks = async (page: Page, name: string): Promise<void> => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      expect(await page.evaluate('document.documentElement.scrollWidth'), name).to.equal(size.width);
      const folder = process.env['HOTLINE_SHOTS'];
      if (folder) await page.screenshot({ path: `${folder}/${name}-${size.width}.png`, fullPage: true });
    }
    expect((await seriousFindings(page)).join('\n'), name).to.equal('');
  };

  it('取得回执、看为什么办了这么久；二维码的地址打开就是核对的结果，改一个字母就不认', async () => {
    const { no, secret } = await handed();
    const { clock } = served().system;
    clock.moveTo(new Date(clock.now().getTime() + 30 * 3_600_000));
    const { page, complaints } = await visit('/query');
    await page.getByLabel('工单编号').fill(no);
    await page.getByLabel('查询码').fill(secret);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '为什么办了这么久' }).waitFor();
    await page.getByRole('button', { name: '取得回执' }).click();
    await page.getByText('稍后：').waitFor();
    await sign();
    const code = page.getByRole('img', { name: '回执的二维码' });
    await code.waitFor();
    expect(await foreignWords(page)).to.deep.equal([]);
    await looks(page, 'receipt-given');
    const shot = await code.screenshot();
    const { data, info } = await sharp(shot).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const address = decodeQR({ ...info, data: Uint8ClampedArray.from(data) });
    expect(address.startsWith(`${served().url}/query/receipt#`)).to.equal(true);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '存成文件' }).click(),
    ]);
    const file = readFileSync(await download.path());
    expect(file.toString('base64url')).to.equal(address.split('#')[1]);
    expect(verifyReceipt(file, { no, words: waterCut.content }).facts.join('\n')).to.include('正是工单');

    const other = await visit(new URL(address).pathname + new URL(address).hash);
    await other.page.getByRole('heading', { name: '是真的回执' }).waitFor();
    await other.page.getByText('没有改写过').waitFor();
    await other.page.getByLabel('工单编号').fill(no);
    await other.page.getByLabel('诉求的原话').fill(waterCut.content);
    await other.page.getByRole('button', { name: '核对' }).click();
    await other.page.getByText('正是受理时记下的').waitFor();
    expect(await foreignWords(other.page)).to.deep.equal([]);
    await looks(other.page, 'receipt-checked');
    for (const [language, verdict] of [
      ['English', 'The receipt is genuine'],
      ['Français', 'Le reçu est authentique'],
      ['Русский', 'Квитанция подлинная'],
      ['Deutsch', 'Der Beleg ist echt'],
    ] as const) {
      await other.page.getByRole('button', { name: language }).click();
      await other.page.getByRole('heading', { name: verdict }).waitFor();
      await looks(other.page, `receipt-checked-${language}`);
    }
    await other.page.getByRole('button', { name: '中文' }).click();
    const text = address.split('#')[1] ?? '';
    await other.page
      .getByLabel('二维码里的文字')
      .fill(text.slice(0, 200) + (text[200] === 'A' ? 'B' : 'A') + text.slice(201));
    await other.page.getByRole('button', { name: '核对' }).click();
    await other.page.getByRole('heading', { name: '回执被改过' }).waitFor();
    await other.page.getByLabel('回执的文件').setInputFiles({
      name: '照片.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.alloc(5000, 7),
    });
    await other.page.getByRole('heading', { name: '这不是回执的文件' }).waitFor();
    expect([...complaints, ...other.complaints]).to.deep.equal([]);
  });

  it('受理的人在工单页为打电话来的人出具', async () => {
    const { no } = await handed();
    const { clock } = served().system;
    clock.moveTo(new Date(clock.now().getTime() + 3_600_000));
    const { page, complaints } = await visit(`/work-orders/${no}`, 'shouli');
    await page.getByText('各在谁手里').click();
    await page.getByRole('button', { name: '出具回执' }).click();
    await page.getByText('稍后：').waitFor();
    await sign();
    await page.getByRole('button', { name: '出具回执' }).click();
    await page.getByRole('link', { name: '打开、打印回执' }).waitFor();
    await looks(page, 'receipt-desk');
    expect(complaints).to.deep.equal([]);
  });
});
