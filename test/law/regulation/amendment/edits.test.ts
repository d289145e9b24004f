import { expect } from 'chai';
import {
  applyEdits,
  changesOf,
  contentOf,
  editSchema,
  impactOf,
  shippedLaw,
  type Edit,
} from '../../../../src/law/regulation/index.js';
import { notCounted } from '../../../../src/law/regulation/amendment/relive.js';
import { shippedContents } from '../../../../src/law/regulation/shipped.js';
import { twoLaws } from '../../../support/two-laws.js';

const next = { inForceFrom: '2027-03-01', version: '2018-2', source: '示例' };
const law = shippedLaw('2026-03-02');
const apply = (...edits: Edit[]) => applyEdits(shippedContents()[0], edits, next, law);

const article: Edit = {
  edit: 'article',
  after: 'art24',
  heading: '告诉来电人谁在办',
  paragraphs: ['承办单位接到事项的当日告诉来电人由谁办理。'],
  norms: [
    {
      bearers: ['handling-unit'],
      modality: 'shall',
      says: '当日告诉来电人由谁办理',
      trigger: '市热线工作机构转来事项',
      limit: { word: '及时' },
      exception: null,
      compensatedBy: [],
      duty: {
        opens: [{ deed: 'matter.handed-over', facts: {} }],
        discharged: [[{ deed: 'handling.begun', facts: {} }]],
        clock: null,
        owedByHolder: true,
      },
      reason: null,
    },
  ],
  withoutNorm: null,
};

describe('修改条例：改动', () => {
  it('五个工作日改三个，接在第二十四条后面加一条：别的条号、编号都不动', () => {
    const { catalogue } = apply(
      { edit: 'norm', norm: 'J27', set: { limit: { days: 3, of: 'working' } } },
      article,
    );
    expect(catalogue.norm('J27')?.limit).to.deep.equal({ days: 3, of: 'working' });
    expect(catalogue.version).to.include({ inForceFrom: '2027-03-01', version: '2018-2', articles: 44 });
    expect(catalogue.provision('art24-1')?.words).to.equal('告诉来电人谁在办');
    expect(catalogue.normsIn('art24-1').map(({ id, provisions }) => [id, provisions])).to.deep.equal([
      ['J62', ['art24-1.p1']],
    ]);
    expect(catalogue.normsIn('art24').map(({ id }) => id)).to.not.include('J62');
    expect(catalogue.provision('art25')?.article).to.equal(25);
  });

  it('期限改成不以工作日计的、改得比同一计时别的长的：以前的工单不能重新数，说得出是哪几项', () => {
    const { before } = twoLaws(3);
    const told = (...edits: Edit[]) => notCounted(before, apply(...edits).catalogue);
    type Set = { days: number; of: 'working' } | { word: '及时' };
    const edited = (limit: Set, norm = 'J27'): Edit => ({ edit: 'norm', norm, set: { limit } });
    expect(notCounted(before, twoLaws(3).after)).to.deep.equal([]);
    expect(told(edited({ days: 3, of: 'working' }))).to.deep.equal([]);
    expect(told(edited({ days: 7, of: 'working' }))).to.deep.equal([]);
    const longer = told(edited({ days: 7, of: 'working' }), edited({ days: 5, of: 'working' }, 'J28'));
    expect(longer).to.include('J27');
    expect(told(edited({ word: '及时' }))).to.deep.equal(['J27']);
    expect(told(article)).to.deep.equal([]);
  });

  it('再加一条，接在加的那一条后面；接在同一条后面的，拒绝', () => {
    const { catalogue } = apply(article, { ...article, after: 'art24-1' });
    expect(catalogue.provision('art24-2.p1')).to.not.equal(undefined);
    expect(() => apply(article, article)).to.throw('接在它后面');
  });

  it('改级别的名称、灯号、回放里的名称，改谁可以做一个行为：对照里是中文；照旧写着旧名称的文字看得见', () => {
    const before = contentOf(shippedContents()[0]);
    const { content: after } = apply(
      { edit: 'level', level: 'reminder', set: { title: '温馨提示', light: 'yellow', reported: null } },
      { edit: 'deed', deed: 'reply.given', by: ['unit', 'general-office'] },
      { edit: 'deed', deed: 'matter.received', by: [] },
    );
    const changes = changesOf(before, after, law);
    expect(changes.map(({ field, before: was, after: is }) => [field, was, is])).to.deep.include.members([
      ['名称', '提醒', '温馨提示'],
      ['灯号', '正常', '黄灯'],
      ['回放里的名称', '催办提醒', null],
      ['谁可以做', '承办单位', '承办单位、市政府办公厅'],
      ['谁可以做', '承办单位', '程序、来电人'],
    ]);
    const notice = { name: 'reminder', title: '通知', text: '期限将到的提醒' };
    const around = { diagrams: [], policies: [], scenarios: [], tables: [], documents: [notice] };
    expect(impactOf(changes, { before, after }, around).documents).to.deep.equal([
      { name: 'reminder', title: '通知', why: '写有“提醒”' },
    ]);
  });

  it('期限改短：原来的长短写在决策表里的，列出这张表', () => {
    const before = contentOf(shippedContents()[0]);
    const { content: after } = apply({
      edit: 'norm',
      norm: 'J27',
      set: { limit: { days: 3, of: 'working' } },
    });
    const tables = ['"P5D"', '"P4D"'].map((text) => ({
      name: text,
      title: '时限',
      text: `<text>${text}</text>`,
    }));
    const around = { diagrams: [], policies: [], scenarios: [], tables, documents: [] };
    expect(impactOf(changesOf(before, after, law), { before, after }, around).tables).to.deep.equal([
      { name: '"P5D"', title: '时限', why: '写有“"P5D"”' },
    ]);
  });

  it('废止一项：条里没有别的义务的写明为什么，别的义务不再引它', () => {
    const { catalogue } = apply({ edit: 'repeal', norm: 'J38', reason: '不再督办' });
    expect(catalogue.norm('J38')).to.equal(undefined);
    expect(catalogue.norm('J28')?.compensatedBy).to.deep.equal(['J39', 'J57']);
  });

  it('条例里没有的一处、词汇里没有的行为、改了以后前后不合的：说出是第几项、哪里', () => {
    const cases: readonly (readonly [Edit, string])[] = [
      [{ edit: 'words', provision: 'art99.p1', words: '没有' }, '第 1 项改动：没有 art99.p1'],
      [{ edit: 'norm', norm: 'J99', set: {} }, '第 1 项改动：没有 J99'],
      [
        { edit: 'norm', norm: 'J27', set: { opens: [{ deed: 'no.such', facts: {} }] } },
        '词汇里没有行为 no.such',
      ],
      [{ edit: 'level', level: 'purple', set: {} }, '没有级别 purple'],
      [{ edit: 'deed', deed: 'reply.given', by: ['constructor'] }, '没有 constructor 这个岗位'],
    ];
    for (const [edit, said] of cases) expect(() => apply(edit)).to.throw(said);
    expect(editSchema.safeParse({ edit: 'norm', norm: 'J27', set: { articles: 1 } }).success).to.equal(false);
  });
});
