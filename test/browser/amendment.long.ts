/**
 * Officers amend the regulation in a real browser: five working days become three and an article is
 * inserted, two others approve, and at 00:00 of its day the running program applies it, without a
 * build or a restart.
 */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { createLawFollower, recordShippedRegulation } from '../../src/law/regulation/index.js';
import { newcomer } from '../support/people.js';
import { workJobs } from '../support/tried.js';
import { dispatched, useServer } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：修改条例', () => {
  const served = useServer({ at: '2026-12-25T10:00:00+08:00' });
  const visit = useBrowser(served);

  const sound = async (page: Page): Promise<void> => {
    for (const viewport of [
      { width: 390, height: 844 },
      { width: 1366, height: 768 },
    ]) {
      await page.setViewportSize(viewport);
      expect((await seriousFindings(page)).join('\n')).to.equal('');
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).to.equal(true);
    }
    expect(await foreignWords(page)).to.deep.equal([]);
  };

  it('五个工作日改三个，加一条，改一级、改由谁做：起草、对照、影响、两人批准，到日即施行', async () => {
    await recordShippedRegulation(served().system);
    const running = await dispatched(served().url);
    const other = await newcomer(served().system, { login: 'pi-er', roles: ['compliance-approver'] });
    const { page, complaints } = await visit('/regulation/amendments/new', 'bianji');
    const edit = page.getByRole('form', { name: '加一项改动' });
    const field = (name: string) =>
      edit.locator('label', { hasText: new RegExp(`^${name}`) }).locator('select');
    const norm = await edit
      .getByLabel('哪一项义务')
      .locator('option', { hasText: / J27 / })
      .getAttribute('value');
    await edit.getByLabel('哪一项义务').selectOption(norm);
    await edit.getByRole('button', { name: '加上这项改动', disabled: true }).waitFor();
    await edit.getByText('5 个工作日').waitFor();
    await edit.getByRole('button', { name: '改“期限”' }).click();
    await field('期限').selectOption('working');
    await edit.getByRole('spinbutton').fill('3');
    await edit.getByRole('button', { name: '加上这项改动' }).press('Enter');
    await page.getByText('第二十四条第一款 J27：期限改为 3 个工作日').waitFor();

    await edit.getByLabel('怎样改').selectOption('article');
    await edit.getByLabel('接在哪一条后面').selectOption('art24');
    await edit.getByLabel('条名').fill('告诉来电人谁在办');
    await edit.getByLabel('内容（一款一行）').fill('承办单位接到事项后及时告诉来电人由谁办理。');
    await field('谁').selectOption('handling-unit');
    await edit.getByLabel(/^做什么/).fill('及时告诉来电人由谁办理');
    await edit.getByLabel(/^何时/).fill('接到事项');
    await field('期限').selectOption('及时');
    await edit.getByLabel('由哪个行为引起').selectOption('matter.handed-over');
    await edit.getByLabel('由哪个行为履行').selectOption('reply.given');
    await edit.getByRole('button', { name: '这一条还有一项义务' }).press('Enter');
    const second = edit.getByRole('group', { name: '第 2 项义务' });
    await second.getByLabel(/^谁/).selectOption('handling-unit');
    await second.getByLabel(/^做什么/).fill('三个工作日内反馈');
    await second.getByLabel(/^何时/).fill('接到事项');
    await second.getByLabel(/^期限/).selectOption('working');
    await second.getByRole('spinbutton').fill('3');
    await second.getByLabel('由哪个行为引起').selectOption('matter.handed-over');
    await second.getByLabel('由哪个行为履行').selectOption('hotline.informed');
    await second.getByLabel('由哪个计时来数期限').selectOption('reply');
    await edit.getByRole('button', { name: '加上这项改动' }).press('Enter');
    await page.getByText(/第二十四条后面加一条.*承办单位应当三个工作日内反馈（ ?3 个工作日）/).waitFor();

    const more = edit.getByRole('button', { name: '加上这项改动' });
    await edit.getByLabel('怎样改').selectOption('level');
    await edit.getByLabel('哪一级').selectOption('reminder');
    await edit.getByText('现行：催办提醒').waitFor();
    await edit.getByText('还与现行的一样').waitFor();
    expect(await more.isDisabled()).to.equal(true);
    await edit.getByLabel(/^灯号/).selectOption('yellow');
    await edit.getByLabel(/^回放里的名称/).fill('');
    await more.press('Enter');
    await page.getByText('级别“提醒”：灯号改为黄灯；回放里的名称改为与名称相同').waitFor();
    await edit.getByLabel('怎样改').selectOption('deed');
    await edit.getByLabel('哪个行为').selectOption('matter.received');
    await edit.getByText('现行：由承办单位做').waitFor();
    await edit.getByRole('checkbox', { name: '市政府办公厅' }).check();
    await sound(page);
    await more.press('Enter');
    await page.getByText('“签收”改由承办单位、市政府办公厅做').waitFor();

    const draft = page.getByRole('form', { name: '存这一稿' });
    await draft.getByLabel('名称').fill('修改办理期限');
    await draft.getByLabel('依据哪个决定').fill('示例：关于修改条例的决定');
    await draft.getByLabel('施行日（晚于今天）').fill('2027-01-01');
    await draft.getByLabel('施行时还在办理的工单').selectOption('new');
    await draft.getByLabel('为什么改').fill('从快');
    await page.getByRole('button', { name: '存这一稿，看对照' }).press('Enter');
    const compared = page.getByRole('region', { name: '对照' });
    const row = compared.getByRole('row', { name: /J27 期限/ });
    await row.getByText('5 个工作日').waitFor();
    await row.getByText('3 个工作日').waitFor();
    const ladder = compared.getByRole('row', { name: /级别“提醒” 灯号/ });
    await ladder.getByText('正常').waitFor();
    await ladder.getByText('黄灯').waitFor();
    const receiver = compared.getByRole('row', { name: /行为“签收” 谁可以做/ });
    await receiver.getByText('承办单位、市政府办公厅').waitFor();
    const impact = page.getByRole('region', { name: '影响' });
    await impact.getByText(/流程图的环节：\d+/).click();
    await impact.getByText('回复期限届满').first().waitFor();
    await impact.getByText(/还没有履行“.*三个工作日内反馈”/).waitFor();
    const twice = page.getByRole('region', { name: '依两部条例各办一遍' });
    await twice.getByRole('button', { name: '依两部条例各办一遍' }).press('Enter');
    await twice.getByText('正在比较').waitFor();
    await workJobs(served().system);
    await twice.getByText(/受理的 1 件，有不同的 1 件/).waitFor();
    await twice.getByRole('button', { name: /（J27）/ }).press('Enter');
    await twice.getByText('改成：期限 2026-12-31 00:00').first().waitFor();
    await twice.getByRole('button', { name: /三个工作日内反馈/ }).press('Enter');
    await twice.getByText('不同的工单 1 件').waitFor();
    const download = page.waitForEvent('download');
    await twice.getByRole('link', { name: '下载这 1 件（CSV）' }).click();
    expect((await download).suggestedFilename()).to.equal('amendment-1-cases.csv');
    await sound(page);
    await page.getByLabel('提交时说明').fill('请批准');
    await page.getByRole('button', { name: '提交', exact: true }).press('Enter');
    await page.getByText('等待批准，第 1 稿').waitFor();
    expect(complaints).to.deep.equal([]);

    for (const [who, then] of [
      ['shenpi', '还须另一人批准'],
      [other, '已批准，到日施行'],
    ] as const) {
      const theirs = (await visit('/regulation/amendments/1', who)).page;
      await theirs.getByLabel('批准的意见').fill('同意');
      await theirs.getByRole('button', { name: '批准', exact: true }).press('Enter');
      await theirs.getByText(then).first().waitFor();
    }
    const inForce = async (): Promise<Page> => (await visit('/regulation', 'bianji')).page;
    await (await inForce()).getByText('2018 版').waitFor();
    served().system.clock.moveTo(new Date('2027-01-01T00:00:00+08:00'));
    const after = await inForce();
    await after.getByText('2027-01-01 版').waitFor();
    await after.getByText('第二十四条之一').first().waitFor();
    await after.getByRole('button', { name: '各版和修改' }).press('Enter');
    await after.getByRole('row', { name: /2027-01-01 2027-01-01 现行/ }).waitFor();
    await after.getByRole('row', { name: /修改办理期限 2027-01-01 已施行/ }).waitFor();
    await sound(after);

    served().system.clock.moveTo(new Date('2027-01-04T09:00:00+08:00'));
    // A running program looks every few seconds for what was recorded.
    expect(await createLawFollower(served().system)()).to.equal(true);
    const next = await dispatched(served().url);
    const due = async (no: string): Promise<string> => {
      const { page: theirs } = await visit(`/work-orders/${no}`, 'duban');
      const limit = theirs
        .locator('section')
        .filter({ has: theirs.getByRole('heading', { name: '期限', exact: true }) });
      await limit.getByText('回复期限届满').waitFor();
      return limit.innerText();
    };
    expect(await due(next.sheet.no)).to.match(/回复期限届满\s+◎\s+01-07 24:00/);
    expect(await due(running.sheet.no)).to.match(/回复期限届满\s+◎\s+01-04 24:00/);
  });
});
