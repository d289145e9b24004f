/** 上级热线: entered at intake, shown on the case page, and returned by a person from the list. */
import { expect } from 'chai';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { answered, completeOnly, post, send, useServer, type WorkOrderView } from '../http/serving.js';
import { findingsAtBothWidths, seriousFindings } from './axe.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：上级热线转来的工单', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);

  it('受理时写上它的编号和期限；工单页写着；办结以后列着，写明怎样回告的，不再列', async () => {
    const { url } = served();
    const mapping = { content: 'message.text', kind: '"help"', externalNo: 'message.no' };
    answered(
      'addChannelSource',
      await post(url, '/api/channel-sources', {
        name: '上级热线甲',
        channel: 'app',
        proof: 'token',
        mapping,
      }),
    );
    const { page, complaints } = await visit('/intake', 'shouli');
    await page.getByLabel('上级热线').selectOption({ label: '上级热线甲' });
    await page.getByLabel('它的编号').fill('20260302-9');
    await page.getByLabel('它的期限').fill('2026-03-02');
    expect(await page.evaluate('document.querySelector("#main").scrollHeight')).to.be.at.most(768);
    await page.getByLabel('事项内容').fill('桥上的路灯不亮');
    await page.getByText('先登记，稍后定').click();
    expect(await foreignWords(page)).to.deep.equal([]);
    expect(await seriousFindings(page)).to.deep.equal([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await seriousFindings(page)).to.deep.equal([]);
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.keyboard.press('Control+Enter');
    await page.getByText('已开立工作流转单').waitFor();
    await page.getByText('它要求 2026-03-02 24:00 以前').waitFor();
    const no = (await page.locator('header strong.number').first().innerText()).trim();

    const list = await visit('/worklist?role=', 'duban');
    const line = list.page.getByRole('row').filter({ hasText: no });
    await line.getByText('03-02 周一 24:00').waitFor();
    await line.getByText('上级期限').waitFor();
    expect(await findingsAtBothWidths(list.page)).to.deep.equal([]);

    let order = answered('readWorkOrder', await send(url, `/api/work-orders/${no}`)) as WorkOrderView;
    for (const given of [{ conduct: 'orderly' }, { wayOut: 'on-the-spot' }, { answerSummary: '已经换好。' }])
      order = await completeOnly(url, order, given);
    expect(order.state).to.equal('ended');
    const runner = createJobRunner({ ...served().system, onError: (error) => expect.fail(String(error)) });
    const listed = async () =>
      answered('listUpstreamSheets', await send(url, '/api/upstream-sheets')) as {
        items: { state: string }[];
      };
    while ((await listed()).items[0]?.state !== 'ended') await runner.runDue();

    await page.goto(`${url}/sources`);
    const row = page.getByRole('row').filter({ hasText: '20260302-9' });
    await row.getByText('已办结，待回告').waitFor();
    for (const [width, height] of [
      [390, 844],
      [1366, 768],
    ] as const) {
      await page.setViewportSize({ width, height });
      expect(await seriousFindings(page)).to.deep.equal([]);
      expect(await foreignWords(page)).to.deep.equal([]);
    }
    await row.getByRole('button', { name: '已由人回告' }).click();
    await page.getByLabel('怎样回告的').fill('在它的系统里填了');
    expect(await seriousFindings(page)).to.deep.equal([]);
    await page.getByRole('button', { name: '记下' }).click();
    await row.waitFor({ state: 'detached' });
    await page.goto(`${url}/work-orders/${no}`);
    await page.getByText('✓ 已回告').waitFor();
    expect(await seriousFindings(page)).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
  });
});
