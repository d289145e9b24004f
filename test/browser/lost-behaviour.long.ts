/** What a draft loses is shown where it is tried, and played on its drawing. */
import { expect } from 'chai';
import { createDraft, orderTrial } from '../../src/design/governance/index.js';
import { packageText } from '../../src/kernel/package-content.js';
import { useServer } from '../http/serving.js';
import { workJobs } from '../support/tried.js';
import { useBrowser } from './visit.js';

describe('控制台：草案把现行做到的丢了', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);

  it('试跑的结果说没有了哪个级别；演示的一件一步步走到头，不能提交', async () => {
    const { system } = served();
    const deps = { ...system, ...system.governance };
    const source = packageText('processes/handling.bpmn').replace(/(name="黄牌") duty:level="yellow"/, '$1');
    const editor = { login: 'bianji', actor: '合规编辑', roles: ['compliance-editor'] };
    const id = await createDraft(deps, { key: 'handling', title: '黄牌', reason: '试', source }, editor);
    await orderTrial(deps, id, editor);
    await workJobs(system);
    const { page, complaints } = await visit(`/designer/drafts/${String(id)}`, 'bianji');
    await page.getByRole('tab', { name: /^审批/ }).click();
    const tried = page.getByRole('region', { name: '试跑' });
    await tried.getByText('✖ 1 样现行的做到、草案做不到').waitFor();
    await page.getByText(/改正 1 处不能发布的问题/).waitFor();
    await tried.getByRole('button', { name: /演示.*黄牌/ }).click();
    const play = page.getByRole('region', { name: '演示' });
    await play.getByRole('heading', { name: /怎样会碰到：升级“黄牌”没有了/ }).waitFor();
    const steps = await play.getByRole('listitem').count();
    for (let step = 1; step <= steps; step += 1) {
      await play.getByRole('button', { name: '走下一步' }).click();
      await play.getByText(`第 ${String(step)} 步，共 ${String(steps)} 步；`).waitFor();
    }
    await play.getByText('✖ 升级“黄牌”没有了').waitFor();
    expect(complaints).to.deep.equal([]);
  });
});
