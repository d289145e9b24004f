/** Copying, pasting and changing the kind of an element, as bpmn-js does it in a real browser, with our extensions. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { annotate, parseDiagram } from '../../src/engine/model/index.js';
import { answered, send, useServer } from '../http/serving.js';
import { choose, draftsBy, save } from './designing.js';
import { useBrowser } from './visit.js';

describe('控制台：流程设计，复制、粘贴、更改类型', () => {
  const served = useServer();
  const visit = useBrowser(served);
  const drafted = draftsBy(visit);

  interface Read {
    readonly source: string;
    readonly element: (id: string) => object;
    readonly ids: readonly string[];
    /** The timer of an event, as it is written. */
    readonly timer: (id: string) => string | undefined;
  }
  async function read(id: number): Promise<Read> {
    const { source } = answered('readDraft', await send(served().url, `/api/drafts/${id}`)) as {
      source: string;
    };
    const { element } = annotate(await parseDiagram(source), 'handling');
    return {
      source,
      ids: [...source.matchAll(/ id="([^"]+)"/g)].map(([, one = '']) => one),
      element: (of) => element(of) ?? expect.fail(`${of} is not in the diagram`),
      timer: (of) =>
        new RegExp(
          `<bpmn:boundaryEvent id="${of}"[\\s\\S]*?(<bpmn:timerEventDefinition[\\s\\S]*?</bpmn:timerEventDefinition>)`,
        )
          .exec(source)?.[1]
          ?.replace(/ id="[^"]*"/, '')
          .replaceAll(/\s+/g, ' '),
    };
  }

  async function replace(page: Page, name: string): Promise<void> {
    await page.locator('.djs-container > svg').first().focus();
    await page.keyboard.press('r');
    const menu = page.locator('.djs-popup');
    await menu.waitFor();
    await menu.getByText(name, { exact: true }).click();
    await menu.waitFor({ state: 'detached' });
  }

  it('复制的环节带着岗位、回避、条文、表单、存证的栏和边界上的期限，标识都是新的；只用键盘粘贴、移开；撤销就没有了', async function () {
    this.timeout(60_000);
    const { page, complaints, id } = await drafted('办理', '复制');
    const before = await read(id);
    await choose(page, '签收工单');
    await page.getByRole('button', { name: '复制' }).click();
    await page.getByRole('button', { name: '粘贴' }).press('Enter');
    const bounds = () => page.locator('.djs-element.selected.djs-shape').first().boundingBox();
    const set = (await bounds()) ?? expect.fail('what is pasted is not selected');
    await page.keyboard.press('Shift+ArrowDown');
    expect((await bounds())?.y).to.be.greaterThan(set.y);
    await save(page);
    const after = await read(id);

    expect(after.ids.length).to.equal(new Set(after.ids).size);
    const made = after.ids.filter((one) => !before.ids.includes(one));
    const task = made.find((one) => after.source.includes(`<bpmn:userTask id="${one}"`)) ?? '';
    const event = made.find((one) => after.source.includes(`<bpmn:boundaryEvent id="${one}"`)) ?? '';
    expect(after.element(task)).to.deep.equal({ ...before.element('Task_Receive'), id: task });
    const [limit, copied] = [before.element('Timer_ReturnLimit'), after.element(event)];
    expect(copied).to.deep.equal({ ...limit, id: event, countedFrom: event });
    expect(after.timer(event)).to.equal(before.timer('Timer_ReturnLimit'));
    expect(after.source).to.match(new RegExp(`id="${event}"[^>]* attachedToRef="${task}"`));

    for (let times = 0; times < 2; times += 1) await page.getByRole('button', { name: '撤销' }).click();
    await save(page);
    expect(new Set((await read(id)).ids)).to.deep.equal(new Set(before.ids));
    expect(complaints).to.deep.equal([]);
  });

  it('一起复制的环节，回避指向复制出来的那一个；只复制一个的，仍指向原来的', async function () {
    this.timeout(60_000);
    const { page, complaints, id } = await drafted('办理', '一起复制');
    /** Copies the selection and pastes it into the middle; returns the new ids. */
    const paste = async (): Promise<{ readonly made: readonly string[]; readonly source: string }> => {
      const { ids } = await read(id);
      await page.getByRole('button', { name: '复制' }).click();
      await page.getByRole('button', { name: '粘贴' }).press('Enter');
      await save(page);
      const { source, ids: after } = await read(id);
      return { source, made: after.filter((one) => !ids.includes(one)) };
    };
    const attributeOf = (source: string, of: string, attribute: string) =>
      new RegExp(`<bpmn:userTask id="${of}"[^>]*? ${attribute}="([^"]*)"`).exec(source)?.[1];
    const copyOf = (name: string, { made, source }: Awaited<ReturnType<typeof paste>>): string =>
      made.find((one) => attributeOf(source, one, 'name') === name) ?? expect.fail(`no copy of ${name}`);

    // The person who reported a matter as completed must not audit the interim report.
    await choose(page, '回复来电人、反馈办结');
    await page
      .locator('[data-element-id="Task_AuditInterim"] .djs-hit')
      .first()
      .click({ modifiers: ['Shift'] });
    const both = await paste();
    const [audits, others] = [copyOf('审核阶段性反馈', both), 'Task_Handle Task_ReplyCaller Task_Feedback'];
    const feedback = copyOf('回复来电人、反馈办结', both);
    expect(attributeOf(both.source, audits, 'duty:notBy')).to.equal(`${others} ${feedback}`);
    const whole = `${others} Task_CompletionFeedback`;
    expect(attributeOf(both.source, 'Task_AuditInterim', 'duty:notBy')).to.equal(whole);

    await choose(page, '审核阶段性反馈');
    const alone = await paste();
    expect(attributeOf(alone.source, copyOf('审核阶段性反馈', alone), 'duty:notBy')).to.equal(whole);
    // bpmn-js draws the alignment icons with inline styles, which our policy refuses.
    expect(complaints.filter((one) => !one.startsWith('Applying inline style'))).to.deep.equal([]);
  });

  it('办理环节改成自动处理：条文、名称、标识还在，岗位、回避、表单不在；撤销全都回来', async function () {
    this.timeout(60_000);
    const { page, complaints, id } = await drafted('办理', '更改类型');
    const before = (await read(id)).element('SubProcess_Return_Task_DecideReturn');
    expect(before).to.have.property('form').that.is.not.empty;
    await choose(page, '裁定退单');
    await replace(page, '自动处理');
    await save(page);
    const changed = await read(id);
    expect(changed.element('SubProcess_Return_Task_DecideReturn')).to.deep.equal({
      ...before,
      type: 'bpmn:ServiceTask',
      role: null,
      notBy: [],
      form: [],
    });
    const written =
      /<bpmn:serviceTask id="SubProcess_Return_Task_DecideReturn"[\s\S]*?<\/bpmn:serviceTask>/.exec(
        changed.source,
      )?.[0];
    expect(written).to.not.match(/duty:(form|role|notBy)/);
    await page.getByRole('button', { name: '撤销' }).click();
    await save(page);
    expect((await read(id)).element('SubProcess_Return_Task_DecideReturn')).to.deep.equal(before);
    expect(complaints).to.deep.equal([]);
  });

  it('第二十四条：期限的边界事件改成打断、改回不打断，期限、工作日、条文、标识都还在；撤销回到原样', async function () {
    this.timeout(60_000);
    const { page, complaints, id } = await drafted('办理', '打断与不打断');
    const before = await read(id);
    const isInterrupting = ({ source }: Read): boolean =>
      !/id="Timer_ReplyLimit"[^>]*cancelActivity="false"/.test(source);
    const same = (now: Read): void => {
      expect(now.element('Timer_ReplyLimit')).to.deep.equal(before.element('Timer_ReplyLimit'));
      expect(now.timer('Timer_ReplyLimit')).to.equal(before.timer('Timer_ReplyLimit'));
      expect(now.ids.length).to.equal(new Set(now.ids).size);
    };
    expect(before.timer('Timer_ReplyLimit')).to.include('limit("reply")');
    expect(isInterrupting(before)).to.equal(false);
    await choose(page, '回复期限届满');
    await replace(page, '定时边界事件（打断）');
    await save(page);
    const interrupting = await read(id);
    expect(isInterrupting(interrupting)).to.equal(true);
    same(interrupting);
    await page.getByRole('button', { name: '撤销' }).click();
    await save(page);
    same(await read(id));
    expect(isInterrupting(await read(id))).to.equal(false);
    await page.getByRole('button', { name: '重做' }).click();
    await choose(page, '回复期限届满');
    await replace(page, '定时边界事件（不打断）');
    await save(page);
    const back = await read(id);
    expect(isInterrupting(back)).to.equal(false);
    same(back);
    expect(complaints).to.deep.equal([]);
  });
});
