/** 并单 at intake and on the case page. */
import { expect } from 'chai';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { accept, post, send, useServer, waterCut, type WorkOrderView } from '../http/serving.js';
import { findingsAtBothWidths, seriousFindings } from './axe.js';
import { useBrowser } from './visit.js';

const cut = {
  ...waterCut,
  title: '泉景小区停水',
  content: '从早上开始就没有自来水了，水龙头不出水',
  district: '历下区',
  class: '0301010101',
  place: { address: '泉景小区 3 号楼' },
};

describe('控制台：并单', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);
  const read = async (no: string): Promise<WorkOrderView> =>
    (await send(served().url, `/api/work-orders/${no}`)).json as WorkOrderView;

  it('受理时提示是同一件事的，点一下，受理以后就在主单之下；工单页拆得出来', async () => {
    const lead = (await accept(served().url, cut)).sheet.no;
    const { page, complaints } = await visit('/intake', 'shouli');
    await page.getByLabel('事项内容').fill('泉景小区家里没水了，水龙头不出水，早上开始就没有自来水');
    await page.getByText('先登记，稍后定', { exact: true }).click();
    const take = page.getByRole('button', { name: '受理后并入它' });
    await take.waitFor();
    expect(await seriousFindings(page)).to.deep.equal([]);
    await take.click();
    await page.getByRole('button', { name: '受理后并入它（再点取消）' }).waitFor();
    await page.getByRole('button', { name: '受理', exact: true }).click();
    const part = page
      .locator('section', { has: page.getByRole('heading', { name: '并单', exact: true }) })
      .last();
    await part.getByText('已经并入主单').waitFor();
    expect(await part.innerText()).to.include(lead);
    expect((await read(lead)).trail.some(({ type }) => type === 'sheet.merged')).to.equal(true);
    await part.getByRole('button', { name: '拆出本单' }).click();
    await part.getByText('可能是同一件事，由您决定').waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('工单页：勾选、并到这里、逐件拆出；1366 宽和 390 宽都放得下，没有无障碍的毛病', async () => {
    const about = { ...cut, title: '翡翠花园停水', place: { address: '翡翠花园 8 号楼' } };
    const lead = (await accept(served().url, about)).sheet.no;
    const member = (await accept(served().url, about)).sheet.no;
    const { page, complaints } = await visit(`/work-orders/${lead}`, 'shouli');
    const part = page
      .locator('section', { has: page.getByRole('heading', { name: '并单', exact: true }) })
      .last();
    await part.getByRole('checkbox').first().check();
    await part.getByRole('button', { name: '选中的 1 件并到这里' }).click();
    await part.getByText('+1 来电人').waitFor();
    expect(await part.innerText()).to.include(member);
    expect(await seriousFindings(page)).to.deep.equal([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate<number>('document.querySelector("#main").scrollWidth')).to.be.at.most(390);
    expect(await seriousFindings(page)).to.deep.equal([]);
    await part.getByRole('button', { name: '拆出' }).click();
    await part.getByText('+1 来电人').waitFor({ state: 'detached' });
    expect(complaints).to.deep.equal([]);
  });

  it('承办单位在主单上签收一次，并入的一起签收，看得到办到几张；1366 宽和 390 宽都放得下，没有无障碍的毛病', async () => {
    const answers = { conduct: 'orderly', wayOut: 'dispatch', unit: '市水务局', dispatchBasis: 'duty' };
    const numbers = [];
    for (let index = 0; index < 3; index += 1) {
      numbers.push((await accept(served().url, { ...cut, answers })).sheet.no);
    }
    const [lead = '', ...members] = numbers;
    const agent = await served().people.allowed(['intake']);
    const order = { members, reason: '同一处停水' };
    await post(served().url, `/api/work-orders/${lead}/members`, order, {}, agent);
    const { page, complaints } = await visit(`/work-orders/${lead}`, 'chengban');
    const together = page.getByRole('checkbox', { name: '本单位的 2 张一起办' });
    await together.waitFor();
    expect(await together.isChecked()).to.equal(true);
    expect(await seriousFindings(page)).to.deep.equal([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate<number>('document.querySelector("#main").scrollWidth')).to.be.at.most(390);
    expect(await seriousFindings(page)).to.deep.equal([]);
    await page.getByText('签收办理', { exact: true }).click();
    await page.getByRole('button', { name: '办结“签收工单”' }).click();
    await page.getByText('还有 2 张在办').waitFor();
    await createJobRunner({
      ...served().system,
      onError: (error) => expect.fail(String(error)),
    }).runDue();
    await page.getByText('已办 2 张').waitFor();
    for (const no of members) {
      expect((await read(no)).tasks.map(({ name }) => name)).to.deep.equal(['办理']);
    }
    expect(complaints).to.deep.equal([]);
  });

  it('待办里成员收在主单下，写着有几位来电人；要逐张看的，“筛选”里改', async () => {
    const answers = { conduct: 'orderly', wayOut: 'dispatch', unit: '市城管局', dispatchBasis: 'duty' };
    const lead = (await accept(served().url, { ...cut, answers })).sheet.no;
    const member = (await accept(served().url, { ...cut, answers })).sheet.no;
    const agent = await served().people.allowed(['intake']);
    const order = { members: [member], reason: '同一处停水' };
    await post(served().url, `/api/work-orders/${lead}/members`, order, {}, agent);
    const { page, complaints } = await visit('/', 'chengban2');
    const row = page.getByRole('row', { name: lead });
    await row.getByText('+1 来电人').waitFor();
    expect(await page.getByText(member).count()).to.equal(0);
    await page.getByText('筛选', { exact: true }).click();
    await page.getByLabel('并入的').selectOption('all');
    await page.getByRole('row', { name: member }).getByText(`并入 ${lead}`).waitFor();
    expect(await findingsAtBothWidths(page)).to.deep.equal([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate<number>('document.querySelector("#main").scrollWidth')).to.be.at.most(390);
    expect(complaints).to.deep.equal([]);
  });
});
