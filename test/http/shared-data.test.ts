/** Shared data (Art 36): what the catalogue lists is what is given out, in every form, and nothing else. */
import { expect } from 'chai';
import { sequence } from '../../src/accountability/index.js';
import { followTrail } from '../../src/measures/assessment/index.js';
import { datasets, sharedData, type Dataset } from '../../src/http/contract/shared-data.js';
import { operations, type OperationId } from '../../src/http/contract/operations.js';
import { followMatters, loadBoundaries } from '../../src/measures/warning/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { refusalFrom } from '../support/refusal.js';
import { accept, answered, post, problemIn, send, useServer } from './serving.js';

const csv = '编码,名称,上级编码,行业\nS,公用事业,,\nS1,"=供水,""管网""",S,供水\n';
const operationOf = {
  requests: 'readSharedRequests',
  repeats: 'readSharedRepeats',
  kinds: 'readSharedKinds',
  handling: 'readSharedHandling',
} as const satisfies Record<Dataset, OperationId>;

describe('http 共享数据', () => {
  const served = useServer({ at: '2026-03-02T09:00:00+08:00' });
  let unit: SignedIn;
  const read = async (dataset: Dataset, query = '') =>
    (
      answered(
        operationOf[dataset],
        await send(served().url, `/api/shared-data/${dataset}${query}`, { as: unit }),
      ) as { items: { [key: string]: string | number }[] }
    ).items;

  before(async () => {
    const { url, system } = served();
    unit = await newcomer(system, {
      login: 'unit',
      unit: '市水务局',
      kind: 'department',
      roles: ['handler'],
    });
    await post(url, '/api/classification/versions', { csv, title: '测试分类' });
    const call = {
      channel: 'phone',
      kind: 'help',
      title: '没有水',
      content: '没有水',
      callerName: '来电人甲',
    };
    const known = { ...call, callerContact: '13988887777', district: '历下区', class: 'S1' };
    // A month before, by somebody else.
    system.clock.moveTo(new Date('2026-02-10T09:00:00+08:00'));
    await accept(url, { ...known, callerContact: '13988887776' });
    system.clock.moveTo(new Date('2026-03-02T09:00:00+08:00'));
    await accept(url, known);
    await accept(url, known);
    await accept(url, { ...call, district: '市中区', class: 'S1' });
    await accept(url, call);
    await sequence(system.database);
    while ((await followMatters(system)) > 0);
    while ((await followTrail(system.database, system.catalogues)) > 0);
  });

  it('目录、接口、CSV 是同一份：四类数据、44 项，一个不多、一个不少', async () => {
    const { url } = served();
    const { classes } = answered(
      'readSharedCatalogue',
      await send(url, '/api/shared-data', { as: unit }),
    ) as {
      classes: { key: Dataset; title: string; items: { key: string; title: string; about: string }[] }[];
    };
    expect(classes.map(({ key }) => key)).to.deep.equal(datasets);
    const listed: string[] = [];
    for (const { key, items } of classes) {
      for (const row of await read(key)) {
        expect(Object.keys(row), key).to.deep.equal(items.map((item) => item.key));
      }
      const text = answered(
        'readSharedCsv',
        await send(url, `/api/shared-data/${key}/csv`, { as: unit }),
      ) as string;
      expect(text.split('\r\n')[0], key).to.equal(`\ufeff${items.map((item) => item.title).join(',')}`);
      listed.push(...items.map((item) => `${key}.${item.key}`));
    }
    expect(listed.length).to.equal(44);
    expect(listed.length).to.equal(
      Object.values(sharedData).flatMap(({ items }) => Object.keys(items)).length,
    );
    for (const id of Object.values(operationOf)) {
      expect(operations[id].scopes).to.deep.equal(['statistics:read']);
    }
  });

  it('数字就是工单的数目：各区县受理几件，其中反复反映几件', async () => {
    expect(await read('requests')).to.deep.equal([
      { period: '2026-03', district: '', area: '', areaName: '未归类', sheets: 1, sheetsBefore: 0 },
      { period: '2026-03', district: '历下区', area: 'S', areaName: '公用事业', sheets: 2, sheetsBefore: 1 },
      { period: '2026-03', district: '市中区', area: 'S', areaName: '公用事业', sheets: 1, sheetsBefore: 0 },
    ]);
    expect(await read('repeats')).to.deep.equal([
      {
        period: '2026-03',
        district: '历下区',
        area: 'S',
        areaName: '公用事业',
        sheets: 2,
        repeated: 1,
        repeatedBefore: 0,
        repeatedShare: 5000,
      },
    ]);
    const kinds = (await read('kinds')).map((row) => [
      row.class,
      row.classPath,
      row.sheets,
      row.sheetsBefore,
    ]);
    expect(kinds).to.have.deep.members([
      ['', '未归类', 1, 0],
      ['S1', '公用事业 / =供水,"管网"', 3, 1],
    ]);
    const handled = (await read('handling')).map(({ district, accepted }) => [district, accepted]);
    expect(handled).to.deep.equal([
      ['', 1],
      ['历下区', 2],
      ['市中区', 1],
    ]);
    expect(await read('requests', '?period=2026-01')).to.deep.equal([]);
  });

  it('里面没有工单编号，没有来电人；CSV 的格子不能成为公式', async () => {
    const { url } = served();
    for (const dataset of datasets) {
      const json = JSON.stringify(await read(dataset));
      const { text } = await send(url, `/api/shared-data/${dataset}/csv`, { as: unit });
      expect(`${json}${text}`).not.to.match(/20260302-|来电人|1398/);
    }
    const { text, headers } = await send(url, '/api/shared-data/kinds/csv?period=2026-03', { as: unit });
    expect(text).to.include(`"'=供水,""管网"""`);
    expect(headers['content-disposition']).to.equal('attachment; filename="kinds-2026-03.csv"');
    expect(problemIn(await send(url, '/api/shared-data/kinds?period=2026-13', { as: unit }))).to.include({
      code: 'assessment.invalid',
    });
    expect((await send(url, '/api/shared-data/callers', { as: unit })).status).to.equal(404);
  });

  it('地图：没有载入边界的按示意图；载入之后是边界，记入轨迹；写错的拒绝，说得出哪里', async () => {
    const { url, system } = served();
    const map = async () =>
      answered('readDistrictMap', await send(url, '/api/district-map', { as: unit })) as {
        districts: { name: string; column: number; row: number }[];
        boundaries: { name: string; rings: number[][][] }[] | null;
      };
    const before = await map();
    expect(before.boundaries).to.equal(null);
    const places = before.districts.map(({ column, row }) => `${column} ${row}`);
    expect(new Set(places).size).to.equal(before.districts.length);
    const square = [
      [117, 36],
      [117.1, 36],
      [117.1, 36.1],
      [117, 36],
    ];
    const feature = (name: string, geometry: object) => ({ type: 'Feature', properties: { name }, geometry });
    const file = (features: readonly object[]) => JSON.stringify({ type: 'FeatureCollection', features });
    const good = file([
      feature('历下区', { type: 'Polygon', coordinates: [square] }),
      feature('市中区', { type: 'MultiPolygon', coordinates: [[square], [square]] }),
    ]);
    expect(await loadBoundaries(system, good, '张三')).to.deep.equal(['历下区', '市中区']);
    expect((await map()).boundaries?.map(({ name, rings }) => [name, rings.length])).to.deep.equal([
      ['历下区', 1],
      ['市中区', 2],
    ]);
    for (const wrong of [
      '不是',
      '{}',
      file([]),
      file([feature('历下区', { type: 'Point', coordinates: [117, 36] })]),
      file([feature('历下区', { type: 'Polygon', coordinates: [[[500, 36]]] })]),
      file([1, 2].map(() => feature('历下区', { type: 'Polygon', coordinates: [square] }))),
    ]) {
      expect((await refusalFrom(loadBoundaries(system, wrong, '张三')))?.code, wrong).to.equal(
        'file.unreadable',
      );
    }
    const { rows } = await system.database.pool.query<{ type: string }>(
      "SELECT type FROM hotline.trail_entry WHERE stream = 'warnings' AND type = 'districts.loaded'",
    );
    expect(rows).to.have.length(1);
  });
});
