/** 公开和通报 in the console and on the public page (Arts 33, 38). */
import { expect } from 'chai';
import { sequence } from '../../src/accountability/index.js';
import { followTrail, sampleMethod } from '../../src/measures/assessment/index.js';
import { closeDuePeriods, draftDuePublications, proposeMethod, ruleMethod } from '../../src/cases/index.js';
import { createLife } from '../measures/assessment/life.js';
import { answered, post, send, useServer } from '../http/serving.js';
import { newcomer, type SignedIn, somebody } from '../support/people.js';
import { seriousFindings } from './axe.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：公开和通报', () => {
  const served = useServer({ at: '2026-09-28T10:00:00+08:00' });
  const visit = useBrowser(served);
  const life = createLife(() => served().system);
  const people: { [name: string]: SignedIn } = {};
  const as = (name: string): SignedIn => people[name] ?? expect.fail(`there is no ${name}`);
  const october = '/api/assessments/2026-10';
  let closed = '';
  const finish = async (element: string, answers: object): Promise<void> => {
    const { run } = answered('readAssessment', await send(served().url, october, { as: as('k1') })) as {
      run: { tasks: { id: string; element: string }[] };
    };
    const task = run.tasks.find((one) => one.element === element) ?? expect.fail(`${element} is not open`);
    const path = `${october}/tasks/${encodeURIComponent(task.id)}/completion`;
    answered('completeAssessmentTask', await post(served().url, path, { answers }, {}, as('k1')));
  };

  before(async () => {
    const { system } = served();
    const order = {
      content: sampleMethod(system.laws.today()),
      effectiveFrom: '2026-10',
      reason: '首次',
    };
    const { id } = await proposeMethod(system, order, somebody('甲'));
    const approval = {
      decision: 'approve',
      reason: '同意',
      document: '济政〔2026〕9号',
    } as const;
    await ruleMethod(system, id, approval, somebody('乙'));
    for (const name of ['市水务局', '市城管局'])
      await system.identity.people.addUnit({ name, kind: 'department' }, '测试');
    for (let index = 0; index < 12; index++) {
      const unit = index % 2 === 0 ? '市水务局' : '市城管局';
      const no = await life.dispatched(`10-12T${String(8 + index).padStart(2, '0')}:00`, unit, '历下区');
      await life.handled(
        no,
        `10-14T${String(8 + index).padStart(2, '0')}:00`,
        index === 0 ? 'unsatisfied' : 'satisfied',
        index === 0 ? 'close' : undefined,
      );
      closed = no;
    }
    await life.fallDue('11-02T00:01');
    await sequence(system.database);
    while ((await followTrail(system.database, system.catalogues)) > 0);
    await closeDuePeriods(system);
    for (const login of ['k1', 'k2']) {
      people[login] = await newcomer(system, {
        login,
        unit: '市热线工作机构',
        kind: 'hotline',
        roles: ['assessor'],
      });
    }
    const roles = ['handler'] as const;
    people.water = await newcomer(system, { login: 'water', unit: '市水务局', kind: 'department', roles });
    await finish('Task_Preliminary', { preliminaryNotice: '考公〔2026〕1号' });
    const ground = '来电人说的是另一个单位，\n见回访存证 7 号。';
    const objection = { unit: '市水务局', measure: 'satisfaction', ground };
    const raised = await post(served().url, `${october}/objections`, objection, {}, as('water'));
    answered('raiseObjection', raised);
  });

  it('第三十八条：裁定异议的人看得到单位写的理由、是谁、何时提出；通报不能手工办结，指到发布的页', async () => {
    const { system } = served();
    const { page, complaints } = await visit('/assessment', as('k2'));
    await page.getByLabel('周期').selectOption('2026-10');
    const row = page.getByRole('row', { name: /第 1 号 市水务局/ });
    await row.getByText(/来电人说的是另一个单位，\s*见回访存证 7 号。/).waitFor();
    await row.getByText(/water.* · .*考核流程轨迹第 \d+ 条/).waitFor();
    await row.getByText('满意').waitFor();
    expect(await foreignWords(page)).to.deep.equal([]);
    await row.getByLabel('理由').fill('存证 7 号与此无关');
    await row.getByRole('button', { name: '裁定' }).click();
    await row.getByRole('form').waitFor({ state: 'detached' });
    await row.getByText('不成立').waitFor();
    await life.fallDue('11-10T00:00');
    await system.database.pool.query(
      'UPDATE hotline.session SET started_at = $1, seen_at = $1, auth_at = $1',
      [system.clock.now()],
    );
    await finish('Task_ConfirmResults', { objectionsDecided: true });
    await page.reload();
    await page.getByLabel('周期').selectOption('2026-10');
    await page.getByText('通报考核结果').click();
    await page.getByText('发布之时这一步自己办结').waitFor();
    await page.getByRole('link', { name: '公开和通报' }).last().click();
    await page.getByRole('heading', { name: '公开和通报' }).waitFor();
    await draftDuePublications(system);
    const url = served().url;
    const listed = await send(url, `${october}/publications`, { as: as('k1') });
    const { items } = answered('listMonthPublications', listed) as { items: { id: number }[] };
    const circular = `/api/assessment-publications/${items[0]?.id}`;
    const ruling = { decision: 'approve', reason: '核对过' };
    answered('rulePublication', await post(url, `${circular}/ruling`, ruling, {}, as('k2')));
    const documentNumber = '考通〔2026〕1号';
    answered('issuePublication', await post(url, `${circular}/issue`, { documentNumber }, {}, as('k1')));
    await draftDuePublications(system);
    expect(complaints).to.deep.equal([]);
  });

  it('第三十三条：写典型案例，有电话的拒绝并指出位置；他人批准；发布；没有登录的人看到', async () => {
    const screen = '/assessment/publications/2026-10';
    const { page, complaints } = await visit(screen, as('k1'));
    await page.getByRole('button', { name: '加一件' }).click();
    const form = page.getByRole('form', { name: '典型案例' });
    await form.getByLabel('工单编号').fill(closed);
    await form.getByLabel('标题').fill('停水当天恢复');
    await form.getByLabel('公开的文字').fill('接到 13800000000 反映后，当日抢修。');
    await form.getByRole('button', { name: '核对并存下' }).click();
    await page.getByText('第 1 件典型案例的正文第 4 字起是手机号码').first().waitFor();
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    complaints.length = 0;
    await form.getByLabel('公开的文字').fill('接到反映后，承办单位当日抢修，当晚恢复供水。<b id="m">');
    await form.getByRole('button', { name: '核对并存下' }).click();
    await page.getByText('写过典型案例的人不能批准').waitFor();
    expect(await page.getByRole('button', { name: '批准' }).isDisabled()).to.equal(true);

    const other = await visit(screen, as('k2'));
    await other.page.getByLabel('批准、退回的理由').fill('核对过');
    await other.page.keyboard.press('Enter');
    await other.page.getByText('批准的人不能发布').waitFor();

    await page.reload();
    await page.getByLabel('文号').fill('热公〔2026〕10号');
    await page.getByRole('button', { name: '发布' }).click();
    await page.getByText('更正什么').waitFor();
    expect(await foreignWords(page)).to.deep.equal([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).to.equal(true);
    expect(complaints).to.deep.equal([]);

    const anyone = await visit('/publications');
    await anyone.page.getByRole('link', { name: /2026 年 10 月/ }).click();
    await anyone.page.getByRole('heading', { name: '典型案例' }).waitFor();
    // Markup in an assessor's text is shown as text to the public, too.
    await anyone.page.getByText('当晚恢复供水。<b id="m">').waitFor();
    expect(await anyone.page.locator('#m').count()).to.equal(0);
    await anyone.page.getByText('本月受理 12 件').waitFor();
    expect((await seriousFindings(anyone.page)).join('\n')).to.equal('');
    expect(await foreignWords(anyone.page)).to.deep.equal([]);
    const [saved] = await Promise.all([
      anyone.page.waitForEvent('download'),
      anyone.page.getByRole('link', { name: '下载公文' }).click(),
    ]);
    expect(saved.suggestedFilename()).to.equal('public-2026-10-v1.docx');
    expect(anyone.complaints).to.deep.equal([]);
  });
});
