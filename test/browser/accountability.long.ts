/** 问责 in the console, from a supervision without result to the referral: two inspectors and the general office. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { sequence, signCheckpoint } from '../../src/accountability/index.js';
import { useServer } from '../http/serving.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { findingsAtBothWidths, seriousFindings } from './axe.js';
import { moveTo, seed } from './seed.js';
import { foreignWords, useBrowser } from './visit.js';

const no = '20260226-000001';

/** Answers other than the first choice. */
const chosen: { readonly [label: string]: string } = {
  当事单位或者人员申请复核: '否',
  情节: '涉嫌犯罪',
};

describe('控制台：问责', () => {
  const served = useServer();
  const visit = useBrowser(served);
  let inspector: SignedIn, adjudicator: SignedIn, superior: SignedIn, unit: SignedIn, other: SignedIn;

  before(async () => {
    await seed(served());
    await moveTo(served(), '2026-03-18T10:00:00+08:00');
    const { system } = served();
    const inspection = { unit: '市监察机关', kind: 'inspection', roles: ['inspector'] } as const;
    inspector = await newcomer(system, { login: 'hecha', ...inspection });
    adjudicator = await newcomer(system, { login: 'rending', ...inspection });
    const government = { unit: '市人民政府', kind: 'government', roles: ['supervisor'] } as const;
    superior = await newcomer(system, { login: 'shizhengfu', ...government });
    unit = await newcomer(system, { login: 'gaizheng', unit: '某住房城乡建设局', roles: ['handler'] });
    other = await newcomer(system, { login: 'shenjiyuan', roles: ['auditor'] });
  });

  /** Fills in the form of the task and completes it. */
  const finish = async (page: Page, task: string): Promise<void> => {
    const form = page.getByRole('form', { name: task, exact: true });
    // Several open tasks are folded.
    const title = page.getByRole('heading', { name: new RegExp(`^${task}(：|$)`), level: 3 });
    const folded = page.locator('summary').filter({ has: title }).first();
    await form.or(folded).first().waitFor();
    if (!(await form.isVisible())) await folded.click();
    await form.waitFor();
    for (const group of await form.getByRole('group').all()) {
      const label = (await group.locator('legend').innerText()).trim();
      const wanted = chosen[label];
      await (
        wanted === undefined ? group.getByRole('radio').first() : group.getByText(wanted, { exact: true })
      ).click();
    }
    for (const field of await form.locator('textarea, input.input:not([type=date], [role=combobox])').all())
      await field.fill('依存证记录，见案卷');
    await form.getByRole('button', { name: `办结“${task}”` }).click();
    const refusal = form.getByRole('alert');
    await Promise.race([
      form.waitFor({ state: 'detached' }),
      refusal.waitFor().then(async () => expect.fail(await refusal.innerText())),
    ]);
  };

  it('第四十条第二项：案卷列出督办的记录为证；核实、听取申辩、认定、送达由不同的人办，一步步记入经过', async () => {
    const first = await visit('/accountability', inspector);
    await first.page.getByRole('link', { name: '工地夜间施工噪声扰民' }).click();
    await first.page.getByRole('heading', { name: '证据：督办的记录' }).waitFor();
    const evidence = first.page
      .locator('.panel')
      .filter({ has: first.page.getByRole('heading', { name: '证据：督办的记录' }) });
    expect(await evidence.locator('ol > li').count()).to.be.greaterThan(1);
    expect((await findingsAtBothWidths(first.page)).join('\n')).to.equal('');
    expect(
      (await foreignWords(first.page)).filter((word) => !/^(hecha|XLSX|CSV|PDF|XES|OCEL)$/.test(word)),
    ).to.deep.equal([]);
    await finish(first.page, '核实线索、收集证据');
    await finish(first.page, '听取陈述、申辩');
    // The investigator may not state the finding.
    await first.page.getByRole('form', { name: '认定', exact: true }).waitFor();
    const refused = first.page.getByRole('form', { name: '认定', exact: true });
    for (const group of await refused.getByRole('group').all())
      await group.getByRole('radio').first().click();
    for (const field of await refused.locator('textarea').all()) await field.fill('越权');
    await refused.getByRole('button', { name: '办结“认定”' }).click();
    await refused.getByRole('alert').waitFor();
    const second = await visit(`/accountability/${no}`, adjudicator);
    await finish(second.page, '认定');
    await finish(second.page, '送达认定、告知复核');
    expect([...first.complaints.filter((one) => !one.includes('403')), ...second.complaints]).to.deep.equal(
      [],
    );
  });

  it('第四十条、第四十一条：责令改正、移送由上级机关办，改正由承办单位报告；案卷写明结果，问责结束', async () => {
    const { page, complaints } = await visit(`/accountability/${no}`, superior);
    await finish(page, '责令改正');
    const corrected = await visit(`/work-orders/${no}`, unit);
    await corrected.page.locator('summary').filter({ hasText: '改正并报告' }).click();
    await finish(corrected.page, '改正并报告');
    await page.reload();
    await finish(page, '移送有管辖权的机关');
    await finish(page, '追究直接责任人员责任');
    await page.getByRole('heading', { name: '问责的经过' }).waitFor();
    const steps = page.locator('.panel').filter({ has: page.getByRole('heading', { name: '问责的经过' }) });
    for (const step of ['核实线索、收集证据', '听取陈述、申辩', '认定', '改正并报告', '移送有管辖权的机关']) {
      expect(await steps.innerText()).to.include(step);
    }
    // The finding, in the words of the form.
    expect(await steps.innerText()).to.include('情节：涉嫌犯罪');
    expect((await findingsAtBothWidths(page)).join('\n')).to.equal('');
    expect([...complaints, ...corrected.complaints]).to.deep.equal([]);
  });

  it('每一条写明在全库第几号、已经签名没有：签了检查点，随即改写为已签名', async () => {
    const { system } = served();
    const { page, complaints } = await visit(`/accountability/${no}`, other);
    await page.getByText('✖ 尚未签名').waitFor();
    const entries = page
      .locator('.panel')
      .filter({ has: page.getByRole('heading', { name: /^(证据：督办的记录|问责的经过)$/ }) })
      .locator('ol > li');
    await entries.first().waitFor();
    const count = await entries.count();
    expect(await entries.getByText('○ 尚未签名').count()).to.equal(count);
    // Every reader of the list places entries, including this page's event stream; meanwhile nobody
    // else can place or sign.
    await page.getByRole('link', { name: '工地夜间施工噪声扰民' }).waitFor();
    const signer = await system.signer();
    let signed;
    while (signed === undefined) {
      await sequence(system.database);
      signed = await signCheckpoint({ ...system, signer });
    }
    await page.getByText(/全库前 \d+ 条/).waitFor();
    expect(await entries.getByText('✓ 已签名').count()).to.equal(count);
    expect(await entries.getByText(/全库第 \d+ 号/).count()).to.equal(count);
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(complaints).to.deep.equal([]);
  });

  it('审计人员看得到案卷和经过，没有可办的表单，可以导出', async () => {
    const { page, complaints } = await visit(`/accountability/${no}`, other);
    await page.getByRole('heading', { name: '证据：督办的记录' }).waitFor();
    expect(await page.locator('form.form').count()).to.equal(0);
    await page.getByRole('region', { name: '导出' }).getByRole('button', { name: '导出' }).waitFor();
    expect(complaints).to.deep.equal([]);
  });
});
