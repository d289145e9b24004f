/** 新城市: from the text of an invented law to the downloaded package. */
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { newPackage, readActs, readAnswers, readLaw } from '../../src/design/package/index.js';
import { leastLaw } from '../support/invented-laws.js';
import { useServer } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：由条文写出新的城市', () => {
  const served = useServer();
  const visit = useBrowser(served);

  it('交上条文，逐条核对建议，写城市的名称，下载的条例包与命令写出的逐字节相同', async () => {
    const { page, complaints } = await visit('/new-cities', 'bianji');
    await page.getByText('还没有草稿').waitFor();
    expect(await foreignWords(page)).to.deep.equal([]);
    const text = page.getByLabel('条文：题目在第一行，条、款、项各自成行');
    await text.fill(leastLaw.text.replace('第三条 本办法', '第二条 本办法'));
    await page.getByRole('button', { name: '读条文，开始回答' }).click();
    await page.getByText(/第 6 行：第二条写了两次，第 5 行已经有.*怎么办：/).waitFor();
    await text.fill(leastLaw.text);
    await page.getByRole('button', { name: '读条文，开始回答' }).click();
    await page.getByText('答了 0/3 条').waitFor();

    const articles = page.getByRole('navigation', { name: '各条' });
    const one = page.getByRole('form', { name: '回答这一条' });
    await articles.getByRole('button', { name: '第三条 没有回答' }).click();
    await one.getByLabel('为什么不约束（如：立法目的）').fill('施行日期');
    await one.getByRole('button', { name: '存这一条' }).click();
    await articles.getByRole('button', { name: '第三条 已答' }).waitFor();
    await articles.getByRole('button', { name: '第一条 建议待核对' }).click();
    await one.getByRole('button', { name: '核对过了，存' }).click();
    await articles.getByRole('button', { name: '第一条 已答' }).waitFor();

    await articles.getByRole('button', { name: '第二条 没有回答' }).click();
    await one.getByLabel('约束', { exact: true }).check();
    await one.getByLabel('承办单位', { exact: true }).check();
    await one.getByLabel(/^程序里的哪件事/).selectOption('办理，并在期限内答复诉求人、反馈热线');
    await one.getByLabel(/^多长时间内/).selectOption('几个自然日');
    await one.getByRole('spinbutton', { name: '几个自然日' }).fill('31');
    await one.getByRole('button', { name: '存这一条' }).click();
    await page.getByText('条文写的是 30 个自然日，答的是 31 个自然日').waitFor();
    await articles.getByRole('button', { name: '第二条 有错' }).waitFor();
    expect(await foreignWords(page)).to.deep.equal([]);
    await one.getByRole('spinbutton', { name: '几个自然日' }).fill('30');
    await one.getByRole('button', { name: '存这一条' }).click();
    await articles.getByRole('button', { name: '第二条 已答' }).waitFor();

    await articles.getByRole('button', { name: '城市和叫法、写出' }).click();
    await page.getByLabel('代号（小写字母，如拼音）').fill('qingchuan');
    await page.getByLabel('名称的写法（以顿号分开）').fill('青川、qingchuan');
    await page.getByLabel('义务编号的字母（一个大写）').fill('Q');
    await page.getByRole('button', { name: '存', exact: true }).click();
    await page.getByText('解压以后核对').waitFor();
    expect(await seriousFindings(page)).to.deep.equal([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).to.equal(true);

    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载条例包' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).to.equal('qingchuan.zip');
    const files = unzipSync(new Uint8Array(await readFile(await download.path())));
    const law = readLaw(leastLaw.text);
    const { articles: suggested } = await answersOf();
    const given = { ...(leastLaw.answers as object), titles: {}, parties: readActs().parties };
    const answers = readAnswers(JSON.stringify({ ...given, articles: suggested }), '回答');
    expect(Object.entries(files).map(([path, content]) => [path, strFromU8(content)])).to.deep.equal(
      [...newPackage(law, readActs(), answers)].map(([path, content]) => [`qingchuan/${path}`, content]),
    );
    expect(complaints.filter((one) => !one.includes('422'))).to.deep.equal([]);
  });

  it('期限依情形不同、可以延期的，在屏上答，条例包里有', async () => {
    const { page, complaints } = await visit('/new-cities', 'bianji');
    const text = leastLaw.text.replace(
      '三十日内办结',
      '五个工作日内办结，特急的二小时，延期的合计不超过两个月',
    );
    await page.getByLabel('条文：题目在第一行，条、款、项各自成行').fill(text);
    await page.getByRole('button', { name: '读条文，开始回答' }).click();
    const articles = page.getByRole('navigation', { name: '各条' });
    const one = page.getByRole('form', { name: '回答这一条' });
    await articles.getByRole('button', { name: /^第二条/ }).click();
    await one.getByLabel('约束', { exact: true }).check();
    await one.getByLabel('承办单位', { exact: true }).check();
    await one.getByLabel(/^程序里的哪件事/).selectOption('办理，并在期限内答复诉求人、反馈热线');
    await one.getByLabel('不同的情形，期限不同').check();
    const first = one.getByRole('group', { name: '第 1 种情形' });
    await first.getByLabel('什么情形').selectOption({ label: '轻重缓急（不填为一般）：特急' });
    await first.getByLabel(/^多长时间内/).selectOption('几小时');
    await first.getByRole('spinbutton', { name: '几小时' }).fill('2');
    await first.getByRole('spinbutton', { name: '几小时' }).blur();
    await one.getByLabel('可以延期').check();
    await one.getByLabel('到期以前申请').check();
    const extended = one.getByRole('group', { name: '怎样延期' });
    await extended.getByLabel('延期以后，合计不超过').selectOption('几个月');
    await extended.getByRole('spinbutton', { name: '几个月' }).fill('2');
    await extended.getByRole('spinbutton', { name: '几个月' }).blur();
    await one.getByText('程序还为什么引用它').click();
    await one.getByLabel('知识库', { exact: true }).check();
    expect(await foreignWords(page)).to.deep.equal([]);
    expect(await seriousFindings(page)).to.deep.equal([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).to.equal(true);
    await one.getByRole('button', { name: '核对过了，存' }).click();
    await articles.getByRole('button', { name: '第二条 已答' }).waitFor();
    await articles.getByRole('button', { name: /^第一条/ }).click();
    await one.getByRole('button', { name: '核对过了，存' }).click();
    await articles.getByRole('button', { name: '第一条 已答' }).waitFor();
    await articles.getByRole('button', { name: /^第三条/ }).click();
    await one.getByLabel('为什么不约束（如：立法目的）').fill('施行日期');
    await one.getByRole('button', { name: '存这一条' }).click();
    await articles.getByRole('button', { name: '第三条 已答' }).waitFor();
    await articles.getByRole('button', { name: '城市和叫法、写出' }).click();
    await page.getByLabel('代号（小写字母，如拼音）').fill('qingchuan');
    await page.getByLabel('名称的写法（以顿号分开）').fill('青川');
    await page.getByLabel('义务编号的字母（一个大写）').fill('Q');
    await page.getByRole('button', { name: '存', exact: true }).click();
    await page.getByText('解压以后核对').waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载条例包' }).click();
    const files = unzipSync(new Uint8Array(await readFile(await (await downloading).path())));
    const contentOf = (name: string): unknown =>
      JSON.parse(strFromU8(files[`qingchuan/regulation/catalogue/2026/${name}.json`] ?? new Uint8Array()));
    const { articles: written } = contentOf('chapter-1') as { articles: { norms: object[] }[] };
    expect(written[1]?.norms[0]).to.deep.include({
      limit: [
        { when: { deed: 'dispatch.decided', facts: { urgency: 'critical' } }, hours: 2 },
        { days: 5, of: 'working' },
      ],
      extension: { ...readActs().extension, asked: 'before-due', inAll: { months: 2 } },
    });
    const { purposes } = contentOf('purposes') as { purposes: Record<string, string[]> };
    expect(purposes.knowledge).to.deep.equal(['art2.p1']);
    expect(complaints).to.deep.equal([]);
  });

  /** As stored. */
  async function answersOf(): Promise<{ articles: object }> {
    const { rows } = await served().system.database.pool.query<{ answers: { articles: object } }>(
      'SELECT answers FROM hotline.package_draft',
    );
    return rows[0]?.answers ?? { articles: {} };
  }
});
