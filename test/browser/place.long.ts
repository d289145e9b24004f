/** 事发地点: entered at intake; the unit sees it without unmasking the caller. */
import { expect } from 'chai';
import { sequence } from '../../src/accountability/index.js';
import { followMatters, loadBoundaries } from '../../src/measures/warning/index.js';
import { addResidents } from '../support/residents.js';
import { accept, useServer, waterCut } from '../http/serving.js';
import { findingsAtBothWidths, seriousFindings } from './axe.js';
import { useBrowser } from './visit.js';

describe('控制台：事发地点', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);
  before(() => addResidents(served().system.identity));

  it('受理时写地点、粘贴坐标、选坐标系；承办单位的人在工单页直接看得到，宽窄屏幕都是', async () => {
    const { page, complaints } = await visit('/intake', 'shouli');
    const form = page.getByRole('form', { name: '诉求' });
    await form.getByLabel('事项内容').fill('路口的消防栓漏水，路面已经结冰。');
    await form.getByLabel('来电人地址').fill('某路九八号二单元');
    await form.getByLabel('事发地点').fill('泉城路与县西巷路口西北角');
    await form.getByText('坐标', { exact: true }).click();
    await form.getByLabel('经度，纬度').fill('117.0297, 36.6683');
    expect(await page.locator('details select:invalid').count(), 'a point without its system').to.equal(1);
    await form.getByLabel('坐标系').selectOption('GCJ-02');
    await form.getByLabel('承办单位（多个').fill('市水务局');
    expect(await findingsAtBothWidths(page)).to.deep.equal([]);
    await page.keyboard.press('Control+Enter');
    const place = page.getByRole('group', { name: '事发地点' });
    await place.waitFor();
    const no = (await page.locator('header strong.number').first().innerText()).trim();

    const unit = await visit(`/work-orders/${no}`, 'chengban');
    for (const viewport of [
      { width: 1366, height: 768 },
      { width: 390, height: 844 },
    ]) {
      await unit.page.setViewportSize(viewport);
      const seen = unit.page.getByRole('group', { name: '事发地点' });
      await seen.waitFor();
      expect(await seen.innerText())
        .to.contain('泉城路与县西巷路口西北角')
        .and.contain('117.0297, 36.6683(GCJ-02)')
        .and.contain('WGS-84 117.023');
      expect(await unit.page.evaluate('document.documentElement.scrollWidth')).to.equal(viewport.width);
      expect(await seriousFindings(unit.page)).to.deep.equal([]);
    }
    expect(await unit.page.content()).not.to.contain('某路九八号');
    expect([...complaints, ...unit.complaints]).to.deep.equal([]);
  });

  it('写反的经纬度：照改的一句话就在表单里；就在来电人地址的，选了才行', async () => {
    const { page } = await visit('/intake', 'shouli');
    const form = page.getByRole('form', { name: '诉求' });
    await form.getByLabel('事项内容').fill('家里没有水，想知道什么时候来。');
    expect(await form.getByLabel('就在来电人地址').count()).to.equal(0);
    await form.getByLabel('来电人地址').fill('某路九八号二单元');
    await form.getByText('先登记，稍后定').click();
    await form.getByText('坐标', { exact: true }).click();
    await form.getByLabel('经度，纬度').fill('36.6683, 117.0297');
    await form.getByLabel('坐标系').selectOption('WGS-84');
    await form.getByRole('button', { name: '受理' }).click();
    await form.getByText('经纬度写反了').waitFor();
    await form.getByText('经度 117.0297、纬度 36.6683').waitFor();
    await form.getByLabel('经度，纬度').fill('117.0297, 36.6683');
    await form.getByLabel('事发地点').fill('某路九八号二单元');
    await form.getByRole('button', { name: '受理' }).click();
    await form.getByText('事发地点里写的是来电人的地址').waitFor();
    await form.getByLabel('就在来电人地址').check();
    await form.getByRole('button', { name: '受理' }).click();
    const place = page.getByRole('group', { name: '事发地点' });
    await place.getByText('某路九八号二单元').waitFor();
  });

  it('写了坐标，附近的工单就在旁边', async () => {
    const point = { longitude: 117.12, latitude: 36.68, system: 'WGS-84' };
    const about = { ...waterCut, title: '路口积水很深', place: { point } };
    const { no } = (await accept(served().url, about)).sheet;
    const { page } = await visit('/intake', 'shouli');
    const form = page.getByRole('form', { name: '诉求' });
    await form.getByText('坐标', { exact: true }).click();
    await form.getByLabel('经度，纬度').fill('117.1205, 36.68');
    await form.getByLabel('坐标系').selectOption('CGCS2000');
    const nearby = page.locator('section', { has: page.getByRole('heading', { name: '附近的工单' }) }).last();
    await nearby.getByText(no).waitFor();
    expect(await nearby.innerText()).to.match(/约 4[45] 米/);
  });

  it('诉求地图：打开一个数字，登记了坐标的是图上的点；看不到工单的人没有点，来电人地址的没有点', async () => {
    const { system, url } = served();
    const ring = [
      [117, 36.6],
      [117.2, 36.6],
      [117.2, 36.8],
      [117, 36.8],
      [117, 36.6],
    ];
    const geometry = { type: 'Polygon', coordinates: [ring] };
    const feature = { type: 'Feature', properties: { name: '高新区' }, geometry };
    await loadBoundaries(system, JSON.stringify({ type: 'FeatureCollection', features: [feature] }), '测试');
    const point = { longitude: 117.1, latitude: 36.7, system: 'WGS-84' };
    await accept(url, { ...waterCut, place: { address: '舜华路地下通道', point } });
    await accept(url, { ...waterCut, callerAddress: '某路九八号', place: { ofCaller: true, point } });
    await sequence(system.database);
    while ((await followMatters(system)) > 0);
    const { page, complaints } = await visit('/shared-data', 'duban');
    await page.getByRole('button', { name: '高新区 未归类 2 件' }).click();
    await page.getByText('舜华路地下通道').waitFor();
    await page.getByText('登记了坐标的 1 件').waitFor();
    expect(await page.locator('svg circle').count()).to.equal(1);
    expect(await page.content()).not.to.contain('某路九八号');
    expect(await findingsAtBothWidths(page)).to.deep.equal([]);
    const unit = await visit('/shared-data', 'chengban');
    await unit.page.getByRole('button', { name: '高新区 未归类 2 件' }).click();
    await unit.page.getByText('其中没有您看得到的工单').waitFor();
    expect(await unit.page.locator('svg circle').count()).to.equal(0);
    expect([...complaints, ...unit.complaints]).to.deep.equal([]);
  });

  it('地点里的脚本只是字', async () => {
    const address = '"><img/src="x"/onerror="window.__ran=1">';
    const { no } = (await accept(served().url, { ...waterCut, place: { address } })).sheet;
    const { page, complaints } = await visit(`/work-orders/${no}`, 'shouli');
    await page.getByRole('group', { name: '事发地点' }).getByText(address).waitFor();
    expect(await page.evaluate('window.__ran')).to.equal(undefined);
    expect(complaints).to.deep.equal([]);
  });
});
