/** One matter from the street to the rating: caller, agent, unit's officer and reviewer, each at their own screen. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { verifyAttachments } from '../../src/cases/index.js';
import {
  accept,
  answered,
  completeOnly,
  post,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from '../http/serving.js';
import * as files from '../support/sample-files.js';
import { addResidents } from '../support/residents.js';
import { findingsAtBothWidths } from './axe.js';
import { moveTo } from './seed.js';
import { useBrowser } from './visit.js';

const phone = { width: 390, height: 844 };
const where = { address: '泉景小区 3 号楼', longitude: 117.02064, latitude: 36.67012 };
const place = {
  address: where.address,
  point: { longitude: where.longitude, latitude: where.latitude, system: 'WGS-84' },
};
const kind = '0301010101';

interface Listed {
  readonly items: readonly { readonly id: string; readonly name: string; readonly shows: string }[];
}

/** Minutes in “1 天 6 小时”. */
const minutesIn = (text: string): number =>
  [...text.matchAll(/(\d+) (天|小时|分)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unit === '天' ? 1440 : unit === '小时' ? 60 : 1),
    0,
  );

describe('一件事从路边到评价：来电人、受理、承办、审核各在自己的屏幕上', () => {
  const served = useServer({ at: '2026-03-02T09:00:00+08:00', filing: { filing: true, work: 4 } });
  const visit = useBrowser(served);
  before(() => addResidents(served().system.identity));

  const orderOf = async (no: string) =>
    (await send(served().url, `/api/work-orders/${no}`)).json as WorkOrderView;
  const shot = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['HOTLINE_SHOTS'];
    if (folder) await page.screenshot({ path: `${folder}/journey-${name}.png`, fullPage: true });
  };
  const looked = async (page: Page, name: string): Promise<void> => {
    await shot(page, name);
    expect((await findingsAtBothWidths(page)).join('\n'), name).to.equal('');
    const width = (page.viewportSize() ?? phone).width;
    expect(await page.evaluate('document.documentElement.scrollWidth'), name).to.equal(width);
  };

  /** Files with two photos, and the caller's position. */
  async function filed(page: Page): Promise<{ readonly no: string }> {
    await page.context().grantPermissions(['geolocation'], { origin: served().url });
    await page.context().setGeolocation({ longitude: where.longitude, latitude: where.latitude });
    await page.getByRole('radio', { name: '求助' }).check();
    await page.getByLabel('什么事').fill('泉景小区停水，从早上开始就没有自来水了，水龙头不出水');
    await page.getByLabel('地点（写到').fill(where.address);
    await page.getByLabel('区县').fill('历下区');
    await page.getByRole('button', { name: '用我现在的位置' }).click();
    await page.getByText('已取得位置').waitFor();
    await page.getByLabel('手机或者邮箱').fill('13900005678');
    await page.getByLabel('照片、文件').setInputFiles([
      { name: '水龙头.jpg', mimeType: 'image/jpeg', buffer: await files.photoWithPlace() },
      { name: '楼下.jpg', mimeType: 'image/jpeg', buffer: await files.photo(640, 480) },
    ]);
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText('✓ 已传 水龙头.jpg').waitFor();
    await page.getByText('✓ 已传 楼下.jpg').waitFor();
    const told = await page.getByRole('status').first().innerText();
    return { no: /\d{8}-\d{6}/.exec(told)?.[0] ?? expect.fail(told) };
  }

  /** Fills the task's required fields and completes it. */
  async function complete(page: Page, task: string, choice: string): Promise<void> {
    const form = page.getByRole('form', { name: task, exact: true });
    await form.getByLabel(choice, { exact: true }).check();
    for (const group of await form.locator('fieldset:has(legend.must)').all()) {
      if ((await group.locator('input:checked').count()) === 0) await group.locator('input').first().check();
    }
    for (const field of await form.locator('label:has(.must) > .input').all()) {
      if ((await field.inputValue()) === '') await field.fill('已经核实');
    }
    await form.getByRole('button', { name: `办结“${task}”` }).click();
    await form.waitFor({ state: 'detached' });
  }

  it('手机提出、并三个来电、手机办理带照片、回访、评价、读得到等了多久；每张照片的哈希在轨迹里，换过的点得出', async () => {
    const { url } = served();
    const caller = await visit('/query/new');
    await caller.page.setViewportSize({ width: 360, height: 780 });
    const { no } = await filed(caller.page);
    await caller.page.getByRole('button', { name: '查看进度' }).click();
    await caller.page.getByText('已受理，正在登记、转办').waitFor();

    // The same matter by telephone, three times.
    const call = { ...waterCut, title: '泉景小区停水', district: '历下区', class: kind, place };
    const calls: string[] = [];
    for (const said of ['家里没水了，早上开始就没有自来水', '水龙头不出水，早上开始', '小区没有自来水']) {
      const { sheet } = await accept(url, { ...call, content: `泉景小区停水，${said}` });
      calls.push(sheet.no);
    }
    answered('classifyWorkOrder', await post(url, `/api/work-orders/${no}/class`, { class: kind }));
    const agent = await visit(`/work-orders/${no}`, 'shouli');
    await agent.page.getByRole('img', { name: '来电人提供：水龙头.jpg' }).waitFor();
    await agent.page.getByText(where.address).first().waitFor();
    const merging = agent.page
      .locator('section', { has: agent.page.getByRole('heading', { name: '并单', exact: true }) })
      .last();
    for (const one of calls) {
      await merging.locator('li, tr', { hasText: one }).getByRole('checkbox').check();
    }
    await merging.getByRole('button', { name: '选中的 3 件并到这里' }).click();
    await merging.getByText('+3 来电人').waitFor();
    await looked(agent.page, 'merged');

    await moveTo(served(), '2026-03-02T11:00:00+08:00');
    const registered = await completeOnly(url, await orderOf(no), { conduct: 'orderly', kind: 'help' });
    const decided = await completeOnly(url, registered, { wayOut: 'dispatch' });
    await completeOnly(url, decided, { unit: '市水务局', dispatchBasis: 'duty' });

    // On site: a photo of the repair, and four deeds in one form.
    await moveTo(served(), '2026-03-03T10:00:00+08:00');
    const officer = await visit('/', 'chengban');
    await officer.page.setViewportSize(phone);
    await officer.page.goto(`${url}/work-orders/${no}`);
    const kept = officer.page.getByRole('region', { name: '附件' });
    await kept.getByRole('radio', { name: '办理后' }).check();
    await kept
      .locator('input[multiple]')
      .setInputFiles({ name: '修好了.jpg', mimeType: 'image/jpeg', buffer: await files.photo(800, 600) });
    await kept.getByRole('img', { name: '办理后：修好了.jpg' }).waitFor();
    await officer.page.getByRole('button', { name: '接着的几步一张表办完' }).click();
    const form = officer.page.getByRole('form', { name: '一张表办完' });
    await form.getByRole('button', { name: '一次办结 4 步' }).waitFor();
    await form.getByLabel(/办理情况/).fill('水管爆裂，已经换管，三号楼恢复供水。');
    await looked(officer.page, 'officer');
    await form.getByRole('button', { name: '一次办结 4 步' }).click();
    await form.waitFor({ state: 'detached' });

    await moveTo(served(), '2026-03-03T15:00:00+08:00');
    const reviewer = await visit(`/work-orders/${no}`, 'shenhe');
    await reviewer.page.getByRole('img', { name: '办理后：修好了.jpg' }).waitFor();
    await complete(reviewer.page, '逐一审核反馈', '通过');
    await complete(reviewer.page, '回访核实、请来电人评价', '满意');
    await reviewer.page.getByText(/^✓ 已办结 2026-03-03 15:00$/).waitFor();
    await looked(reviewer.page, 'closed');

    await moveTo(served(), '2026-03-03T16:00:00+08:00');
    await caller.page.getByRole('button', { name: '查询', exact: true }).click();
    await caller.page.getByText('水管爆裂，已经换管，三号楼恢复供水。').first().waitFor();
    expect(await caller.page.locator('main').innerText()).to.match(/一共\s+1 天 6 小时/);
    const held = await caller.page.locator('.time-taken li').allInnerTexts();
    expect(held.some((one) => one.includes('热线工作机构'))).to.equal(true);
    expect(held.join('|')).to.match(/承办单位[^|]*第[^|]*条/);
    const spent = await caller.page.locator('.time-taken li strong').allInnerTexts();
    expect(spent.map(minutesIn).reduce((sum, one) => sum + one, 0)).to.equal(30 * 60);
    await caller.page.getByRole('radio', { name: '满意', exact: true }).check();
    await caller.page.getByRole('button', { name: '提交评价' }).click();
    await caller.page.getByText(/^2026-03-03 16:00 评价:满意$/).waitFor();
    await looked(caller.page, 'rated');

    // Every downloaded picture has the hash in the trail.
    const order = await orderOf(no);
    expect(order.chain.holds).to.equal(true);
    expect(order.trail.filter(({ type }) => type === 'caller.rated')).to.have.length(1);
    const hashes = new Map(
      order.trail
        .filter(({ type }) => type === 'attachment.added')
        .map(({ body }) => JSON.parse(body) as { attachment: string; keptSha256: string })
        .map((one) => [one.attachment, one.keptSha256]),
    );
    const { items } = answered(
      'listAttachments',
      await send(url, `/api/work-orders/${no}/attachments`),
    ) as Listed;
    expect(items.map(({ name, shows }) => `${shows} ${name}`).sort()).to.deep.equal([
      'after 修好了.jpg',
      'matter 楼下.jpg',
      'matter 水龙头.jpg',
    ]);
    for (const { id, name } of items) {
      const bytes = await (
        await agent.page.request.get(`${url}/api/work-orders/${no}/attachments/${id}`)
      ).body();
      expect(createHash('sha256').update(bytes).digest('hex'), name).to.equal(hashes.get(id));
      // The test parses metadata, because three given letters occur in noise by chance.
      expect((await sharp(bytes).metadata()).exif, name).to.equal(undefined);
      expect(bytes.includes('SecretModel'), name).to.equal(false);
    }

    // Swaps two files on the disk.
    const [one, other] = items;
    if (!one || !other) expect.fail('there are no pictures');
    const at = (id: string) => join(dirname(served().system.aside), 'attachments', id.slice(0, 2), id);
    await writeFile(at(one.id), await readFile(at(other.id)));
    const { findings } = await verifyAttachments(served().system);
    expect(findings).to.deep.equal([
      {
        ...{ workOrder: no, attachment: one.id, code: 'attachment.altered' },
        what: '现在存着的，不是轨迹里记下的那一个：文件被换过或者损坏了',
      },
    ]);
    const refused = await agent.page.request.get(`${url}/api/work-orders/${no}/attachments/${one.id}`);
    expect(((await refused.json()) as { code: string }).code).to.equal('attachment.altered');
    expect([caller, agent, officer, reviewer].flatMap(({ complaints }) => complaints)).to.deep.equal([]);
    // A person who opens it by a link sees a page in words.
    const answer = await agent.page.goto(`${url}/api/work-orders/${no}/attachments/${one.id}`);
    expect(answer?.status()).to.equal(409);
    await agent.page.getByRole('heading', { name: '附件与轨迹不符' }).waitFor();
    await agent.page.getByText(/^办法：/).waitFor();
  });
});
