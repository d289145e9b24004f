/** 预警热点, 共享数据 in the browser: a warning appears on the open page and is handled; a number opens its sheets. */
import { expect } from 'chai';
import { sequence } from '../../src/accountability/index.js';
import { followMatters } from '../../src/measures/warning/index.js';
import { accept, post, useServer } from '../http/serving.js';
import { newcomer } from '../support/people.js';
import { useBrowser } from './visit.js';

const csv = '编码,名称,上级编码,行业\nS,公用事业,,\nS1,供水,S,供水\nN,噪声扰民,,环保\nN1,夜间施工,N,环保\n';
const shots = process.env['HOTLINE_SHOTS'];

describe('控制台：预警热点、共享数据', () => {
  const served = useServer({ at: '2026-03-02T09:00:00+08:00' });
  const visit = useBrowser(served);
  let callers = 0;
  const call = (about: object) =>
    accept(served().url, {
      channel: 'phone',
      kind: 'help',
      content: '来电内容',
      callerName: '来电人甲',
      callerContact: `1390000${String(++callers).padStart(4, '0')}`,
      ...about,
    });
  const follow = async (): Promise<void> => {
    await sequence(served().system.database);
    while ((await followMatters(served().system)) > 0);
  };

  before(async () => {
    await post(served().url, '/api/classification/versions', { csv, title: '测试分类' });
    await served().system.identity.people.addUnit({ name: '历下水务中心', kind: 'department' }, '测试');
    for (const district of ['历下区', '历下区', '市中区']) {
      await call({ title: '夜里施工', district, class: 'N1' });
    }
    await call({ title: '停水', district: '历下区', class: 'S1' });
    await call({ title: '家里停水', district: '历下区', class: 'S1' });
    await follow();
  });

  it('第三件停水一到，开着的页面自己出现预警；打开所依据的工单，建议专题研究，单位在自己的页面答复', async () => {
    const { page, complaints } = await visit('/warnings', 'duban');
    await page.getByText('没有预警').waitFor();
    await call({ title: '整栋楼停水', district: '历下区', class: 'S1' });
    await follow();
    await page.getByRole('button', { name: /疑似突发：历下区“供水”/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('整栋楼停水').waitFor();
    if (shots) await page.screenshot({ path: `${shots}/warnings.png` });
    await page.getByRole('button', { name: '建议专题研究' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('请哪个单位研究').fill('历下水务中心');
    await dialog.getByLabel(/理由/).fill('同一小区集中停水');
    await dialog.getByRole('button', { name: '建议', exact: true }).click();
    await page.getByText('历下水务中心：历下区“供水”').waitFor();
    expect(complaints).to.deep.equal([]);

    const unit = await newcomer(served().system, {
      login: 'shuiwu',
      unit: '历下水务中心',
      kind: 'department',
      roles: ['handler'],
    });
    const own = await visit('/warnings', unit);
    await own.page.getByRole('button', { name: '开展', exact: true }).click();
    await own.page
      .getByRole('dialog')
      .getByLabel(/怎样开展/)
      .fill('排查管网');
    await own.page.getByRole('dialog').getByRole('button', { name: '答复' }).click();
    await own.page.getByText(/答复开展：排查管网/).waitFor();
    expect(own.complaints).to.deep.equal([]);
  });

  it('共享数据：示意图、区县 × 分类，数字打开看得到的工单；事项分类是表', async () => {
    const { page, complaints } = await visit('/shared-data', 'duban');
    await page.getByRole('button', { name: '历下区 噪声扰民 2 件' }).click();
    await page.getByText('夜里施工').first().waitFor();
    if (shots) await page.screenshot({ path: `${shots}/shared.png` });
    await page.getByRole('button', { name: '事项分类' }).click();
    await page.getByRole('cell', { name: '夜间施工', exact: true }).waitFor();
    const unit = await visit('/shared-data', 'chengban');
    await unit.page.getByRole('button', { name: '历下区 噪声扰民 2 件' }).click();
    await unit.page.getByText('其中没有您看得到的工单').waitFor();
    expect([...complaints, ...unit.complaints]).to.deep.equal([]);
  });
});
