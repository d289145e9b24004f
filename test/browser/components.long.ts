/** DateField, Timeline, ChartPanel: what each does wherever it stands. */
import { expect } from 'chai';
import type { Locator } from 'playwright-core';
import { sequence } from '../../src/accountability/index.js';
import { followMatters } from '../../src/measures/warning/index.js';
import { accept, post, useServer } from '../http/serving.js';
import { findingsAtBothWidths } from './axe.js';
import { moveTo, seed } from './seed.js';
import { useBrowser } from './visit.js';

const districts = [
  ...['历下区', '市中区', '槐荫区', '天桥区', '历城区', '长清区'],
  ...['章丘区', '济阳区', '莱芜区', '钢城区', '平阴县', '商河县'],
];

describe('控制台：日子的下面写着周几、是不是工作日', () => {
  const served = useServer({ at: '2026-09-28T10:00:00+08:00' });
  const visit = useBrowser(served);

  /** What the field says of the day, to the eye and to a screen reader. */
  const saidOf = async (field: Locator, day: string, word: RegExp): Promise<string> => {
    await field.fill(day);
    const line = field.page().locator(`[id="${await field.getAttribute('aria-describedby')}"]`);
    await line.filter({ hasText: word }).waitFor();
    return (await line.innerText()).trim();
  };

  it('工作日、休息日、放假、调休上班，都依工作日历；半年以外的现问；没有公布的说是暂定', async () => {
    const { page, complaints } = await visit('/trail', 'shenji');
    const from = page.getByLabel('从', { exact: true });
    for (const [day, said] of [
      ['2026-09-30', '周三 · 工作日'],
      ['2026-10-11', '周日 · 休息日'],
      ['2026-10-01', '周四 · 节假日（国庆节）'],
      ['2026-10-10', '周六 · 调休上班（国庆节）'],
      ['2020-01-19', '周日 · 调休上班（春节）'],
      ['2027-01-01', '周五 · 节假日（元旦），暂定：尚无国务院放假安排'],
      ['2027-03-01', '周一 · 工作日，暂定：尚无国务院放假安排'],
    ] as const)
      expect(await saidOf(from, day, / · /)).to.equal(said);
    expect((await findingsAtBothWidths(page)).join('\n')).to.equal('');
    expect(complaints).to.deep.equal([]);
  });

  it('时刻也一样；键盘一位一位写年份，不去问没有的日子', async () => {
    const { page, complaints } = await visit('/policies', 'bianji');
    const field = page.getByLabel('生效日');
    await field.focus();
    await page.keyboard.type('20261010');
    expect(await saidOf(field, '2026-10-10', / · /)).to.equal('周六 · 调休上班（国庆节）');
    expect(complaints).to.deep.equal([]);
  });
});

describe('控制台：时间线', () => {
  const served = useServer();
  const visit = useBrowser(served);
  before(async () => {
    await seed(served());
    await moveTo(served(), '2026-03-18T10:00:00+08:00');
  });

  it('按日分组，写明周几；每条写明几时几分、谁、什么、依哪一条；点开一条，抽屉里是它', async () => {
    const { page, complaints } = await visit('/trail', 'shenji');
    await page.getByLabel('工单编号').fill('20260226-000001');
    await page.getByRole('button', { name: '查找' }).click();
    await page.getByRole('button', { name: '时间线' }).click();
    const days = page.getByRole('region', { name: '查到的' }).getByRole('group');
    await days.first().waitFor();
    expect(await Promise.all((await days.all()).map((one) => one.getAttribute('aria-label')))).to.deep.equal([
      ...['2026-03-17 周二', '2026-03-11 周三', '2026-03-05 周四', '2026-03-04 周三'],
      ...['2026-03-03 周二', '2026-03-01 周日', '2026-02-26 周四'],
    ]);
    const row = page
      .getByRole('group', { name: '2026-03-11 周三' })
      .getByRole('listitem')
      .filter({ hasText: '督办期限届满' });
    expect(await row.locator('time').innerText()).to.equal('00:00');
    expect(await row.innerText()).to.match(/系统[^]*第二十八条/);
    await row.getByRole('button').click();
    await page.getByRole('dialog', { name: '计时到：督办期限届满' }).waitFor();
    expect(await row.getByRole('button').getAttribute('aria-pressed')).to.equal('true');
    expect((await findingsAtBothWidths(page)).join('\n')).to.equal('');
    expect(complaints).to.deep.equal([]);
  });

  it('工单的轨迹用的是同一条时间线；一条之下是它的全部', async () => {
    const { page, complaints } = await visit('/work-orders/20260226-000001', 'shenji');
    const day = page.getByRole('group', { name: '2026-03-11 周三' });
    const row = day.getByRole('listitem').filter({ hasText: '督办期限届满' });
    await row.getByText('提级督办').waitFor();
    await row.getByText('记入 2026-03-11 09:40').waitFor();
    await row.getByText(/哈希/).click();
    await row.locator('pre').waitFor();
    expect((await findingsAtBothWidths(page)).join('\n')).to.equal('');
    expect(complaints).to.deep.equal([]);
  });
});

