/** Exports for a lay reader of a case with accountability: the report, and event logs in business words. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { PDFParse } from 'pdf-parse';
import type { Selection } from '../../../src/accountability/index.js';
import { ed25519Signer } from '../../../src/accountability/log/ed25519-signer.js';
import { exportTrail, periodOf, type ExportFormat } from '../../../src/cases/index.js';
import { replay } from '../../../src/cases/replay/index.js';
import { tableIn } from '../../support/exported-table.js';
import { useSystem } from '../../support/system.js';
import { asSuperuser } from '../../support/tamper.js';

const signer = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
const exporter = { program: 'hotline trail export 0.1.0', systemUser: 'shenji' };
const subject = '小区停水没有通知';

interface Ocel {
  events: { type: string; relationships: { objectId: string; qualifier: string }[] }[];
  objects: { id: string; type: string; relationships: { objectId: string }[] }[];
}

describe('导出给人看的：问责的工单', () => {
  const system = useSystem();
  let folder = '';
  let no = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-report-'));
    const message = {
      no: '1',
      title: subject,
      text: '全楼没有水。',
      receivedAt: '2026-01-05T10:30:00+08:00',
      repliedAt: '2026-02-25T16:00:00+08:00',
      reply: '已恢复供水。',
    };
    const file = join(folder, '诉求.jsonl');
    await writeFile(file, JSON.stringify(message));
    await replay(system(), file, {
      onLine: () => undefined,
      onBad: (_number, reason) => expect.fail(reason),
    });
    const { rows } = await system().database.pool.query<{ no: string }>('SELECT no FROM hotline.work_order');
    no = rows[0]?.no ?? '';
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const exported = async (selection: Selection, format: ExportFormat): Promise<Buffer> => {
    const order = { selection, format, requester: '审计员甲', exporter, purpose: '年度审计' };
    const { files } = await exportTrail({ ...system(), signer }, order, join(folder, `out.${format}`));
    return readFile(files[0] ?? '');
  };

  const textOf = async (bytes: Buffer): Promise<string> => {
    const parser = new PDFParse({ data: new Uint8Array(bytes) });
    const { text } = await parser.getText();
    await parser.destroy();
    return text.replaceAll(/\s+/g, '');
  };

  it('pdf：头一页说要的是什么、有哪些工单、导出时核验的结果；条文写第…条，哈希只在附录', async () => {
    const text = await textOf(await exported({ stream: no }, 'pdf'));
    const [first = '', steps = ''] = text.split('工单的经过');
    for (const said of [
      no,
      subject,
      '审计员甲',
      '操作系统的用户shenji',
      '年度审计',
      '真不真：真',
      '全不全',
      '谁作证',
    ])
      expect(first).to.include(said.replaceAll(' ', ''));
    expect(steps).to.include('核实线索、收集证据').and.to.include('第四十条第一款第二项');
    expect(text).not.to.match(/art\d|Task_|Timer_/);
    const [rows = '', hashes = ''] = text.split('附录：各条的哈希');
    expect(rows).not.to.match(/[0-9a-f]{40}/);
    expect(hashes.match(/[0-9a-f]{64}/g)?.length).to.be.above(20);
  });

  it('pdf：一段时期里，迁移、清单不逐条列出，附录写明有几条；单要它们的照给', async () => {
    const period = await textOf(await exported({ ...periodOf('2000-01-01', undefined), without: [] }, 'pdf'));
    expect(period).to.include('附录：没有逐条列出的').and.to.include('数据库的结构');
    expect(period).not.to.include('办了什么办理人承办单位期限依据说明1数据库迁移');
    const asked = await textOf(await exported({ stream: 'schema' }, 'pdf'));
    expect(asked).to.include('数据库迁移').and.not.include('没有逐条列出的');
  });

  it('pdf：带标签：语言、标题、各级标题、表头、单元格、书签', async () => {
    const file = (await exported({ stream: no }, 'pdf')).toString('latin1');
    const count = (pattern: RegExp): number => file.match(pattern)?.length ?? 0;
    expect(file)
      .to.match(/\/Marked true/)
      .and.to.match(/<pdfuaid:part>1</)
      .and.to.match(/\/DisplayDocTitle true/);
    expect(file)
      .to.match(/\/Lang \(zh-CN\)/)
      .and.to.match(/\/StructTreeRoot/)
      .and.to.match(/\/Outlines/);
    expect(count(/\/S \/H1\b/g)).to.be.above(2);
    expect(count(/\/S \/H2\b/g)).to.be.above(3);
    expect(count(/\/Scope \/Column/g))
      .to.equal(count(/\/S \/TH\b/g))
      .and.to.be.above(15);
    expect(count(/\/S \/TD\b/g)).to.be.above(150);
  });

  it('ocel、xes：活动是环节的名称，不是一个 task.completed；督办单、问责案是对象', async () => {
    const log = JSON.parse((await exported({ stream: no }, 'ocel')).toString('utf8')) as Ocel;
    const types = new Set(log.events.map(({ type }) => type));
    expect([...types]).to.include.members(['签收工单', '办理', '回复来电人', '市热线工作机构督促', '认定']);
    expect([...types].join(' ')).not.to.match(/[a-z]+\.[a-z]+|_/);
    for (const type of ['督办单', '问责案']) {
      const found = log.objects.find((one) => one.type === type);
      expect(found?.relationships.map(({ objectId }) => objectId)).to.deep.equal([`工单:${no}`]);
    }
    const urged = log.events.find(({ type }) => type === '市热线工作机构督促');
    expect(urged?.relationships.map(({ qualifier }) => qualifier)).to.include.members([
      '所办的工单',
      '承办单位',
      '办理人',
      '所依的流程',
      '所属的督办单',
    ]);
    expect(JSON.stringify(log.objects[0])).to.include('操作系统的用户 shenji');
    const xes = (await exported({ stream: no }, 'xes')).toString('utf8');
    expect(xes).to.include('key="concept:name" value="签收工单"').and.to.include('操作系统的用户 shenji');
  });

  it('csv：期限、条文、所填所答都用话说；只取后一段的，也知道工单当时在哪个单位', async () => {
    const rows = tableIn(await exported({ stream: no }, 'csv'));
    const due = rows.map((row) => row['期限'] ?? '').join('\n');
    expect(due)
      .to.match(/回复、反馈的期限：2026-01-\d\d 24:00/)
      .and.to.include('首次督办的期限');
    expect(rows.map((row) => row['说明']).join('\n')).to.include('办理情形：');
    expect(rows.map((row) => row['依据的条文']).join('\n'))
      .to.match(/第二十四条/)
      .and.not.match(/art/);
    const late = tableIn(await exported({ stream: no, ...periodOf('2026-02-01', undefined) }, 'csv'));
    expect(late.length).to.be.above(3).and.below(rows.length);
    expect(late[0]?.['承办单位']).to.equal(
      rows.find((row) => row['第几条'] === late[0]?.['第几条'])?.['承办单位'],
    );
    expect(late[0]?.['承办单位']).not.to.equal('');
  });

  it('标题被人改过的，报告写明', async () => {
    const { url } = system().database;
    await asSuperuser(url, [`UPDATE work_order SET title = '咨询事项' WHERE no = $1`, no]);
    const text = await textOf(await exported({ stream: no }, 'pdf'));
    expect(text).to.include('×标题已不是记下时的：咨询事项');
    await asSuperuser(url, ['UPDATE work_order SET title = $2 WHERE no = $1', no, subject]);
  });
});
