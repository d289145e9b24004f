/** The unit's worklist: a sheet in one form, at desktop and telephone widths. */
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import type { Locator, Page } from 'playwright-core';
import { actorName } from '../../src/kernel/actor.js';
import { accept, dispatched, post, send, useServer, waterCut, type WorkOrderView } from '../http/serving.js';
import type { SignedIn } from '../support/people.js';
import { seriousFindings } from './axe.js';
import { printed } from './printed.js';
import { foreignWords, useBrowser } from './visit.js';

const phone = { width: 390, height: 844 };
const script = '<img src=x onerror=alert(1)>';

describe('控制台：一张表办完一件工单', () => {
  const served = useServer();
  const visit = useBrowser(served);
  const officer = () => served().people.doing('unit', '经办人甲', '某水务局');
  const read = async (page: Page, { sheet }: WorkOrderView): Promise<WorkOrderView> =>
    (await (await page.request.get(`${served().url}/api/work-orders/${sheet.no}`)).json()) as WorkOrderView;
  const series = (within: Page | Locator) => within.getByRole('form', { name: '一张表办完' });

  async function opened(page: Page | Locator): Promise<Locator> {
    await page.getByRole('button', { name: '接着的几步一张表办完' }).click();
    const form = series(page);
    await form.getByRole('button', { name: '一次办结 4 步' }).waitFor();
    return form;
  }

  it('从待办打开，写一段话，一次办结四步；同一段话带到回复和反馈，改过的不动', async () => {
    const order = await dispatched(served().url);
    const { page, complaints } = await visit('/worklist', await officer());
    await page.getByRole('row', { name: new RegExp(order.sheet.no) }).click();
    const form = await opened(page.getByRole('dialog'));
    await form.getByLabel(/办理情况/).fill(`抢修完成，已经来水。${script}`);
    expect(await form.getByLabel(/反馈内容/).inputValue()).to.equal(`抢修完成，已经来水。${script}`);
    await form.getByLabel(/回复要点/).fill('已经电话告知来水。');
    expect(await form.getByLabel(/反馈内容/).inputValue()).to.equal('已经电话告知来水。');
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    await form.getByRole('button', { name: '一次办结 4 步' }).click();
    await series(page).waitFor({ state: 'detached' });
    const after = await read(page, order);
    const own = after.trail.filter(
      ({ type, actor }) => type === 'task.completed' && /^经办人甲/.test(actor ?? ''),
    );
    expect(own.map(({ sealed }) => Object.values(sealed)).flat()).to.deep.equal([
      `抢修完成，已经来水。${script}`,
      '已经电话告知来水。',
      '已经电话告知来水。',
    ]);
    expect(own).to.have.length(4);
    expect(complaints).to.deep.equal([]);
  });

  it('手机上：改选退单，后面的几步收起，改回来又在，写过的还在；刷新也还在', async () => {
    const order = await dispatched(served().url);
    const { page, complaints } = await visit('/', await officer());
    await page.setViewportSize(phone);
    await page.goto(`${served().url}/work-orders/${order.sheet.no}`);
    const form = await opened(page);
    await form.getByLabel(/办理情况/).fill('已经修好。');
    await form.getByLabel(/申请退单/).check();
    await form.getByLabel(/办理情况/).waitFor({ state: 'detached' });
    await form.getByText('填好这一步').waitFor();
    await form.getByLabel('签收办理').check();
    await form.getByRole('button', { name: '一次办结 4 步' }).waitFor();
    expect(await form.getByLabel(/办理情况/).inputValue()).to.equal('已经修好。');
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(phone.width);
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(await foreignWords(page)).to.deep.equal([]);
    const shots = process.env.HOTLINE_SHOTS;
    if (shots) await page.screenshot({ path: `${shots}/series-phone.png`, fullPage: true });
    await page.reload();
    const again = await opened(page);
    await again.getByText('上次没有交的内容已经取回').waitFor();
    expect(await again.getByLabel(/办理情况/).inputValue()).to.equal('已经修好。');
    expect(complaints).to.deep.equal([]);
  });

  it('有一步不收：说明第几步、为什么，什么也没有办；改好再交就办结', async () => {
    const order = await dispatched(served().url);
    const { page } = await visit(`/work-orders/${order.sheet.no}`, await officer());
    const form = await opened(page);
    await form.getByLabel(/办理情况/).fill('已经修好。');
    await form
      .getByRole('group', { name: /回复方式/ })
      .getByLabel('电话')
      .check();
    const before = (await read(page, order)).trail.length;
    const third = form.locator('section', { hasText: '回复来电人' });
    await third.getByText(/选填的/).click();
    await third.getByLabel('不显示所依据的法律').fill('某法第一条');
    await form.getByText('填好这一步').waitFor();
    await form.getByRole('button', { name: '一次办结 3 步' }).click();
    await form.getByText(/第 3 步“回复来电人”.*几步都没有办/).waitFor();
    expect((await read(page, order)).trail.length).to.equal(before);
    await third.getByLabel('不显示所依据的法律').fill('');
    await form.getByRole('button', { name: '一次办结 4 步' }).click();
    await series(page).waitFor({ state: 'detached' });
    const shots = process.env.HOTLINE_SHOTS;
    if (shots) await page.screenshot({ path: `${shots}/case.png` });
  });

  it('逐步办的：下一步的空白处可以沿用自己上一步写的', async () => {
    const order = await dispatched(served().url);
    const { page } = await visit(`/work-orders/${order.sheet.no}`, await officer());
    await page.getByLabel('签收办理').check();
    await page.getByRole('button', { name: '办结“签收工单”' }).click();
    await page.getByLabel('期限内办理完毕').check();
    await page.getByLabel(/办理情况/).fill('换了水管。');
    await page.getByRole('button', { name: '办结“办理”' }).click();
    await page.getByRole('button', { name: '沿用我上次写的' }).click();
    expect(await page.getByLabel(/回复要点/).inputValue()).to.equal('换了水管。');
  });
});

