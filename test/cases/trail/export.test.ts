/** An auditor's exports, read back by foreign readers. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect } from 'chai';
import excel from 'exceljs';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { PDFParse } from 'pdf-parse';
import type { Selection } from '../../../src/accountability/index.js';
import { ed25519Signer } from '../../../src/accountability/log/ed25519-signer.js';
import { exportTrail, periodOf, type ExportFormat } from '../../../src/cases/index.js';
import { createDefinitionStore } from '../../../src/engine/index.js';
import { partsOf } from '../../../src/cases/trail/bundle-parts.js';
import { verifyBundle } from '../../../verifier/verify.mjs';
import { coverIn, tableIn } from '../../support/exported-table.js';
import { refusalFrom } from '../../support/refusal.js';
import { shared } from '../../support/shared.js';
import { useSystem } from '../../support/system.js';
import { plainTrails } from '../../support/entries.js';
import { note, noteOnCase } from '../../support/note.js';

const signer = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
const exporter = { program: 'hotline test', systemUser: 'shenji' };
const dangers = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '＝1'];

describe('导出轨迹', () => {
  const system = useSystem();
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-export-'));
    const at = system().clock.now();
    for (const [businessKey, unit] of [
      ['导出-1', '市城管局'],
      ['导出-2', '市水务局'],
    ] as const) {
      await system().executor.execute([
        {
          kind: 'start',
          businessKey,
          process: 'handling',
          realm: 'live',
          at,
          actor: '王受理（wang）',
          variables: { channel: 'phone', kind: 'help', wishesReply: true, confidential: false, unit },
        },
      ]);
    }
    await noteOnCase(
      system(),
      '导出-1',
      dangers.map((actor) => note('导出-1', at, '<“&”>', actor)),
    );
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const exported = async (selection: Selection, format: ExportFormat) => {
    const file = join(folder, `out.${format}`);
    const order = { selection, format, requester: '审计员甲', exporter, purpose: '年度审计' };
    // Like a separate program that has read no definition before.
    const definitions = createDefinitionStore(system());
    const { files, entries } = await exportTrail({ ...system(), definitions, signer }, order, file);
    return { bytes: await readFile(files[0] ?? ''), entries };
  };
  const one: Selection = { stream: '导出-1' };

  it('csv：带 BOM，逐条可读；会被当作公式的单元格前加撇号', async () => {
    const { bytes, entries } = await exported(one, 'csv');
    expect(bytes.subarray(0, 3).toString('hex')).to.equal('efbbbf');
    const rows = tableIn(bytes);
    expect(rows).to.have.length(entries);
    expect(rows.slice(-dangers.length).map((row) => row['办理人'])).to.deep.equal(
      dangers.map((text) => `'${text}`),
    );
    expect(rows[0]).to.deep.include({
      工单或登记簿: '导出-1',
      第几条: '1',
      时刻: '2026-03-02 10:00:00',
      办了什么: '“办理”流程开始',
      办理人: '王受理（wang）',
      承办单位: '市城管局',
      流程: '办理 第 1 版',
    });
    // Contains neither ids of elements and provisions nor JSON.
    for (const row of rows.slice(0, -dangers.length))
      expect(Object.values(row).join('\n')).not.to.match(/[{}]|_|\bart\d/);
    expect(coverIn(bytes)).to.include({ 要求导出的人: '审计员甲', 用途: '年度审计' });
    expect(coverIn(bytes)['由谁导出']).to.include('shenji').and.to.include('hotline test');
    expect(rows[0]?.['哈希']).to.match(/^[0-9a-f]{64}$/);
  });

  it('xlsx：说明和轨迹两张表，没有一个公式', async () => {
    const { bytes, entries } = await exported(one, 'xlsx');
    const book = new excel.Workbook();
    await book.xlsx.load(bytes as unknown as ArrayBuffer);
    expect(book.worksheets.map(({ name }) => name)).to.deep.equal(['说明', '轨迹']);
    const sheet = book.getWorksheet('轨迹');
    expect(sheet?.rowCount).to.equal(entries + 1);
    const actors: unknown[] = [];
    sheet?.eachRow((row) =>
      row.eachCell((cell) => {
        expect(cell.type).not.to.equal(excel.ValueType.Formula);
        if (cell.col === '6') actors.push(cell.value);
      }),
    );
    const column = sheet?.getColumn(6).values.slice(-dangers.length);
    expect(column).to.deep.equal(dangers.map((text) => `'${text}`.replaceAll('\r', '\n')));
  });

  it('pdf：封面写明核验了什么、谁要的、作什么用；逐条有表；页码', async () => {
    const { bytes } = await exported({ unit: '市城管局' }, 'pdf');
    const parser = new PDFParse({ data: new Uint8Array(bytes) });
    const { text, total } = await parser.getText();
    await parser.destroy();
    for (const word of [
      '审计轨迹报告',
      '审计员甲',
      '年度审计',
      '重算了所涉及的 1 条链的哈希',
      '导出-1',
      '第 1 页',
      `第 ${total} 页`,
    ])
      expect(text.replaceAll(/\s+/g, ' ')).to.include(word);
    expect(text).not.to.include('导出-2');
  });

  it('xes：格式良好，一条链一个轨迹，扩展齐全', async () => {
    const { bytes, entries } = await exported(one, 'xes');
    expect(XMLValidator.validate(bytes.toString('utf8'))).to.equal(true);
    const parser = new XMLParser({
      ignoreAttributes: false,
      isArray: (name) => ['trace', 'event'].includes(name),
    });
    const { log } = parser.parse(bytes.toString('utf8')) as {
      log: {
        '@_xes.version': string;
        extension: unknown[];
        trace: { event: { date: { '@_key': string; '@_value': string } }[] }[];
      };
    };
    expect(log['@_xes.version']).to.equal('1849-2016');
    expect(log.extension).to.have.length(4);
    expect(log.trace).to.have.length(1);
    expect(log.trace[0]?.event).to.have.length(entries);
    for (const { date } of log.trace[0]?.event ?? []) {
      expect(date['@_key']).to.equal('time:timestamp');
      expect(Number.isNaN(Date.parse(date['@_value']))).to.equal(false);
    }
  });

  it('ocel：合 OCEL 2.0 的模式；事件所指的对象都在', async function () {
    const schema = JSON.parse(
      readFileSync(shared(this, 'vectors/ocel/ocel20.schema.json'), 'utf8'),
    ) as object;
    const { bytes, entries } = await exported({ kind: 'case' }, 'ocel');
    const log = JSON.parse(bytes.toString('utf8')) as {
      events: { relationships: { objectId: string }[] }[];
      objects: { id: string }[];
    };
    const isValid = new Ajv({
      strict: false,
      formats: { 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) },
    }).compile(schema);
    expect(isValid(log), JSON.stringify(isValid.errors)).to.equal(true);
    expect(log.events).to.have.length(entries);
    const ids = new Set(log.objects.map(({ id }) => id));
    for (const { relationships } of log.events)
      for (const { objectId } of relationships) expect(ids.has(objectId), objectId).to.equal(true);
    expect(ids)
      .to.include('单位:市水务局')
      .and.to.include('人员:王受理（wang）')
      .and.to.include('工单:导出-2');
  });

  it('按单位、人员、时期取的审计包：整条链放入，核验程序认它', async () => {
    const today = periodOf('2026-03-02', '2026-03-02');
    for (const selection of [{ unit: '市水务局' }, { person: 'wang' }, today]) {
      const { bytes } = await exported(selection, 'bundle');
      expect(verifyBundle(bytes).findings, JSON.stringify(selection)).to.deep.equal([]);
      expect(bytes.includes('"stream":"导出-2"')).to.equal(true);
      expect(bytes.includes('"stream":"导出-1"')).to.equal(!('unit' in selection));
    }
  });

  it('放不进一个包的分作几份，一条链不拆开；太长的链不导出', () => {
    const chains = [9000, 9000, 9000, 30_000, 5].map((length, at) => ({ stream: `${at}`, length }));
    expect(partsOf(chains, 60_000)).to.deep.equal([['0', '1'], ['2'], ['3'], ['4']]);
    expect(() => partsOf([{ stream: 'refusals', length: 60_001 }], 60_000)).to.throw(/至多 60000 条/);
  });

  it('每次导出先记入轨迹：谁、为什么、什么范围、多少条', async () => {
    const { entries } = await exported({ person: 'wang', ...periodOf('2026-03-01', undefined) }, 'csv');
    const trails = await system().database.transaction((transaction) =>
      plainTrails(system().trail, transaction, ['exports']),
    );
    expect(trails.get('exports')?.at(-1)?.body).to.deep.include({
      person: 'wang',
      from: '2026-03-01T00:00:00+08:00',
      format: 'csv',
      requester: '审计员甲',
      program: 'hotline test',
      systemUser: 'shenji',
      purpose: '年度审计',
      entries,
    });
  });

  it('须回避的工单不在内，单独要也没有', async () => {
    const without = ['导出-1'];
    const { bytes } = await exported({ kind: 'case', without }, 'csv');
    expect(bytes.includes('导出-2')).to.equal(true);
    expect(bytes.includes('导出-1')).to.equal(false);
    const failed = await refusalFrom(exported({ stream: '导出-1', without }, 'csv'));
    expect(failed).to.include({ code: 'case.not-found' });
  });

  it('没有的不导出，也不记', async () => {
    const failed = await refusalFrom(exported({ unit: '没有的单位' }, 'csv'));
    expect(failed).to.include({ code: 'case.not-found' });
  });
});
