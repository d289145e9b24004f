/** A new city from its law's text: what is asked, what is refused, and that the same answers give the same bytes. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { newPackage as command } from '../../../src/cli/package/new.js';
import { newPackage, readActs, readAnswers, readLaw } from '../../../src/design/package/index.js';
import { inquire } from '../../../src/design/package/new/inquiry.js';
import { lengthsIn } from '../../../src/design/package/new/lengths.js';
import { provisionLabel } from '../../../src/law/regulation/index.js';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { refusalFrom, refusalOf } from '../../support/refusal.js';

const text = [
  '某市热线条例',
  '（2026年1月5日某市人民代表大会常务委员会第一次会议通过）',
  '第一章 总则',
  '第一条 为了办好热线，制定本条例。',
  '第二条 热线工作机构应当登记诉求，形成工单；能够直接答复的，应当直接答复；须由承办单位办理的，应当派单。',
  '第二章 办理',
  '第三条 承办单位应当签收，自接到之日起五个工作日内办结并反馈；',
  '紧急的，应当在二小时内办结。',
  '第四条 承办单位可以申请退单。',
  '第五条 本条例自2026年3月1日起施行。',
];
const law = readLaw(text.join('\n'));
const acts = readActs();
const U = ['handling-unit'];
const H = ['city-hotline'];
const days = { days: 5, of: 'working' };

const given = (change: (articles: Record<string, unknown>) => void = () => undefined) => {
  const articles: Record<string, unknown> = {
    art1: '立法目的',
    art2: [
      { binding: 'shall', who: H, does: 'register' },
      { binding: 'shall', who: H, does: 'answer' },
      { binding: 'shall', who: H, does: 'dispatch' },
    ],
    art3: [
      { at: ['art3.p1'], binding: 'shall', who: U, does: 'receive' },
      { at: ['art3.p1'], binding: 'shall', who: U, does: 'handle', within: days },
      { at: ['art3.p2'], binding: 'shall', who: U, outside: '由紧急的一类管' },
    ],
    art4: [{ binding: 'may', who: U, does: 'return' }],
    art5: '施行日期',
  };
  change(articles);
  const content = {
    format: 1,
    city: { key: 'test-city', names: ['某市'], letter: 'T' },
    parties: { 'city-hotline': '热线工作机构', 'handling-unit': '承办单位' },
    articles,
  };
  return readAnswers(JSON.stringify(content), 'answers.json');
};

const faultsWith = (change: (articles: Record<string, unknown>) => void): string[] =>
  inquire(law, acts, given(change)).faults.map(({ where, what }) => `${where}：${what}`);

describe('由一部法的条文写出新的城市', () => {
  it('条文里的时长读得出来，日子不算时长', () => {
    expect(lengthsIn('五至十个工作日内办结，二十四小时内反馈，不超过两个月，自2026年1月1日起')).to.deep.equal(
      [{ days: [5, 10], of: 'working' }, { hours: 24 }, { months: 2 }],
    );
    expect(lengthsIn('十五日、3个工作日、一百二十日')).to.deep.equal([
      { days: 15, of: 'natural' },
      { days: 3, of: 'working' },
      { days: 120, of: 'natural' },
    ]);
    expect(lengthsIn('每月公布，当日办理，十月份')).to.deep.equal([]);
  });

  it('逐条问，依条文的话建议；建议没有人核对过的，不作数', () => {
    const { articles } = inquire(law, acts, given());
    expect(
      articles.map(({ id, suggested }) => [id, suggested?.map(({ does }) => does) ?? null]),
    ).to.deep.equal([
      ['art1', null],
      ['art2', ['register', 'answer', 'dispatch']],
      ['art3', ['receive', 'handle']],
      ['art4', ['return']],
      ['art5', null],
    ]);
    const suggested = articles.find(({ id }) => id === 'art4')?.suggested;
    expect(faultsWith((all) => void (all['art4'] = suggested))).to.deep.equal([
      '第四条第一款：还是程序的建议，没有人核对过',
    ]);
  });

  const art3 = (norm: object) => (all: Record<string, unknown>) =>
    void (all['art3'] = [{ binding: 'shall', who: U, does: 'handle', ...norm }]);
  const wrong: [string, (articles: Record<string, unknown>) => void, string][] = [
    ['没有回答的', (all) => void delete all['art4'], '第四条：还没有回答'],
    [
      '期限与条文不同的',
      art3({ within: { days: 7, of: 'working' } }),
      '第三条：条文写的是 5 个工作日、2 小时，答的是 7 个工作日',
    ],
    [
      '工作日答成自然日的',
      art3({ within: { days: 5, of: 'natural' } }),
      '第三条：条文写的是 5 个工作日、2 小时，答的是 5 个自然日',
    ],
    ['条文写了期限没有答的', art3({}), '第三条：条文写了期限（5 个工作日、2 小时），答案没有'],
    [
      '“可以”答成应当的',
      (all) => void (all['art4'] = [{ binding: 'shall', who: U, does: 'return' }]),
      '第四条：条文写的是“可以”“鼓励”一类，答的是应当',
    ],
    [
      '“应当”答成不得的',
      (all) => void (all['art2'] = [{ binding: 'not', who: H, does: 'register' }]),
      '第二条：条文没有“不得”一类的话，答的是不得',
    ],
    [
      '一件事答了几种期限的',
      (all) =>
        void (all['art3'] = [
          { at: ['art3.p1'], binding: 'shall', who: U, does: 'handle', within: days },
          { at: ['art3.p2'], binding: 'shall', who: U, does: 'handle', within: { hours: 2 } },
        ]),
      'handle：“办理，并在期限内答复{caller}、反馈热线”答了几种期限：5 个工作日；2 小时',
    ],
    [
      '办理没有期限的',
      (all) => void (all['art4'] = [{ binding: 'may', who: U, does: 'handle' }]),
      '没有期限，数不了按时的件数',
    ],
    ['没有的款', art3({ at: ['art3.p9'], within: days }), '第三条里没有 art3.p9'],
    ['没有的一方', art3({ who: ['superior'], within: days }), '第三条：没有“superior”这一方'],
    ['没有的事', art3({ does: 'fly', within: days }), '第三条：没有“fly”这件事'],
    ['没有的条', (all) => void (all['art9'] = '没有'), 'art9：这部法没有第九条'],
    [
      '来电没有人办的',
      (all) => void (all['art3'] = '不约束'),
      'handle：没有一条答作“办理，并在期限内答复{caller}、反馈热线”；没有它，来电没有人办',
    ],
  ];
  for (const [what, change, said] of wrong)
    it(`${what}，指明哪一条、怎么办`, () => {
      expect(
        faultsWith(change).some((one) => one.includes(said)),
        faultsWith(change).join('\n'),
      ).to.equal(true);
      const { faults } = inquire(law, acts, given(change));
      expect(faults.every(({ fix }) => fix.length > 3)).to.equal(true);
      expect(refusalOf(() => newPackage(law, acts, given(change)))?.code).to.equal('package.answers-invalid');
    });

  it('同样的回答，同样的字节；法里没有的，从基础包里去掉', () => {
    const files = newPackage(law, acts, given());
    expect([...newPackage(law, acts, given())]).to.deep.equal([...files]);
    const city = JSON.parse(files.get('regulation/city.json') ?? '') as { drops: string[]; extends: string };
    expect(city.extends).to.equal('plain@1');
    expect(city.drops).to.include.members(['deeds/deeds/call-back.made', 'processes/assessment.bpmn']);
    expect(city.drops).not.to.include('deeds/deeds/return.applied');
    const chapter = JSON.parse(files.get('regulation/catalogue/2026/chapter-2.json') ?? '') as {
      articles: {
        article: number;
        paragraphs: { words: string }[];
        norms: { id: string; limit?: unknown }[];
      }[];
    };
    expect(chapter.articles[0]?.paragraphs[1]?.words).to.equal('紧急的，应当在二小时内办结。');
    expect(chapter.articles.flatMap(({ norms }) => norms.map(({ id, limit }) => [id, limit]))).to.deep.equal([
      ['T04', undefined],
      ['T05', days],
      ['T06', undefined],
      ['T07', undefined],
    ]);
  });

  it('每件事都有一句可说的话，写的期限、角色都有名', () => {
    for (const [key, { title, norm, who }] of Object.entries(acts.acts)) {
      expect(title, key).to.match(/[\u4e00-\u9fff]/);
      expect(norm.duty ?? norm['power'], key).to.be.an('object');
      expect(
        who.every((one) => one in acts.parties),
        key,
      ).to.equal(true);
    }
    expect(provisionLabel('art1')).to.equal('第一条');
  });

  describe('命令', () => {
    let folder = '';
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'hotline-new-'));
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));
    const file = async (name: string, content: string): Promise<string> => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    };

    it('先写出问题和建议，改好再写出条例包；写过的路径不覆盖', async () => {
      const lawFile = await file('law.txt', text.join('\n'));
      const draft = join(folder, 'draft.json');
      const said = await command({ law: lawFile, to: draft });
      expect(said).to.include('  art3.p2 紧急的，应当在二小时内办结。').and.include('  handle ');
      const drafted = JSON.parse(await readFile(draft, 'utf8')) as { articles: Record<string, unknown> };
      expect(drafted.articles['art1']).to.equal(null);
      expect(refusalOf(() => void readAnswers(JSON.stringify(drafted), draft))?.message).to.include(
        'city key：小写字母开头的一个词',
      );
      const answers = await file('answers.json', JSON.stringify(given()));
      const to = join(folder, 'city');
      expect(await command({ law: lawFile, answers, to })).to.include('个文件');
      expect(await readdir(join(to, 'regulation', 'catalogue'))).to.deep.equal(['2026']);
      expect((await refusalFrom(command({ law: lawFile, answers, to })))?.code).to.equal('usage.invalid');
      const next = join(folder, 'next');
      await command({ law: lawFile, answers, to: next, follows: to });
      const manifest = JSON.parse(await readFile(join(next, 'regulation', 'city.json'), 'utf8')) as object;
      expect(manifest).to.have.property('follows', '../city');
      const foreign = await refusalFrom(
        command({ law: lawFile, answers, to: join(folder, 'other'), follows: packageRoot }),
      );
      expect(foreign?.message).to.include('是“jinan”的条例包');
    });

    it('不是法的文件、不对的回答：拒绝，什么也不写', async () => {
      const to = join(folder, 'city');
      const notALaw = await file('a.txt', '会议纪要\n一、到会的人');
      const twice = await file(
        'b.txt',
        text.map((line, index) => (index === 8 ? '第三条 再写一次。' : line)).join('\n'),
      );
      const lawFile = await file('law.txt', text.join('\n'));
      const answers = await file('answers.json', JSON.stringify(given((all) => void delete all['art4'])));
      const broken = await file('broken.json', '{"format": 1,');
      const refusals = await Promise.all([
        refusalFrom(command({ law: notALaw, to })),
        refusalFrom(command({ law: twice, to })),
        refusalFrom(command({ law: lawFile, answers, to })),
        refusalFrom(command({ law: lawFile, answers: broken, to })),
        refusalFrom(command({ law: join(folder, 'none.txt'), to })),
      ]);
      expect(refusals.map((one) => one?.code)).to.deep.equal([
        'package.text-invalid',
        'package.text-invalid',
        'package.answers-invalid',
        'package.answers-invalid',
        'file.unreadable',
      ]);
      expect(refusals[1]?.message).to.include('第 9 行：第三条写了两次，第 7 行已经有');
      expect((await readdir(folder)).sort()).to.deep.equal([
        'a.txt',
        'answers.json',
        'b.txt',
        'broken.json',
        'law.txt',
      ]);
    });
  });
});
