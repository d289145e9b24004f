/**
 * A decision table: edited by an officer, a planted gap found and repaired, approved by others, and
 * used for the next case.
 */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { asUnchanged } from '../support/tried.js';
import { newcomer } from '../support/people.js';
import { answered, post, useServer } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { cell, write } from './table-cells.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：决策表，由起草到现行', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);
  const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });

  /** The editor's watermark contains styles, which the page's security policy drops. */
  const own = (complaints: readonly string[]): readonly string[] =>
    complaints.filter((one) => !one.startsWith('Applying inline style'));

  const fetched = (page: Page): Promise<boolean> =>
    page.evaluate(
      `performance.getEntriesByType('resource').some(({ name }) => name.includes('table-bench'))`,
    );

  async function decide(page: Page): Promise<void> {
    await tab(page, '审批').click();
    const form = page.getByRole('form', { name: '批准' });
    await form.getByLabel('意见').fill('同意');
    await form.getByRole('button', { name: '批准' }).click();
  }

  /** Number of a draft based on the first version while another draft became the second. */
  let late = 0;

  it('缺口当场看见，举得出一例；补上、提交，两人比较、批准，到点以后的工单照新的一版', async function () {
    this.timeout(120_000);
    const { system } = served();
    const { page, complaints } = await visit('/designer', 'bianji');
    await page.getByRole('button', { name: /起草改动.*退单的条件/ }).click();
    expect(await fetched(page)).to.equal(false);
    await page.getByLabel('改什么').fill('退单须在签收之前');
    await page.getByLabel('为什么').fill('试一试');
    await page.getByRole('button', { name: '开始起草' }).click();
    await cell(page, 2, 1).waitFor();
    // The editor is loaded here, not on the list pages.
    expect(await fetched(page)).to.equal(true);
    await page.getByText('✓ 没有发现问题').waitFor();

    await write(page, 2, 1, 'null');
    const gap = page.getByRole('tabpanel').getByText(/有缺口：已经指定、不得再退 = 否 时没有一行适用/);
    await gap.waitFor();
    await page.getByRole('table', { name: '例如这样一件' }).getByRole('cell', { name: '否' }).waitFor();
    expect(await seriousFindings(page)).to.deep.equal([]);
    expect(await foreignWords(page)).to.deep.equal([]);

    await cell(page, 2, 1).click({ button: 'right' });
    await page.getByRole('menu', { name: '表的菜单' }).waitFor();
    await page.keyboard.press('Escape');
    await write(page, 2, 1, 'not(true)');
    await page.getByText('✓ 没有发现问题').waitFor();
    await write(page, 1, 3, '"指定以后不得再退"');
    await tab(page, '改动').click();
    await page.getByText('第 1 行的“不能退单的原因”由 "已经指定承办单位" 改为 "指定以后不得再退"').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('已存为第 2 稿').waitFor();
    const id = Number(page.url().split('/').at(-1));
    const draft = (await (await page.request.get(`${served().url}/api/drafts/${id}`)).json()) as {
      key: string;
      sha256: string;
    };
    await asUnchanged(system, draft);
    // Another draft over the same version, begun before this one becomes the next version.
    const first = await page.request.get(`${served().url}/api/drafts/${id}/revisions/1/diagram`);
    const source = (await first.text()).replace('已经指定承办单位', '另行改过');
    const editor = { login: 'bianji9', name: '编辑乙', roles: ['compliance-editor'] } as const;
    const body = { key: draft.key, title: '另一份草案', reason: '试一试', source };
    const by = await newcomer(system, { ...editor, roles: [...editor.roles] });
    const begun = await post(served().url, '/api/drafts', body, {}, by);
    late = (answered('createDraft', begun) as { id: number }).id;
    await page.reload();
    await tab(page, '审批').click();
    await page.getByLabel(/^改了什么，为什么/).fill('说清楚原因');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByRole('region', { name: '提交的内容' }).getByText('已有 0 人').waitFor();
    expect(own(complaints)).to.deep.equal([]);

    const address = new URL(page.url()).pathname;
    const one = await visit(address, 'shenpi');
    await tab(one.page, '改动').click();
    await one.page.getByText('第 2 行的“已经指定、不得再退”由 - 改为 not(true)').waitFor();
    await one.page.getByRole('button', { name: '并排比较' }).click();
    await one.page.getByRole('group', { name: '第 1 版' }).getByText('已经指定承办单位').waitFor();
    await one.page.getByRole('group', { name: '第 1 版' }).getByText('是或者否').first().waitFor();
    await decide(one.page);
    await one.page.getByText('已有 1 人').waitFor();
    const login = { login: 'shenpi9', name: '审批乙', roles: ['compliance-approver'] } as const;
    const two = await visit(address, await newcomer(system, { ...login, roles: [...login.roles] }));
    await decide(two.page);
    await two.page.getByLabel('自何时起现行').fill('2026-03-05T00:00');
    await two.page.getByLabel('排期的理由').fill('按期');
    await two.page.getByRole('button', { name: '排定生效' }).click();
    await two.page.getByText(/第 2 版，将自 2026-03-05 00:00 起现行/).waitFor();
    expect(own([...one.complaints, ...two.complaints])).to.deep.equal([]);

    const { definitions, database, clock } = system;
    const versionAt = async (at: string): Promise<number | undefined> => {
      clock.moveTo(new Date(at));
      await database.transaction((transaction) => definitions.prepare(transaction, []));
      return definitions.table('return-grounds', clock.now())?.version;
    };
    expect(await versionAt('2026-03-04T23:59:00+08:00')).to.equal(1);
    expect(await versionAt('2026-03-05T00:00:00+08:00')).to.equal(2);
  });

  it('两人改同一张表：各改各的行合在一起，同一行逐行选，谁的都不丢', async function () {
    this.timeout(60_000);
    const { page } = await visit('/designer', 'bianji');
    await page.getByRole('button', { name: /起草改动.*暂停/ }).click();
    await page.getByLabel('改什么').fill('两人同改');
    await page.getByLabel('为什么').fill('试一试');
    await page.getByRole('button', { name: '开始起草' }).click();
    await cell(page, 2, 1).waitFor();
    const { pathname } = new URL(page.url());
    const second = (await visit(pathname, 'bianji')).page;
    await cell(second, 2, 1).waitFor();
    await write(page, 1, 1, '"甲"');
    await page.keyboard.press('Control+s');
    await page.getByText('已存为第 2 稿').waitFor();

    await write(second, 1, 1, '"乙"');
    await write(second, 2, 1, '"丙"');
    await second.keyboard.press('Control+s');
    const conflict = second.getByRole('alert').getByRole('row', { name: /原第 1 行/ });
    await conflict.getByText(/改为 "甲"/).waitFor();
    expect(await second.getByRole('alert').getByRole('radio').count()).to.equal(2);
    expect(await seriousFindings(second)).to.deep.equal([]);
    await conflict.getByRole('radio', { name: /改为 "甲"/ }).check();
    await second.getByRole('button', { name: '合在一起，接着改' }).click();
    await cell(second, 1, 1).getByText('"甲"').waitFor();
    await second.keyboard.press('Control+s');
    await second.getByText('已存为第 3 稿').waitFor();
    expect(await cell(second, 2, 1).textContent()).to.include('"丙"');
  });

  it('草案起草以后又有了新版：当场说，两边按行合在一起，存下就自新的一版改起', async function () {
    this.timeout(60_000);
    const { page } = await visit(`/designer/drafts/${late}`, 'bianji');
    const note = page.getByRole('alert');
    await note.getByText('已有第 2 版', { exact: true }).waitFor();
    const conflict = note.getByRole('row', { name: /原第 1 行/ });
    await conflict.getByRole('radio', { name: /另行改过/ }).check();
    expect(await seriousFindings(page)).to.deep.equal([]);
    await note.getByRole('button', { name: '合在一起，接着改' }).click();
    await cell(page, 2, 1).getByText('not(true)').waitFor();
    await page.getByText(/第 1 稿，自第 2 版改起/).waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('已存为第 2 稿').waitFor();
    await page.reload();
    await cell(page, 1, 3).getByText('另行改过').waitFor();
    await page.getByText(/第 2 稿，自第 2 版改起/).waitFor();
    expect(await note.count()).to.equal(0);
  });
});
