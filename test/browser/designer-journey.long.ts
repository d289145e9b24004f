/**
 * The compliance officer's whole journey: draw, read findings, redraw, submit, get a decision, and
 * see it in force at an instant.
 */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { newcomer } from '../support/people.js';
import { workJobs } from '../support/tried.js';
import { dispatched, useServer, type WorkOrderView } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { useBrowser } from './visit.js';

const replyLimit = '回复期限届满';

const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });

async function decide(page: Page): Promise<void> {
  await tab(page, '审批').click();
  const form = page.getByRole('form', { name: '批准' });
  await form.getByLabel('意见').fill('同意');
  await form.getByRole('button', { name: '批准' }).click();
}

describe('控制台：流程设计，由起草到现行', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);

  async function setDays(page: Page, days: string): Promise<void> {
    await tab(page, '属性').click();
    const field = page.getByLabel('期限（工作日）');
    await field.fill(days);
    await field.press('Enter');
    await tab(page, '检查').click();
  }

  const lengthOf = (order: WorkOrderView): unknown =>
    order.deadlines.find(({ element }) => element === 'Timer_ReplyLimit')?.derivation['text'];

  it('第二十四条：改成六天当场拦下，改成四天过检查，试跑，说明理由，本人不得批准，两人批准，到点现行；旧工单不变', async function () {
    this.timeout(180_000);
    const { system, url } = served();
    const { page, complaints } = await visit('/designer', 'bianji');
    await page.getByRole('button', { name: /起草改动.*办理/ }).click();
    await page.getByLabel('改什么').fill('回复期限改为四个工作日');
    await page.getByLabel('为什么').fill('市政府承诺更快');
    await page.getByRole('button', { name: '开始起草' }).click();
    await page.getByRole('button', { name: '元素清单' }).click();
    await page.getByLabel('在元素清单中查找').fill(replyLimit);
    await page.getByRole('button', { name: new RegExp(replyLimit) }).click();

    await setDays(page, '6');
    const blocked = page
      .getByRole('tabpanel')
      .getByRole('button', { name: new RegExp(`${replyLimit}.*第二十四条`) });
    await blocked.waitFor();
    await page.locator('.drawing-mark.error', { hasText: '第二十四条' }).waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('已存为第 2 稿').waitFor();
    await tab(page, '审批').click();
    await page.getByText(/还缺：改正 1 处不能发布的问题/).waitFor();
    expect(await page.getByRole('button', { name: '提交', exact: true }).isDisabled()).to.equal(true);

    // A finding is demonstrated: a case runs to it step by step, and becomes a scenario of the
    // draft.
    await tab(page, '检查').click();
    await page.getByRole('button', { name: /^演示/ }).click();
    const shown = page.getByRole('region', { name: '演示' });
    await shown.getByRole('status').filter({ hasText: '第 0 步' }).waitFor();
    for (const step of [1, 2, 3]) {
      await page.keyboard.press('ArrowRight');
      await shown
        .getByRole('status')
        .filter({ hasText: `第 ${step} 步` })
        .waitFor();
    }
    await shown.getByRole('status').filter({ hasText: '到这里' }).waitFor();
    await page.locator('.drawing-mark.late', { hasText: '到这里' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await shown.getByRole('status').filter({ hasText: '第 2 步' }).waitFor();
    expect(await seriousFindings(page)).to.deep.equal([]);
    const keep = page.getByRole('region', { name: '存为情景' });
    await keep.getByLabel('叫什么').fill('转办以后回复期限届满');
    await keep.getByRole('button', { name: '存为情景' }).click();
    await page.getByText('已存为情景“转办以后回复期限届满”').waitFor();

    await setDays(page, '4');
    await page.getByText('✓ 没有发现问题').waitFor();
    await tab(page, '改动').click();
    await page
      .getByText(
        '第24条 回复期限由 条例规定的回复、反馈的期限改为 条例规定的回复、反馈的期限，至多 4 个工作日',
      )
      .waitFor();
    await page.getByText('新增情景“转办以后回复期限届满”').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('已存为第 3 稿').waitFor();
    await tab(page, '审批').click();
    await page.getByText('须 2 人批准').waitFor();
    await page.getByText('还缺：试跑这一稿').waitFor();
    await page.getByRole('button', { name: '试跑这一稿' }).click();
    await page.getByRole('status').filter({ hasText: '等着开始' }).waitFor();
    // The worker died in every attempt: the page shows it, and the trial can be ordered anew.
    await system.database.pool.query('UPDATE hotline_jobs._private_jobs SET attempts = max_attempts');
    await page.getByRole('alert').filter({ hasText: '试跑失败（试过 3 次）' }).waitFor();
    await page.getByText('还缺：重新试跑（上次失败）').waitFor();
    await page.getByRole('button', { name: '重新试跑' }).click();
    await page.getByRole('status').filter({ hasText: '等着开始' }).waitFor();
    await workJobs(system);
    await page.getByText(/情景.*时刻或结果不同/).waitFor();
    await page.getByRole('button', { name: '在图上标出没有走到的' }).click();
    await page.locator('.drawing-mark', { hasText: '没有情景' }).first().waitFor({ state: 'attached' });
    expect(await seriousFindings(page)).to.deep.equal([]);
    await page.getByLabel(/为什么可以这样/).fill('期限改短，情景里的时刻随之提前');
    await page.getByLabel(/^改了什么，为什么/).fill('回复期限由五个工作日改为四个');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByRole('region', { name: '提交的内容' }).getByText('已有 0 人').waitFor();
    const address = new URL(page.url()).pathname;
    expect(complaints).to.deep.equal([]);

    // There is no exception, even after the author has become an approver.
    await system.identity.people.revoke('bianji', 'compliance-editor', '测试');
    await system.identity.people.grant('bianji', 'compliance-approver', '测试');
    const author = await visit(address, 'bianji');
    await tab(author.page, '审批').click();
    await author.page.getByText(/不能批准：.*不得由本人批准/).waitFor();

    const old = await dispatched(url);
    const one = await visit(address, 'shenpi');
    await decide(one.page);
    await one.page.getByText('已有 1 人').waitFor();
    const second = await newcomer(system, {
      login: 'shenpi2',
      name: '审批乙',
      roles: ['compliance-approver'],
    });
    const two = await visit(address, second);
    await decide(two.page);
    await two.page.getByLabel('自何时起现行').fill('2026-03-05T00:00');
    await two.page.getByLabel('排期的理由').fill('按期');
    await two.page.getByRole('button', { name: '排定生效' }).click();
    await two.page.getByText(/第 2 版，将自 2026-03-05 00:00 起现行/).waitFor();
    expect([...one.complaints, ...two.complaints]).to.deep.equal([]);

    system.clock.moveTo(new Date('2026-03-04T23:59:00+08:00'));
    expect(lengthOf(await dispatched(url))).to.equal('P5D');
    system.clock.moveTo(new Date('2026-03-05T00:00:00+08:00'));
    expect(lengthOf(await dispatched(url))).to.equal('P4D');
    expect(lengthOf(old)).to.equal('P5D');
    const after = await visit('/designer', 'shenpi');
    await after.page.getByRole('row', { name: /办理 第 2 版/ }).waitFor();
  });
});

