/** The callers' page on a telephone: filing with photos and a position, and what a caller does afterwards. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { answered, post, send, useServer, type WorkOrderView } from '../http/serving.js';
import * as files from '../support/sample-files.js';
import { addResidents } from '../support/residents.js';
import { findingsAtBothWidths, seriousFindings } from './axe.js';
import { foreignWords, useBrowser } from './visit.js';

const phone = { width: 360, height: 780 };

describe('来电人的页面，在手机上', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00', filing: { filing: true, work: 4 } });
  const visit = useBrowser(served);
  before(() => addResidents(served().system.identity));

  const onPhone = async (path: string) => {
    const visited = await visit(path);
    await visited.page.setViewportSize(phone);
    return visited;
  };
  const fits = async (page: Page): Promise<void> => {
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(phone.width);
    expect((await seriousFindings(page)).join('\n')).to.equal('');
  };
  const shot = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['HOTLINE_SHOTS'];
    if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  };
  const orderOf = async (no: string) =>
    (await send(served().url, `/api/work-orders/${no}`)).json as WorkOrderView;

  it('带两张照片和位置提出，记下编号和查询码，随即查到；补充、催办，受理人员在工单页看到', async () => {
    const { page, complaints } = await onPhone('/query');
    await page.context().grantPermissions(['geolocation'], { origin: served().url });
    await page.context().setGeolocation({ longitude: 117.02064, latitude: 36.67012 });
    await page.getByRole('link', { name: '提出诉求' }).click();
    await page.getByRole('heading', { name: '提出诉求' }).waitFor();
    await page.getByRole('radio', { name: '求助' }).check();
    await page.getByLabel('什么事').fill('路口的井盖没有了，夜里看不见。');
    await page.getByLabel('地点（写到').fill('泉城路与县西巷路口');
    await page.getByRole('button', { name: '用我现在的位置' }).click();
    await page.getByText('已取得位置').waitFor();
    await page.getByLabel('手机或者邮箱').fill('13900005678');
    await page.getByLabel('照片、文件').setInputFiles([
      { name: '井盖.png', mimeType: 'image/png', buffer: await files.photo(640, 480) },
      { name: '路口.png', mimeType: 'image/png', buffer: await files.photo(641, 480) },
    ]);
    await fits(page);
    expect(await foreignWords(page)).to.deep.equal([]);
    await shot(page, 'caller-filing');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText('请记下编号和查询码').waitFor();
    await page.getByText('✓ 已传 井盖.png').waitFor();
    await page.getByText('✓ 已传 路口.png').waitFor();
    await fits(page);
    await shot(page, 'caller-filed');
    const told = await page.getByRole('status').first().innerText();
    const no = /\d{8}-\d{6}/.exec(told)?.[0] ?? expect.fail(told);
    expect(told).to.match(/\d{4} \d{4} \d{4}/);
    const order = await orderOf(no);
    expect(order.sheet).to.include({ channel: 'app', kind: 'help', language: 'zh' });
    expect(order.sheet.place?.given).to.deep.equal({
      longitude: 117.02064,
      latitude: 36.67012,
      system: 'WGS-84',
    });
    expect(order.trail.filter(({ type }) => type === 'attachment.added')).to.have.length(2);

    await page.getByRole('button', { name: '查看进度' }).click();
    await page.getByText('已受理，正在登记、转办').waitFor();
    await page.getByLabel('补充情况').fill('旁边的路灯也不亮。');
    await page.getByRole('button', { name: '提交补充' }).click();
    await page.getByText('已经收到').waitFor();
    await page.getByRole('button', { name: '催办' }).click();
    await page.getByRole('button', { name: '催办' }).waitFor({ state: 'detached' });
    await page.getByText(/^2026-03-02 10:00 催办$/).waitFor();
    await fits(page);
    await shot(page, 'caller-progress');
    expect(complaints).to.deep.equal([]);

    const agent = await visit(`/work-orders/${no}`, 'shouli');
    const said = agent.page.getByRole('region', { name: '来电人后来说的' });
    await said.getByText('旁边的路灯也不亮。').waitFor();
    expect(await said.innerText()).to.include('催办');
    await agent.page.getByRole('img', { name: '来电人提供：井盖.jpg' }).waitFor();
    expect((await findingsAtBothWidths(agent.page)).join('\n')).to.equal('');
    await agent.page.goto(`${served().url}/worklist`);
    await agent.page.getByText('催办 1 次').waitFor();
    await shot(agent.page, 'caller-worklist');
  });

  it('断了网再提交：一张工单；换了语言照样填，语言记在工单上', async () => {
    const { page } = await onPhone('/query/new?lang=fr');
    await page.getByRole('heading', { name: 'Faire une demande' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).to.equal('fr');
    await page.getByRole('radio', { name: 'Demande d’aide' }).check();
    await page.getByLabel('De quoi s’agit-il').fill('Une plaque d’égout manque.');
    await fits(page);
    let lost = 0;
    await page.route('**/api/caller-filing/requests', async (route) => {
      if (lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
    await page.getByText('Pas de connexion').waitFor();
    await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
    await page.getByText('Notez le numéro et le code').waitFor();
    const { rows } = await served().system.database.pool.query<{ language: string }>(
      "SELECT language FROM hotline.work_order WHERE content LIKE 'Une plaque%'",
    );
    expect(rows).to.deep.equal([{ language: 'fr' }]);
    const agent = await visit('/worklist?language=fr', 'shouli');
    const row = agent.page.getByRole('row', { name: /Une plaque/ });
    await row.getByText('法文', { exact: true }).waitFor();
    await row.click();
    await agent.page.getByRole('dialog').getByTitle('用法文答复来电人').waitFor();
    for (const [name, heading] of [
      ['English', 'Accepted'],
      ['Русский', 'Принято'],
      ['Deutsch', 'Angenommen'],
      ['中文', '已受理'],
    ] as const) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('heading', { name: heading }).waitFor();
      await fits(page);
    }
  });

  it('第三十四条：查便民信息；写了什么事，已有答案的随即看得到，不妨碍提交；内部的条目都没有', async () => {
    const { url } = served();
    const entry = {
      ...{ unit: '市水务局', title: '井盖丢失找谁', reviewOn: '2027-01-01', forPublic: true },
      body: '道路上的井盖丢失、损坏，先远离，再拨打 12345；夜间也有人值守，两小时内到场围挡。',
    };
    answered('addKnowledge', await post(url, '/api/knowledge', entry));
    const internal = { ...entry, title: '井盖责任内部口径', forPublic: false };
    answered('addKnowledge', await post(url, '/api/knowledge', internal));
    const { page, complaints } = await onPhone('/query');
    await page.getByRole('link', { name: '便民信息' }).click();
    await page.getByRole('searchbox').fill('井盖');
    await page.keyboard.press('Enter');
    await page.getByText('井盖丢失找谁').click();
    await page.getByText('两小时内到场围挡').waitFor();
    expect(await page.locator('main').innerText()).not.to.match(/内部口径|市水务局/);
    await fits(page);
    expect(await foreignWords(page)).to.deep.equal([]);
    await shot(page, 'caller-answers');
    await page.getByRole('searchbox').fill('护照');
    await page.keyboard.press('Enter');
    await page.getByText('没有找到').waitFor();

    await page.getByRole('link', { name: '提出诉求' }).click();
    await page.getByRole('radio', { name: '求助' }).check();
    await page.getByLabel('什么事').fill('门口的井盖丢失了找谁');
    await page.getByLabel('地点（写到').focus();
    const maybe = page.getByRole('region', { name: '也许已有答案' });
    await maybe.getByText('井盖丢失找谁').click();
    await maybe.getByText('两小时内到场围挡').waitFor();
    await fits(page);
    await shot(page, 'caller-may-fit');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText('请记下编号和查询码').waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('只用键盘：从网址到提交；五种语言的表单都没有横向滚动', async () => {
    const { page } = await onPhone('/query/new');
    await page.getByRole('heading', { name: '提出诉求' }).waitFor();
    await page.getByRole('radio', { name: '咨询' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('医保卡丢了怎么补办');
    await page.getByRole('button', { name: '提交', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('请记下编号和查询码').waitFor();
    for (const lang of ['en', 'fr', 'ru', 'de']) {
      for (const path of ['/query', '/query/new', '/query/answers']) {
        await page.goto(`${served().url}${path}?lang=${lang}`);
        await page.getByRole('heading').first().waitFor();
        await page.getByRole('link').first().waitFor();
        await fits(page);
      }
    }
    await shot(page, 'caller-german');
  });
});
