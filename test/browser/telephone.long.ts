/** 话务系统弹屏: a call opens the intake form with its number, and becomes one sheet. */
import { expect } from 'chai';
import { answered, post, send, useServer, type WorkOrderView } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：话务系统打开受理登记', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);
  const number = '13800005678';

  it('号码填好，列出同一来电人的工单，地址里不留号码；同一通电话回到同一份登记，只受理一张，工单页写明通话编号', async () => {
    const earlier = answered(
      'acceptRequest',
      await post(served().url, '/api/work-orders', {
        ...{
          channel: 'phone',
          kind: 'help',
          title: '上次的路灯',
          content: '路灯不亮',
          callerContact: number,
        },
      }),
    ) as WorkOrderView;
    const { page, complaints } = await visit(`/intake#call=pbx-71.1&number=${number}`, 'shouli');
    const contact = page.getByLabel('联系方式');
    await page.getByText('通话 pbx-71.1').waitFor();
    expect(await contact.inputValue()).to.equal(number);
    expect(page.url()).to.equal(`${served().url}/intake`);
    await page.getByText(earlier.sheet.no).waitFor();

    const content = page.getByLabel('事项内容');
    await content.fill('路灯又不亮了');
    const calling = (fragment: string) => page.evaluate(`location.hash = ${JSON.stringify(fragment)}`);
    await calling(`#call=pbx-71.1&number=${number}`);
    await page.waitForURL(`${served().url}/intake`);
    expect(await content.inputValue()).to.equal('路灯又不亮了');

    // Another call while something is half written: nothing is lost.
    await calling('#call=pbx-72&number=13900000000');
    await page.getByText('来电 13900000000').waitFor();
    expect(await content.inputValue()).to.equal('路灯又不亮了');
    expect(await foreignWords(page)).to.deep.equal([]);
    expect(await seriousFindings(page)).to.deep.equal([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await seriousFindings(page)).to.deep.equal([]);
    await page.setViewportSize({ width: 1366, height: 768 });

    await page.getByText('先登记，稍后定').click();
    await page.keyboard.press('Control+Enter');
    await page.getByText('已开立工作流转单').waitFor();
    await page.getByText('通话编号 pbx-71.1').waitFor();
    const no = (await page.locator('header strong.number').first().innerText()).trim();

    await page.getByRole('button', { name: '接下一件' }).click();
    await content.waitFor();
    await calling(`#call=pbx-71.1&number=${number}`);
    await page.getByText('通话 pbx-71.1').waitFor();
    await content.fill('再交一次');
    await page.getByText('先登记，稍后定').click();
    await page.keyboard.press('Control+Enter');
    await page.getByText(`这通来电已经受理为工单 ${no}`).first().waitFor();
    await page.getByRole('button', { name: '不记这通电话' }).click();
    await page.keyboard.press('Control+Enter');
    await page.getByText('已开立工作流转单').waitFor();
    expect(complaints.filter((text) => !/409/.test(text))).to.deep.equal([]);
    const view = answered(
      'readWorkOrder',
      await send(served().url, `/api/work-orders/${no}`),
    ) as WorkOrderView;
    const linked = view.trail.filter(({ type }) => type === 'call.linked');
    expect(linked.map(({ sealed }) => sealed)).to.deep.equal([{ call: 'pbx-71.1' }]);
    expect(linked[0]?.body).not.to.include('pbx');
  });

  it('没有登录的：登录以后号码还在，登录页的地址里没有', async () => {
    const { page } = await visit(`/intake#call=pbx-80&number=${number}`);
    await page.waitForURL(/\/sign-in/);
    expect(page.url()).not.to.include(number).and.not.to.include('pbx');
    expect(await page.evaluate<string>('sessionStorage.getItem("call")')).to.include(number);
  });
});
