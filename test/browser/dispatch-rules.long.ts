/** 转办规则: tried on past sheets, saved as the next version, by those who may. */
import { expect } from 'chai';
import { accept, useServer, waterCut } from '../http/serving.js';
import { useBrowser } from './visit.js';

describe('控制台:转办规则', () => {
  const served = useServer();
  const visit = useBrowser(served);

  it('第二十三条第二项:改一行,先在过去的工单上试,再写明理由存为下一版', async () => {
    const { sheet } = await accept(served().url, { ...waterCut, class: '0101010101', district: '历下区' });
    const { page, complaints } = await visit('/dispatch-rules', 'duban');
    await page.getByRole('button', { name: '第 3 行 样本历下区人民政府' }).click();
    await page.getByLabel('主办单位').fill('样本市城市管理局');
    const save = page.getByRole('button', { name: '保存为第 1 版' });
    expect(await save.isDisabled()).to.equal(true);
    await page.getByRole('button', { name: '在近期工单上试' }).click();
    const trial = page.locator('.trial');
    await trial.getByRole('row', { name: `${sheet.no} 样本历下区人民政府 样本市城市管理局 3` }).waitFor();
    await page.getByLabel('为什么改').fill('市容环境改由市局直接办理');
    await save.click();
    await page.getByText('现行第 1 版').waitFor();
    await page.reload();
    await page.getByRole('button', { name: '第 3 行 样本市城市管理局' }).waitFor();
    await page.getByText('市容环境改由市局直接办理').waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('永远轮不到的行试出来就指明,存不上', async () => {
    const { page } = await visit('/dispatch-rules', 'shenpi');
    await page.getByRole('button', { name: '在上面加一行' }).click();
    await page.getByLabel('主办单位').fill('市水务局');
    await page.getByRole('button', { name: '在近期工单上试' }).click();
    await page.getByText('第 2 行永远轮不到').waitFor();
    await page.getByLabel('为什么改').fill('都归一个单位');
    expect(await page.getByRole('button', { name: /^保存为第/ }).isDisabled()).to.equal(true);
  });

  it('合规编辑人员可以试而不能存;承办单位的导航里没有这一页', async () => {
    const editor = await visit('/dispatch-rules', 'bianji');
    await editor.page.getByText('保存由督办人员或者合规审批人员来做').waitFor();
    const unit = await visit('/worklist', 'chengban');
    await unit.page.getByRole('link', { name: '待办工单' }).waitFor();
    expect(await unit.page.getByRole('link', { name: '转办规则' }).count()).to.equal(0);
  });
});
