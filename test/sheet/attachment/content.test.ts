/** Which files are accepted and refused, by their content: real files, good and bad. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import sharp from 'sharp';
import { fileName, nameWithEnding } from '../../../src/sheet/attachment/index.js';
import { prepare, type Prepared } from '../../../src/sheet/attachment/prepare.js';
import { receive } from '../../../src/sheet/attachment/receive.js';
import { Refusal } from '../../../src/kernel/index.js';
import * as files from '../../support/sample-files.js';

describe('附件：按内容认格式', () => {
  let folder = '';
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'hotline-received-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  async function* sent(bytes: Buffer): AsyncGenerator<Buffer> {
    yield await Promise.resolve(bytes);
  }
  const take = async (bytes: Buffer): Promise<Prepared> => {
    const received = await receive(folder, sent(bytes), 300 * 1024 * 1024);
    try {
      return await prepare(received);
    } finally {
      await received.drop();
    }
  };
  const refused = async (bytes: Buffer): Promise<Refusal> => {
    const error: unknown = await take(bytes).catch((one: unknown) => one);
    if (!(error instanceof Refusal)) throw new Error('not refused', { cause: error });
    expect(error.message).to.match(/\p{Script=Han}/u);
    return error;
  };

  it('照片重新编码：方向摆正，位置、机型都没有了，有缩略图', async () => {
    const original = await files.photoWithPlace();
    expect(original.includes('SecretModel')).to.equal(true);
    expect((await sharp(original).metadata()).exif?.length).to.be.greaterThan(0);
    const { media, content, thumbnail } = await take(original);
    expect(media.type).to.equal('image/jpeg');
    const kept = await sharp(content).metadata();
    expect(kept).to.include({ width: 200, height: 400 });
    expect([kept.exif, kept.xmp, kept.iptc, kept.orientation]).to.deep.equal([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(content?.includes('SecretModel')).to.equal(false);
    const small = await sharp(thumbnail).metadata();
    expect(small).to.include({ format: 'webp', height: 320 });
  });

  it('PNG、WebP、GIF 都收，动图只留一张；大的缩到 2560 点', async () => {
    const base = sharp(await files.photo(3000, 1000));
    expect((await take(await base.clone().png().toBuffer())).media.type).to.equal('image/png');
    expect((await take(await base.clone().webp().toBuffer())).media.type).to.equal('image/jpeg');
    const still = await take(await base.clone().resize(60).gif().toBuffer());
    expect(still.media.type).to.equal('image/png');
    const { content } = await take(await base.jpeg().toBuffer());
    expect(await sharp(content).metadata()).to.include({ width: 2560, height: 853 });
  });

  it('照片后面接着网页（polyglot）：收下的只有照片', async () => {
    const polyglot = Buffer.concat([
      await files.photo(50, 50),
      Buffer.from('<html><script>alert(1)</script>'),
    ]);
    const { content } = await take(polyglot);
    expect(content?.includes('script')).to.equal(false);
  });

  it('六万乘六万点的 PNG：还没有解开就拒绝', async () => {
    const before = process.memoryUsage().rss;
    const { code, message } = await refused(files.pictureBomb());
    expect([code, message]).to.deep.equal(['attachment.damaged', '图片多于 120 百万点，不打开']);
    expect(process.memoryUsage().rss - before).to.be.lessThan(200 * 1024 * 1024);
  });

  it('不完整的照片、PDF、DOCX：拒绝', async () => {
    const whole = await files.photo(600, 600);
    expect((await refused(whole.subarray(0, whole.length / 2))).code).to.equal('attachment.damaged');
    expect((await refused(files.smallPdf.subarray(0, 30))).code).to.equal('attachment.damaged');
    const letter = await files.letter();
    expect((await refused(letter.subarray(0, letter.length - 30))).message).to.include('压缩包不完整');
  });

  it('PDF、DOCX、XLSX、TXT、录音、短视频：收，按内容写格式', async () => {
    const ftyp = (brand: string) =>
      Buffer.concat([
        Buffer.from([0, 0, 0, 24]),
        Buffer.from(`ftyp${brand}\0\0\0\0mp42isom`),
        Buffer.alloc(64),
      ]);
    for (const [bytes, type] of [
      [files.smallPdf, 'application/pdf'],
      [await files.letter(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
      [
        await files.office({
          'xl/workbook.xml': '<workbook/>',
          'xl/printerSettings/printerSettings1.bin': 'x',
        }),
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      ],
      [Buffer.from('下水道堵了三天。\r\n没有人来。\r\n', 'utf8'), 'text/plain'],
      [files.amr, 'audio/amr'],
      [Buffer.concat([Buffer.from('ID3\x04\0'), Buffer.alloc(200)]), 'audio/mpeg'],
      [Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt '), Buffer.alloc(64)]), 'audio/wav'],
      [Buffer.concat([Buffer.from('OggS'), Buffer.alloc(64)]), 'audio/ogg'],
      [ftyp('M4A '), 'audio/mp4'],
      [ftyp('isom'), 'video/mp4'],
      [ftyp('qt  '), 'video/quicktime'],
    ] as const)
      expect((await take(bytes)).media.type).to.equal(type);
  });

  it('GB18030 的文本收下来是 UTF-8', async () => {
    const gbk = Buffer.from([0xcd, 0xa3, 0xcb, 0xae, 0xc8, 0xfd, 0xcc, 0xec]);
    expect((await take(gbk)).content?.toString('utf8')).to.equal('停水三天');
  });

  it('SVG、网页、程序、脚本、带宏的文档、压缩包、压缩炸弹、HEIC：不收，说明为什么', async () => {
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(64)]);
    for (const [bytes, why] of [
      [files.vector, /SVG/],
      [Buffer.from('\ufeff  <?xml version="1.0"?><svg onload="x()"/>'), /SVG/],
      [Buffer.from('说明\n<script>alert(1)</script>'), /脚本/],
      [Buffer.from('MZ\x90\0\x03\0\0\0'), /不是认得的格式/],
      [Buffer.from('\x7fELF\x02\x01\x01\0'), /不是认得的格式/],
      [randomBytes(3000), /不是认得的格式/],
      [await files.office({ 'word/document.xml': '', 'word/vbaProject.bin': 'x' }), /宏/],
      [await files.office({ 'evil.exe': 'MZ' }), /不是 Word、Excel/],
      [await files.packageBomb(), /炸弹/],
      [heic, /HEIC/],
    ] as const) {
      const { code, message } = await refused(bytes);
      expect(code, message).to.equal('attachment.unsupported');
      expect(message).to.match(why);
    }
  });

  it('随便什么字节：要么收下，要么说明为什么不收；收下的图片都是重新编码的', async () => {
    const heads = [
      '',
      '\xff\xd8\xff',
      '\x89PNG\r\n\x1a\n',
      'GIF89a',
      'RIFF1234WEBP',
      'PK\x03\x04',
      '%PDF-',
      'ID3',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...heads),
        fc.uint8Array({ minLength: 1, maxLength: 3000 }),
        async (head, rest) => {
          const bytes = Buffer.concat([Buffer.from(head, 'latin1'), rest]);
          const outcome: unknown = await take(bytes).catch((error: unknown) => error);
          if (outcome instanceof Refusal) return;
          const { media, content } = outcome as Prepared;
          expect(media.kind === 'picture').to.equal(content !== undefined && media.kind !== 'document');
        },
      ),
      { numRuns: 300, seed: 12345 },
    );
    expect(await readdir(folder)).to.deep.equal([]);
  }).timeout(60_000);

  it('空的、太大的、传到一半断的：拒绝，磁盘上什么也不留', async () => {
    const broken = async function* (): AsyncGenerator<Buffer> {
      yield await Promise.resolve(Buffer.alloc(1000));
      throw new Error('aborted');
    };
    for (const [source, code] of [
      [sent(Buffer.alloc(0)), 'input.invalid'],
      [sent(Buffer.alloc(2000)), 'attachment.too-large'],
      [broken(), 'input.invalid'],
    ] as const) {
      const error: unknown = await receive(folder, source, 1000).catch((one: unknown) => one);
      expect(error).to.be.instanceOf(Refusal).and.include({ code });
    }
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('文件名：没有路径、控制字符、看不见的字符；结尾照内容写', () => {
    expect(fileName('../../etc/passwd')).to.equal('passwd');
    expect(fileName('C:\\桌面\\路面\u202egpj.exe')).to.equal('路面 gpj.exe');
    expect(fileName('a\r\nSet-Cookie: x\0.jpg')).to.equal('a Set-Cookie x .jpg');
    expect(fileName('\u200b..')).to.equal('未命名');
    expect([...fileName('长'.repeat(500))].length).to.equal(120);
    expect(nameWithEnding('照片.exe', 'jpg')).to.equal('照片.jpg');
    expect(nameWithEnding('.htaccess', 'txt')).to.equal('未命名.txt');
  });
});
