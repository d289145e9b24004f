/** The screens: who is logged in, and the acts before the picture. */
import type { Page } from 'playwright-core';
import type { Served } from '../../test/http/serving.js';
import type { SampleLogin } from '../../test/browser/visit.js';
import { workJobs } from '../../test/support/tried.js';

export interface Shot {
  readonly name: string;
  readonly path: string;
  readonly login?: SampleLogin;
  /** Moves the clock first. */
  readonly at?: string;
  /** Visible once the screen is ready. */
  readonly shows: string | RegExp;
  readonly first?: (page: Page, served: Served) => Promise<void>;
}

async function open(page: Page, title: string): Promise<void> {
  await page.locator('tbody tr', { hasText: title }).first().click();
  await page.getByRole('dialog').getByRole('heading', { name: title }).first().waitFor();
}

async function describeCall(page: Page): Promise<void> {
  await page.getByLabel('来电人', { exact: true }).fill('来电人庚');
  await page.getByLabel('联系方式').fill('13800000002');
  await page.getByLabel('事项内容').fill('小区突然停水，没有人通知，家里有老人和婴儿。');
  await page.getByRole('combobox', { name: '承办单位' }).fill('市城管局');
}

async function call(page: Page): Promise<string> {
  await describeCall(page);
  await page.keyboard.press('Control+Enter');
  const told = page.getByText('已开立工作流转单').locator('strong');
  return (await told.innerText()).trim();
}

/** An agent accepts a call, then the caller queries the progress. */
async function askAsCaller(page: Page, served: Served): Promise<void> {
  await page.goto(`${served.url}/intake`);
  const no = await call(page);
  const said = await page.getByRole('status').filter({ hasText: '查询码' }).innerText();
  await page.goto(`${served.url}/query`);
  await page.getByLabel('工单编号').fill(no);
  await page.getByLabel('查询码').fill(/\d{4} \d{4} \d{4}/.exec(said)?.[0] ?? '');
  await page.keyboard.press('Enter');
}

/** A draft of 办理 with another reply limit. */
async function draft(page: Page, title: string, days: string): Promise<void> {
  await page.getByRole('button', { name: /起草改动.*办理/ }).click();
  await page.getByLabel('改什么').fill(title);
  await page.getByLabel('为什么').fill('市政府承诺更快');
  await page.getByRole('button', { name: '开始起草' }).click();
  await page.getByRole('button', { name: '元素清单' }).click();
  await page.getByLabel('在元素清单中查找').fill('五个工作日届满');
  await page.getByRole('button', { name: /五个工作日届满/ }).click();
  await page.getByRole('tab', { name: /^属性/ }).click();
  const field = page.getByLabel('期限（工作日）');
  await field.fill(days);
  await field.press('Enter');
  await page.getByRole('tab', { name: /^检查/ }).click();
}

async function draftTooLong(page: Page): Promise<void> {
  await draft(page, '回复期限改为六个工作日', '6');
  await page
    .getByRole('tabpanel')
    .getByRole('button', { name: /第二十四条/ })
    .first()
    .waitFor();
}

async function compareBeside(page: Page): Promise<void> {
  await draft(page, '回复期限改为三个工作日', '3');
  await page.getByRole('tab', { name: /^改动/ }).click();
  await page.getByRole('button', { name: '并排比较' }).click();
  await page.getByRole('button', { name: /回复期限由/ }).click();
  await page.getByRole('group', { name: '第 1 版' }).locator('.drawing-mark.changed').first().waitFor();
}

/** Rehearses until the limit has passed. */
async function tryByHand(page: Page): Promise<void> {
  await draft(page, '试行：看义务何时违反', '5');
  await page.getByRole('tab', { name: '试行' }).click();
  const own = page.getByRole('form', { name: '自己走' });
  await own.getByLabel('开始的时刻').fill('2026-03-11T10:00');
  await own.getByRole('button', { name: '开始' }).click();
  const clock = page.getByRole('region', { name: '拨动时钟' });
  await clock.getByLabel('拨到').fill('2026-03-19T00:00');
  await clock.getByRole('button', { name: '拨到', exact: true }).click();
  const step = page.getByRole('region', { name: '法定义务' }).getByRole('status');
  await step.getByText('! 暂时违反').waitFor();
  await step.scrollIntoViewIfNeeded();
}

async function handIn(page: Page, { system }: Served): Promise<void> {
  await draft(page, '回复期限改为四个工作日', '4');
  await page.getByText('✓ 没有发现问题').waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('已存为第 2 稿').waitFor();
  await page.getByRole('tab', { name: /^审批/ }).click();
  await page.getByRole('button', { name: '试跑这一稿' }).click();
  await page.getByRole('status').filter({ hasText: '等着开始' }).waitFor();
  await workJobs(system);
  const reasons = page.getByLabel(/为什么可以这样/);
  await reasons.first().waitFor();
  for (const reason of await reasons.all()) await reason.fill('期限改短，时刻随之提前');
  await page.getByLabel(/^改了什么，为什么/).fill('回复期限由五个工作日改为四个');
  await page.getByRole('button', { name: '提交', exact: true }).click();
}

