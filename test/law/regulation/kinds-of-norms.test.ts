/**
 * Kinds of norms in ten hotline laws of 2018 to 2025: a norm says each, as the lawyer reads it, or the catalogue refuses
 * it by name.
 */
import { expect } from 'chai';
import { catalogueOf, shippedCatalogues } from '../../../src/law/regulation/index.js';
import { contentOf } from '../../../src/law/regulation/model/index.js';
import { limitInWords } from '../../../src/law/regulation/model/limits.js';
import { shippedContents } from '../../../src/law/regulation/shipped.js';
import { packageRoot } from '../../../src/kernel/package-root.js';

interface Said {
  /** What the law says; the norm's words. */
  readonly says: string;
  readonly modality?: string;
  readonly bearer?: string;
  readonly opens?: readonly object[];
  readonly done?: readonly (readonly object[])[];
  readonly limit?: unknown;
  /** What the lawyer reads of the limit. */
  readonly reads?: string;
  /** Other keys of the norm. */
  readonly also?: object;
}

const act = (deed: string, facts: object = {}): object => ({ deed, facts });
const handed = [act('matter.handed-over')];
const replied = [[act('reply.given')]];
const inTime = { deed: 'matter.registered', facts: { kind: 'consultation' } };

/** Deeds that Jinan's law does not know. */
const deeds: Readonly<Record<string, object>> = {
  'sheet.marked': { facts: { limit: '工单上的时限' } },
  'extension.allowed': { by: ['head-of-unit'] },
  'pause.applied': { facts: { reason: '事由' } },
  'shortcoming.found': { facts: { ground: '事由' } },
  'call.transferred': { facts: { from: '从哪里转来' } },
  'specialist.answered': {},
  'termination.proposed': { facts: { proof: '证明' } },
  'unit.warned': { facts: { by: '方式' } },
  'unit.consulted': {},
  'rating.contested': {},
  'rating.repeated': {},
  'rating.confirmed': { facts: { body: '确认的机构' } },
  'policy.announced': { facts: { date: '公布的日期' } },
  'knowledge.entered': {},
  'fault.noticed': {},
  'fault.mended': {},
  'line.suspended': { by: ['supervisor'], person: true },
  'call.missed': {},
  'call.returned': {},
  'reply.approved': { facts: { by: '批准的人' } },
};