describe('控制台：图表', () => {
  const served = useServer({ at: '2026-02-02T09:00:00+08:00' });
  const visit = useBrowser(served);
  let callers = 0;
  const call = (district: string, title: string) =>
    accept(served().url, {
      ...{ channel: 'phone', kind: 'help', content: '来电内容', title, district, class: 'N1' },
      ...{ callerName: '来电人甲', callerContact: `1390000${String(++callers).padStart(4, '0')}` },
    });

  before(async () => {
    const csv = '编码,名称,上级编码,行业\nN,噪声扰民,,环保\nN1,夜间施工,N,环保\n';
    await post(served().url, '/api/classification/versions', { csv, title: '测试分类' });
    await call('历下区', '从前的');
    await moveTo(served(), '2026-03-16T09:00:00+08:00');
    for (const [at, district] of districts.entries())
      for (let count = 0; count < 18 - at; count += 1) await call(district, `${district}夜里施工`);
    await sequence(served().system.database);
    while ((await followMatters(served().system)) > 0);
  });

  it('十二处热点：画十处和“其余 2 个”，名称都写全，条都不窄于 24；点一条、按回车，列出它的工单', async () => {
    const { page, complaints } = await visit('/warnings', 'duban');
    const chart = page.getByRole('list', { name: '热点' });
    const bars = chart.getByRole('button');
    await bars.first().waitFor();
    expect(await bars.count()).to.equal(11);
    expect(await bars.first().innerText()).to.include('历下区“夜间施工”');
    expect(await bars.last().innerText()).to.match(/其余 2 个\s*15/);
    for (const bar of await chart.locator('.bar').all())
      expect((await bar.boundingBox())?.height).to.be.at.least(24);
    await bars.nth(2).click();
    await page.getByRole('heading', { name: '槐荫区“夜间施工”：看得到的工单' }).waitFor();
    await page.getByText('槐荫区夜里施工').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await bars.nth(9).focus();
    await page.keyboard.press('Enter');
    await page.getByText('钢城区夜里施工').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await bars.last().click();
    expect(await page.evaluate('document.activeElement.querySelector("table")?.rows.length')).to.equal(13);
    expect((await findingsAtBothWidths(page)).join('\n')).to.equal('');
    expect(complaints).to.deep.equal([]);
  });

  it('看板的大屏：两周十四天不截短，一天一个名称；方向键换天，回车列出这一天受理的工单', async () => {
    const { page, complaints } = await visit('/board', 'duban');
    await page.getByRole('button', { name: '大屏' }).click();
    const days = page.getByRole('toolbar', { name: '近两周受理、办结' }).getByRole('button');
    await days.first().waitFor();
    expect(await days.count()).to.equal(14);
    await days.last().focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    expect(await days.last().getAttribute('aria-label')).to.match(/^03-16 受理 150 办结 0$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '全部工单' }).waitFor();
    await page.getByText('商河县夜里施工').first().waitFor();
    expect(await page.getByLabel('查找', { exact: true }).inputValue()).to.equal('20260316');
    expect(complaints).to.deep.equal([]);
  });
});
