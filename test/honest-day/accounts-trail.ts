/** The auditors export what they need, compare old papers with the trail, and read the refusals. */
import { expect } from 'chai';
import { dispatched, send, waterCut } from '../http/serving.js';
import { headersOf, type SignedIn } from '../support/people.js';
import { refused } from './accounts-asking.js';
import type { Day } from './day.js';

/** Formats of a line are exported together: a person may have at most five unfinished exports. */
const formats = [
  ['bundle', 'csv'],
  ['xlsx', 'pdf'],
  ['xes', 'ocel'],
] as const;

interface Exported {
  readonly id: number;
  readonly state: string;
  readonly files: readonly { readonly number: number }[];
}

interface Root {
  readonly day: string;
  readonly size: number;
  readonly root: string;
  readonly code: string;
}

export async function trail(day: Day): Promise<void> {
  const { no } = (await dispatched(day.served.url)).sheet;
  const older = await printed(day);
  for (const some of formats) await takenAway(day, { no, on: older.day }, some);
  await holding(day, older);
  await refusals(day, no);
}

const auditorOf = (day: Day): Promise<SignedIn> => day.person({ login: 'acc-shenji', roles: ['auditor'] });

async function takenAway(
  day: Day,
  { no, on }: { readonly no: string; readonly on: string },
  some: readonly string[],
): Promise<void> {
  const as = await auditorOf(day);
  const inspector = await day.person({
    ...{ login: 'acc-jiancha', unit: '帐号篇inspection', kind: 'inspection', roles: ['inspector'] },
  });
  const orders: object[] = some.flatMap((format) => [
    { no, format },
    { from: on, to: on, format },
  ]);
  if (some.includes('bundle')) orders.push({ from: '2020-01-01', format: 'bundle' });
  for (const order of orders)
    await day.call('orderTrailExport', { as, body: { ...order, purpose: '年度审计' } });
  // The unit of the preceding story let its limit pass, so there is accountability to examine.
  for (const format of some) {
    const body = { from: '2020-01-01', kind: 'case', format, purpose: '查办' };
    await day.call('orderTrailExport', { as: inspector, body });
  }
  await day.work();
  const { items } = (await day.call('listTrailExports', { as })) as { items: readonly Exported[] };
  const ordered = items.slice(0, orders.length);
  expect(new Set(ordered.map(({ state }) => state))).to.deep.equal(new Set(['ready']));
  // The files are with the first program, which wrote them.
  for (const { id, files } of ordered)
    for (const { number } of files) {
      const path = `/api/trail/exports/${id}/files/${number}`;
      expect((await send(day.served.url, path, { as })).status).to.equal(200);
    }
}

async function printed(day: Day): Promise<Root> {
  const root = await day.call('readTrailRoot', { as: await auditorOf(day) });
  const { day: on, size, root: hash, code } = root as Root;
  return { day: on, size, root: hash, code };
}

async function holding(day: Day, older: Root): Promise<void> {
  const as = await auditorOf(day);
  for (const body of [older, await printed(day), older])
    expect(await day.call('holdTrailRoot', { as, body })).to.include({ outcome: 'contained' });
  const miscopied = { ...older, code: older.code === '000000' ? '111111' : '000000' };
  await refused(day, 'input.invalid', '/api/trail/roots', { as, body: miscopied });
}

/** Refused requests: without the right, unknown, from another site, too frequent. */
async function refusals(day: Day, no: string): Promise<void> {
  const auditor = await auditorOf(day);
  const handler = await day.person({
    ...{ login: 'acc-foreign', unit: '帐号篇department', kind: 'department', roles: ['handler'] },
  });
  const order = { no, format: 'csv', purpose: '年度审计' };
  for (let twice = 0; twice < 2; twice += 1) {
    await refused(day, 'access.denied', '/api/units', {
      as: auditor,
      body: { name: '某局', kind: 'department' },
    });
    await refused(day, 'access.denied', '/api/trail/entries', { as: handler });
    await refused(day, 'case.not-found', `/api/work-orders/${no}`, { as: handler });
    await refused(day, 'session.required', '/api/persons', {});
    await refused(day, 'session.required', '/api/work-orders', { body: waterCut });
    await refused(day, 'request.foreign', '/api/trail/exports', {
      headers: { cookie: headersOf(auditor.secret).cookie },
      body: order,
    });
    day.later(61_000);
  }
  const exports = { as: auditor, body: order };
  for (let waiting = 0; waiting < 5; waiting += 1) await day.call('orderTrailExport', exports);
  await refused(day, 'export.too-many', '/api/trail/exports', exports);
  await day.work();
  day.later(11 * 60_000);
  await refused(day, 'session.not-recent', '/api/trail/exports', exports);
  await day.call('readAccountJournal', { query: { stream: 'refusals' } });
}
