import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { findEntries, indexTrail, sequence, verifyTrail } from '../../src/accountability/index.js';
import { exportTrail } from '../../src/cases/index.js';
import { civilDateOf } from '../../src/kernel/civil-date.js';
import { shippedCatalogue } from '../../src/law/regulation/index.js';
import {
  archive,
  archiveLoose,
  archivedAs,
  archiveStream,
  looseStream,
  oldInstances,
  openLog,
  proposeMapping,
  readExport,
  showArchived,
  type Archived,
  type OldInstance,
} from '../../src/takeover/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { contentDigest } from '../../src/kernel/index.js';
import { asOwner } from '../support/owner.js';
import { refusalFrom } from '../support/refusal.js';
import { useSystem } from '../support/system.js';
import { findingsOf, laidOver, verdictOf } from './laid.js';

const fixture = join(packageRoot, 'test/takeover/camunda-7');
const rest = join(fixture, 'rest');
const tables = join(fixture, 'tables');
const folder = mkdtempSync(join(tmpdir(), 'camunda-test-'));

interface Record7 {
  readonly id: string;
  readonly processInstanceId?: string | null;
}
const recordsOf = (name: string): Record7[] =>
  JSON.parse(readFileSync(join(rest, `${name}.json`), 'utf8')) as Record7[];

