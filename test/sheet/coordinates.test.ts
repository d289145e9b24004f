/** Published values: README of coordtransform 2.1.2 (wandergis); gcoord 1.0.7 (hujiulong) gives the same. */
import { expect } from 'chai';
import {
  gcj02OfWgs84,
  isInside,
  metresBetween,
  pointFault,
  toWgs84,
  wgs84OfGcj02,
} from '../../src/sheet/coordinates.js';

const at = (longitude: number, latitude: number) => ({ longitude, latitude });

describe('坐标：WGS-84、CGCS2000、GCJ-02', () => {
  it('WGS-84 换成 GCJ-02 与公布的值一致', () => {
    const published = [
      [at(116.404, 39.915), at(116.41024449916938, 39.91640428150164)],
      [at(121.5272106, 31.1774276), at(121.531541859215, 31.17530398364597)],
      [at(117.0006, 36.6756), at(117.00644577247476, 36.67586945758774)],
    ] as const;
    for (const [given, wanted] of published) {
      const found = gcj02OfWgs84(given);
      expect(found.longitude).to.be.closeTo(wanted.longitude, 1e-10);
      expect(found.latitude).to.be.closeTo(wanted.latitude, 1e-10);
    }
  });

  it('换回来差不到一毫米，全国各处都是', () => {
    for (let longitude = 75; longitude < 135; longitude += 4.7) {
      for (let latitude = 5; latitude < 53; latitude += 3.9) {
        const back = wgs84OfGcj02(gcj02OfWgs84(at(longitude, latitude)));
        expect(metresBetween(back, at(longitude, latitude))).to.be.lessThan(0.001);
      }
    }
  });

  it('在济南，GCJ-02 的坐标当作 WGS-84 用，差五百多米', () => {
    const spot = at(117.0006, 36.6756);
    expect(metresBetween(spot, gcj02OfWgs84(spot))).to.be.within(500, 560);
  });

  it('CGCS2000 与 WGS-84 相差几厘米，作相同处理；GCJ-02 换算；都留到七位小数', () => {
    const given = at(117.02064321, 36.670_123_456_78);
    const kept = at(117.0206432, 36.6701235);
    expect(toWgs84({ ...given, system: 'WGS-84' })).to.deep.equal(kept);
    expect(toWgs84({ ...given, system: 'CGCS2000' })).to.deep.equal(kept);
    const shifted = toWgs84({ ...gcj02OfWgs84(given), system: 'GCJ-02' });
    expect(metresBetween(shifted, given)).to.be.lessThan(0.02);
  });

  it('距离：纬度一度约 111.2 公里，经度一度随纬度缩短；与自己是零', () => {
    expect(metresBetween(at(117, 36), at(117, 37))).to.be.closeTo(111_195, 10);
    expect(metresBetween(at(117, 36.67), at(118, 36.67))).to.be.closeTo(89_190, 30);
    expect(metresBetween(at(117, 36.67), at(117.001, 36.67))).to.be.closeTo(89.2, 0.1);
    expect(metresBetween(at(117, 36), at(117, 36))).to.equal(0);
  });

  it('经纬度写反的说得出，不在我国境内的说得出，境内的没有毛病', () => {
    expect(pointFault(at(117, 36.67))).to.equal(undefined);
    expect(pointFault(at(36.67, 117))?.what).to.contain('写反');
    expect(pointFault(at(36.67, 117))?.remedy).to.contain('经度 117、纬度 36.67');
    expect(pointFault(at(2.35, 48.86))?.what).to.contain('不在我国境内');
    expect(pointFault(at(11_702, 3667))?.remedy).to.contain('小数点');
  });

  it('一点在不在边界之内：凹的、有洞的、几块的都算得对', () => {
    const square = (west: number, south: number, side: number): [number, number][] => [
      [west, south],
      [west + side, south],
      [west + side, south + side],
      [west, south + side],
      [west, south],
    ];
    const area = [square(0, 0, 10), square(4, 4, 2), square(20, 0, 5)];
    expect(isInside(at(1, 1), area)).to.equal(true);
    expect(isInside(at(5, 5), area)).to.equal(false);
    expect(isInside(at(22, 3), area)).to.equal(true);
    expect(isInside(at(15, 3), area)).to.equal(false);
    const concave: [number, number][] = [
      [0, 0],
      [10, 0],
      [10, 10],
      [5, 2],
      [0, 10],
    ];
    expect(isInside(at(5, 5), [concave])).to.equal(false);
    expect(isInside(at(1, 5), [concave])).to.equal(true);
  });
});
