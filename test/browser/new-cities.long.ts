/** A new city, written by `package new`, in a real browser: one call from the intake screen to the caller's page. */
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import { usePackage } from '../../src/kernel/package-root.js';
import { send, useServer, type WorkOrderView } from '../http/serving.js';
import { newCity, type NewLaw } from '../support/new-city.js';
import { addResidents } from '../support/residents.js';
import { findingsAtBothWidths } from './axe.js';
import { useBrowser, type SampleLogin } from './visit.js';

const cities = [
  { law: 'hohhot', title: '呼和浩特市接诉即办工作条例', foreign: /济南|鞍山|黄牌|红牌|来电人|工作流转单/ },
  {
    law: 'anshan-2025',
    title: '鞍山市政务服务便民热线条例',
    foreign: /济南|呼和浩特|黄牌|红牌|来电人|工作流转单/,
  },
] as const;

/** Who does tasks of the role, in turn. */
const doers: { readonly [role: string]: SampleLogin } = {
  intake: 'shouli',
  unit: 'chengban',
  reviewer: 'shenhe',
};

for (const { law, title, foreign } of cities) {
  describe(`新的城市在浏览器里从来电到办结：${title}`, () => {
    const set = process.env['HOTLINE_PACKAGE'];
    let city: ReturnType<typeof newCity> | undefined;
    before(function () {
      city = newCity(this, law satisfies NewLaw);
      usePackage(city.folder);
    });
    after(() => {
      if (set === undefined) delete process.env['HOTLINE_PACKAGE'];
      else process.env['HOTLINE_PACKAGE'] = set;
      city?.remove();
    });
    const served = useServer({ at: '2026-03-02T09:00:00+08:00' });
    const visit = useBrowser(served);
    before(() => addResidents(served().system.identity));

    const looked = async (page: Page, name: string): Promise<void> => {
      const folder = process.env['HOTLINE_SHOTS'];
      for (const [width, height] of [
        [1366, 768],
        [390, 844],
      ] as const) {
        await page.setViewportSize({ width, height });
        if (folder)
          await page.screenshot({ path: `${folder}/${law}-${name}-${String(width)}.png`, fullPage: true });
        expect(await page.evaluate('document.documentElement.scrollWidth'), name).to.equal(width);
      }
      await page.setViewportSize({ width: 1366, height: 768 });
      expect((await findingsAtBothWidths(page)).join('\n'), name).to.equal('');
      expect(await page.locator('body').innerText(), name).to.not.match(foreign);
    };
    const orderOf = async (no: string) =>
      (await send(served().url, `/api/work-orders/${no}`)).json as WorkOrderView;

    it('登记、派单、办理、答复、反馈、回访，各在自己的屏幕上；来电的人查得到；没有别的城市的话', async function () {
      this.timeout(180_000);
      const { page, complaints } = await visit('/intake', 'shouli');
      await page.getByLabel('事项内容').fill('东街的路灯三天不亮了，晚上看不见路。');
      await page.getByLabel('联系方式').fill('13800001234');
      await page.getByLabel('地点').first().fill('东街 12 号门前');
      await page.getByRole('combobox', { name: '承办单位' }).fill('市水务局');
      await looked(page, 'intake');
      await page.getByRole('combobox', { name: '承办单位' }).focus();
      await page.keyboard.press('Control+Enter');
      await page.getByRole('button', { name: '接下一件' }).waitFor();
      const told = await page.locator('main').innerText();
      const no = /\d{8}-\d{6}/.exec(told)?.[0] ?? expect.fail(told);
      const secret = /\d{4} \d{4} \d{4}/.exec(told)?.[0] ?? expect.fail(told);
      await looked(page, 'accepted');

      const done: string[] = [];
      for (let step = 0; step < 20; step += 1) {
        const [task] = (await orderOf(no)).tasks;
        if (!task) break;
        const desk = await visit(`/work-orders/${no}`, doers[task.role ?? ''] ?? 'duban');
        const form = desk.page.getByRole('form', { name: task.name, exact: true });
        await form.waitFor();
        await filled(form);
        await looked(desk.page, `${String(step)}-${task.element}`);
        await form.getByRole('button', { name: `办结“${task.name}”` }).click();
        await form.waitFor({ state: 'detached' });
        expect(desk.complaints).to.deep.equal([]);
        done.push(task.name);
        await desk.page.context().close();
      }
      expect(done).to.include.members(['签收', '办理', '回访诉求人']);
      const end = await orderOf(no);
      expect(end.state).to.equal('ended');
      expect(end.chain.holds).to.equal(true);

      const caller = await visit('/query');
      await caller.page.getByLabel('工单编号').fill(no);
      await caller.page.getByLabel('查询码').fill(secret);
      await caller.page.getByRole('button', { name: '查询', exact: true }).click();
      await caller.page
        .getByText(/已办结/)
        .first()
        .waitFor();
      await looked(caller.page, 'caller');
      expect(complaints).to.deep.equal([]);
      expect(caller.complaints).to.deep.equal([]);
    });
  });
}

/** Required fields that are empty get the first choice, or words. */
async function filled(form: Locator): Promise<void> {
  for (const group of await form.locator('fieldset:has(legend.must)').all()) {
    if ((await group.locator('input:checked').count()) === 0) await group.locator('input').first().check();
  }
  for (const field of await form.locator('label:has(.must) > .input').all()) {
    if ((await field.inputValue()) === '') await field.fill('已经办理');
  }
}
