/**
 * The officer's whole journey with a new task on the main path: 领导签批 between the reply and the
 * feedback, drawn without a mouse, checked, tried, approved by another, in force; and the law's
 * statements about the next sheet are right to the second.
 */
import { expect } from 'chai';
import type { z } from 'zod';
import type { Page } from 'playwright-core';
import type { regulationOperations } from '../../src/http/contract/regulation.js';
import type { workOrderOperations } from '../../src/http/contract/work-order-operations.js';
import { accept, answered, completeOnly, send, useServer, type WorkOrderView } from '../http/serving.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { workJobs } from '../support/tried.js';
import { choose, draftsBy, save, setTo } from './designing.js';
import { useBrowser } from './visit.js';

type Trail = z.input<(typeof workOrderOperations)['readTrail']['answers'][200]['schema']>;
type Duties = z.input<(typeof regulationOperations)['readDuties']['answers'][200]['schema']>;

const added = '领导签批';

describe('控制台：流程设计，在回复和反馈之间加一个环节', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);
  const drafted = draftsBy(visit);

  const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });

  /** Uses the list of elements, without a mouse. */
  async function insert(page: Page): Promise<void> {
    await choose(page, '怎样反馈');
    await page.getByLabel('接上什么').selectOption('办理环节');
    await page.getByRole('button', { name: '接上', exact: true }).press('Enter');
    await page.getByRole('heading', { name: '（未命名的办理环节）' }).waitFor();
    await setTo(page, '名称', added);
    await page.getByRole('heading', { name: added, level: 2 }).waitFor();
    await page.getByLabel('谁来办').selectOption('承办单位');
    await page.getByRole('button', { name: '+ 加一项' }).press('Enter');
    await page.getByText('新的一项').click();
    await setTo(page, '题目', '签批意见');
    await page.getByLabel('必填').check();
    await page.getByLabel('连到哪里').selectOption('反馈市热线工作机构');
    await page.getByRole('button', { name: '连上' }).press('Enter');
    // The path that bypasses it; the new one takes its place.
    await page
      .locator('[data-element-id="Flow_FeedbackOwed_Feedback"] .djs-hit')
      .first()
      .dispatchEvent('click', { button: 0 });
    const bypass = page.getByRole('heading', { name: '反馈', exact: true, level: 2 });
    await bypass.waitFor();
    await page.getByRole('button', { name: '删除这个元素' }).press('Enter');
    await bypass.waitFor({ state: 'detached' });
    await page.getByLabel('在元素清单中查找').fill(`→ ${added}`);
    await page
      .getByRole('region', { name: '元素清单' })
      .getByRole('listitem')
      .getByRole('button')
      .first()
      .press('Enter');
    await page.getByRole('heading', { name: `怎样反馈 → ${added}` }).waitFor();
    await page.getByLabel('别的条件都不成立时走这里').check();
  }

  const dutyOf = async (no: string, norm: string): Promise<Duties['items'][number]> => {
    const { items } = answered(
      'readDuties',
      await send(served().url, `/api/work-orders/${no}/duties`),
    ) as Duties;
    return items.find((duty) => duty.norm === norm) ?? expect.fail(`no duty ${norm}`);
  };

  it('第二十四条：检查、试跑都通过，提交，别人批准，现行；下一张工单签批以后才反馈，义务的产生、届满、履行分秒不差', async function () {
    this.timeout(420_000);
    const { system, url } = served();
    const { page, complaints } = await drafted('办理', '回复以后由领导签批');
    await insert(page);
    await tab(page, '检查').click();
    await page.getByText('✓ 没有发现问题').waitFor();
    await save(page);
    await tab(page, '审批').click();
    await page.getByRole('button', { name: '试跑这一稿' }).click();
    await page.getByRole('status').filter({ hasText: '等着开始' }).waitFor();
    await workJobs(system);
    await page.getByText(/试跑于/).waitFor();
    await page.getByLabel(/^改了什么，为什么/).fill('回复以后、反馈以前由承办单位领导签批');
    expect(await page.getByRole('region', { name: '试跑' }).innerText()).to.not.match(/✖|▲/);
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByRole('region', { name: '提交的内容' }).getByText('已有 0 人').waitFor();

    const address = new URL(page.url()).pathname;
    const decide = async (who: 'shenpi' | SignedIn) => {
      const approver = await visit(address, who);
      await tab(approver.page, '审批').click();
      const form = approver.page.getByRole('form', { name: '批准' });
      await form.getByLabel('意见').fill('同意');
      await form.getByRole('button', { name: '批准' }).click();
      return approver;
    };
    const one = await decide('shenpi');
    await one.page.getByText('已有 1 人').waitFor();
    const second = { login: 'shenpi2', name: '审批乙', roles: ['compliance-approver'] } as const;
    const two = await decide(await newcomer(system, second));
    await two.page.getByLabel('自何时起现行').fill('2026-03-05T00:00');
    await two.page.getByLabel('排期的理由').fill('按期');
    await two.page.getByRole('button', { name: '排定生效' }).click();
    await two.page.getByText(/第 2 版，将自 2026-03-05 00:00 起现行/).waitFor();
    expect([...complaints, ...one.complaints, ...two.complaints]).to.deep.equal([]);

    const at = (instant: string): void => system.clock.moveTo(new Date(instant));
    at('2026-03-05T09:00:00+08:00');
    let order = await completeOnly(url, await accept(url), { conduct: 'orderly' });
    const { no } = order.sheet;
    at('2026-03-05T09:11:12+08:00');
    order = await completeOnly(url, order, { wayOut: 'dispatch' });
    at('2026-03-05T09:20:07+08:00');
    order = await completeOnly(url, order, { unit: '某水务局' });
    const does = async (instant: string, name: string, given: object = {}): Promise<WorkOrderView> => {
      at(instant);
      expect(order.tasks.map((task) => task.name)).to.deep.equal([name]);
      return (order = await completeOnly(url, order, { ...given }, '承办员'));
    };
    await does('2026-03-05T10:00:00+08:00', '签收工单', { receipt: 'accept' });
    await does('2026-03-05T16:00:00+08:00', '办理', { branch: 'within-limit' });
    await does('2026-03-06T09:00:00+08:00', '回复来电人');
    const opened = { openedAt: '2026-03-05T09:20:07+08:00', due: '2026-03-13T00:00:00+08:00' };
    const standing = { unit: '某水务局', round: 1, violatedAt: null, ...opened };
    // The reply is the unit's first duty; the feedback, which the new task delays, its second.
    expect(await dutyOf(no, 'J27')).to.include({ ...standing, state: 'satisfied' });
    expect(await dutyOf(no, 'J27b')).to.include({ ...standing, state: 'open' });
    await does('2026-03-06T14:00:00+08:00', added);
    expect(await dutyOf(no, 'J27b')).to.include({ ...standing, state: 'open' });
    await does('2026-03-06T15:04:05+08:00', '反馈市热线工作机构');
    const satisfied = await dutyOf(no, 'J27b');
    expect(satisfied).to.include({ ...standing, state: 'satisfied' });
    // The branch's duty begins when the unit chose the branch.
    const branch = { ...standing, openedAt: '2026-03-05T16:00:00+08:00', state: 'satisfied' };
    expect(await dutyOf(no, 'J28')).to.include(branch);
    const { entries } = answered('readTrail', await send(url, `/api/work-orders/${no}/trail`)) as Trail;
    const last = entries.find(({ seq }) => seq === satisfied.entries.at(-1));
    expect(last).to.include({ at: '2026-03-06T15:04:05+08:00' });
    expect(order.tasks.map(({ name }) => name)).to.deep.equal(['逐一审核反馈']);
  });
});
