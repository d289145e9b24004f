import { expect } from 'chai';
import type { JsonObject } from '../../src/kernel/index.js';
import { packageJson } from '../../src/kernel/package-content.js';
import { ask, written } from './context.js';

const draft = packageJson('regulation/assessment-method.json') as JsonObject;
const method = { ...draft, approvedBy: '市人民政府', approvedOn: '2026-01-04' };
const counts = {
  甲局: { completion: { met: 99, of: 100 }, satisfaction: { met: 79, of: 100 } },
  乙局: { completion: { met: 2, of: 3 }, rework: { met: 1, of: 4 } },
};
const groups = { 甲局: 'departments', 乙局: 'departments' };

describe('考核的处理程序', () => {
  it('第三十一条：随附的示例办法未经批准，不能用来考核', () => {
    expect(ask('checkMethod', { method: draft })).to.deep.equal({ error: 'method-not-approved' });
    expect(ask('checkMethod', {})).to.deep.equal({ error: 'method-not-approved' });
    expect(written('checkMethod', { method }).methodVersion).to.equal(draft.version);
  });

  it('第三十一条：权重之和不是一百、公式用了没有的量的办法不能用', () => {
    const [first, ...others] = draft.indicators as JsonObject[];
    const uneven = { ...method, indicators: [{ ...first, weight: 11 }, ...others] };
    expect(ask('checkMethod', { method: uneven })).to.deep.equal({ error: 'method-not-approved' });
    const unknown = { ...method, indicators: [{ ...first, formula: 'speed.met / speed.of' }, ...others] };
    expect(ask('checkMethod', { method: unknown })).to.deep.equal({ error: 'method-not-approved' });
  });

  const nothing = { reception: null, reply: null, resolution: null, knowledge: null };

  it('第三十八条：比率和得分是万分之一为单位的整数，没有可计的不扣分，同组排名', () => {
    const { figures, poorUnits } = written('computeFigures', { method, counts, groups });
    expect(figures).to.deep.equal([
      {
        unit: '乙局',
        group: 'departments',
        rates: { ...nothing, completion: 6667, satisfaction: null, rework: 2500 },
        score: 9083,
        rank: 2,
        poor: false,
      },
      {
        unit: '甲局',
        group: 'departments',
        rates: { ...nothing, completion: 9900, satisfaction: 7900, rework: null },
        score: 9560,
        rank: 1,
        poor: true,
      },
    ]);
    expect(poorUnits).to.deep.equal(['甲局']);
  });

  const objections = [
    { number: 1, unit: '甲局', measure: 'satisfaction', ground: null, at: '', result: null, decidedAt: null },
  ];
  const objection = { objectionNumber: 1, objectionNumerator: 80, objectionDenominator: 100 };
  const decide = (more: JsonObject) =>
    written('applyObjection', { method, counts, groups, objections, ...objection, ...more });

  it('第三十八条：提出的异议各有编号，互不覆盖', () => {
    const said = { objectionUnit: '乙局', objectionMeasure: 'reply', objectionGround: 'sealed:00' };
    const registered = written('registerObjection', { objections, ...said });
    expect(registered.openObjections).to.equal(2);
    const [, second] = registered.objections as JsonObject[];
    expect(second).to.include({ number: 2, unit: '乙局', measure: 'reply', result: null });
  });

  it('第三十八条：异议成立的更正并重算，不成立的只记载', () => {
    const upheld = decide({ objectionResult: 'upheld' });
    expect(upheld).to.deep.include({ poorUnits: [], openObjections: 0 });
    const rejected = decide({ objectionResult: 'rejected' });
    expect(Object.keys(rejected)).to.deep.equal(['objections', 'openObjections']);
  });

  it('第三十八条：没有的异议、已经裁定的异议、不合理的数字，不更正', () => {
    for (const wrong of [
      { objectionNumerator: 101 },
      { objectionNumber: 2 },
      { objectionDenominator: null },
      { objections: [{ ...objections[0], result: 'rejected' }] },
    ]) {
      expect(decide({ objectionResult: 'upheld', ...wrong })).to.not.have.property('figures');
    }
  });

  it('第三十三条：公开的数据是全市合计，不含单位和个人', () => {
    const { publication } = written('preparePublication', { method, counts, received: 120 }) as {
      publication: JsonObject;
    };
    expect(publication.completion).to.deep.equal({ label: '按时办结', met: 101, of: 103 });
    expect(publication.accepted).to.deep.equal({ label: '受理', met: 120, of: 120 });
    expect(JSON.stringify(publication)).to.not.match(/甲局|乙局/);
  });
});