const rows: Readonly<Record<string, readonly Said[]>> = {
  limits: [
    {
      says: '咨询两个工作日，其余五个工作日',
      limit: [
        { when: inTime, days: 2, of: 'working' },
        { days: 5, of: 'working' },
      ],
      reads: '合于所写情形的 2 个工作日，其余 5 个工作日',
    },
    { says: '一个工作日签收', limit: { days: 1, of: 'working' }, reads: '1 个工作日' },
    { says: '任何一天两小时内', limit: { hours: 2 }, reads: '2 小时' },
    {
      says: '五至十个工作日，选定并写在工单上',
      limit: { days: [5, 10], of: 'working', chosen: { deed: 'matter.handed-over', fact: 'to' } },
      reads: '5 至 10 个工作日',
    },
    { says: '两个月', limit: { months: 2 }, reads: '2 个月' },
    {
      says: '法定期限',
      limit: { told: { deed: 'limit.stated', fact: 'date' }, word: '法定期限' },
      reads: '法定期限',
    },
    { says: '即时', limit: { word: '即时' }, reads: '即时（没有数字）' },
    {
      says: '及时',
      limit: { word: '及时', policy: 'dispatchLimit', of: 'natural' },
      reads: '及时（由政策定）',
    },
  ],
  'whose limit': [
    { says: '承办单位自转来起', limit: { days: 5, of: 'working' }, reads: '5 个工作日' },
    {
      says: '热线自受理起两小时内派单',
      bearer: 'city-hotline',
      opens: [act('matter.registered')],
      done: [handed],
      limit: { hours: 2 },
      reads: '2 小时',
    },
    {
      says: '专家坐席两小时内答复',
      bearer: 'specialist',
      done: [[act('specialist.answered')]],
      limit: { hours: 2 },
      reads: '2 小时',
    },
    {
      says: '办理的时限由热线在工单上写明，反馈依法',
      limit: { stated: { deed: 'sheet.marked', fact: 'limit' }, of: 'working' },
      reads: '所写明的时限',
    },
  ],
  extension: [
    {
      says: '由本单位负责人批准，延长五个工作日，一次，届满以前申请，合计不超过两个月',
      limit: { days: 5, of: 'working' },
      reads: '5 个工作日',
      also: {
        extension: {
          ...{ asks: 'extension.applied', grants: 'extension.allowed', grantedBy: 'head-of-unit' },
          ...{ days: 5, of: 'working', times: 1, asked: 'before-due', inAll: { months: 2 } },
        },
      },
    },
    {
      says: '确需延长的，向来电人说明理由',
      limit: { days: 5, of: 'working' },
      reads: '5 个工作日',
      also: { extension: { asks: 'extension.applied', tells: 'J30' } },
    },
  ],
  return: [
    {
      says: '二十四小时内退回，写明理由、建议交给谁',
      modality: 'may',
      limit: { hours: 24 },
      reads: '24 小时',
      done: [[act('return.applied')]],
    },
    {
      says: '退单被驳回的，不得再退',
      modality: 'not',
      also: { forbids: [act('return.applied')], then: 'record', duty: null },
    },
  ],
  pause: [
    {
      says: '不可抗力、死亡、丧失行为能力、法人终止的中止',
      modality: 'may',
      also: {
        duty: null,
        power: {
          decided: [act('pause.decided')],
          used: [act('pause.applied', { reason: ['force-majeure', 'death', 'incapacity', 'dissolved'] })],
        },
      },
    },
  ],
  'end without solution': [
    {
      says: '有证明的终止，由热线审核',
      done: [[act('termination.proposed'), act('feedback.audited')]],
    },
    { says: '一直跟踪到办结，没有终期', done: [[act('matter.completed')]] },
  ],
  'not accepted': [
    {
      says: '不予受理的，告知理由、应当找谁',
      opens: [act('matter.not-accepted')],
      done: [[act('channel.told', { told: true })]],
      limit: { word: '当场' },
      reads: '当场（没有数字）',
    },
  ],
  addressees: [
    {
      says: '部门的职责不得交给镇、街道',
      modality: 'not',
      also: { forbids: [act('matter.handed-over', { to: ['镇', '街道'] })], duty: null },
    },
    { says: '志愿者征得来电人同意可以参与', modality: 'may', bearer: 'volunteer', also: { duty: null } },
  ],
  'before the sheet': [
    {
      says: '危及生命财产的，先电话通知单位',
      bearer: 'city-hotline',
      opens: [act('emergency.transferred')],
      done: [[act('unit.warned', { by: 'phone' })]],
      limit: { word: '立即' },
      reads: '立即（没有数字）',
    },
    { says: '疑难的，派单以前征求单位意见', bearer: 'city-hotline', done: [[act('unit.consulted')]] },
  ],
  supervision: [
    {
      says: '有所列事由之一的，督办',
      bearer: 'city-hotline',
      opens: [act('shortcoming.found', { ground: ['art28.p1.i1', 'art28.p1.i2'] })],
      done: [[act('supervision.ordered')]],
    },
  ],
  rework: [
    {
      says: '明显遗漏、单位有错的才退回，否则解释',
      done: [[act('rework.ordered')], [act('explanation.given')]],
    },
  ],
  ratings: [
    {
      says: '单位有异议的，重新评价，由第三方确认',
      opens: [act('rating.contested')],
      done: [[act('rating.repeated'), act('rating.confirmed', { body: 'third' })]],
    },
  ],
  'periodic duties': [
    {
      says: '每月公布',
      limit: { word: '每月' },
      reads: '每月（没有数字）',
      done: [[act('intake.published')]],
    },
    {
      says: '政策公布以前一个工作日入知识库',
      opens: [act('policy.announced')],
      done: [[act('knowledge.entered')]],
      limit: { days: 1, of: 'working', before: { deed: 'policy.announced', fact: 'date' } },
      reads: '所告知的日期 1 个工作日以前',
    },
    {
      says: '系统提醒后二十四小时内修正',
      opens: [act('fault.noticed')],
      done: [[act('fault.mended')]],
      limit: { hours: 24 },
      reads: '24 小时',
    },
  ],
  callers: [
    {
      says: '扰乱的，可以暂停其线路，只能由人决定',
      modality: 'may',
      also: { duty: null, power: { decided: [act('line.suspended')], used: [act('line.suspended')] } },
    },
    { says: '未接来电回拨', opens: [act('call.missed')], done: [[act('call.returned')]] },
  ],
  enterprises: [
    { says: '答复由单位负责人批准', done: [[act('reply.approved', { by: 'head' }), act('reply.given')]] },
    {
      says: '三十日内整改',
      done: [[act('rectification.reported')]],
      limit: { days: 30, of: 'natural' },
      reads: '30 个自然日',
    },
    { says: '宜快办', modality: 'should', limit: { word: '从快' }, reads: '从快（没有数字）' },
  ],
  'in and out': [
    {
      says: '110 转来的首接负责',
      opens: [act('call.transferred', { from: '110' })],
      done: [[act('matter.registered')]],
    },
  ],
};

