/** `HOTLINE_MAP_TILES`: accepted and refused values, and the servers that pages may then ask. */
import { expect } from 'chai';
import { createApp, listen, mapTilesOf } from '../../src/http/index.js';
import { useSystem } from '../support/system.js';

describe('地图的图源', () => {
  const system = useSystem();
  const url = 'https://tiles.example.gov.cn:8443/{z}/{x}/{y}.png?key=1';

  it('没有设的没有；缺 {z}、{x}、{y} 的，不是网址的，不收并说明怎样写', () => {
    expect(mapTilesOf(undefined, '某市')).to.equal(undefined);
    expect(mapTilesOf('  ', undefined)).to.equal(undefined);
    for (const wrong of [
      'https://tiles.example.gov.cn/{z}/{x}.png',
      '/{z}/{x}/{y}',
      'ftp://a/{z}/{x}/{y}',
      'https://{z}/{x}/{y}',
    ]) {
      expect(() => mapTilesOf(wrong, ''), wrong)
        .to.throw('不能用作地图的图源')
        .with.property('code', 'usage.invalid');
    }
  });

  it('安全策略只多放行图源的主机；地图的答复附上图源', async () => {
    const mapTiles = mapTilesOf(url, ' 某市测绘院 ');
    if (!mapTiles) throw new Error('taken');
    const server = await listen(createApp({ ...system(), mapTiles }), { host: '127.0.0.1', port: 0 });
    try {
      const policy = (await fetch(`${server.url}/sign-in`)).headers.get('content-security-policy') ?? '';
      const outside = policy.split(';').filter((one) => one.includes('example.gov.cn'));
      expect(outside).to.deep.equal([
        "img-src 'self' data: https://tiles.example.gov.cn:8443",
        "connect-src 'self' https://tiles.example.gov.cn:8443",
      ]);
      expect(mapTiles.attribution).to.equal('某市测绘院');
    } finally {
      await server.close();
    }
  });
});
