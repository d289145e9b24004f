/** An auditor who is no cryptographer: from "has anyone changed this case?" to a verdict on paper. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { sequence, signCheckpoint, verifyTrail } from '../../src/accountability/index.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { useServer } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { printed } from './printed.js';
import { moveTo, seed } from './seed.js';
import { useBrowser } from './visit.js';

const no = '20260226-000001';

describe('不懂密码学的审计人员：“这张工单有没有人动过？”', () => {
  const served = useServer();
  const visit = useBrowser(served);
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-lay-'));
    await seed(served());
    await moveTo(served(), '2026-03-18T10:00:00+08:00');
    const { system } = served();
    await sequence(system.database);
    await signCheckpoint({ ...system, signer: await system.signer() });
    await verifyTrail({ ...system, kept: [], onProgress: () => undefined });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('看结论，查工单，导出审计包，不联网的网页里核验，打印结论；根印在纸上，填回来', async () => {
    const { page, complaints } = await visit('/trail', 'shenji');

    // What the first screen says, without a word of cryptography.
    const closed = page.locator('summary', { hasText: '核验；详情' });
    expect(await closed.innerText()).to.match(/^✓ 核验成立，到全库第/);
    await closed.click();
    await page.getByText('✓ 核验成立，到全库第').waitFor();
    await page.getByText('真不真：真').waitFor();
    await page.getByText('谁作证：没有外面的人作证').waitFor();

    await page.getByLabel('工单编号').fill(no);
    await page.getByRole('button', { name: '查找' }).click();
    await page.locator('main tbody tr').first().waitFor();
    await page.getByRole('button', { name: '导出所查到的' }).click();
    await page.getByLabel('用途（记入轨迹）').fill('群众反映工单被改过');
    await page.getByRole('button', { name: '导出', exact: true }).click();
    await page.getByText('○ 排队').waitFor();
    await createJobRunner({
      ...served().system,
      onError: (error) => expect.fail(String(error)),
    }).runDue();
    const [bundle] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载' }).click(),
    ]);
    const [verifier] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载核验网页' }).click(),
    ]);
    const [zip, html] = [join(folder, '审计包.zip'), join(folder, 'verify.html')];
    await bundle.saveAs(zip);
    await verifier.saveAs(html);
    await page.keyboard.press('Escape');
    await page.locator('.el-drawer:visible').waitFor({ state: 'detached' });

    // On another machine without a network.
    const alone = await page.context().newPage();
    const requests: string[] = [];
    alone.on('request', (request) => requests.push(request.url()));
    await alone.goto(pathToFileURL(html).href);
    await alone.locator('#bundle').setInputFiles(zip);
    await alone.getByText('核验完了：').waitFor();
    expect(await alone.locator('#conclusion').getAttribute('data-state')).to.equal('genuine');
    const paper = (await printed(alone)).said;
    for (const said of ['成立，到全库第', '真不真：真', '全不全：全', '谁作证：没有外面的人作证', '下一步'])
      expect(paper).to.include(said.normalize('NFKC'));
    expect(requests.filter((url) => !/^(file|blob):/.test(url))).to.deep.equal([]);
    await alone.close();

    // For next time: the root on paper, typed in again.
    await page.getByRole('link', { name: '印今天的根，或者核对以前印的' }).click();
    const root = page.getByRole('article', { name: '根' });
    await root.getByText('校验码', { exact: true }).waitFor();
    const [sheet = '', size = '', code = ''] = await Promise.all([
      root.locator('.root').innerText(),
      root.locator('dd').nth(1).innerText(),
      root.locator('dd').nth(3).innerText(),
    ]);
    const form = page.getByRole('form', { name: '核对以前印的' });
    await form.getByLabel('日子').fill('2026-03-18');
    await form.getByLabel('条数').fill(size);
    await form.getByLabel('根（十六组').fill(sheet);
    await form.getByLabel('校验码').fill('000000');
    await form.getByRole('button', { name: '核对' }).click();
    await form.getByText('有一处抄错了').waitFor();
    await form.getByLabel('校验码').fill(code);
    await form.getByRole('button', { name: '核对' }).click();
    await form.getByText('✓ 接着它').waitFor();
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    const shots = process.env['HOTLINE_SHOTS'];
    if (shots) {
      await page.screenshot({ path: join(shots, 'root.png'), fullPage: true });
      await page.setViewportSize({ width: 390, height: 844 });
      await page.screenshot({ path: join(shots, 'root-phone.png'), fullPage: true });
      await page.setViewportSize({ width: 1366, height: 768 });
    }
    const one = await printed(page);
    expect(one.sheets).to.equal(1);
    expect(one.said).to.include(code).and.include(sheet.replaceAll(/\s/g, '')).and.not.include('十六组');
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('link', { name: '回到审计轨迹' }).click();
    await page.locator('summary', { hasText: '核验；详情' }).click();
    await page.getByText('✓ 纸（').waitFor();
    // The typing error causes the browser's complaint about a refusal.
    expect(complaints.filter((one_) => !one_.includes('400'))).to.deep.equal([]);
  }).timeout(60_000);
});
