/** Incoming emergencies: the caller sees the number before sending; those who register see them first. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import {
  answered,
  dispatched,
  post,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from '../http/serving.js';
import { addResidents } from '../support/residents.js';
import { seriousFindings } from './axe.js';
import { foreignWords, useBrowser } from './visit.js';

const wide = { width: 1366, height: 768 };
const phone = { width: 390, height: 844 };

describe('来件里的紧急事项，在浏览器里', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00', filing: { filing: true, work: 4 } });
  const visit = useBrowser(served);
  before(() => addResidents(served().system.identity));

  /** Checks both widths: no horizontal overflow, no axe findings; takes a picture on request. */
  const looksRight = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['HOTLINE_SHOTS'];
    for (const size of [phone, wide]) {
      await page.setViewportSize(size);
      expect((await seriousFindings(page)).join('\n'), `${name} ${size.width}`).to.equal('');
      expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(size.width);
      if (folder) await page.screenshot({ path: `${folder}/${name}-${size.width}.png`, fullPage: true });
    }
  };

  it('来电人写着就看到打哪个号码，提交以后再看到一次；不相干的话没有提示', async () => {
    const { page, complaints } = await visit('/query/new');
    const alert = page.getByRole('alert').filter({ hasText: '这可能是紧急情况' });
    await page.getByRole('radio', { name: '求助' }).check();
    await page.getByLabel('什么事').fill('消防通道被车占着，有火灾隐患');
    await page.getByLabel('什么事').fill('消防通道被车占着，楼里起火了');
    await alert.getByRole('link', { name: '拨打 119' }).waitFor();
    expect(await alert.getByRole('link').getAttribute('href')).to.equal('tel:119');
    await looksRight(page, 'caller-urgent');
    await page.getByLabel('什么事').fill('消防通道被车占着，有火灾隐患');
    await alert.waitFor({ state: 'detached' });
    await page.getByLabel('什么事').fill('我要信访，也想申请行政复议');
    const other = page.getByText('可能应当向别处反映').locator('xpath=..');
    await other.getByText('行政复议').first().waitFor();
    expect(await other.innerText()).to.include('信访');
    await looksRight(page, 'caller-elsewhere');
    await page.getByLabel('什么事').fill('楼里起火了，快来');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText('请记下编号和查询码').waitFor();
    await alert.getByRole('link', { name: '拨打 119' }).waitFor();
    expect(await foreignWords(page)).to.deep.equal([]);
    await looksRight(page, 'caller-urgent-filed');
    expect(complaints).to.deep.equal([]);
  });

  it('还在问也许已有的答案就提交：会话只取一次，两个请求都不被拒绝', async () => {
    const { page, complaints } = await visit('/query/new');
    let asked = 0;
    let answer = (): void => undefined;
    const clicked = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/api/session', async (route) => {
      asked += 1;
      await clicked;
      await route.continue();
    });
    await page.getByRole('radio', { name: '求助' }).check();
    await page.getByLabel('什么事').fill('路灯不亮');
    const first = page.waitForRequest('**/api/session');
    await page.getByLabel('什么事').press('Tab');
    await first;
    await page.getByRole('button', { name: '提交', exact: true }).click();
    answer();
    await page.getByText('请记下编号和查询码').waitFor();
    expect(asked).to.equal(1);
    expect(complaints).to.deep.equal([]);
  });

  for (const [lang, text, call] of [
    ['en', 'There is a fire in our building, thick smoke', 'Call 119'],
    ['fr', 'Il y a un accident de voiture', 'Appelez le 122'],
    ['ru', 'Человек без сознания', 'Позвоните 120'],
    ['de', 'Ein Mann mit einem Messer', 'Rufen Sie an: 110'],
  ] as const) {
    it(`用来电人的语言：${lang}`, async () => {
      const { page } = await visit(`/query/new?lang=${lang}`);
      await page.locator('textarea').first().fill(text);
      await page.getByRole('alert').getByRole('link', { name: call }).waitFor();
      await looksRight(page, `caller-urgent-${lang}`);
    });
  }

  it('待办里在最前，有红色的标记；工单页写明打哪个号码；登记以后没有了', async () => {
    const { url } = served();
    for (const content of ['路灯不亮', '井盖坏了', '三楼有人要跳楼', '路面有坑']) {
      await post(url, '/api/work-orders', { ...waterCut, title: content, content });
    }
    const { page, complaints } = await visit('/worklist', 'shouli');
    const rows = page.getByRole('row').filter({ hasText: '疑似警情' });
    await rows.first().waitFor();
    const first = await page.locator('tbody tr').first().innerText();
    expect(first).to.include('疑似警情·1');
    await page.getByRole('row').filter({ hasText: '三楼有人要跳楼' }).getByText('疑似警情·110').waitFor();
    await looksRight(page, 'worklist-emergency');
    await page.getByText('三楼有人要跳楼').click();
    const alert = page.getByRole('alert').filter({ hasText: '疑似警情' });
    expect(await alert.getByRole('link', { name: '拨打 110' }).getAttribute('href')).to.equal('tel:110');
    await looksRight(page, 'case-emergency');
    await page.getByRole('radio', { name: '正常' }).first().check();
    await page
      .getByRole('button', { name: /办结|登记/ })
      .first()
      .click();
    await alert.waitFor({ state: 'detached' });
    await page.goto(`${url}/inbox`);
    await page.getByText('本岗位').first().click();
    await page.getByText('疑似警情：110 报警服务台').first().waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('来电人补充时看到打哪个号码；工单又标着，转接以后记下怎样处理的，标记就没有了', async () => {
    const { url } = served();
    const { no } = (await dispatched(url)).sheet;
    const { callerSecret } = answered(
      'reissueCallerSecret',
      await post(url, `/api/work-orders/${no}/caller-secret`, {}),
    ) as { callerSecret: string };
    const caller = await visit('/query');
    await caller.page.getByLabel('工单编号').fill(no);
    await caller.page.getByLabel('查询码').fill(callerSecret);
    await caller.page.getByRole('button', { name: '查询' }).click();
    await caller.page.getByLabel('补充').fill('水进了配电箱，起火了');
    const told = caller.page.getByRole('alert').filter({ hasText: '这可能是紧急情况' });
    await told.getByRole('link', { name: '拨打 119' }).waitFor();
    await looksRight(caller.page, 'caller-adds-urgent');
    await caller.page.getByRole('button', { name: '补充' }).click();
    await caller.page.getByText('✓').first().waitFor();

    const { page, complaints } = await visit(`/work-orders/${no}`, 'shouli');
    const alert = page.getByRole('alert').filter({ hasText: '疑似警情' });
    await alert.getByRole('link', { name: '拨打 119' }).waitFor();
    await looksRight(page, 'case-emergency-added');
    await alert.getByRole('button', { name: '记下怎样处理的' }).click();
    await page.getByLabel('怎样处理的').fill('已转 119，告诉来电人先撤到楼外');
    await looksRight(page, 'case-emergency-settling');
    await page.getByRole('button', { name: '记下', exact: true }).click();
    await alert.waitFor({ state: 'detached' });
    const { trail } = answered('readWorkOrder', await send(url, `/api/work-orders/${no}`)) as WorkOrderView;
    expect(trail.filter(({ type }) => type === 'emergency.settled')).to.have.length(1);
    expect(complaints).to.deep.equal([]);
  });
});