const content = () => structuredClone(contentOf(shippedContents()[0]));

/** Jinan's law with the row's norms and what they need, each on a clock of its own. */
function lawWith(said: readonly Said[]): object {
  const law = content();
  const [norms] = law.chapters.flatMap(({ articles }) =>
    articles.flatMap((one) => (one.article === 24 ? [one.norms] : [])),
  );
  law.purposes.titles.bearers['specialist'] = '专家坐席';
  law.purposes.titles.bearers['volunteer'] = '志愿者';
  const added = Object.entries(deeds).map(([name, more]) => ({
    ...{ name, title: name, subject: 'matter', ...more },
  }));
  const clocks = said.map((_, index) => ({ key: `kind-${'abcdefghij'[index] ?? ''}`, title: '试' }));
  const made = said.map((one, index) => ({
    ...{ id: `K${String(10 + index)}`, provisions: ['art24.p1'], bearers: [one.bearer ?? 'handling-unit'] },
    ...{ modality: one.modality ?? 'shall', kind: 'achievement', says: one.says, trigger: '试' },
    ...{ certainty: 'R', enforceable: false, reason: '试' },
    ...(one.limit === undefined ? {} : { limit: one.limit }),
    duty: {
      ...{ subject: 'matter', opens: one.opens ?? handed, discharged: one.done ?? replied },
      ...(one.limit === undefined ? {} : { clock: clocks[index]?.key }),
    },
    ...one.also,
  }));
  return {
    ...law,
    vocabulary: {
      ...law.vocabulary,
      deeds: [...law.vocabulary.deeds, ...added],
      clocks: [...law.vocabulary.clocks, ...clocks],
    },
    chapters: law.chapters.map((chapter) => ({
      ...chapter,
      articles: chapter.articles.map((one) =>
        one.norms === norms ? { ...one, norms: [...norms, ...made] } : one,
      ),
    })),
  };
}

describe('热线的法里有的各种规范', () => {
  for (const [row, said] of Object.entries(rows)) {
    it(`${row}：${said.map(({ says }) => says).join('；')}`, () => {
      const { norm } = catalogueOf(lawWith(said));
      for (const [index, { says, reads }] of said.entries()) {
        const found = norm(`K${String(10 + index)}`);
        expect(found?.says).to.equal(says);
        if (reads !== undefined) expect(limitInWords(found?.limit)).to.equal(reads);
      }
    });
  }

  it('absent：没有回避的法里没有回避，也没有它的期限', () => {
    const [weifang] = shippedCatalogues(`${packageRoot}/packages/weifang`);
    const words = weifang?.vocabulary.deeds.map(({ name }) => name) ?? [];
    expect(words.filter((name) => name.startsWith('recusal.'))).to.deep.equal([]);
  });

  it('structure：插入的条；节不收，指名', () => {
    const law = content();
    const [chapter] = law.chapters.filter(({ articles }) => articles.some(({ article }) => article === 24));
    const place = chapter?.articles.findIndex(({ article }) => article === 24) ?? -1;
    const [article] = chapter?.articles.slice(place, place + 1) ?? [];
    chapter?.articles.splice(place + 1, 0, {
      ...structuredClone(article ?? expect.fail('没有第二十四条')),
      ...{ inserted: 1, norms: [], withoutNorm: '试' },
    });
    expect(catalogueOf(law).provision('art24-1')?.article).to.equal(24);
    const sections = { ...content(), sections: [{ section: 1, title: '节' }] };
    expect(() => catalogueOf(sections)).to.throw('sections');
  });

  it('次数（“一年两次”“各只一次”）不收，指名', () => {
    const counted = [{ says: '两次', done: [[{ ...act('reply.given'), times: 2 }]] }];
    expect(() => catalogueOf(lawWith(counted))).to.throw('times');
  });
});
