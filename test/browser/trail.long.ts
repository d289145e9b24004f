/** 审计轨迹 after a month: finding, opening, revealing, exporting and proving entries. */
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { sequence, signCheckpoint, verifyTrail } from '../../src/accountability/index.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { verifyBundle } from '../../verifier/verify.mjs';
import { accept, useServer } from '../http/serving.js';
import { asSuperuser } from '../support/tamper.js';
import { seriousFindings } from './axe.js';
import { moveTo, seed } from './seed.js';
import { foreignWords, useBrowser } from './visit.js';

const no = '20260226-000001';

describe('控制台：审计轨迹', () => {
  const served = useServer();
  const visit = useBrowser(served);
  const leafOf = async (stream: string, seq: number): Promise<string> => {
    const { rows } = await served().system.database.pool.query<{ leaf: Buffer }>(
      'SELECT leaf FROM hotline.trail_entry WHERE stream = $1 AND seq = $2',
      [stream, seq],
    );
    return rows[0]?.leaf.toString('hex') ?? '';
  };

  before(async () => {
    await seed(served());
    await moveTo(served(), '2026-03-18T10:00:00+08:00');
    await sequence(served().system.database);
  });

  it('第二十二条：按工单和条文查找；打开一条，看改了什么、依据和哈希，哈希就是库里的', async () => {
    const { page, complaints } = await visit('/trail', 'shenji');
    await page.getByText('○ 还没有核验过整本轨迹').first().waitFor();
    await page.getByLabel('工单编号').fill(no);
    await page.getByRole('button', { name: '查找' }).click();
    const rows = page.locator('main tbody tr');
    await rows.first().waitFor();
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    for (const row of await rows.allInnerTexts()) expect(row).to.include(no);
    await page.getByRole('button', { name: '确定处理方式' }).first().click();
    const detail = page.getByRole('region', { name: '条目' });
    await detail.getByText('此前 → 此后').waitFor();
    const seq = Number(/第 (\d+) 条/.exec(await detail.innerText())?.[1]);
    expect(await detail.innerText())
      .to.include(await leafOf(no, seq))
      .and.include(await leafOf(no, seq - 1));
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'hidden' });
    await page.getByLabel('第几条').fill('28');
    await page.getByRole('button', { name: '查找' }).click();
    await rows.first().waitFor();
    for (const row of await rows.allInnerTexts()) expect(row).to.match(/第二十八条| 等/);
    expect(complaints).to.deep.equal([]);
  });

  it('第十条：查看来电人资料先写用途；这一次查看本身就是轨迹的一条，审计人员看得到是谁、为什么', async () => {
    const who = await visit(`/work-orders/${no}`, 'duban');
    await who.page.getByRole('button', { name: '查看', exact: true }).click();
    await who.page.getByLabel('用途').selectOption({ index: 1 });
    await who.page.getByLabel('事由').fill('核实有没有回复');
    await who.page
      .getByRole('form', { name: '查看来电人资料' })
      .getByRole('button', { name: '查看' })
      .click();
    await who.page.getByText('13800000002').waitFor();
    await sequence(served().system.database);
    const { page, complaints } = await visit('/trail', 'shenji');
    await page.getByLabel('办理人').fill('duban');
    await page.getByRole('button', { name: '查找' }).click();
    await page.getByRole('button', { name: '查看来电人资料' }).first().click();
    const detail = page.getByRole('region', { name: '条目' });
    await detail.getByText('入链的原文').click();
    expect(await detail.innerText())
      .to.include(no)
      .and.not.include('13800000002');
    await page.goto(`${served().url}/personal-data-reads`);
    await page.getByText('核实有没有回复').waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('导出：写用途，排队，做好后由本人下载；审计包经独立的核验程序核验成立', async () => {
    const { system } = served();
    await signCheckpoint({ ...system, signer: await system.signer() });
    const { page, complaints } = await visit('/trail', 'shenji');
    await page.getByRole('button', { name: '导出所查到的' }).click();
    await page.getByText('先按工单、单位、人员或者时期查找').waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('工单编号').fill(no);
    await page.getByRole('button', { name: '查找' }).click();
    await page.getByRole('button', { name: '导出所查到的' }).click();
    await page.getByLabel('用途（记入轨迹）').fill('年度审计');
    await page.getByRole('button', { name: '导出', exact: true }).click();
    await page.getByText('○ 排队').waitFor();
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    await system.database.pool.query("UPDATE hotline.trail_export SET state = 'running', done = total / 2");
    await page.getByText(/正在做，\d+%/).waitFor();
    await system.database.pool.query("UPDATE hotline.trail_export SET state = 'waiting', done = 0");
    await createJobRunner({ ...system, onError: (error) => expect.fail(String(error)) }).runDue();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载' }).click(),
    ]);
    expect(verifyBundle(await readFile(await download.path())).findings).to.deep.equal([]);
    await page.getByText('✓ 做好了').waitFor();
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(
      (await foreignWords(page)).filter((word) => !/^(XLSX|CSV|PDF|XES|OCEL)$/.test(word)),
    ).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
  });

  it('核验的结果写在页首：签到哪里，整本核验成立', async () => {
    const { system } = served();
    await signCheckpoint({ ...system, signer: await system.signer() });
    await verifyTrail({ ...system, kept: [], onProgress: () => undefined });
    const { page, complaints } = await visit('/trail', 'shenji');
    await page.locator('summary', { hasText: '核验；详情' }).click();
    await page.getByText('✓ 已签名').waitFor();
    await page.getByText('✓ 核验成立，到全库第').waitFor();
    await page.getByRole('button', { name: '时间线' }).click();
    await page.locator('main .line').first().waitFor();
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(complaints).to.deep.equal([]);
  });

  it('保存期限：各类数据留多久、依哪项政策、上次清除，在“运行状况”里', async () => {
    const { page, complaints } = await visit('/status', 'xitong');
    const panel = page.locator('.panel').filter({ has: page.getByRole('heading', { name: '保存期限' }) });
    await panel.locator('tbody tr').first().waitFor();
    expect(await panel.locator('tbody tr').count()).to.be.greaterThan(5);
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(complaints).to.deep.equal([]);
  });

  it('条目一分钟以上没有排号：“运行状况”页首报警，写明等了多久；页脚写明上次签名多久以前', async () => {
    const { system, url } = served();
    await sequence(system.database);
    await signCheckpoint({ ...system, signer: await system.signer() });
    await accept(url);
    await moveTo(served(), '2026-03-18T10:03:00+08:00');
    const { page, complaints } = await visit('/status', 'xitong');
    const alarm = page.getByRole('alert').filter({ hasText: '没有排号和签名' });
    await alarm.waitFor();
    expect(await alarm.innerText()).to.match(/轨迹有条目 180 秒没有排号和签名：/);
    await page.getByText('上次签名 2026-03-18 10:00（3 分前）').waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('核验不成立的，页首说不成立，细节折着；头一条仍在眼前', async () => {
    const { system } = served();
    await asSuperuser(system.database.url, [
      `UPDATE trail_entry SET body = convert_to(replace(convert_from(body, 'UTF8'), '市', '县'), 'UTF8') WHERE stream = $1`,
      no,
    ]);
    await verifyTrail({ ...system, kept: [], onProgress: () => undefined });
    const { page } = await visit('/trail', 'shenji');
    await page.locator('summary', { hasText: '✖ 核验' }).waitFor();
    const first = page.locator('main tbody tr').first();
    await first.waitFor();
    expect((await first.boundingBox())?.y, 'the first entry').to.be.lessThan(300);
    expect((await seriousFindings(page)).join('\n')).to.equal('');
  });
});
