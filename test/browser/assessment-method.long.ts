/**
 * 考核办法 and applications for exclusion in the console (Art 31): written, tried, proposed, and
 * decided by somebody else.
 */
import { expect } from 'chai';
import { sequence } from '../../src/accountability/index.js';
import { followTrail } from '../../src/measures/assessment/index.js';
import { createLife } from '../measures/assessment/life.js';
import { useServer } from '../http/serving.js';
import { newcomer } from '../support/people.js';
import { seriousFindings } from './axe.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：考核办法，申请不计考核', () => {
  const served = useServer({ at: '2026-10-09T10:00:00+08:00' });
  const visit = useBrowser(served);
  const life = createLife(() => served().system);

  before(async () => {
    const { system } = served();
    for (const unit of ['市水务局', '市城管局']) {
      const no = await life.dispatched('10-12T09:00', unit, '历下区');
      await life.handled(
        no,
        '10-14T10:00',
        unit === '市水务局' ? 'unsatisfied' : 'satisfied',
        unit === '市水务局' ? 'close' : undefined,
      );
    }
    await sequence(system.database);
    while ((await followTrail(system.database, system.catalogues)) > 0);
  });

  it('申请不计：单位在所计的那一项上申请，考核人员写理由准予，数字随着变', async () => {
    served().system.clock.moveTo(new Date('2026-10-20T10:00:00+08:00'));
    const { system } = served();
    const handler = await newcomer(system, {
      login: 'sw',
      unit: '市水务局',
      kind: 'department',
      roles: ['handler'],
    });
    const unit = await visit('/assessment', handler);
    await unit.page.getByRole('button', { name: /市水务局 满意 0\/1/ }).click();
    await unit.page.getByRole('button', { name: '申请不计' }).click();
    await unit.page.getByLabel('申请不计').fill('来电人另有所求');
    await unit.page.getByRole('button', { name: '提出申请' }).click();
    await unit.page.getByText('申请已经提出').waitFor();

    const { page, complaints } = await visit('/assessment', 'kaohe');
    const form = page.getByRole('form', { name: '决定第 1 号申请' });
    await form.getByRole('textbox').fill('属实');
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    await form.getByRole('button', { name: '准予不计' }).click();
    await page.getByText('准予不计：属实').waitFor();
    await page.getByRole('button', { name: /市水务局 满意 0\/1/ }).waitFor({ state: 'detached' });
    expect(await foreignWords(page)).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
  });

  it('第三十一条：起草，公式写错的指出来，用一个月试算，提出，由合规审批人员写明文号批准', async () => {
    const { page, complaints } = await visit('/assessment/method', 'kaohe');
    await page.getByText('没有现行的考核办法').waitFor();
    const formula = page.getByRole('group', { name: '第 1 项' }).getByLabel('公式');
    await formula.fill('reception.met +');
    await page.getByRole('button', { name: '核对并试算', disabled: false }).press('Enter');
    await page.getByRole('alert').getByText('考核办法有误').waitFor();
    // The browser reports every refusal as an error.
    complaints.length = 0;
    await formula.fill('reception.met / reception.of');
    const weight = page.getByRole('group', { name: '第 2 项' }).getByLabel('权重');
    await weight.fill('15');
    await page.getByText('权重合计 95，应当是 100').waitFor();
    await page.getByRole('group', { name: '第 4 项' }).getByLabel('权重').fill('25');
    await page.getByText('权重合计 100，应当是 100').waitFor();
    await page.getByText('并入主单的工单各计各的。').waitFor();
    await page
      .getByRole('group', { name: /哪些量并单的计一次/ })
      .getByText('满意', { exact: true })
      .click();
    await page.getByText('满意：月末并在主单下的').waitFor();
    await page.getByRole('button', { name: '核对并试算', disabled: false }).press('Enter');
    // 市水务局:不满意的不计,没有解决丢 15 分:85;市城管局满分。
    await page.getByRole('row', { name: /市水务局.*85\.00/ }).waitFor();
    await page.getByRole('row', { name: /市城管局.*100\.00/ }).waitFor();
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(await foreignWords(page)).to.deep.equal([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).to.equal(true);

    await page.getByLabel('自哪个月起').fill('2026-11');
    const form = page.getByRole('form', { name: '提出考核办法' });
    await form.getByLabel('理由').fill('满意率加重');
    // Uses the keyboard.
    await page.keyboard.press('Enter');
    await page.getByText('第 1 号').first().waitFor();
    await page.getByText('待决定').waitFor();
    expect(complaints).to.deep.equal([]);

    const approver = await visit('/assessment/method', 'shenpi');
    const ruling = approver.page.getByRole('form', { name: '决定第 1 号' });
    await ruling.getByLabel('理由').fill('同意');
    await ruling.getByRole('button', { name: '批准' }).click();
    await approver.page.getByRole('alert').getByText('文号').first().waitFor();
    await ruling.getByLabel('市人民政府批准的文号').fill('济政〔2026〕9号');
    await ruling.getByRole('button', { name: '批准' }).click();
    await approver.page.getByText(/自 2026-11 起：已批准$/).waitFor();
    await approver.page.getByText('济政〔2026〕9号').waitFor();
  });

  it('提出的人只能撤回；用历来的一份作底稿；与现行的并排试算', async () => {
    served().system.clock.moveTo(new Date('2026-11-02T10:00:00+08:00'));
    const { page, complaints } = await visit('/assessment/method', 'kaohe');
    await page.getByText('现行：').waitFor();
    await page.getByLabel('自哪个月起').fill('2026-12');
    const form = page.getByRole('form', { name: '提出考核办法' });
    await form.getByLabel('理由').fill('再改');
    await form.getByRole('button', { name: '提出这份草稿' }).click();
    const own = page.getByRole('form', { name: '决定第 2 号' });
    expect(await own.getByRole('button', { name: '批准' }).count()).to.equal(0);
    await own.getByLabel('理由').fill('先不改');
    await own.getByRole('button', { name: '撤回' }).click();
    await page.getByText(/自 2026-12 起：已撤回/).waitFor();
    await page.getByRole('button', { name: '看内容，用作底稿' }).last().click();
    await page.getByText('底稿：第 1 号').waitFor();
    expect(complaints).to.deep.equal([]);
  });
});
