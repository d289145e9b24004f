/** Exports and comparisons by auditors, and the measures that other units read. */
import { expect } from 'chai';
import { loadBoundaries } from '../../src/measures/warning/index.js';
import type { Day } from './day.js';
import { auditorOf, first, hour, ofUnit, read } from './measures-sheets.js';

interface Root {
  readonly day: string;
  readonly size: number;
  readonly root: string;
  readonly code: string;
}

export async function printedRoot(day: Day): Promise<Root> {
  const { day: on, size, root, code } = await read<Root>(day, 'readTrailRoot', { as: await auditorOf(day) });
  return { day: on, size, root, code };
}

/** An old root and a new one, typed in again. */
export async function comparedRoots(day: Day, before: Root): Promise<void> {
  for (const body of [before, await printedRoot(day), before]) {
    const { outcome } = await read<{ outcome: string }>(day, 'holdTrailRoot', {
      ...{ as: await auditorOf(day), body },
    });
    expect(outcome).to.equal('contained');
  }
}

interface Export {
  readonly id: number;
  readonly state: string;
  readonly files: readonly { readonly number: number }[];
}

/** Exports of a period in every format, of a sheet, a unit, a person; downloaded, or left until they expire. */
export async function exported(day: Day, { from, to, no }: { from: string; to: string; no: string }) {
  const order = async (body: object): Promise<void> => {
    await day.call('orderTrailExport', { as: await auditorOf(day), body: { purpose: '季度审计', ...body } });
    await day.work();
  };
  for (const format of ['bundle', 'csv', 'xlsx', 'pdf', 'xes', 'ocel']) await order({ from, to, format });
  await order({ no, format: 'bundle' });
  await order({ unit: first, from, format: 'csv' });
  await order({ person: 'measures-度量考核', format: 'xlsx' });
  await order({ kind: 'warnings', article: 'art26', to, format: 'pdf' });
  const as = await auditorOf(day);
  const { items } = await read<{ items: readonly Export[] }>(day, 'listTrailExports', { as });
  for (const { id, state, files } of items) {
    expect(state).to.equal('ready');
    for (const { number } of files) {
      // Here each program has a folder of its own: the file is in one of the two.
      const path = `/api/trail/exports/${id}/files/${number}`;
      const replies = [await day.sendTo(path, { as }), await day.sendTo(path, { as })];
      expect(replies.map(({ status }) => status)).to.include(200);
    }
  }
  day.later(31 * 24 * hour);
  await day.work();
  await day.call('searchTrail', { as: await auditorOf(day), query: { from, to, limit: '100' } });
}

/** Sums that every unit may read, and the map on which they are shown. */
export async function shared(day: Day, period: string): Promise<void> {
  const as = await ofUnit(day, first);
  const query = { period };
  await day.call('readSharedCatalogue', { as });
  for (const id of [
    'readSharedRequests',
    'readSharedRepeats',
    'readSharedKinds',
    'readSharedHandling',
  ] as const)
    await day.call(id, { as, query });
  for (const dataset of ['requests', 'repeats', 'kinds', 'handling'])
    await day.call('readSharedCsv', { as, params: { dataset }, query });
  const ring = [
    [117, 36],
    [117.1, 36],
    [117.1, 36.1],
    [117, 36],
  ];
  const features = ['历下区', '章丘区'].map((name) => ({
    ...{ type: 'Feature', properties: { name }, geometry: { type: 'Polygon', coordinates: [ring] } },
  }));
  const map = { type: 'FeatureCollection', features };
  await loadBoundaries(day.served.system, JSON.stringify(map), '度量系统管理');
  await day.call('readDistrictMap', { as });
  await day.work();
}