describe('控制台：新建流程，由标识到办结的第一件', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);

  it('标识写的时候就说能不能用，从别的工具的文件画起，真的试跑，两人批准，到点现行，由定时开出的一件有人在它的页上办', async function () {
    this.timeout(240_000);
    const { system } = served();
    const { page, complaints } = await visit('/designer', 'bianji');
    await page.getByRole('button', { name: '新建流程' }).click();
    const dialog = page.getByRole('dialog');
    const key = dialog.getByLabel('标识');
    await dialog.getByLabel('从流程图文件导入').setInputFiles({
      name: 'foreign.bpmn',
      mimeType: 'application/xml',
      buffer: Buffer.from(foreign),
    });
    await dialog.getByText('读得懂').waitFor();
    expect(await dialog.getByLabel('流程名称').inputValue()).to.equal('Spot check');
    expect(await key.inputValue()).to.equal('Process_1');
    await dialog.getByLabel('流程名称').fill('回访抽查');
    await key.fill('回访');
    await dialog.getByText('✖ 标识不能有汉字').waitFor();
    await key.fill('Handling');
    await dialog.getByText('✖ 流程“办理”的标识就是 handling').waitFor();
    expect(await seriousFindings(page)).to.deep.equal([]);
    await key.fill('look');
    await dialog.getByLabel('为什么').fill('每月抽查一次');
    await dialog.getByRole('button', { name: '开始起草' }).click();
    await dialog.getByText('✖ 文件里有一个环节的标识也是“look”').waitFor();
    await key.fill('follow-up-check');
    await dialog.getByRole('button', { name: '开始起草' }).click();
    await page.getByText('新建的流程，标识 follow-up-check').waitFor();
    const id = Number(page.url().split('/').at(-1));
    await tab(page, '检查').click();
    await page.getByText('✓ 没有发现问题').waitFor();
    expect(await seriousFindings(page)).to.deep.equal([]);

    await tab(page, '审批').click();
    await page.getByText('须 2 人批准').waitFor();
    await page.getByRole('button', { name: '试跑这一稿' }).click();
    await page.getByRole('status').filter({ hasText: '等着开始' }).waitFor();
    await workJobs(system);
    await page.getByLabel(/^改了什么，为什么/).fill('每月抽查回访');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByRole('region', { name: '提交的内容' }).getByText('已有 0 人').waitFor();
    expect(complaints).to.deep.equal([]);

    // Another person who types the same key is referred to the draft.
    const twice = await visit('/designer', 'bianji');
    await twice.page.getByRole('button', { name: '新建流程' }).click();
    await twice.page.getByLabel('标识').fill('follow-up-check');
    await twice.page.getByRole('link', { name: `打开第 ${id} 号草案` }).waitFor();

    const address = `/designer/drafts/${id}`;
    const one = await visit(address, 'shenpi');
    await decide(one.page);
    await one.page.getByText('已有 1 人').waitFor();
    const login = { login: 'shenpi2', name: '审批乙', roles: ['compliance-approver'] } as const;
    const two = await visit(address, await newcomer(system, { ...login, roles: [...login.roles] }));
    await decide(two.page);
    await two.page.getByLabel('自何时起现行').fill('2026-03-06T00:00');
    await two.page.getByLabel('排期的理由').fill('按期');
    await two.page.getByRole('button', { name: '排定生效' }).click();
    await two.page.getByText(/第 1 版，将自 2026-03-06 00:00 起现行/).waitFor();
    expect([...one.complaints, ...two.complaints]).to.deep.equal([]);

    system.clock.moveTo(new Date('2026-03-06T09:00:00+08:00'));
    await system.executor.startDue(10);
    const worker = await visit('/worklist', 'shenhe');
    await worker.page.getByText('回访抽查 2026-03-06 09:00').click();
    await worker.page.getByRole('heading', { name: '回访抽查 2026-03-06 09:00' }).waitFor();
    await worker.page.getByRole('button', { name: '流程图' }).click();
    expect(await seriousFindings(worker.page)).to.deep.equal([]);
    await worker.page.getByLabel('查到的情况').fill('都好');
    await worker.page.getByRole('button', { name: '办结“看一件”' }).click();
    await worker.page.getByText('已经结束，没有要办的事。').waitFor();
    const monitor = await visit('/monitor', 'shenhe');
    await monitor.page.getByRole('button', { name: '回访抽查' }).click();
    await monitor.page.getByText('这个流程没有待办。').waitFor();
    expect([...worker.complaints, ...monitor.complaints]).to.deep.equal([]);
  });
});

