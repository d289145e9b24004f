/** The caller on a work order's page: masked, shown for a minute after stating a purpose, then masked again. */
import { expect } from 'chai';
import { accept, useServer, waterCut } from '../http/serving.js';
import { moveTo } from './seed.js';
import { useBrowser } from './visit.js';
import { addResidents } from '../support/residents.js';

describe('控制台：来电人资料', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);

  it('说明用途、再输口令才显示，记入轨迹；一分钟后自己遮盖', async () => {
    const logins = await addResidents(served().system.identity);
    const password = logins.find(({ login }) => login === 'shouli')?.password ?? '';
    const { no } = (await accept(served().url, { ...waterCut, callerAddress: '某路九八号' })).sheet;
    const { page, complaints } = await visit(`/work-orders/${no}`, 'shouli');
    const caller = page.getByRole('group', { name: '来电人' });
    await caller.getByText('来*').waitFor();
    expect(await page.content()).not.to.include('13800001234');
    await moveTo(served(), '2026-03-02T10:20:00+08:00');
    await caller.getByRole('button', { name: '查看' }).click();
    const form = page.getByRole('form', { name: '查看来电人资料' });
    await form.getByLabel('用途').selectOption({ label: '回复来电人（第二十四条）' });
    await form.getByLabel('事由').fill('约定上门');
    await form.getByRole('button', { name: '查看' }).click();
    await form.getByLabel('您的口令（距上次验证已久）').fill('不是这个口令');
    await form.getByRole('button', { name: '查看' }).click();
    await form.getByRole('alert').waitFor();
    await form.getByLabel('您的口令（距上次验证已久）').fill(password);
    await form.getByRole('button', { name: '查看' }).click();
    await caller.getByText('13800001234').waitFor();
    await caller.getByText('某路九八号').waitFor();
    expect(await caller.innerText()).to.match(/\d+ 秒后遮盖/);
    const { rows } = await served().system.database.pool.query<{ reader: string; work_order: string }>(
      'SELECT reader, work_order FROM hotline.personal_data_read',
    );
    expect(rows).to.deep.equal([{ reader: 'shouli', work_order: no }]);
    await caller.getByRole('button', { name: '遮盖' }).click();
    await caller.getByText('****1234').waitFor();
    expect(await page.content()).not.to.include('13800001234');
    expect(complaints.filter((text) => !/40[13]/.test(text))).to.deep.equal([]);
  });
});
