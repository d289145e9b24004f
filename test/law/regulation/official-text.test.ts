/**
 * The official text is outside the project: its content is tested if it is present, its parsing
 * with an invented text.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  loadOfficialText,
  provisionLabel,
  shippedCatalogue,
  textOfVersion,
} from '../../../src/law/regulation/index.js';
import { readOfficialText } from '../../../src/law/regulation/official-text.js';
import { refusalOf } from '../../support/refusal.js';
import { shared } from '../../support/shared.js';
import { useSystem } from '../../support/system.js';
import { plainTrails } from '../../support/entries.js';

const catalogue = shippedCatalogue('2026-11-25');
const numerals = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** An invented text of the same structure. */
function madeUp(): string[] {
  const lines = [`# ${catalogue.version.title}`, '2018年6月28日通过', '## 第一章 总则'];
  for (const { id, kind } of catalogue.provisions) {
    const [article = '', paragraph = '', item = ''] = id.split('.');
    const number = numerals[Number(item.slice(1))] ?? '';
    if (kind === 'article') continue;
    const words = id === 'art44.p1' ? '本条例自2018年9月1日起施行。' : `${id} 的话。`;
    if (kind === 'item') lines.push(`（${number}）${words}`);
    else lines.push(paragraph === 'p1' ? `${provisionLabel(article)}\u3000${words}` : words);
  }
  return lines;
}

const read = (lines: readonly string[]) =>
  readOfficialText(Buffer.from(lines.join('\r\n\r\n')), '全文.txt', [catalogue]);

describe('条例的官方原文', () => {
  it('逐条、逐款、逐项各归其位', () => {
    const { text } = read(madeUp());
    expect(text.effectiveFrom).to.equal('2018-09-01');
    expect([...text.sentences.keys()]).to.deep.equal(
      catalogue.provisions.filter(({ kind }) => kind !== 'article').map(({ id }) => id),
    );
    expect(text.sentences.get('art24.p1.i2')).to.equal('（二）art24.p1.i2 的话。');
    expect(text.sentences.get('art24.p2')).to.equal('art24.p2 的话。');
  });

  it('自公布之日起施行的：按题目认是哪一版', () => {
    const lines = madeUp().map((line) => line.replace('自2018年9月1日起施行', '自公布之日起施行'));
    expect(read(lines).text.effectiveFrom).to.equal('2018-09-01');
  });

  const broken: [string, (lines: string[]) => string[], RegExp][] = [
    ['缺一条', (lines) => lines.filter((line) => !line.startsWith('第七条')), /第七条/],
    ['缺一项', (lines) => lines.filter((line) => !line.includes('art24.p1.i4 ')), /第二十四条第一款第四项/],
    [
      '多一款',
      (lines) => lines.flatMap((line) => (line.startsWith('第九条') ? [line, '又一款。'] : [line])),
      /第九条第二款/,
    ],
    [
      '一条写了两次',
      (lines) => lines.flatMap((line) => (line.startsWith('第六条') ? [line, line] : [line])),
      /第六条第一款写了两次/,
    ],
    ['多一条', (lines) => [...lines, '第四十五条 附加。'], /第四十五条/],
    ['次序颠倒', (lines) => [...lines.slice(0, 3), ...lines.slice(3).reverse()], /次序不对|没有|多出/],
    ['别的条例', (lines) => ['# 某市某条例', ...lines.slice(1)], /没有题目/],
    ['没有施行日期', (lines) => lines.filter((line) => !line.includes('起施行')), /没有写明自何日起施行/],
    ['别的一版', (lines) => lines.map((line) => line.replace('2018年9月1日', '2030年9月1日')), /2030-09-01/],
    ['空的', () => [], /没有写明自何日起施行/],
  ];
  for (const [name, change, told] of broken) {
    it(`${name}：拒绝，说明哪里不对`, () => {
      const refusal = refusalOf(() => read(change(madeUp())));
      expect(refusal?.code).to.equal('regulation.text-invalid');
      expect(refusal?.message).to.match(told);
    });
  }

  it('不是文字的、过大的也是拒绝，不是出错', () => {
    for (const bytes of [Buffer.from([0xff, 0xfe, 0x00]), Buffer.alloc(1024 * 1024 + 1, 0x20)]) {
      const refusal = refusalOf(() => readOfficialText(bytes, 'x', [catalogue]));
      expect(refusal?.code).to.equal('regulation.text-invalid');
    }
  });

  describe('载入', () => {
    const system = useSystem({ shipped: false });

    it('公布的全文：四十四条全在，存下 SHA-256 和施行日期，轨迹有条目；再载入不重复', async function () {
      const bytes = readFileSync(shared(this, 'regulation/济南市12345市民服务热线条例-2018.md'));
      const file = { name: '/tmp/条例.md', bytes, actor: '法制处' };
      expect((await loadOfficialText(system(), file)).known).to.equal(false);
      expect((await loadOfficialText(system(), file)).known).to.equal(true);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const text = await system().database.transaction((tx) => textOfVersion(tx, catalogue.version));
      expect(text).to.include({ sha256, source: '条例.md', effectiveFrom: '2018-09-01', effectiveTo: null });
      expect(text?.sentences.get('art24.p1')).to.include('五个工作日');
      expect(new Set([...(text?.sentences.keys() ?? [])].map((id) => id.split('.')[0])).size).to.equal(44);
      const trail = await system().database.transaction((tx) =>
        plainTrails(system().trail, tx, ['regulation']),
      );
      const entries = trail.get('regulation') ?? [];
      expect(entries.map(({ type }) => type)).to.deep.equal(['regulation.text-loaded']);
      expect(entries[0]?.body).to.include({ actor: '法制处', sha256, effectiveFrom: '2018-09-01' });
    });

    it('载入过的谁也改不了', async () => {
      await loadOfficialText(system(), {
        name: '造.txt',
        bytes: Buffer.from(madeUp().join('\n')),
        actor: '甲',
      });
      for (const statement of [
        `UPDATE hotline.regulation_text SET sha256 = 'x'`,
        'DELETE FROM hotline.regulation_text',
      ]) {
        const error: unknown = await system()
          .database.transaction((tx) => tx.query(statement))
          .catch((thrown: unknown) => thrown);
        expect(error, statement).to.be.instanceOf(Error);
      }
    });
  });
});
