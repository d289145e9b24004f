import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readLaw } from '../../../src/law/regulation/law-text.js';
import { shared } from '../../support/shared.js';

const lines = [
  '某市热线条例',
  '（2026年1月5日某市人民代表大会常务委员会第一次会议通过　2026年2月6日某省人民代表大会常务委员会批准）',
  '目录',
  '第一章 总则',
  '第二章 办理',
  '第一章 总则',
  '第一条 为了办好热线，制定本条例。',
  '第二条 承办单位是下列单位：',
  '（一）部门；',
  '（二）街道。',
  '前款所称部门，包括派出机构。',
  '第二章 办理',
  '第一节 受理',
  '第三条 应当登记。',
  '第三条之一 应当答复。',
  '第二节 附则',
  '第四条 本条例自2026年3月1日起施行。',
];
const faultsWith = (change: (lines: string[]) => void) => {
  const changed = [...lines];
  change(changed);
  return readLaw(changed.join('\n')).faults.map(({ line, what }) => `${line} ${what}`);
};

describe('法的原文', () => {
  it('目录不算；章、节、条、插入的一条、款、项各归其位，日子读得出来', () => {
    const law = readLaw(lines.join('\r\n'));
    expect(law.faults).to.deep.equal([]);
    expect([law.title, law.adoptedOn, law.approvedOn, law.inForceFrom]).to.deep.equal([
      '某市热线条例',
      '2026-01-05',
      '2026-02-06',
      '2026-03-01',
    ]);
    expect(
      law.chapters.map(({ chapter, title, articles }) => [chapter, title, articles.map(({ id }) => id)]),
    ).to.deep.equal([
      [1, '总则', ['art1', 'art2']],
      [2, '办理', ['art3', 'art3-1', 'art4']],
    ]);
    const [, second] = law.chapters[0]?.articles ?? [];
    expect(second?.paragraphs).to.deep.equal([
      { words: '承办单位是下列单位：', items: ['部门；', '街道。'] },
      { words: '前款所称部门，包括派出机构。', items: [] },
    ]);
    expect(law.chapters[1]?.articles.map(({ section }) => section)).to.deep.equal([
      '受理',
      undefined,
      '附则',
    ]);
  });

  const broken: [string, (lines: string[]) => void, string][] = [
    ['条号写了两次', (all) => void (all[7] = '第一条 再写一次。'), '8 第一条写了两次，第 7 行已经有'],
    ['少一条', (all) => void (all[13] = '第五条 应当登记。'), '14 应当是第三条，实际是第五条'],
    ['少一章', (all) => void (all[11] = '第三章 办理'), '12 少了第二章'],
    [
      '插入的没有接上',
      (all) => void (all[14] = '第三条之二 应当答复。'),
      '15 第三条之二没有接在第三条之一之后',
    ],
    ['少一项', (all) => void all.splice(8, 1), '9 第二条的第二项前面少了一项，或者写了两次'],
    ['没有条文', (all) => void all.splice(1), '1 这不是一部法：没有“第几条”这样的条文'],
    ['空条', (all) => void (all[6] = '第一条'), '7 第一条没有条文'],
  ];
  for (const [what, change, said] of broken)
    it(`${what}：指明哪一行`, () => {
      expect(faultsWith(change)).to.include(said);
    });

  it('各市公布的原文读得出来', function () {
    const folder = shared(this, 'regulation/others');
    const read = (name: string) => readLaw(readFileSync(`${folder}/${name}.md`, 'utf8'));
    const counts = [
      '呼和浩特市接诉即办工作条例-2022',
      '鞍山市群众诉求办理条例-2019',
      '鞍山市政务服务便民热线条例-2025',
    ].map((name) => {
      const { chapters, faults } = read(name);
      expect(faults, name).to.deep.equal([]);
      return [chapters.length, chapters.flatMap(({ articles }) => articles).length];
    });
    expect(counts).to.deep.equal([
      [7, 37],
      [7, 42],
      [7, 32],
    ]);
  });
});
