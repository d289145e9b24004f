/** Who may do what on the page of a work order: the page offers nothing that the program would refuse. */
import { expect } from 'chai';
import { dispatched, post, useServer } from '../http/serving.js';
import { seed } from './seed.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：工单详情上只有归自己办的', () => {
  const served = useServer();
  const visit = useBrowser(served);

  before(async () => {
    // Without this policy, applications for an extension are not offered.
    const { url, people } = served();
    const asked = { value: 'true', effectiveOn: '2026-03-03', reason: '试' };
    const proposed = await post(url, '/api/policies/extensionAllowed/proposals', asked);
    expect(proposed.status, proposed.text).to.equal(201);
    const { id } = proposed.json as { id: number };
    const approver = await people.allowed(['compliance-approver']);
    const ruled = await post(
      url,
      `/api/policy-proposals/${id}/ruling`,
      { decision: 'approve', reason: '试' },
      {},
      approver,
    );
    expect(ruled.status, ruled.text).to.equal(200);
    await seed(served());
  });

  it('第二十四条：承办单位申请延期，写明图上要求的理由和工作日数，记入轨迹', async () => {
    const { page, complaints } = await visit('/work-orders/20260304-000001', 'chengban');
    await page.getByRole('button', { name: '申请延期' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('申请理由').fill('须更换管件，备件在途');
    for (const field of await dialog.locator('input[type=number]').all()) await field.fill('3');
    expect(await foreignWords(page)).to.deep.equal([]);
    await dialog.getByRole('button', { name: '申请延期' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: /^轨迹/ }).click();
    await page.getByText('须更换管件，备件在途').first().waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('承办单位看不到交督办、问责线索；督办人员看不到申请延期和签收的表单', async () => {
    const unit = await visit('/work-orders/20260304-000001', 'chengban');
    // The application for an extension has a task of its own; the unit's only one is unfolded beside it.
    await unit.page.getByRole('button', { name: '办结“办理”' }).waitFor();
    expect(await unit.page.getByRole('button', { name: '交督办' }).count()).to.equal(0);
    const supervisor = await visit('/work-orders/20260304-000001', 'duban');
    await supervisor.page.getByRole('button', { name: '交督办' }).waitFor();
    expect(await supervisor.page.getByRole('button', { name: '申请延期' }).count()).to.equal(0);
    expect(await supervisor.page.getByRole('button', { name: '办结“办理”' }).count()).to.equal(0);
    await supervisor.page.locator('summary', { hasText: '承办单位' }).click();
    await supervisor.page.getByText('不归您办').first().waitFor();
  });

  it('第三十二条：受理人员登记承办单位应当回避，工单收回待裁定；督办人员看到该单位此前看过什么，单位打不开', async () => {
    const no = '20260304-000001';
    const { page, complaints } = await visit(`/work-orders/${no}`, 'shouli');
    await page.getByRole('button', { name: '登记回避' }).click();
    const dialog = page.getByRole('dialog');
    const units = dialog.getByRole('combobox', { name: '应当回避的单位' });
    await units.fill('市水务局');
    // A click on the next field both adds the unit and counts as a click.
    await dialog.getByText('被投诉、举报', { exact: true }).click();
    await dialog.getByRole('button', { name: '去掉 市水务局' }).waitFor();
    expect(await dialog.getByRole('radio', { name: '被投诉、举报' }).isChecked()).to.equal(true);
    await dialog.getByLabel('事实').fill('来电人补充说明，承办人就是被举报的');
    expect(await foreignWords(page)).to.deep.equal([]);
    await dialog.getByRole('button', { name: '登记回避' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('裁定由谁接着办').first().waitFor();
    expect(complaints).to.deep.equal([]);
    const supervisor = await visit(`/work-orders/${no}`, 'duban');
    await supervisor.page.getByText(/市水务局：.*轨迹前 \d+ 条/).waitFor();
    const unit = await visit(`/work-orders/${no}`, 'chengban');
    await unit.page.getByText(`没有编号为“${no}”的工单`).first().waitFor();
  });
});

describe('控制台：政策不开放的', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);

  it('第二十四条：现行政策不开放延期、暂停的，不提供；硬发的，轨迹写明为什么没有受理', async () => {
    const { url, people } = served();
    const order = await dispatched(url);
    const { no } = order.sheet;
    expect(order.closedMessages).to.have.members(['extension-applied', 'pause-requested']);
    const unit = await people.doing('unit', '某水务局经办人', '某水务局');
    const { page } = await visit(`/work-orders/${no}`, unit);
    await page.getByRole('button', { name: '登记回避' }).waitFor();
    expect(await page.getByRole('button', { name: /申请延期|申请暂停/ }).count()).to.equal(0);
    const answers = { extensionGround: '备件在途', extensionWanted: 3 };
    const path = `/api/work-orders/${no}/messages`;
    const sent = await post(url, path, { message: 'extension-applied', answers }, {}, unit);
    expect(sent.status, sent.text).to.equal(200);
    await page.getByRole('button', { name: /^轨迹/ }).click();
    await page.getByText('“办理”流程收到通知，没有受理：现行政策不开放延期').waitFor();
  });
});
