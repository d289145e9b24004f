/** Emergencies and other channels at intake, and the table behind them. */
import { expect } from 'chai';
import { send, useServer } from '../http/serving.js';
import { findingsAtBothWidths, seriousFindings } from './axe.js';
import { useBrowser } from './visit.js';

describe('控制台：其他渠道', () => {
  const served = useServer();
  const visit = useBrowser(served);
  const shots = process.env['HOTLINE_SHOTS'];

  it('写着就提示紧急；一步转接登记，工单已办结', async () => {
    const { page, complaints } = await visit('/intake', 'shouli');
    await page.getByText('边写边提示').waitFor();
    await page.getByRole('radio', { name: '告知原途径' }).check();
    await page.getByLabel('告知的渠道').selectOption({ label: '信访' });
    await page.getByText('《信访工作条例》').waitFor();
    await page.getByLabel('事项内容').fill('我要去起诉他们');
    await page.getByRole('button', { name: '告知这个渠道' }).click();
    expect(await page.getByLabel('告知的渠道').locator('option:checked').innerText()).to.equal('诉讼');
    await page.getByLabel('事项内容').fill('楼道着火了，烟很大');
    const urgent = page.getByRole('alert').filter({ hasText: '紧急' });
    await urgent.getByText('119').first().waitFor();
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    if (shots) await page.screenshot({ path: `${shots}/urgent.png` });
    await page.setViewportSize({ width: 390, height: 844 });
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    if (shots) await page.screenshot({ path: `${shots}/urgent-390.png` });
    await page.setViewportSize({ width: 1366, height: 768 });
    await urgent.getByRole('button', { name: '已转接，立即登记' }).click();
    await page.getByText('已开立工作流转单').waitFor();
    const no = await page.locator('header strong.number').first().innerText();
    const { json } = await send(served().url, `/api/work-orders/${no}`);
    expect(json).to.deep.include({ state: 'ended', tasks: [], deadlines: [] });
    expect(complaints).to.deep.equal([]);
  });

  it('表没有载入的，页面说明，可以再试', async () => {
    const { page } = await visit('/sign-in', 'shouli');
    await page.route('**/api/other-channels', (route) => route.abort());
    await page.goto(`${served().url}/intake`);
    const said = page.getByRole('alert').filter({ hasText: '紧急事项的提示没有载入' });
    await said.waitFor();
    await page.unroute('**/api/other-channels');
    await said.getByRole('button', { name: '再试' }).click();
    await said.waitFor({ state: 'detached' });
  });

  it('督办人员改词、加渠道、删渠道，各存一版；合规编辑只看', async () => {
    const { page, complaints } = await visit('/other-channels', 'duban');
    await page.getByRole('button', { name: '改 119 火警和救援' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('出现即提示的词').fill('着火、冒烟');
    await form.getByLabel('为什么改').fill('本市的说法');
    expect((await findingsAtBothWidths(page)).join('\n')).to.equal('');
    await form.getByRole('button', { name: '保存为新的版本' }).click();
    await page.getByRole('cell', { name: '着火、冒烟' }).waitFor();
    await page.getByRole('button', { name: '加一个渠道' }).click();
    await form.getByLabel('标识').fill('hall');
    await form.getByLabel('名称').fill('市民之家');
    await form.getByLabel('怎样找到它').fill('二楼');
    await form.getByLabel('依据').fill('本市规定');
    await form.getByLabel('为什么改').fill('新设');
    await form.getByRole('button', { name: '保存为新的版本' }).click();
    await page.getByRole('button', { name: '删去 市民之家' }).click();
    await form.getByLabel('为什么删').fill('撤销');
    await form.getByRole('button', { name: '删去' }).click();
    await page.getByText('第 3 版').waitFor();
    expect((await findingsAtBothWidths(page)).join('\n')).to.equal('');
    if (shots) await page.screenshot({ path: `${shots}/other-channels.png`, fullPage: true });
    expect(complaints).to.deep.equal([]);
    const editor = await visit('/other-channels', 'bianji');
    await editor.page.getByText('其他渠道').first().waitFor();
    expect(await editor.page.getByRole('button', { name: '加一个渠道' }).count()).to.equal(0);
  });
});