describe('控制台：许多件一起办', () => {
  const served = useServer();
  const visit = useBrowser(served);
  const unit = '某水务局';
  const sheets = 300;
  const officer = (name: string) => served().people.doing('unit', name, unit);
  const answers = { conduct: 'orderly', wayOut: 'dispatch', unit, dispatchBasis: 'duty' };

  before(async function () {
    this.timeout(600_000);
    const { url } = served();
    // Beside them, tasks that the filter must leave out.
    const made = Array.from({ length: sheets + 5 }, (_, index) => ({
      ...waterCut,
      title: `停水 ${index}`,
      channel: index < sheets ? 'wechat' : 'phone',
      answers,
    }));
    const [first, ...others] = made;
    // Registers the unit.
    await accept(url, first);
    for (let from = 0; from < others.length; from += 10) {
      await Promise.all(others.slice(from, from + 10).map((one) => accept(url, one)));
    }
  });

  it(`${sheets} 件：筛选、分派、签收，不到 30 次点击；别的渠道的没有动；逐件记入轨迹`, async function () {
    this.timeout(600_000);
    const as = await officer('经办人甲');
    await officer('经办人乙');
    const { page, complaints } = await visit('/worklist', as);
    let clicks = 0;
    const click = async (on: Locator): Promise<void> => {
      clicks++;
      await on.click();
    };
    const choose = async (on: Locator, label: string | RegExp): Promise<void> => {
      // Clicks for opening the list, and choosing.
      clicks += 2;
      const option = on.locator('option', { hasText: label });
      await on.selectOption((await option.getAttribute('value')) ?? '');
    };
    await page.locator('tbody tr').first().waitFor();
    await click(page.getByText('筛选', { exact: true }));
    await choose(page.getByLabel('渠道'), '微信');
    await page.getByText(`共 ${sheets} 项`).waitFor();
    expect(new URL(page.url()).search).to.equal('?channel=wechat');
    await click(page.getByRole('button', { name: '选中全部' }));
    await page.getByText(`选中 ${sheets} 项`).waitFor();
    await click(page.getByRole('button', { name: `分派选中的 ${sheets} 件` }));
    const assigning = page.getByRole('dialog', { name: `分派 ${sheets} 件` });
    await choose(assigning.getByLabel('经办人'), /经办人乙/);
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    await click(assigning.getByRole('button', { name: '分派', exact: true }));
    await assigning.waitFor({ state: 'hidden', timeout: 300_000 });
    await page
      .getByText(/分给 经办人乙/)
      .first()
      .waitFor();
    await click(page.getByRole('button', { name: `签收选中的 ${sheets} 件` }));
    const signing = page.getByRole('dialog', { name: `签收 ${sheets} 件工单` });
    await click(signing.getByRole('button', { name: '签收', exact: true }));
    await signing.waitFor({ state: 'hidden', timeout: 300_000 });
    expect(clicks).to.be.lessThan(30);
    const { rows } = await served().system.database.pool.query<{ type: string; count: number }>(
      `SELECT type, count(*)::int AS count FROM hotline.trail_entry
        WHERE convert_from(body, 'UTF8')::json ->> 'actor' = $1 GROUP BY type ORDER BY type`,
      [(await read(page, '/api/session')).actor],
    );
    expect(rows).to.deep.include({ type: 'sheet.assigned', count: sheets });
    expect(rows).to.deep.include({ type: 'task.completed', count: sheets });
    const left = await read(page, '/api/tasks?scope=mine&assigned=nobody');
    expect(left.total).to.equal(5);
    expect(complaints).to.deep.equal([]);
  });

  it('被指派的人：“分给我的”只看自己的；地址可以转给别人；退回一步，筛选还在', async () => {
    const [jia, bing] = [await officer('经办人甲'), await officer('经办人丙')];
    const ask = async (path: string, as: SignedIn) =>
      (await send(served().url, path, { as })).json as {
        items: { id: string }[];
        persons: { name: string; login: string }[];
      };
    const tasks = (await ask('/api/tasks?channel=wechat&limit=3', jia)).items.map(({ id }) => id);
    const { persons } = await ask('/api/colleagues', jia);
    const person = persons.find(({ name }) => name === '经办人丙')?.login;
    await post(served().url, '/api/tasks/assignments', { tasks, person }, {}, jia);
    const { page, complaints } = await visit('/worklist?assigned=mine', bing);
    await page.getByText('共 3 项').waitFor();
    expect(await page.getByRole('search').getByLabel(/^分派/).inputValue()).to.equal('mine');
    await page.locator('tbody tr').first().click();
    await page.getByRole('dialog').getByText('分给 经办人丙').first().waitFor();
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('共 3 项').waitFor();
    await page.getByRole('button', { name: '不筛选' }).click();
    await page.getByText(`共 ${sheets + 5} 项，期限近的在前`).waitFor();
    await page.getByLabel('排序').selectOption('新受理的在前');
    await page.getByText(`共 ${sheets + 5} 项，新受理的在前`).waitFor();
    await page.locator('tbody tr', { hasText: `停水 ${sheets + 4}` }).waitFor();
    expect(new URL(page.url()).search).to.equal('?sort=newest');
    await page.getByRole('button', { name: '存成视图' }).click();
    const saving = page.getByRole('dialog', { name: '存成视图' });
    await saving.getByLabel(/^名称/).fill('新来的');
    await saving.getByLabel('我打开待办就用它').check();
    await saving.getByLabel('给本单位的人共用').check();
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    await saving.getByRole('button', { name: '存下' }).click();
    await saving.waitFor({ state: 'hidden' });
    await page.goto(`${served().url}/worklist`);
    await page.getByRole('button', { name: '新来的', pressed: true }).waitFor();
    await page.getByText(`共 ${sheets + 5} 项，新受理的在前`).waitFor();
    const colleague = await visit('/worklist', jia);
    await colleague.page.getByText(`共 ${sheets + 5} 项，期限近的在前`).waitFor();
    await colleague.page.getByRole('button', { name: '新来的' }).click();
    await colleague.page.getByText(`共 ${sheets + 5} 项，新受理的在前`).waitFor();
    if (process.env.HOTLINE_SHOTS)
      await colleague.page.screenshot({ path: `${process.env.HOTLINE_SHOTS}/worklist-views.png` });
    expect(await foreignWords(page)).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
  });

  it('手机上：筛选、选中、分派给一个组（组名里的脚本不执行），不用左右拖；没有办成的写明为什么', async () => {
    const as = await officer('经办人甲');
    const { page, complaints } = await visit('/worklist?channel=phone', as);
    await page.setViewportSize(phone);
    await page.getByText('共 5 项').waitFor();
    const shots = process.env.HOTLINE_SHOTS;
    if (shots) await page.screenshot({ path: `${shots}/worklist-phone-folded.png` });
    const fold = page.getByRole('button', { name: '查找和筛选（1 项）' });
    expect(await fold.getAttribute('aria-expanded')).to.equal('false');
    expect(await page.getByRole('search').isVisible()).to.equal(false);
    const first = await page.locator('tbody tr').first().boundingBox();
    expect(first?.y, '第一件在屏幕的上半').to.be.lessThan(phone.height / 2);
    await fold.click();
    await page.getByRole('search').getByLabel('渠道').waitFor();
    if (shots) await page.screenshot({ path: `${shots}/worklist-phone-unfolded.png` });
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    await page.getByRole('search').getByRole('button', { name: '查找' }).click();
    await page.getByRole('search').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '选中全部' }).click();
    await page.getByRole('button', { name: '分派选中的 5 件' }).click();
    const assigning = page.getByRole('dialog', { name: '分派 5 件' });
    await assigning.getByLabel(/或者一个组/).fill('<img src=x onerror=f()>');
    await assigning.getByRole('button', { name: '分派', exact: true }).click();
    await assigning.waitFor({ state: 'hidden' });
    await page.getByText('分给 <img src=x onerror=f()>').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(phone.width);
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    if (shots) await page.screenshot({ path: `${shots}/worklist-phone.png` });
    await page.setViewportSize({ width: 1366, height: 768 });
    if (shots) await page.screenshot({ path: `${shots}/worklist.png` });
    // Meanwhile somebody else signs for one of them.
    await page.getByRole('button', { name: '签收选中的 5 件' }).click();
    const signing = page.getByRole('dialog', { name: '签收 5 件工单' });
    const [one] = (await read(page, '/api/tasks?channel=phone&limit=1')).items ?? [];
    await post(served().url, '/api/tasks/signings', { tasks: [one?.id] }, {}, await officer('经办人乙'));
    await signing.getByRole('button', { name: '签收', exact: true }).click();
    await signing.getByText('1 件没有签收').waitFor();
    await signing.getByText(/✗ 待办.*已经办过/).waitFor();
    await signing.getByText('已签收 4 件').waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('打印只有名单：筛选写在头上，没有导航；导出的就是筛选所得，顺序同屏幕；手机上收在查找和筛选里', async () => {
    const { page, complaints } = await visit('/worklist?channel=wechat', await officer('经办人甲'));
    const shots = process.env.HOTLINE_SHOTS;
    await page.getByText(`共 ${sheets} 项`).waitFor();
    const save = async (name: string) => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name }).click(),
      ]);
      return file;
    };
    await page.getByText('导出', { exact: true }).click();
    const csv = await save('导出 CSV');
    expect(csv.suggestedFilename()).to.match(/^worklist-\d{4}-\d\d-\d\d\.csv$/);
    const lines: Record<string, string>[] = parse(await readFile(await csv.path()), {
      bom: true,
      columns: true,
    });
    expect(lines).to.have.length(sheets);
    expect(new Set(lines.map((line) => line['渠道']))).to.deep.equal(new Set(['微信']));
    const onScreen = (await page.locator('tbody tr strong').allInnerTexts()).slice(0, 50);
    expect(lines.slice(0, onScreen.length).map((line) => line['标题'])).to.deep.equal(onScreen);
    expect((await save('导出 XLSX')).suggestedFilename()).to.match(/\.xlsx$/);
    if (shots) await page.screenshot({ path: `${shots}/worklist-take-away.png` });
    expect((await seriousFindings(page)).join('\n')).to.equal('');

    await page.evaluate(
      'window.print = () => { document.body.dataset.printed = document.querySelectorAll("tbody tr").length; }',
    );
    await page.getByRole('button', { name: '打印' }).click();
    await page.locator(`body[data-printed="${sheets}"]`).waitFor({ state: 'attached' });
    const { said } = await printed(page);
    expect(said).to.include(
      `待办工单待我办理；全部灯号；渠道微信；期限近的在前；共${sheets}项`.normalize('NFKC'),
    );
    expect(said).to.include(`停水${sheets - 1}`);
    for (const word of ['选中全部', '导出CSV', '存成视图', '已列出', '收件箱']) {
      expect(said, word).not.to.include(word);
    }
    expect(await page.getByRole('navigation', { name: '主导航' }).isVisible()).to.equal(false);
    if (shots) await page.screenshot({ path: `${shots}/worklist-printed.png` });
    await page.emulateMedia({ media: null });

    await page.setViewportSize(phone);
    expect(await page.getByRole('button', { name: '导出 CSV' }).isVisible()).to.equal(false);
    await page.getByRole('button', { name: '查找和筛选（1 项）' }).click();
    await page.getByRole('search').getByRole('button', { name: '导出 CSV' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(phone.width);
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    if (shots) await page.screenshot({ path: `${shots}/worklist-take-away-phone.png` });
    await save('导出 CSV');
    expect(complaints).to.deep.equal([]);
  });

  async function read(page: Page, path: string) {
    const body = (await (await page.request.get(`${served().url}${path}`)).json()) as {
      person?: { name: string; login: string };
      total?: number;
      items?: { id: string }[];
    };
    return { ...body, actor: body.person ? actorName(body.person) : '' };
  }
});
