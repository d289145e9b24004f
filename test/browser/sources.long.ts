/** 诉求来源: an administrator sets one up and tries it; an agent handles unreadable messages. */
import { expect } from 'chai';
import { send, useServer } from '../http/serving.js';
import { findingsAtBothWidths, seriousFindings } from './axe.js';
import { useBrowser } from './visit.js';

describe('控制台：诉求来源', () => {
  const served = useServer();
  const visit = useBrowser(served);
  const shots = process.env['HOTLINE_SHOTS'];

  it('设来源、用样例试、存下；读不懂的来信由受理人员登记成工单', async () => {
    const { page, complaints } = await visit('/sources', 'xitong');
    await page.getByText('还没有来源').waitFor();
    await page.getByRole('button', { name: '设来源' }).click();
    const form = page.getByRole('dialog', { name: '设来源' });
    await form.getByLabel('名称', { exact: true }).fill('短信网关');
    await form.getByLabel('口令').check();
    await form.getByLabel('事项内容').fill('message.nothing');
    await form.getByRole('button', { name: '试一试' }).click();
    await form.getByText('读不懂，会留给人处理：没有取到事项内容').waitFor();
    await form.getByLabel('事项内容').fill('message.text');
    await form.getByRole('button', { name: '试一试' }).click();
    await form.getByRole('definition').filter({ hasText: '路灯坏了' }).first().waitFor();
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    if (shots) await page.screenshot({ path: `${shots}/source-form.png` });
    await form.getByRole('button', { name: '设来源' }).click();
    const handed = page.getByRole('dialog', { name: '来源的密钥' });
    const token = await handed.locator('code').innerText();
    await handed.getByRole('button', { name: '已经抄下，关上' }).click();
    const address = await page.locator('td[data-column=address]').innerText();
    for (const body of ['看不懂的东西', '{"id":1,"from":"13800000000","text":"井盖丢了"}']) {
      const headers = { 'x-channel-token': token };
      expect((await send(served().url, address, { method: 'POST', headers, body })).status).to.equal(200);
    }
    await page.reload();
    await page.getByText('正文不是 JSON，也不是表单').waitFor();
    if (shots) await page.screenshot({ path: `${shots}/sources.png` });
    await page.setViewportSize({ width: 390, height: 844 });
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    if (shots) await page.screenshot({ path: `${shots}/sources-390.png` });
    expect(complaints).to.deep.equal([]);

    const agent = await visit('/sources', 'shouli');
    await agent.page.getByText('看不懂的东西').waitFor();
    await agent.page.getByRole('button', { name: '登记' }).click();
    const letter = agent.page.getByRole('dialog', { name: '登记成工单' });
    await letter.getByLabel('标题').fill('路灯');
    expect((await findingsAtBothWidths(agent.page)).join('\n')).to.equal('');
    if (shots) await agent.page.screenshot({ path: `${shots}/put-aside.png` });
    await letter.getByRole('button', { name: '登记' }).click();
    await agent.page.getByText('✓ 已受理').waitFor();
    await agent.page.getByText('没有读不懂的来信').waitFor();
    expect(agent.complaints).to.deep.equal([]);
  });

  it('告知来电人的文本：占位符不对的说出来，以样例看一看，存下成为新的一版', async () => {
    const { page, complaints } = await visit('/sources', 'xitong');
    await page.getByLabel('英文').check();
    await page.getByText('Your request has been accepted').waitFor();
    const row = page.getByRole('row').filter({ hasText: '已办结' });
    await row.getByRole('button', { name: '改' }).click();
    const form = page.getByRole('dialog', { name: '改文本：已办结' });
    await form.getByLabel('正文').fill('{callerName}');
    await form.getByRole('button', { name: '以样例看一看' }).click();
    await form.getByText('没有“{callerName}”这个占位符').waitFor();
    await form.getByLabel('正文').fill('<b>No. {workOrder}</b>');
    await form.getByRole('button', { name: '以样例看一看' }).click();
    await form.getByText('<b>No. 20261128-000001</b>').waitFor();
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    if (shots) await page.screenshot({ path: `${shots}/message-template.png` });
    await form.getByRole('button', { name: '存下' }).click();
    await row.getByText('第 1 版').waitFor();
    await row.getByText('<b>No. {workOrder}</b>').waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    if (shots) await page.screenshot({ path: `${shots}/message-templates-390.png`, fullPage: true });
    // The refused text causes the only complaint.
    expect(complaints.filter((one) => !one.includes('400'))).to.deep.equal([]);
  });
});