describe('Camunda 7 的历史归档到轨迹', () => {
  const system = useSystem({ at: '2026-11-29T09:00:00+08:00', shipped: false });
  let first: Archived;

  async function archived(from: string, zone?: string): Promise<Archived> {
    const found = await readExport(from, zone);
    const old = await oldInstances(found);
    try {
      return await archive(system(), old.instances, found.files, '接管员甲（jieguan）');
    } finally {
      await old.close();
    }
  }

  before(async () => {
    first = await archived(rest);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('结束了的各成一条链：头一条说从哪里来、几条、摘要，随后每条记录一条，原样封存', async () => {
    expect(first).to.include({ written: 4, known: 0 });
    const stream = archiveStream('12');
    const trail = (await system().database.transaction((tx) => system().trail.read(tx, [stream]))).get(
      stream,
    );
    const [opened, ...records] = trail ?? [];
    expect(opened?.type === 'archive.opened' && opened.body).to.deep.include({
      system: 'camunda-7',
      businessKey: 'INV-1',
      definition: 'handle-invoice',
      version: 1,
      startedBy: 'demo',
      startedAt: '2026-03-02T09:00:00+08:00',
      endedAt: '2026-03-03T11:00:00+08:00',
      outcome: 'COMPLETED',
      records: records.length,
    });
    // Camunda's own counts, from its files.
    const all = ['activity-instance', 'task', 'variable-instance', 'detail', 'user-operation', 'incident'];
    const own = all.flatMap(recordsOf).filter(({ processInstanceId }) => processInstanceId === '12');
    expect(records).to.have.lengthOf(own.length + 1);
    const approval = records.find(
      (entry) =>
        entry.type === 'archive.recorded' &&
        entry.body.kind === 'task' &&
        entry.body.name === 'Approve Invoice',
    );
    expect(approval?.type === 'archive.recorded' && approval.body).to.deep.include({
      actor: 'Camunda（mary）',
      of: 'approveInvoice',
      happenedAt: '2026-03-02T10:00:00+08:00',
      endedAt: '2026-03-03T09:30:00+08:00',
    });
    const kept = JSON.parse(approval?.sealed.record ?? '') as Record7;
    expect(recordsOf('task')).to.deep.include(kept);
    // No text of a case is readable in the trail.
    for (const { bytes } of trail ?? []) expect(bytes.toString()).to.not.include('1250.5');
  });

  it('再归档一次什么也不写；其间有人改过导出文件的，说出是哪一件，不写', async () => {
    expect(await archived(rest)).to.include({ written: 0, known: 4, entries: 0 });
    for (const name of ['process-instance', 'task']) {
      const text = readFileSync(join(rest, `${name}.json`), 'utf8');
      writeFileSync(join(folder, `${name}-0001.json`), text.replaceAll('mary', 'nobody'));
    }
    const again = await archived(folder);
    expect(again).to.include({ written: 0, entries: 0 });
    expect([...again.differing].sort()).to.include('12');
  });

  it('还在办的不接，说出停在哪里、等谁、有没有异常', () => {
    expect(first.running.map(({ businessKey }) => businessKey).sort()).to.deep.equal([
      'H20260303',
      'H20260304',
    ]);
    const [stuck, waiting] = first.running.toSorted((one, other) => one.id.localeCompare(other.id));
    expect(stuck).to.deep.include({ incidents: 1, waits: [{ name: 'notify', who: null }] });
    expect(waiting?.waits).to.deep.equal([{ name: '办理回复', who: 'shuiwu' }]);
  });

  it('核验通过；审计人员按链的种类、旧系统里的人、环节找得到，导出的审计包带着它', async () => {
    await sequence(system().database);
    await indexTrail(system().database);
    const find = (selection: object) =>
      system().database.transaction((tx) =>
        findEntries(tx, selection, 'streams', { limit: 500, below: 1e9 }),
      );
    expect(new Set((await find({ kind: 'archive' })).map(({ stream }) => stream)).size).to.equal(4);
    expect((await find({ person: 'mary' })).length).to.be.greaterThan(2);
    expect((await find({ element: 'approveInvoice' })).map(({ stream }) => stream)).to.include(
      archiveStream('12'),
    );
    const { findings } = await verifyTrail(system());
    expect(findings.filter(({ attack }) => attack !== 'unguarded')).to.deep.equal([]);
    const order = {
      selection: { stream: archiveStream('12') },
      format: 'csv' as const,
      requester: '审计员',
      exporter: { program: 'test' },
      purpose: '核对',
    };
    const signer = await system().signer();
    const deps = { ...system(), signer, witness: () => Promise.resolve(0) };
    const { entries } = await exportTrail(deps, order, join(folder, 'out.csv'));
    expect(entries).to.be.greaterThan(10);
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).to.include('归档旧系统的一件历史');
  });

  it('凭旧系统的业务编号找到，看得到原样；谁看的、为什么，记在那条链上', async () => {
    const [found, ...others] = await system().database.transaction((tx) => archivedAs(tx, 'H20260301'));
    expect(others).to.deep.equal([]);
    const who = { actor: '审计员（shenji）', purpose: '核对答复' };
    const records = await showArchived(system(), found?.stream ?? '', who);
    expect(JSON.stringify(records)).to.include('已恢复供水');
    expect(records).to.have.lengthOf(found?.records ?? 0);
    const trail = await system().database.transaction((tx) =>
      system().trail.history(tx, found?.stream ?? ''),
    );
    expect(trail.at(-1)).to.deep.include({
      type: 'archive.revealed',
      body: { ...who, records: records.length },
    });
    expect(await archived(rest)).to.include({ written: 0, known: 4 });
  });

  it('不属于任何流程实例的记录归档到一条链上，各一次，原样封存；内容在别处的变量说出有几个', async () => {
    const loose = async (from: string, zone?: string) => {
      const old = await oldInstances(await readExport(from, zone));
      try {
        return { ...(await archiveLoose(system(), old.loose)), elsewhere: old.elsewhere() };
      } finally {
        await old.close();
      }
    };
    expect(await loose(rest)).to.deep.equal({ written: 2, known: 0, elsewhere: 0 });
    expect(await loose(rest)).to.include({ written: 0, known: 2 });
    for (const name of ['process-instance', 'variable-instance']) {
      const rows = JSON.parse(readFileSync(join(rest, `${name}.json`), 'utf8')) as object[];
      const [first, ...others] = rows;
      const said = name === 'process-instance' ? rows : [{ ...first, type: 'File', value: null }, ...others];
      writeFileSync(join(folder, `${name}-0001.json`), JSON.stringify(said));
    }
    expect(await loose(folder)).to.include({ elsewhere: 1 });
    // The same two of the tables.
    expect(await loose(tables, 'Asia/Shanghai')).to.deep.equal({ written: 0, known: 2, elsewhere: 0 });
    const read = await system().database.transaction((tx) => system().trail.read(tx, [looseStream]));
    const kept = (read.get(looseStream) ?? []).flatMap((entry) =>
      entry.type === 'archive.recorded' ? [JSON.parse(entry.sealed.record ?? '') as Record7] : [],
    );
    const own = recordsOf('user-operation').filter((one) => one.processInstanceId === null);
    expect(kept.toSorted((one, other) => one.id.localeCompare(other.id))).to.deep.equal(
      own.toSorted((one, other) => one.id.localeCompare(other.id)),
    );
  });

  it('一千多条的也各一次', async () => {
    const record = {
      kind: 'operation' as const,
      place: 1,
      at: null,
      ended: null,
      who: null,
      element: null,
      name: null,
      row: {},
    };
    async function* records() {
      for (let at = 1; at <= 1100; at += 1) yield await Promise.resolve({ ...record, id: `many-${at}` });
    }
    expect(await archiveLoose(system(), records())).to.deep.equal({ written: 1100, known: 0 });
    expect(await archiveLoose(system(), records())).to.deep.equal({ written: 0, known: 1100 });
  });

  it('改动过的一条，核验说得出', async () => {
    await asOwner(
      system().database.url,
      'SET search_path = hotline',
      'ALTER TABLE sealed_value DISABLE TRIGGER USER',
      `UPDATE sealed_value SET box = box || 'x'::bytea WHERE stream = '${archiveStream('12')}' AND seq = 3`,
      'ALTER TABLE sealed_value ENABLE TRIGGER USER',
    );
    const { findings } = await verifyTrail(system());
    expect(JSON.stringify(findings)).to.include(archiveStream('12'));
  });

  it('表的 CSV 与 REST 的 JSON 说的是同样的几件；没有写时区的，要写明', async () => {
    const told = async (folder: string, zone: string | undefined): Promise<readonly string[]> => {
      const found = await oldInstances(await readExport(folder, zone));
      const said: string[] = [];
      for await (const {
        id,
        definition,
        version,
        businessKey,
        startedAt,
        endedAt,
        startedBy,
        outcome,
      } of found.instances)
        said.push(
          JSON.stringify([id, definition, version, businessKey, startedAt, endedAt, startedBy, outcome]),
        );
      await found.close();
      return said.sort();
    };
    expect(await told(tables, 'Asia/Shanghai')).to.deep.equal(await told(rest, undefined));
    const unzoned = async () => oldInstances(await readExport(tables, undefined));
    expect((await refusalFrom(unzoned()))?.message).to.include('时区');
  });

  it('不是 Camunda 7 的文件夹、不成 JSON 的，说出来', async () => {
    expect(await refusalFrom(readExport(join(fixture, '..'), undefined))).to.include({
      code: 'input.invalid',
    });
    writeFileSync(join(folder, 'incident.json'), '{"id": 1}');
    const found = readExport(folder, undefined).then(oldInstances);
    expect((await refusalFrom(found))?.message).to.include('应当是一个数组');
  });

  it('同样的对照：第二十四条的期限、应当由不同的人做，凭对照表查旧历史', async () => {
    const mapping = {
      case: 'case',
      activity: 'activity',
      instant: { column: 'at', zone: 'Asia/Shanghai' },
      person: 'person',
      only: { column: 'definition', is: ['hotline-12345'] },
      activities: {
        来电登记: [
          { deed: 'matter.presented' },
          { deed: 'matter.registered', facts: { wishesReply: { column: 'var:wishesReply' } } },
        ],
        转派承办单位: [
          { deed: 'handling.begun' },
          { deed: 'matter.handed-over', facts: { to: { column: 'var:unit' } } },
        ],
        办理回复: [
          { deed: 'handling.stated', facts: { branch: { value: 'within-limit' } } },
          { deed: 'reply.given' },
          { deed: 'hotline.informed', facts: { interim: { value: false } } },
        ],
        审核回访: [{ deed: 'feedback.audited', facts: { result: { value: 'pass' } } }],
        归档: [{ deed: 'matter.closed' }],
        来电: [],
        短信告知: [],
      },
    };
    for (const from of [rest, tables]) {
      const laid = await laidOver(from, mapping);
      expect(verdictOf(laid, 'H20260301', 'J27'), from).to.equal('met');
      expect(verdictOf(laid, 'H20260302', 'J27'), from).to.equal('late');
      expect(laid.cases.get('H20260302')?.duties.find(({ norm }) => norm === 'J27')?.unit).to.equal(
        'chengguan',
      );
      expect(findingsOf(laid, 'H20260302').map((finding) => finding.split(' ')[0])).to.deep.equal([
        'same-person',
      ]);
      expect(findingsOf(laid, 'H20260301')).to.deep.equal([]);
    }
    const catalogue = shippedCatalogue(civilDateOf(new Date()));
    const titles = catalogue.vocabulary.deeds.map(({ name, title }) => ({ deed: name, words: title }));
    const source = await openLog(rest, { encoding: 'utf-8' });
    const { mapping: drafted } = await proposeMapping(source, catalogue, titles, 'Asia/Shanghai');
    expect(drafted).to.deep.include({ case: 'case', activity: 'activity', person: 'person' });
  });

  it('摘要谁都可以重算：逐条规范 JSON 的 SHA-256，排序，再取', async () => {
    const files = { process: 'process-instance', task: 'task', detail: 'detail', incident: 'incident' };
    const kinds = {
      ...files,
      activity: 'activity-instance',
      variable: 'variable-instance',
      operation: 'user-operation',
    };
    const rows = Object.entries(kinds).flatMap(([kind, name]) =>
      recordsOf(name)
        .filter((row) => (kind === 'process' ? row.id : row.processInstanceId) === '12')
        .map((row) => contentDigest({ kind, row })),
    );
    const [opened] = await system().database.transaction((tx) =>
      system().trail.history(tx, archiveStream('12')),
    );
    expect(opened?.type === 'archive.opened' && opened.body.digest).to.equal(contentDigest(rows.sort()));
  });

  it('写到一半程序或者连接死了，再做一次：每件一条链，每条记录一次', async () => {
    const found = await readExport(rest, undefined);
    const old = await oldInstances(found);
    let one: OldInstance | undefined;
    for await (const instance of old.instances) {
      const isSmaller = instance.records.length < (one?.records.length ?? Infinity);
      if (instance.endedAt !== null && isSmaller) one = instance;
    }
    await old.close();
    if (!one) throw new Error('no instance');
    const { records } = one;
    const some = { ...one };
    // More than one transaction's worth.
    const many = Array.from({ length: 25 }, (_, place) => ({ ...some, id: `killed-${place}` }));
    const deps = system();
    let appends = 0;
    const dying: typeof deps = {
      ...deps,
      trail: {
        ...deps.trail,
        append: async (transaction, entries) => {
          appends += 1;
          if (appends > 2) throw new Error('killed');
          const done = await deps.trail.append(transaction, entries);
          // The entries of the second batch are written, not committed.
          if (appends > 1) await transaction.query('SELECT pg_terminate_backend(pg_backend_pid())');
          return done;
        },
      },
    };
    const each = async function* () {
      yield* await Promise.resolve(many);
    };
    const died = await archive(dying, each(), found.files, '甲').then(
      () => false,
      () => true,
    );
    expect(died).to.equal(true);
    const again = await archive(deps, each(), found.files, '甲');
    expect(again).to.include({ written: 5, known: 20, entries: 5 * (records.length + 1) });
    const streams = many.map(({ id }) => archiveStream(id));
    const trails = await deps.database.transaction((tx) => deps.trail.read(tx, streams));
    for (const stream of streams) {
      const types = trails.get(stream)?.map(({ type }) => type) ?? [];
      expect(
        types.filter((type) => type === 'archive.opened'),
        stream,
      ).to.have.lengthOf(1);
      expect(types, stream).to.have.lengthOf(records.length + 1);
    }
  });
});
