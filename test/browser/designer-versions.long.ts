/**
 * Going back to an older version, and migrating running cases: one person proposes, another
 * approves, all in the console.
 */
import { expect } from 'chai';
import { packageText } from '../../src/kernel/package-content.js';
import { deploy } from '../../src/engine/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { dispatched, useServer } from '../http/serving.js';
import { workJobs } from '../support/tried.js';
import { seriousFindings } from './axe.js';
import { foreignWords, useBrowser } from './visit.js';
import { drawnLimit } from '../support/drawn-limit.js';

const handling = packageText('processes/handling.bpmn', packageRoot);

describe('控制台：流程的各版', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);
  let no = '';
  let task = { element: '', name: '' };

  before(async () => {
    const { system, url } = served();
    const order = await dispatched(url);
    no = order.sheet.no;
    task = order.tasks[0] ?? task;
    system.clock.moveTo(new Date('2026-03-02T11:00:00+08:00'));
    const next = drawnLimit(handling, 'P4D').replaceAll(
      new RegExp(`\\b${task.element}\\b`, 'g'),
      `${task.element}_New`,
    );
    await deploy({ ...system, journal: system.trail }, next, { actor: '测试' });
  });

  it('旧版与现行的差别一句一项，图上标出；退回旧版另起一份草案', async function () {
    this.timeout(60_000);
    const { page, complaints } = await visit('/designer/handling/versions/1', 'bianji');
    await page.getByRole('heading', { name: /第 1 版，已被取代/ }).waitFor();
    await page.getByRole('tab', { name: /与现行比较/ }).click();
    await page.getByText('第24条 回复期限由 4 个工作日改为 条例规定的回复、反馈的期限').first().waitFor();
    await page.locator('.drawing-mark.changed').first().waitFor();
    expect(await seriousFindings(page)).to.deep.equal([]);
    await page.getByRole('tab', { name: '各版' }).click();
    await page.getByLabel('为什么退回').fill('承办单位来不及');
    await page.getByRole('button', { name: '退回这一版' }).click();
    await page.getByRole('heading', { name: '退回第 1 版' }).waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('换版：写明对应的环节，预览换得了几件，本人不批，他人批准，后台换完', async function () {
    this.timeout(90_000);
    const { system } = served();
    const { page, complaints } = await visit('/designer/migrations', 'bianji');
    await page.getByLabel('流程', { exact: false }).first().waitFor();
    await page.getByRole('combobox', { name: /^流程/ }).selectOption('handling');
    const from = page.getByRole('combobox', { name: /从哪一版/ });
    await from.selectOption('1');
    const target = page.getByRole('combobox', { name: new RegExp(`停在“${task.name}”的`) });
    await target.selectOption(`${task.element}_New`);
    await page.getByLabel('为什么换').fill('都按四个工作日办');
    expect(await seriousFindings(page)).to.deep.equal([]);
    await page.getByRole('button', { name: /^提出/ }).click();
    await page.getByRole('region', { name: '预览' }).getByText('换得了 1 件，换不了 0 件').waitFor();
    await page.getByText('由提出人以外的合规审批人员批准').waitFor();
    expect(await foreignWords(page)).to.deep.equal([]);

    const address = new URL(page.url()).pathname;
    const other = await visit(address, 'shenpi');
    const form = other.page.getByRole('form', { name: '批准换版' });
    await form.getByLabel('意见').fill('同意');
    await form.getByRole('button', { name: '批准换版' }).click();
    await other.page.getByRole('button', { name: '开始换版' }).click();
    await other.page.getByText('◕ 正在进行').waitFor();
    await workJobs(system);
    await other.page.getByText('已换 1 件，留在旧版 0 件').waitFor();
    await other.page.getByText('● 已完成').waitFor();
    expect(await seriousFindings(other.page)).to.deep.equal([]);
    const { rows } = await system.database.pool.query<{ element: string }>(
      `SELECT t.element FROM hotline.task t JOIN hotline.process_case c ON c.id = t.case_id
        WHERE c.business_key = $1`,
      [no],
    );
    expect(rows).to.deep.equal([{ element: `${task.element}_New` }]);
    expect([...complaints, ...other.complaints]).to.deep.equal([]);
  });
});
