/** 试行: a draft on the real engine with a simulated clock; each step shows tokens, limits and duties. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { useServer } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { draftsBy } from './designing.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：流程设计，试行', () => {
  const served = useServer();
  const visit = useBrowser(served);
  const drafted = draftsBy(visit);

  const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  const duty = (page: Page, article: string) =>
    part(page, '法定义务').locator('ol > li').filter({ hasText: article }).first();

  async function begin(page: Page, at: string): Promise<void> {
    await page.getByRole('tab', { name: '试行' }).click();
    const own = page.getByRole('form', { name: '自己走' });
    await own.getByLabel('开始的时刻').fill(at);
    await own.getByRole('button', { name: '开始' }).click();
    await part(page, '待办').waitFor();
  }

  async function moveTo(page: Page, clock: string): Promise<void> {
    const form = part(page, '拨动时钟');
    await form.getByLabel('拨到').fill(clock);
    await form.getByRole('button', { name: '拨到', exact: true }).click();
    await page.getByText(clock.replace('T', ' '), { exact: true }).first().waitFor();
  }

  it('第二十四条：自己一步步走；时钟拨过期限，期限届满，义务由待履行变成暂时违反，凭据点得到；退一步又是待履行', async function () {
    this.timeout(60_000);
    const { page, complaints } = await drafted('办理', '试行到期限届满');
    await begin(page, '2026-10-12T09:00');
    await part(page, '令牌').getByRole('button', { name: '签收' }).click();
    await page.locator('.djs-element.selected[data-element-id=Task_Receive]').waitFor();
    const limit = part(page, '期限').locator('details').filter({ hasText: '回复期限届满' });
    await limit.getByText('第二十四条第一款').waitFor();
    await limit.getByText('2026-10-19 24:00').first().waitFor();
    expect(await limit.innerText()).to.not.include('暂定');
    const returning = part(page, '期限').locator('details').filter({ hasText: '退单期满' });
    await returning.getByText('没有链接条文，时长依政策').waitFor();
    await duty(page, '第二十四条').getByText('○ 待履行').waitFor();

    await moveTo(page, '2026-10-19T23:59');
    await duty(page, '第二十四条').getByText('○ 待履行').waitFor();
    await part(page, '期限')
      .getByText(/退单期满\s+没有链接条文/)
      .waitFor();
    await moveTo(page, '2026-10-20T00:00');
    await duty(page, '第二十四条').getByText('! 暂时违反').waitFor();
    await duty(page, '第二十四条').getByText('自 2026-10-19 24:00 起违反').waitFor();
    const step = part(page, '法定义务').getByRole('status');
    expect((await step.innerText()).replaceAll(/\s+/g, ' ')).to.match(
      /第二十四条[^○]*（J27） ○ 待履行 → ! 暂时违反/,
    );
    await part(page, '期限')
      .getByText(/回复期限届满.*已届满 2026-10-19 24:00/s)
      .waitFor();
    await duty(page, '第二十四条')
      .getByRole('button', { name: /看经过第 \d+ 条/ })
      .last()
      .press('Enter');
    expect(await page.evaluate('document.activeElement.textContent')).to.include('回复期限届满');
    expect(await page.evaluate('document.documentElement.scrollHeight <= innerHeight')).to.equal(true);
    await step.scrollIntoViewIfNeeded();
    expect(await seriousFindings(page)).to.deep.equal([]);
    expect(await foreignWords(page)).to.deep.equal([]);

    await page.getByRole('button', { name: '退一步' }).click();
    await duty(page, '第二十四条').getByText('○ 待履行').waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('其间还没有放假安排的，期限写明暂定', async () => {
    const { page } = await drafted('办理', '试行到没有放假安排的年份');
    await begin(page, '2031-10-13T09:00');
    const limit = part(page, '期限').locator('details').filter({ hasText: '回复期限届满' });
    await limit.getByText('（暂定）').waitFor();
    await limit.locator('summary').press('Enter');
    await limit.getByText('尚无国务院放假安排').waitFor();
  });

  it('第二十四条、第二十八条：照情景走，看得到违反，督办以后已补救；步骤可以改', async function () {
    this.timeout(120_000);
    const { page, complaints } = await drafted('办理', '照情景试行');
    await page.getByRole('tab', { name: '试行' }).click();
    await page
      .getByLabel('照条文的情景走')
      .selectOption({ label: '第二十四条：第五个工作日 24:00 之后回复的，超期' });
    await page.getByRole('button', { name: '开始这个情景' }).click();
    const next = page.getByRole('button', { name: '走下一步' });
    const seen: string[] = [];
    await next.waitFor();
    while (await next.isEnabled()) {
      const steps = await page.getByText(/^走了 \d+ 步$/).innerText();
      await next.click();
      await part(page, '情景').locator('button:not(.is-loading)').waitFor();
      if ((await page.getByText(/^走了 \d+ 步$/).innerText()) === steps) continue;
      const reply = duty(page, '第二十四条');
      if ((await reply.count()) === 0) continue;
      const state = await reply.locator('[data-state]').innerText();
      if (state !== seen.at(-1)) seen.push(state);
    }
    expect(seen).to.deep.equal(['○ 待履行', '! 暂时违反', '↺ 已补救']);
    await page.getByText('已经结束', { exact: true }).waitFor();
    const steps = part(page, '情景').getByRole('listitem');
    expect((await steps.allInnerTexts()).every((text) => text.startsWith('✓'))).to.equal(true);
    // After one step back the scenario continues from there.
    await page.getByRole('button', { name: '退一步' }).click();
    await next.and(page.locator(':enabled')).click();
    await page.getByText('已经结束', { exact: true }).waitFor();

    // Its steps are edited as a list: a day's wait after the first one delays all expected results
    // by a day.
    await page.getByRole('button', { name: '从头来' }).click();
    await page
      .getByLabel('照条文的情景走')
      .selectOption({ label: '第二十四条：第五个工作日 24:00 之后回复的，超期' });
    await page.getByRole('button', { name: '改它的步骤' }).click();
    const list = part(page, '改情景的步骤');
    await list.getByText(/^✓ 每一步都办得成/).waitFor();
    // Edits the start data and a step's performer; faults are shown where they are entered.
    await list.getByRole('button', { name: / 开始$/ }).click();
    const begun = list.getByRole('form', { name: '开始时的变量' });
    await begun.getByRole('button', { name: '加一个' }).click();
    await begun.getByRole('button', { name: '改变量' }).click();
    await begun.getByText('✖ 写上是哪个变量').waitFor();
    const decided = list.getByRole('form', { name: '这一次的政策' });
    await decided.getByRole('button', { name: '加一项' }).click();
    await decided.getByLabel('第 1 项政策', { exact: true }).selectOption('withdrawal');
    await decided.getByRole('button', { name: '改政策' }).click();
    await list.getByRole('button', { name: / 开始，自定 1 项政策$/ }).waitFor();
    await list.getByText(/^✓ 每一步都办得成/).waitFor();
    await list.getByRole('button', { name: /^✓ 1\. / }).click();
    await list.getByRole('combobox', { name: /^由谁办/ }).selectOption({ label: '受理人员' });
    await list.getByRole('button', { name: '改由谁办' }).click();
    await list.getByText(/^✓ 每一步都办得成/).waitFor();
    await list.getByRole('button', { name: /^✓ 1\. .*受理人员办“登记工作流转单”/ }).click();
    await list.getByRole('button', { name: '在后面加一步' }).click();
    await list.getByRole('button', { name: '加一段等待' }).click();
    await list.getByText('✖ 到第 11 步不再成立：升级与应当的不同').waitFor();
    expect(await seriousFindings(page)).to.deep.equal([]);
    expect(await foreignWords(page)).to.deep.equal([]);
    await list.getByRole('button', { name: '应当如何，照走出来的改' }).click();
    await list.getByText(/^✓ 每一步都办得成/).waitFor();
    await list.getByRole('button', { name: /^存回/ }).click();
    await page.getByText(/已存为情景/).waitFor();
    expect(complaints).to.deep.equal([]);
  });
});
