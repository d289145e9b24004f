/** A law replaced by another at midnight in a running city: Anshan 2019 by Anshan 2025, both written by `package new`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { deployShipped, scheduleLaws } from '../../src/cases/index.js';
import { createVault } from '../../src/identity/index.js';
import { usePackage } from '../../src/kernel/package-root.js';
import { createLawFollower, recordShippedRegulation } from '../../src/law/regulation/index.js';
import { assemble } from '../../src/main.js';
import { newCity } from '../support/new-city.js';
import { testPremises, useSystem } from '../support/system.js';
import {
  accept,
  answered,
  complete,
  completeOnly,
  send,
  startServer,
  stopServer,
  type Served,
  type WorkOrderView,
} from './serving.js';

const lamp = {
  ...{ channel: 'phone', kind: 'help', title: '路灯不亮', content: '东街的路灯三天不亮了。' },
  ...{ callerName: '来电人甲', callerContact: '13800001234' },
  answers: { channel: 'phone', kind: 'help', wayOut: 'dispatch' },
};

const [earlierLaw, laterLaw] = ['鞍山市群众诉求办理条例', '鞍山市政务服务便民热线条例'] as const;

for (const reading of ['old', 'new'] as const) {
  describe(`一部条例到施行日零点替代另一部，政策 transition 是 ${reading}`, () => {
    const set = process.env['HOTLINE_PACKAGE'];
    const cities: { readonly folder: string; remove(): void }[] = [];
    const served: Served[] = [];
    before(function () {
      const earlier = newCity(this, 'anshan-2019');
      const later = newCity(this, 'anshan-2025', earlier.folder);
      cities.push(earlier, later);
      decideIn(later.folder, reading);
      usePackage(earlier.folder);
    });
    const system = useSystem({ at: '2025-12-30T10:00:00+08:00' });
    after(async () => {
      for (const one of served) await stopServer(one);
      if (set === undefined) delete process.env['HOTLINE_PACKAGE'];
      else process.env['HOTLINE_PACKAGE'] = set;
      for (const city of cities) city.remove();
    });

    /** Starts the program on the package, on the same database. */
    const start = async (folder: string): Promise<Served> => {
      usePackage(folder);
      const { clock, ring, database } = system();
      const premises = testPremises(folder);
      const parts = assemble(database, clock, createVault(ring), premises);
      const started = { ...premises, ...parts, clock, ring, database };
      await deployShipped(started);
      await recordShippedRegulation(started);
      await scheduleLaws(started);
      await createLawFollower(started)();
      const one = await startServer(started, { logins: `program${String(served.length + 1)}-` });
      served.push(one);
      return one;
    };

    const rows = async <Row extends object>(sql: string, ...values: string[]): Promise<Row[]> =>
      (await system().database.pool.query<Row>(sql, values)).rows;
    const jobsWaiting = (name: string) =>
      rows<{ payload: object; runAt: Date }>(
        `SELECT j.payload, j.run_at AS "runAt" FROM hotline_jobs._private_jobs j
           JOIN hotline_jobs._private_tasks t ON t.id = j.task_id WHERE t.identifier = $1`,
        name,
      );
    const work = async ({ system: { jobs } }: Served, name: string, payload: object): Promise<void> => {
      const job = jobs.find((one) => one.name === name) ?? expect.fail(name);
      await job.work(payload, { attempt: 1, signal: new AbortController().signal });
    };
    const noticesOf = (no: string) =>
      rows<{ recipient: string; text: string }>(
        "SELECT recipient, text FROM hotline.notification WHERE stream = $1 AND element = 'law'",
        no,
      );
    /** Does what the queue has for the inboxes. */
    const announced = async (one: Served): Promise<void> => {
      for (const { payload } of await jobsWaiting('notification.announce'))
        await work(one, 'notification.announce', payload);
    };
    const read = async ({ url }: Served, no: string): Promise<WorkOrderView> =>
      answered('readWorkOrder', await send(url, `/api/work-orders/${no}`)) as WorkOrderView;
    const lawsOf = (order: WorkOrderView) => order.laws.map(({ title }) => title);

    it('移交在前的，期限不变；零点以后的依新的条例，新的流程图；承办的告知一次；都办得到办结', async () => {
      const [earlier, later] = cities;
      const first = await start(earlier?.folder ?? '');
      const running = await dispatched(first);
      expect(first.system.laws.today().title).to.equal(earlierLaw);

      const second = await start(later?.folder ?? '');
      expect(second.system.laws.today().title).to.equal(earlierLaw);
      const { clock } = system();
      clock.moveTo(new Date('2025-12-31T23:59:59+08:00'));
      const last = await dispatched(second);
      expect(last.processes).to.deep.equal(running.processes);
      const [waiting] = await jobsWaiting('regulation.apply');
      expect(waiting?.runAt).to.deep.equal(new Date('2026-01-01T00:00:00+08:00'));

      clock.moveTo(new Date('2026-01-01T00:00:00+08:00'));
      for (let run = 0; run < 2; run += 1) {
        await work(second, 'regulation.apply', waiting?.payload ?? {});
        await createLawFollower(second.system)();
        await announced(second);
      }
      // The package changes a word, so the program records the version anew: nobody is told again.
      amendSource(later?.folder ?? '');
      const third = await start(later?.folder ?? '');
      const all = await jobsWaiting('regulation.apply');
      expect(all).to.have.length(2);
      for (const { payload } of all) await work(third, 'regulation.apply', payload);
      await announced(third);
      expect(second.system.laws.today().title).to.equal(laterLaw);
      const fresh = await dispatched(second);
      expect(fresh.processes).to.not.deep.equal(running.processes);

      for (const before_ of [running, last]) {
        const { no } = before_.sheet;
        const now = await read(second, no);
        const entries = now.trail.filter(({ type }) => type.startsWith('regulation.'));
        expect(entries.map(({ type }) => type)).to.deep.equal([
          reading === 'old' ? 'regulation.kept' : 'regulation.applied',
        ]);
        expect(now.deadlines).to.deep.equal(before_.deadlines);
        const told = await noticesOf(no);
        expect(told.map(({ recipient }) => recipient)).to.deep.equal(['unit:某水务局']);
        expect(told[0]?.text).to.include(reading === 'old' ? `仍依《${earlierLaw}》` : `依《${laterLaw}》`);
      }
      expect(lawsOf(await read(second, running.sheet.no))).to.deep.equal(
        reading === 'old' ? [earlierLaw] : [earlierLaw, laterLaw],
      );
      // It names only laws other than today's.
      expect(lawsOf(await read(second, fresh.sheet.no))).to.deep.equal([]);
      expect(await noticesOf(fresh.sheet.no)).to.deep.equal([]);

      clock.moveTo(new Date('2026-01-04T10:00:00+08:00'));
      for (const { sheet } of [running, last, fresh]) {
        const end = await ended(second, await read(second, sheet.no));
        expect(end.state).to.equal('ended');
        const duties = answered(
          'readDuties',
          await send(second.url, `/api/work-orders/${sheet.no}/duties`),
        ) as { items: { norm: string; state: string; says: string }[] };
        // Under the new law the old diagram cannot do a deed that only the new one knows: it stays open, nobody is blamed.
        const wrong = duties.items.filter(({ state }) =>
          reading === 'old' ? state !== 'satisfied' : /violated/.test(state),
        );
        expect(wrong).to.deep.equal([]);
      }
    });
  });
}

