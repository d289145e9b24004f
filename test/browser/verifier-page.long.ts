/**
 * The verifier as one HTML file, opened from disk: reports the same as `verify.mjs`, uses no
 * network, and can be operated.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { after, before } from 'mocha';
import type { Browser, Page } from 'playwright-core';
import { packageRoot } from '../../src/kernel/package-root.js';
import { unzip } from '../../verifier/verify.mjs';
import { useServer } from '../http/serving.js';
import { launchChromium } from '../support/chromium.js';
import { exportedBundle } from '../support/exported-bundle.js';
import { largeBundle } from '../support/large-bundle.js';
import { note } from '../support/note.js';
import { attacksIn } from '../support/tamper.js';
import { signers } from '../support/trail-vectors/log.js';
import type { Verdict } from '../support/trail-vectors/bundles.js';
import { seriousFindings } from './axe.js';

const vectors = join(packageRoot, 'test', 'vectors', 'trail');
const file = join(packageRoot, 'dist', 'verifier', 'verify.html');

interface Said {
  readonly verdict: { readonly state: string; readonly conclusion: string; readonly sentences: string[] };
  readonly facts: string[];
  readonly findings: readonly { readonly attack: string; readonly detail: string }[];
}

const command = (...parameters: string[]): Said => {
  const program = join(packageRoot, 'verifier', 'verify.mjs');
  const { stdout } = spawnSync(process.execPath, [program, ...parameters, '--json'], { encoding: 'utf8' });
  return JSON.parse(stdout) as Said;
};

describe('核验网页：不用命令行，不联网', () => {
  let browser: Browser;
  let folder = '';
  before(async function () {
    browser = await launchChromium(this);
    folder = await mkdtemp(join(tmpdir(), 'hotline-page-'));
    const build = spawnSync('npx', ['tsx', 'tools/verifier-page.ts'], { cwd: packageRoot, encoding: 'utf8' });
    expect(build.status, build.stderr).to.equal(0);
  });
  after(async () => {
    await (browser as Browser | undefined)?.close();
    await rm(folder, { recursive: true, force: true });
  });

  interface Opened {
    readonly page: Page;
    readonly requests: string[];
    readonly complaints: string[];
  }
  const opened = async (width = 1366): Promise<Opened> => {
    const page = await browser.newPage({ viewport: { width, height: 844 } });
    const [requests, complaints]: [string[], string[]] = [[], []];
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(pathToFileURL(file).href);
    return { page, requests, complaints };
  };
  const choose = async (page: Page, field: string, path: string): Promise<void> => {
    const details = page.locator('form details');
    if (field !== 'bundle' && (await details.getAttribute('open')) === null)
      await details.locator('summary').click();
    await page.locator(`#${field}`).setInputFiles(path);
  };
  const done = (page: Page) => page.getByText('核验完了：').waitFor({ timeout: 60_000 });
  const texts = (page: Page, selector: string): Promise<string[]> => page.locator(selector).allTextContents();
  const shot = async (page: Page, name: string): Promise<void> => {
    const to = process.env['HOTLINE_SHOTS'];
    if (to) await page.screenshot({ path: `${to}/${name}.png`, fullPage: true });
  };

  it('对每一份向量说的与 verify.mjs 一字不差；除了自己，什么也不请求', async () => {
    const written = JSON.parse(await readFile(join(vectors, 'verdicts.json'), 'utf8')) as readonly Verdict[];
    for (const { bundle, policy, state, findings } of written) {
      const { page, requests, complaints } = await opened();
      if (policy !== undefined) await choose(page, 'policy', join(vectors, policy));
      await choose(page, 'bundle', join(vectors, bundle));
      await done(page);
      const what = `${bundle} ${policy ?? ''}`;
      const said = command(join(vectors, bundle), ...(policy ? ['--policy', join(vectors, policy)] : []));
      expect(await page.locator('#conclusion').getAttribute('data-state'), what).to.equal(state);
      expect((await texts(page, '#conclusion'))[0], what).to.include(said.verdict.conclusion);
      expect(await texts(page, '.sentence'), what).to.deep.equal(said.verdict.sentences);
      const items = page.locator('#findings li');
      const attacks = await Promise.all((await items.all()).map((one) => one.getAttribute('data-attack')));
      expect(attacks.sort(), what).to.deep.equal(findings);
      for (const [at, text] of (await items.allTextContents()).entries())
        expect(text).to.include(said.findings[at]?.detail);
      for (const fact of said.facts) expect(await page.getByText(fact).count(), fact).to.be.above(0);
      expect(requests.filter((url) => !/^(file|blob):/.test(url))).to.deep.equal([]);
      expect(complaints, what).to.deep.equal([]);
      await page.close();
    }
  }).timeout(300_000);

  it('政策不许它联网，脚本、样式以哈希写死；改一个字就不运行', async () => {
    const html = await readFile(file, 'utf8');
    expect(html).to.match(/default-src &#39;none&#39;|default-src 'none'/);
    expect(html).not.to.match(/unsafe-(inline|eval)|https?:\/\/(?!www\.w3\.org)[^\s"'`]*\.(js|css|png)/);
    const { page } = await opened();
    const outcome = await page.evaluate(`fetch('https://example.com/').then(() => 'sent', () => 'refused')`);
    expect(outcome).to.equal('refused');
    const changed = join(folder, 'changed.html');
    await writeFile(changed, html.replace('正在核验', '正在核对'));
    await page.goto(pathToFileURL(changed).href);
    await choose(page, 'bundle', join(vectors, 'bundles', 'holds.zip'));
    expect(await page.locator('#chosen').textContent()).to.equal('');
    await page.close();
  });

  it('拖进来；发现指着哪一条就打开哪一条；留存的检查点一比是回放；打印是纸上的结论；手机上也行，没有障碍', async () => {
    const { page, complaints } = await opened(390);
    const bytes = (await readFile(join(vectors, 'bundles', 'edited.zip'))).toString('base64');
    await page.evaluate(`(() => {
      const data = new DataTransfer();
      const content = Uint8Array.from(atob('${bytes}'), (letter) => letter.charCodeAt(0));
      data.items.add(new File([content], '拖来的.zip'));
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
      );
    })()`);
    await page.getByText('核验完了：拖来的.zip').waitFor();
    await page.getByRole('button', { name: '看这一条' }).first().click();
    expect(await page.locator('details[open] pre').textContent()).to.include('"of": "Task_Hear"');
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    await shot(page, 'verifier-phone');
    const kept = join(folder, 'checkpoint');
    const later = unzip(await readFile(join(vectors, 'bundles', 'inserted.zip'))).get('checkpoint');
    await writeFile(kept, later ?? '');
    await choose(page, 'kept', kept);
    await page.getByText('【拿旧的检查点冒充新的】').waitFor();
    await choose(page, 'bundle', join(vectors, 'bundles', 'holds.zip'));
    await page.getByText('核验完了：holds.zip').waitFor();
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#conclusion').isVisible()).to.equal(true);
    expect(await page.getByRole('button', { name: '打印结论' }).isVisible()).to.equal(false);
    expect(await page.locator('.files').isVisible()).to.equal(false);
    await shot(page, 'verifier-print');
    expect(complaints).to.deep.equal([]);
    await page.close();
  }).timeout(120_000);

  it('两万条在二十秒内核验完，一路写着进度', async () => {
    const large = join(folder, 'large.zip');
    await writeFile(large, await largeBundle(20_000));
    const { page } = await opened();
    await page.evaluate(`
      globalThis.seen = new Set();
      const status = document.getElementById('status');
      new MutationObserver(() => seen.add(status.textContent)).observe(status, { childList: true });
    `);
    const start = performance.now();
    await choose(page, 'bundle', large);
    await done(page);
    const seconds = (performance.now() - start) / 1000;
    console.log(`      20,000 entries: ${seconds.toFixed(1)} s`);
    expect(await page.locator('#conclusion').getAttribute('data-state')).to.equal('genuine');
    const steps = await page.evaluate<number>('seen.size');
    expect(steps).to.be.above(10);
    expect(seconds).to.be.below(20);
    expect(await page.locator('#entries tbody tr').count()).to.equal(200);
    await page.getByRole('button', { name: '再看一些' }).click();
    expect(await page.locator('#entries tbody tr').count()).to.equal(400);
    await page.close();
  }).timeout(180_000);
});

describe('核验网页：从哪里取得', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });

  it('控制台下载得到，是存下来的文件，不是本系统的页面；每个审计包里带着同一份', async () => {
    const built = await readFile(file);
    const response = await fetch(`${served().url}/verify.html`);
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-disposition')).to.match(/^attachment; /);
    expect(Buffer.from(await response.arrayBuffer()).equals(built)).to.equal(true);
    const { system } = served();
    await system.database.transaction((transaction) =>
      system.trail.append(transaction, [note('甲', system.clock.now())]),
    );
    const order = { no: '甲', requester: '审计员甲', purpose: '年度审计' };
    const bundle = await exportedBundle(system, signers.first, order);
    expect(unzip(bundle).get('verifier/verify.html')?.equals(built)).to.equal(true);
    expect(attacksIn(bundle)).to.deep.equal([]);
  });
});
