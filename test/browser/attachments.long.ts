/** 附件 on the case page: an agent at the desk, a unit's officer on a telephone. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { useServer } from '../http/serving.js';
import * as files from '../support/sample-files.js';
import { seriousFindings } from './axe.js';
import { seed } from './seed.js';
import { foreignWords, useBrowser } from './visit.js';

const phone = { width: 390, height: 844 };
const no = '20260304-000001';

describe('控制台：工单的附件', () => {
  const served = useServer();
  const visit = useBrowser(served);
  before(() => seed(served()));

  const part = (page: Page) => page.getByRole('region', { name: '附件' });
  const choose = (page: Page, ...given: readonly { name: string; buffer: Buffer }[]) =>
    part(page)
      .locator('input[multiple]')
      .setInputFiles(given.map((one) => ({ ...one, mimeType: 'application/octet-stream' })));
  const isDrawn = (page: Page, name: string): Promise<boolean> =>
    part(page)
      .getByRole('img', { name })
      .evaluate((picture: unknown) => (picture as { decode(): Promise<void> }).decode())
      .then(() => true);

  it('受理人员传一张照片、一份文件、一个不收的：前两个列出来，第三个说明为什么，不传了就没有了', async () => {
    const { page, complaints } = await visit(`/work-orders/${no}`, 'shouli');
    await part(page).getByText('添加文件').waitFor();
    // Who may add none.
    const reader = await visit(`/work-orders/${no}`, 'jiancha');
    await part(reader.page).getByText('还没有附件').waitFor();
    await choose(
      page,
      { name: '路面.png', buffer: await files.photo() },
      { name: '说明<script>alert(1)</script>.pdf', buffer: files.smallPdf },
      { name: '看图.jpg', buffer: files.vector },
    );
    await part(page).getByRole('img', { name: '来电人提供：路面.jpg' }).waitFor();
    expect(await isDrawn(page, '来电人提供：路面.jpg')).to.equal(true);
    await part(page)
      .getByRole('link', { name: '说明 script alert(1) script .pdf' })
      .or(part(page).getByRole('link', { name: /\.pdf$/ }))
      .first()
      .waitFor();
    const wrong = part(page).getByRole('alert');
    await wrong.waitFor();
    expect(await wrong.innerText()).to.match(/这个文件不收：是网页或者 SVG/);
    await part(page).getByRole('button', { name: '不传了' }).click();
    await wrong.waitFor({ state: 'detached' });
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(complaints.filter((one) => !one.includes('415'))).to.deep.equal([]);
  });

  it('承办人员在手机上传办理后的照片：不用左右拖，热线随即看到办理前后', async () => {
    const watcher = await visit(`/work-orders/${no}`, 'shenhe');
    await part(watcher.page).getByRole('heading', { name: '附件' }).waitFor();
    const { page, complaints } = await visit('/', 'chengban');
    await page.setViewportSize(phone);
    await page.goto(`${served().url}/work-orders/${no}`);
    await part(page).getByText('办理后').first().waitFor();
    expect(
      await part(page).getByText('来电人提供', { exact: true }).locator('visible=true').count(),
    ).to.be.at.most(1);
    await part(page).getByRole('radio', { name: '办理前' }).check();
    await choose(page, { name: '堵着.jpg', buffer: await files.photo(700, 500) });
    await part(page).getByRole('img', { name: '办理前：堵着.jpg' }).waitFor();
    await part(page).getByRole('radio', { name: '办理后' }).check();
    await choose(page, { name: '通了.jpg', buffer: await files.photo(701, 500) });
    await part(page).getByRole('img', { name: '办理后：通了.jpg' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(phone.width);
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(await foreignWords(page)).to.deep.equal([]);
    await part(watcher.page).getByRole('img', { name: '办理后：通了.jpg' }).waitFor();
    expect(await isDrawn(watcher.page, '办理后：通了.jpg')).to.equal(true);
    expect([complaints, watcher.complaints]).to.deep.equal([[], []]);
    const shots = process.env.HOTLINE_SHOTS;
    if (shots) {
      await part(page).screenshot({ path: `${shots}/attachments-phone.png` });
      await part(watcher.page).screenshot({ path: `${shots}/attachments.png` });
    }
  });

  it('断了网：说没有传完；网络恢复，点“再传”就传上去', async () => {
    const { page } = await visit(`/work-orders/${no}`, 'duban');
    await part(page).getByRole('heading', { name: '附件' }).waitFor();
    await page.route(/attachments\?shows/, (route) => route.abort());
    await choose(page, { name: '夜里.jpg', buffer: await files.photo(300, 200) });
    await part(page).getByText('没有传完').waitFor();
    await page.unroute(/attachments\?shows/);
    await part(page).getByRole('button', { name: '再传' }).click();
    await part(page).getByRole('img', { name: '来电人提供：夜里.jpg' }).waitFor();
  });
});
