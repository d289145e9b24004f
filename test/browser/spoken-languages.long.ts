/**
 * Who answers in which language: set for accounts, filtered with one click in the worklist,
 * proposed for assignments.
 */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { accept, completeOnly, useServer, waterCut } from '../http/serving.js';
import { addResidents } from '../support/residents.js';
import { seriousFindings } from './axe.js';
import { useBrowser } from './visit.js';

describe('控制台：按来电人的语言分派', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);
  before(() => addResidents(served().system.identity));

  const looksRight = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['HOTLINE_SHOTS'];
    for (const size of [
      { width: 390, height: 844 },
      { width: 1366, height: 768 },
    ]) {
      await page.setViewportSize(size);
      expect((await seriousFindings(page)).join('\n'), `${name} ${size.width}`).to.equal('');
      if (folder) await page.screenshot({ path: `${folder}/${name}-${size.width}.png` });
    }
  };

  it('勾选会法文；待办一按只看法文；分派时先选上会法文、手上最少的人', async () => {
    const { url } = served();
    let order = await accept(url, { ...waterCut, title: 'Coupure', content: "Pas d'eau", language: 'fr' });
    await accept(url, { ...waterCut, title: '路灯不亮', content: '路灯不亮' });
    order = await completeOnly(url, order, { conduct: 'orderly' });
    order = await completeOnly(url, order, { wayOut: 'dispatch' });
    await completeOnly(url, order, { unit: '市水务局' });

    const admin = await visit('/people', 'anquan');
    for (const name of ['chengban', 'shouli']) {
      const cell = admin.page.getByRole('cell', { name, exact: true });
      await admin.page.getByRole('row').filter({ has: cell }).getByRole('button').click();
      const spoken = admin.page.getByRole('group', { name: '会哪几种语言' });
      await spoken.getByLabel('法文').click();
      await spoken.getByRole('checkbox', { name: '法文', checked: true, disabled: false }).waitFor();
    }
    await looksRight(admin.page, 'languages-person');
    expect(admin.complaints).to.deep.equal([]);

    const { page, complaints } = await visit('/worklist', 'chengban');
    await page.getByRole('button', { name: '只看法文' }).click();
    await page.getByText('Coupure').waitFor();
    expect(page.url()).to.include('language=mine');
    await looksRight(page, 'languages-worklist');
    await page.getByRole('button', { name: '选中全部' }).click();
    await page.getByRole('button', { name: /^分派选中的/ }).click();
    await page.getByText('提议会这种语言、手上最少的人').waitFor();
    const chosen = page.getByLabel('经办人').locator('option:checked');
    expect(await chosen.innerText()).to.match(/示例承办.*会法文，手上 0 件/);
    await looksRight(page, 'languages-assign');
    await page.getByRole('button', { name: '分派', exact: true }).click();
    await page
      .locator('tbody [data-column=name]')
      .getByText(/ · 分给 示例承办/)
      .waitFor();
    expect(complaints).to.deep.equal([]);
  });
});