const dispatched = async ({ url }: Served): Promise<WorkOrderView> =>
  completeOnly(url, await accept(url, lamp), { unit: '某水务局' }, '派单员');

/** Where the first option is not the way to the end. */
const chosen = { ratingObjection: false };

/** Completes what is open, as a permitted person, until nothing is. */
async function ended({ url }: Served, order: WorkOrderView): Promise<WorkOrderView> {
  let now = order;
  for (let step = 0; step < 20 && now.tasks.length > 0; step += 1) {
    const [task] = now.tasks;
    if (!task) break;
    now = await complete(url, now, task, chosen, `办理人${String(step)}`);
  }
  return now;
}

function amendSource(folder: string): void {
  const file = join(folder, 'regulation', 'catalogue', '2026', 'version.json');
  const version = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...version, source: '公布的全文，校对过' }));
}

/** The city's own decision on what the law leaves open. */
function decideIn(folder: string, value: string): void {
  const manifest = join(folder, 'regulation', 'city.json');
  const city = JSON.parse(readFileSync(manifest, 'utf8')) as { replaces: string[] };
  city.replaces.push('policies/transition');
  writeFileSync(manifest, JSON.stringify(city));
  const policies = JSON.parse(readFileSync('packages/base/regulation/policies.json', 'utf8')) as {
    readonly key: string;
  }[];
  const transition = policies.find(({ key }) => key === 'transition');
  const own = { ...transition, value, article: 'art1', author: '测试的决定' };
  writeFileSync(join(folder, 'regulation', 'policies.json'), JSON.stringify([own]));
}
