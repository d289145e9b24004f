/** An export of an altered trail succeeds, and names the altered entries. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import excel from 'exceljs';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { PDFParse } from 'pdf-parse';
import { readEntry } from '../../../src/accountability/events/read-entry.js';
import { sequence } from '../../../src/accountability/index.js';
import { ed25519Signer } from '../../../src/accountability/log/ed25519-signer.js';
import { leafHash, link, origin } from '../../../src/accountability/trail/chain.js';
import { alteredTitle, exportTrail, type ExportFormat } from '../../../src/cases/index.js';
import { wholeFile } from '../../../src/cases/trail/whole-file.js';
import { tableIn } from '../../support/exported-table.js';
import { refusalFrom } from '../../support/refusal.js';
import { useSystem } from '../../support/system.js';
import { asSuperuser } from '../../support/tamper.js';
import { note } from '../../support/note.js';

const signer = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
const exporter = { program: 'hotline test', systemUser: 'shenji' };
const stream = '改动-1';

describe('导出被改动过的轨迹', () => {
  const system = useSystem({ shipped: false });
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-altered-'));
    const { database, trail, clock } = system();
    const at = clock.now();
    await database.transaction((transaction) =>
      trail.append(
        transaction,
        ['甲', '乙', '丙', '丁'].map((actor) => note(stream, at, '某人', actor)),
      ),
    );
    await sequence(database);
    // Before anybody could find them: other content, a control character and half a surrogate pair,
    // no JSON at all.
    const change = (seq: number, to: string) =>
      [`UPDATE trail_entry SET body = ${to} WHERE stream = $1 AND seq = ${seq}`, stream] as const;
    await asSuperuser(
      database.url,
      change(2, `convert_to(replace(convert_from(body, 'UTF8'), '乙', '戊'), 'UTF8')`),
      change(3, `set_byte(set_byte(body, 10, 1), 11, 229)`),
      change(4, `'\\x00'`),
    );
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const exported = async (format: ExportFormat) => {
    const order = { selection: { stream }, format, requester: '审计员甲', exporter, purpose: '追查' };
    const made = await exportTrail({ ...system(), signer }, order, join(folder, `out.${format}`));
    expect(made).to.include({ entries: 4, altered: 3 });
    return readFile(made.files[0] ?? '');
  };

  it('csv：改动过的写明，不说谁办的，现在的内容照录；没有改动的照旧', async () => {
    const rows = tableIn(await exported('csv'));
    expect(rows.map((row) => row['办理人'])).to.deep.equal(['甲', '', '', '']);
    expect(rows.map((row) => row['办了什么'] === alteredTitle)).to.deep.equal([false, true, true, true]);
    expect(rows[1]?.['说明']).to.include('"actor":"戊"');
    expect(new Set(rows.map((row) => row['时刻']))).to.deep.equal(new Set(['2026-03-02 10:00:00']));
  });

  it('xlsx、xes、ocel、pdf 都读得回来，条数不少', async () => {
    const book = new excel.Workbook();
    await book.xlsx.load((await exported('xlsx')) as unknown as ArrayBuffer);
    const titles = book.getWorksheet('轨迹')?.getColumn(5).values.slice(2);
    expect(titles).to.have.length(4);
    expect(titles?.slice(1)).to.deep.equal([alteredTitle, alteredTitle, alteredTitle]);

    const xes = (await exported('xes')).toString('utf8');
    expect(XMLValidator.validate(xes)).to.equal(true);
    const { log } = new XMLParser({ isArray: (name) => name === 'event' }).parse(xes) as {
      log: { trace: { event: unknown[] } };
    };
    expect(log.trace.event).to.have.length(4);

    const ocel = JSON.parse((await exported('ocel')).toString('utf8')) as { events: { type: string }[] };
    expect(ocel.events.map(({ type }) => type)).to.deep.equal([
      '停用帐号',
      alteredTitle,
      alteredTitle,
      alteredTitle,
    ]);

    const parser = new PDFParse({ data: new Uint8Array(await exported('pdf')) });
    const { text } = await parser.getText();
    await parser.destroy();
    expect(text.replaceAll(/\s+/g, '')).to.include('查出问题').and.to.include('已不是记下时的内容');
  });

  it('更新的程序记下的种类、版次，读不懂，也不算改动', () => {
    const at = new Date('2018-10-14T16:00:00.000Z');
    const known = link(origin, stream, 'districts.loaded', at, {}).body.toString();
    for (const [from, to] of [
      ['districts.loaded', 'districts.redrawn'],
      ['"v":1', '"v":2'],
    ] as const) {
      const body = Buffer.from(known.replace(from, to));
      expect(readEntry({ stream, seq: 1, type: 'x', at, body, leaf: leafHash(body) })).to.include({
        type: 'unread',
        altered: false,
      });
    }
  });

  it('哈希也一起换了、却不成条目的，同样不算', () => {
    const at = new Date('2018-10-14T16:00:00.000Z');
    const body = {
      actor: '甲',
      districts: 12,
      sha256: 'a'.repeat(64),
      content: 'b'.repeat(64),
      provisions: ['art26'],
    };
    const genuine = link(origin, stream, 'districts.loaded', at, body).body.toString();
    const read = (bytes: string, hashed = bytes) =>
      readEntry({
        stream,
        seq: 1,
        type: 'districts.loaded',
        at,
        body: Buffer.from(bytes),
        leaf: leafHash(Buffer.from(hashed)),
      });
    expect(read(genuine)).to.deep.include({ type: 'districts.loaded', at, altered: false });
    const forged = ['null', '[]', '{}', 'x', '"at"', genuine.slice(1)];
    const changes: [string, string][] = [
      ['2018-10-14', '2018-00-14'],
      ['"2018-10-14T16:00:00.000Z"', '5'],
      ['"districts":12', '"districts":"十二"'],
      [`"stream":"${stream}"`, '"stream":"别的链"'],
      ['"seq":1', '"seq":2'],
    ];
    for (const [from, to] of changes) forged.push(genuine.replace(from, to));
    for (const bytes of forged) {
      expect(genuine).to.not.equal(bytes);
      expect(read(bytes), bytes).to.include({ type: 'unread', altered: true });
    }
    expect(read(genuine, '{}')).to.include({ type: 'unread', altered: true });
  });
});

describe('导出的文件', () => {
  let folder = '';
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'hotline-whole-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  it('写到一半失败的，不留半份，原来的那一份还在', async () => {
    const file = join(folder, 'a.csv');
    await writeFile(file, '原来的');
    const failed = await wholeFile(file, '文件', async (handle) => {
      await handle.writeFile('半份');
      throw new Error('没有写完');
    }).catch((error: unknown) => error);
    expect(failed).to.have.property('message', '没有写完');
    expect(await readFile(file, 'utf8')).to.equal('原来的');
    expect(await readdir(folder)).to.deep.equal(['a.csv']);
    await wholeFile(file, '文件', (handle) => handle.writeFile('新的'));
    expect(await readFile(file, 'utf8')).to.equal('新的');
    expect(await readdir(folder)).to.deep.equal(['a.csv']);
  });

  it('写不了的地方，说出是哪个文件、为什么', async () => {
    for (const name of [join(folder, '没有', 'a.csv'), folder, '/dev/null']) {
      const refused = await refusalFrom(wholeFile(name, '文件', (handle) => handle.writeFile('x')));
      expect(refused).to.include({ code: 'file.unreadable' });
      expect(refused?.message).to.include(name);
    }
    expect(await readdir(folder)).to.deep.equal(['a.csv']);
  });
});
