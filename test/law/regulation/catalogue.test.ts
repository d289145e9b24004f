import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { checkedNorms, commonMeasures, purposes } from '../../../src/kernel/law.js';
import { shippedPolicies } from '../../../src/law/policy/index.js';
import { catalogueOf, overlaps, shippedCatalogue, mayStandAt } from '../../../src/law/regulation/index.js';
import { shippedProcesses } from '../../../src/cases/index.js';
import { extensionsOf, readDiagram, textOf, type Element } from '../../support/diagram.js';
import { shared } from '../../support/shared.js';
import { workingDaysOf } from '../../../src/kernel/limit.js';

const catalogue = shippedCatalogue('2026-11-25');

describe('条例目录', () => {
  it('第一条至第四十四条都在；每条要么有义务，要么写明为什么没有', () => {
    const articles = catalogue.provisions.filter(({ kind }) => kind === 'article');
    expect(articles.map(({ article }) => article)).to.deep.equal(Array.from({ length: 44 }, (_, i) => i + 1));
    for (const { id, withoutNorm } of articles) {
      expect(catalogue.normsIn(id).length > 0, id).to.equal(withoutNorm === null);
    }
  });

  it('义务 J01 至 J61 各写一次；一条里各有所欠的，分开写', () => {
    const parts: { readonly [id: string]: readonly string[] } = {
      J26: [...'abcdefg'].map((part) => `J26${part}`),
      J13: ['J13', 'J13e', 'J13n'],
      J21: ['J21', 'J21a', 'J21b'],
      J27: ['J27', 'J27b', 'J27r'],
      J37: ['J37', 'J37a'],
    };
    const numbered = Array.from({ length: 61 }, (_, index) => `J${String(index + 1).padStart(2, '0')}`);
    const wanted = numbered.flatMap((id) => parts[id] ?? [id]);
    expect(catalogue.norms.map(({ id }) => id)).to.deep.equal(wanted);
  });

  it('款、项的数目与原文相同', function () {
    expect(shape(catalogue.provisions.map(({ id }) => id))).to.deep.equal(shape(idsIn(officialText(this))));
  });

  it('用自己的话写，不照抄原文：没有连续二十个字相同', function () {
    const official = officialText(this).replaceAll(punctuation, '');
    const ours = [
      ...catalogue.provisions.map(({ words }) => words),
      ...catalogue.norms.map(({ says }) => says),
    ];
    const copied = ours.flatMap((words) => {
      const plain = words.replaceAll(punctuation, '');
      const pieces = Array.from({ length: Math.max(0, plain.length - 19) }, (_, at) =>
        plain.slice(at, at + 20),
      );
      return pieces.some((piece) => official.includes(piece)) ? [words] : [];
    });
    expect(copied).to.deep.equal([]);
  });

  it('每条义务的所在条文与义务清单一致', function () {
    const rows = readFileSync(shared(this, 'regulation/duties.md'), 'utf8').split('\n');
    for (const norm of catalogue.norms) {
      const rowOf = (id: string) => rows.find((line) => line.startsWith(`| ${id} | `));
      const row = rowOf(norm.id) ?? rowOf(norm.id.replace(/[a-z]$/, ''));
      const article = /^art(\d+)/.exec(norm.provisions.join())?.[1];
      expect(row?.split('|')[2]?.trim(), norm.id).to.match(new RegExp(`^${article ?? '?'}(\\D|$)`));
    }
  });

  it('图上的每个条文链接都能在目录里找到，条文对得上', async () => {
    for (const element of await elements()) {
      for (const link of extensionsOf(element, 'duty:Norm')) {
        const [provision, id] = [textOf(link, 'provision'), textOf(link, 'norm')];
        const norm = catalogue.norm(id);
        expect(catalogue.provision(provision), `${element.id} ${provision}`).to.not.equal(undefined);
        expect(norm && mayStandAt(norm, provision), `${element.id} ${id} ${provision}`).to.equal(true);
      }
    }
  });

  it('作为证据的表单项，图上都是必填、存证的', async () => {
    const asked = new Map<string, Set<string>>();
    for (const element of await elements()) {
      const fields = extensionsOf(element, 'duty:Form').flatMap((form) => form.get('fields') as Element[]);
      const kept = fields.filter((field) => field.get('required') === true && field.get('evidence') === true);
      for (const link of extensionsOf(element, 'duty:Norm')) {
        const id = textOf(link, 'norm');
        asked.set(id, new Set([...(asked.get(id) ?? []), ...kept.map((field) => textOf(field, 'key'))]));
      }
    }
    const missing = catalogue.norms.flatMap(({ id, evidence }) =>
      evidence.fields.filter((field) => !asked.get(id)?.has(field)).map((field) => `${id} ${field}`),
    );
    expect(missing).to.deep.equal([]);
  });

  it('每项政策都决定一处空白，条文对得上；没有引用不存在的政策', () => {
    const policies = shippedPolicies();
    const used = catalogue.norms.flatMap((norm) =>
      norm.openPoints.flatMap((point) => point.policies.map((key) => ({ norm, key }))),
    );
    expect(used.map(({ key }) => key).sort()).to.deep.equal(policies.all.map(({ key }) => key).sort());
    for (const { norm, key } of used) {
      const { article } = policies.named(key);
      expect(
        norm.provisions.some((place) => overlaps(place, article)),
        `${norm.id} ${key}`,
      ).to.equal(true);
    }
  });

  it('法里写了数字的期限只有五个工作日，写一处，同一句的别项跟着它', () => {
    const numbered = catalogue.norms.filter(({ limit }) => workingDaysOf(limit) !== undefined);
    expect(numbered.map(({ id }) => id)).to.deep.equal(['J27']);
    expect(numbered[0]?.limit).to.deep.equal({ days: 5, of: 'working' });
    const same = catalogue.norms.filter(
      ({ id, duty, limit }) => duty?.clock === 'reply' && limit && id !== 'J27',
    );
    expect(same.map(({ id }) => id)).to.deep.equal(['J27b', 'J28', 'J29', 'J30', 'J31']);
    for (const { limit } of same) expect(limit).to.deep.equal({ as: 'J27' });
  });

  describe('前后不合的目录读不进来，并说出哪一处', () => {
    const version = { ...catalogue.version, articles: 1 };
    const norm = {
      id: 'J01',
      provisions: ['art1'],
      bearers: ['agent'],
      modality: 'shall',
      kind: 'none',
      says: '甲',
      trigger: '乙',
      certainty: 'V',
      enforceable: true,
    };
    const article = { article: 1, heading: '甲', paragraphs: [{ words: '甲' }], norms: [norm] };
    const vocabulary = {
      holders: [],
      subjects: [{ key: 'matter', title: '事项', identity: 'case' }],
      clocks: [],
      deeds: [
        { name: 'reply.given', title: '回复', subject: 'matter', facts: { way: '方式' } },
        { name: 'matter.ended', title: '结束', subject: 'matter', facts: { result: '结果', ground: '事由' } },
      ],
    };
    const owing = (duty: object) => of([{ ...article, norms: [{ ...norm, duty }] }]);
    const duty = { subject: 'matter', opens: [{ deed: 'reply.given', facts: { way: 'phone' } }] };
    const grounded = (facts: object) =>
      owing({ ...duty, madeGood: [{ by: 'J01', when: { deed: 'matter.ended', facts } }] });
    const levels = [{ key: 'high', title: '甲', sign: '!', light: 'red' }];
    const standing = {
      city: ['某市'],
      levels,
      norms: Object.fromEntries(checkedNorms.map((one) => [one, ['J01']])),
      supervision: {
        orders: [{ deed: 'reply.given', short: '甲', title: '甲', issuer: '甲', after: '甲' }],
        grounds: [{ provision: 'art1', says: '甲' }],
      },
      purposes: Object.fromEntries(purposes.map((one) => [one, ['art1']])),
    };
    const replied = { deed: 'reply.given', facts: { way: 'phone' } };
    const words = { label: '甲', provision: 'art1', of: '分母', met: '分子', instant: '其时' };
    const measured = {
      kind: { deed: 'reply.given', fact: 'way' },
      measures: Object.fromEntries(
        commonMeasures.map((key) => [key, { ...words, decided: [{ when: [replied], met: true }] }]),
      ),
    };
    const of = (articles: readonly object[], by = {}, measures: object = measured) => ({
      version,
      vocabulary,
      measures,
      purposes: { ...standing, purposes: { ...standing.purposes, ...by } },
      chapters: [{ chapter: 1, title: '甲', articles }],
    });
    const counting = (measure: object) =>
      of(
        [article],
        {},
        { ...measured, measures: { ...measured.measures, accepted: { ...words, ...measure } } },
      );
    const cases: readonly (readonly [string, unknown, RegExp])[] = [
      ['做的事依据的条文没有', of([article], { reply: ['art2'] }), /reply：没有 art2/],
      ['没有说做的事依据哪一条', of([article], { reply: [] }), /reply/],
      ['缺一条', of([{ ...article, article: 2 }]), /应当依次是第 1 至 1 条/],
      ['一项义务写了两次', of([{ ...article, norms: [norm, norm] }]), /J01 写了两次/],
      ['没有义务，也没说为什么', of([{ ...article, norms: [] }]), /要么有义务/],
      [
        '条文里没有那一款',
        of([{ ...article, norms: [{ ...norm, provisions: ['art1.p2'] }] }]),
        /没有 art1\.p2/,
      ],
      ['牵连不存在的义务', of([{ ...article, norms: [{ ...norm, compensatedBy: ['J99'] }] }]), /没有 J99/],
      [
        '义务由词汇里没有的行为引起',
        owing({ ...duty, opens: [{ deed: 'reply.sent' }] }),
        /没有行为 reply\.sent/,
      ],
      [
        '义务看的事实，行为没有',
        owing({ ...duty, discharged: [[{ deed: 'reply.given', facts: { told: true } }]] }),
        /reply\.given 没有事实 told/,
      ],
      ['没有这一方', of([{ ...article, norms: [{ ...norm, bearers: ['village'] }] }]), /没有“village”这一方/],
      ['没有这个对象', owing({ ...duty, subject: 'call' }), /没有对象 call/],
      ['没有这个期限', owing({ ...duty, clock: 'answer' }), /没有期限 answer/],
      [
        '补救的行为有事由，却没有写明哪些事由补救它',
        grounded({ result: 'corrected' }),
        /由 J01 补救的行为 matter\.ended 有事由，madeGood 须写明/,
      ],
      ['补救的事由条文里没有', grounded({ ground: ['art9'] }), /由 J01 补救的事由：没有 art9/],
      ['由没有的义务补救', owing({ ...duty, madeGood: [{ by: 'J99', when: duty.opens[0] }] }), /没有 J99/],
      [
        '考核的量没有定义',
        of([article], {}, { ...measured, measures: { ...measured.measures, reply: undefined } }),
        /measures\.reply/,
      ],
      [
        '考核的量数没有的行为',
        counting({ decided: [{ when: [{ deed: 'reply.sent' }], met: true }] }),
        /reply\.sent/,
      ],
      ['考核的量看没有的期限', counting({ decided: [{ passed: 'answer' }] }), /accepted：没有期限 answer/],
      ['考核的量依据没有的条文', counting({ provision: 'art9' }), /accepted：没有 art9/],
      [
        '考核分类用的事实，行为没有',
        of([article], {}, { ...measured, kind: { deed: 'reply.given', fact: 'kind' } }),
        /reply\.given 没有事实 kind/,
      ],
      ['不必有环节，却没说理由', of([{ ...article, norms: [{ ...norm, enforceable: false }] }]), /reason/],
    ];
    it('合得上的读得进来', () => {
      expect(catalogueOf(of([article])).norms).to.have.length(1);
    });
    for (const [what, content, said] of cases) {
      it(what, () => {
        expect(() => catalogueOf(content)).to.throw(said);
      });
    }
  });
});

const punctuation = /\s|[,，。；;：:、（）()“”]/g;

const elements = async () =>
  (await Promise.all(shippedProcesses().map(readDiagram))).flatMap((diagram) => diagram.elements);

const officialText = (context: Mocha.Context): string =>
  readFileSync(shared(context, 'regulation/济南市12345市民服务热线条例-2018.md'), 'utf8');

/** Provision ids of the text, a paragraph a line, an item where a line begins with （一）. */
function idsIn(text: string): string[] {
  const ids: string[] = [];
  let [article, paragraph, item] = [0, 0, 0];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (/^第[一二三四五六七八九十]+条 /.test(line)) {
      [article, paragraph, item] = [article + 1, 1, 0];
      ids.push(`art${String(article)}`, `art${String(article)}.p1`);
    } else if (line.startsWith('（') && article > 0) {
      item += 1;
      ids.push(`art${String(article)}.p${String(paragraph)}.i${String(item)}`);
    } else if (line !== '' && !line.startsWith('#') && article > 0) {
      [paragraph, item] = [paragraph + 1, 0];
      ids.push(`art${String(article)}.p${String(paragraph)}`);
    }
  }
  return ids;
}

const shape = (ids: readonly string[]): string[] => [...ids].sort();