/** A foreign tool's file, with a pool, an id that is no key of ours, and elements named like a key. */
const foreign = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:duty="urn:hotline-12345:duty:1" id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="Process_1" name="Spot check">
    <bpmn:startEvent id="Start" name="每月"><bpmn:outgoing>Flow_1</bpmn:outgoing><bpmn:timerEventDefinition id="Monthly"><bpmn:timeDate>2026-03-06T09:00:00+08:00</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:startEvent>
    <bpmn:userTask id="look" name="看一件" duty:role="reviewer"><bpmn:extensionElements><duty:form><duty:field key="found" label="查到的情况" type="longText" required="true" evidence="true"/></duty:form></bpmn:extensionElements><bpmn:incoming>Flow_1</bpmn:incoming><bpmn:outgoing>Flow_2</bpmn:outgoing></bpmn:userTask>
    <bpmn:endEvent id="End" name="查过"><bpmn:incoming>Flow_2</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="Flow_1" sourceRef="Start" targetRef="look"/>
    <bpmn:sequenceFlow id="Flow_2" sourceRef="look" targetRef="End"/>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram_1"><bpmndi:BPMNPlane id="Plane_1" bpmnElement="Process_1">
    <bpmndi:BPMNShape id="Start_di" bpmnElement="Start"><dc:Bounds x="160" y="100" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="look_di" bpmnElement="look"><dc:Bounds x="260" y="78" width="100" height="80"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="End_di" bpmnElement="End"><dc:Bounds x="430" y="100" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="Flow_1_di" bpmnElement="Flow_1"><di:waypoint x="196" y="118"/><di:waypoint x="260" y="118"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="Flow_2_di" bpmnElement="Flow_2"><di:waypoint x="360" y="118"/><di:waypoint x="430" y="118"/></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`;
