/** The map of a place: with only the city's boundaries, and with the city's own tiles; no other server is asked. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { after, before } from 'mocha';
import sharp from 'sharp';
import { createApp, listen, type Listening } from '../../src/http/index.js';
import { loadBoundaries } from '../../src/measures/warning/index.js';
import { addResidents } from '../support/residents.js';
import { useSystem } from '../support/system.js';
import { findingsAtBothWidths, seriousFindings } from './axe.js';
import { useBrowser } from './visit.js';

const ring = [
  [117, 36.6],
  [117.2, 36.6],
  [117.2, 36.8],
  [117, 36.8],
  [117, 36.6],
];
const boundaries = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    { type: 'Feature', properties: { name: '高新区' }, geometry: { type: 'Polygon', coordinates: [ring] } },
  ],
});

/** Chromium's software renderer reports on its own speed. */
const isOurs = (complaint: string): boolean => !complaint.startsWith('[.WebGL-');

describe('控制台：地图', () => {
  const system = useSystem({ at: '2026-03-02T10:00:00+08:00' });
  let plain: Listening;
  let tiled: Listening;
  let tiles: Server;
  let tilesUrl: string;
  const asked = new Set<string>();
  before(async () => {
    await addResidents(system().identity);
    await loadBoundaries(system(), boundaries, '测试');
    const picture = await sharp({ create: { width: 256, height: 256, channels: 3, background: '#7fa37f' } })
      .png()
      .toBuffer();
    tiles = createServer((request, response) => {
      asked.add(request.url ?? '');
      response.writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*' });
      response.end(picture);
    });
    await new Promise<void>((resolve) => tiles.listen(0, '127.0.0.1', resolve));
    tilesUrl = `http://127.0.0.1:${(tiles.address() as AddressInfo).port}`;
    const mapTiles = { url: `${tilesUrl}/{z}/{x}/{y}.png`, attribution: '某市测绘院' };
    plain = await listen(createApp(system()), { host: '127.0.0.1', port: 0 });
    tiled = await listen(createApp({ ...system(), mapTiles }), { host: '127.0.0.1', port: 0 });
  });
  after(async () => {
    await plain.close();
    await tiled.close();
    tiles.close();
  });
  const onPlain = useBrowser(() => ({ url: plain.url, system: system() }));
  const onTiled = useBrowser(() => ({ url: tiled.url, system: system() }));
  const drawn = '.map[data-drawn]';

  it('受理时在图上指：鼠标点、键盘移都行，记作 WGS-84；承办单位在工单页看图，宽窄屏幕都是', async () => {
    const { page, complaints } = await onPlain('/intake', 'shouli');
    const form = page.getByRole('form', { name: '诉求' });
    await form.getByLabel('事项内容').fill('路口的消防栓漏水，路面已经结冰。');
    await form.getByLabel('承办单位（多个').fill('市水务局');
    await form.getByText('在地图上指').click();
    await form.locator(drawn).waitFor();
    const point = form.getByLabel('经度，纬度');
    await form.getByRole('region', { name: '在地图上指' }).focus();
    await form.getByRole('button', { name: '以图的中心为准' }).press('Enter');
    expect(await point.inputValue(), 'the middle of the boundaries').to.match(/^117\.1, 36\.70\d*$/);
    await form.locator(drawn).click({ position: { x: 40, y: 60 } });
    await form.locator('.pin').waitFor();
    const picked = await point.inputValue();
    expect(picked)
      .to.match(/^11[67]\.\d{1,6}, 36\.\d{1,6}$/)
      .and.not.match(/^117\.1, /);
    expect(await form.getByLabel('坐标系').inputValue()).to.equal('WGS-84');
    expect(await findingsAtBothWidths(page)).to.deep.equal([]);
    await page.keyboard.press('Control+Enter');
    const place = page.getByRole('group', { name: '事发地点' });
    await place.waitFor();
    const no = (await page.locator('header strong.number').first().innerText()).trim();

    const unit = await onPlain(`/work-orders/${no}`, 'chengban');
    for (const viewport of [
      { width: 1366, height: 768 },
      { width: 390, height: 844 },
    ]) {
      await unit.page.setViewportSize(viewport);
      await unit.page.reload();
      const seen = unit.page.getByRole('group', { name: '事发地点' });
      expect(await seen.innerText()).to.contain(`${picked}(WGS-84)`);
      // Shown at once if there is room; on a telephone on request.
      if (viewport.width < 761) await seen.getByText('在地图上看').click();
      await seen.locator(drawn).waitFor();
      await seen.locator('.pin').waitFor();
      await seen.getByText('高新区', { exact: true }).waitFor();
      expect(await unit.page.evaluate('document.documentElement.scrollWidth')).to.equal(viewport.width);
      expect(await seriousFindings(unit.page)).to.deep.equal([]);
      if (process.env.HOTLINE_SHOTS) {
        await unit.page.screenshot({ path: `${process.env.HOTLINE_SHOTS}/map-${viewport.width}.png` });
      }
    }
    expect(
      [...complaints, ...unit.complaints].filter(isOurs),
      'nothing outside, nothing against the policy',
    ).to.deep.equal([]);
  });

  it('设了图源：只向它要图，写明图是谁的', async () => {
    const { page, complaints } = await onTiled('/intake', 'shouli');
    const form = page.getByRole('form', { name: '诉求' });
    await form.getByText('坐标', { exact: true }).click();
    await form.getByLabel('经度，纬度').fill('117.1205, 36.68');
    await form.getByLabel('坐标系').selectOption('CGCS2000');
    await form.getByText('在地图上指').click();
    await form.locator(drawn).waitFor();
    await form.getByText('某市测绘院').waitFor();
    expect(
      [...asked].some((path) => /^\/1[56]\/\d{5}\/\d{5}\.png$/.test(path)),
      [...asked].join(),
    ).to.equal(true);
    expect(complaints.filter((one) => isOurs(one) && !one.startsWith(tilesUrl))).to.deep.equal([]);
    if (process.env.HOTLINE_SHOTS)
      await page.screenshot({ path: `${process.env.HOTLINE_SHOTS}/map-tiles.png` });
  });
});