async function openDraft(page: Page): Promise<void> {
  await page.getByRole('link', { name: '回复期限改为四个工作日' }).click();
  await page.getByRole('tab', { name: /^审批/ }).click();
}

export const shots: readonly Shot[] = [
  { name: 'sign-in', path: '/sign-in', shows: '登录名' },
  { name: 'intake-worklist', path: '/', login: 'shouli', shows: '上下' },
  { name: 'intake-form', path: '/intake', login: 'shouli', shows: '可能是同一事项', first: describeCall },
  {
    name: 'intake-done',
    path: '/intake',
    login: 'shouli',
    shows: '已开立工作流转单',
    first: async (page) => void (await call(page)),
  },
  {
    name: 'refusal',
    path: '/intake',
    login: 'shouli',
    shows: '没有这个单位',
    first: async (page) => {
      await describeCall(page);
      await page.getByRole('combobox', { name: '承办单位' }).fill('市供水局');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('alert').scrollIntoViewIfNeeded();
    },
  },
  { name: 'unit-worklist', path: '/', login: 'chengban2', shows: '路灯坏了一周没有人修' },
  {
    name: 'unit-sign',
    path: '/',
    login: 'chengban2',
    shows: '办结“签收工单”',
    first: (page) => open(page, '路灯坏了一周没有人修'),
  },
  {
    name: 'unit-handle',
    path: '/',
    login: 'chengban',
    shows: '办结“办理”',
    first: (page) => open(page, '小区突然停水'),
  },
  { name: 'review-worklist', path: '/', login: 'shenhe', shows: '单元门禁坏了' },
  {
    name: 'review-task',
    path: '/',
    login: 'shenhe',
    shows: '办结“逐一审核反馈”',
    first: (page) => open(page, '单元门禁坏了'),
  },
  { name: 'supervise-board', path: '/board', login: 'duban', shows: '各单位黄牌、红牌' },
  { name: 'supervise-case', path: '/work-orders/20260302-000001', login: 'duban', shows: '督办期限届满' },
  {
    name: 'supervise-order',
    path: '/work-orders/20260226-000001/supervision-order',
    login: 'duban',
    shows: '签发机关',
  },
  { name: 'assess-score', path: '/assessment', login: 'kaohe', shows: '逐月趋势' },
  { name: 'assess-board', path: '/monitor', login: 'kaohe', shows: '签收工单' },
  { name: 'audit-trail', path: '/trail', login: 'shenji', shows: '选一条，看它改了什么' },
  {
    name: 'audit-entry',
    path: '/trail',
    login: 'shenji',
    shows: '入链的原文',
    first: (page) => page.getByText('确定处理方式').first().click(),
  },
  { name: 'design-list', path: '/designer', login: 'bianji', shows: '现行版本' },
  { name: 'design-finding', path: '/designer', login: 'bianji', shows: '保存', first: draftTooLong },
  { name: 'design-beside', path: '/designer', login: 'bianji', shows: '保存', first: compareBeside },
  { name: 'design-tried', path: '/designer', login: 'bianji', shows: '这一步以后', first: tryByHand },
  { name: 'design-handed-in', path: '/designer', login: 'bianji', shows: '已有 0 人', first: handIn },
  { name: 'approve-draft', path: '/designer', login: 'shenpi', shows: '已有 0 人', first: openDraft },
  { name: 'approve-policies', path: '/policies', login: 'shenpi', shows: '政策' },
  { name: 'admin-people', path: '/people', login: 'anquan', shows: '授予时拒绝并说明理由' },
  { name: 'admin-status', path: '/status', login: 'xitong', shows: '失败的任务' },
  { name: 'admin-journal', path: '/account-journal', login: 'shenji-admin', shows: '授予角色：审计管理员' },
  { name: 'query-empty', path: '/query', shows: '查询码' },
  { name: 'query-progress', path: '/query', login: 'shouli', shows: '办理中', first: askAsCaller },
  // The second supervision has expired, too, so the case is passed on. This is last, since the
  // clock does not go back.
  {
    name: 'inspect-list',
    path: '/accountability',
    login: 'jiancha',
    shows: '工地夜间施工噪声扰民',
    at: '2026-03-18T10:00:00+08:00',
  },
  {
    name: 'inspect-case',
    path: '/accountability/20260226-000001',
    login: 'jiancha',
    shows: '证据：督办的记录',
  },
];
