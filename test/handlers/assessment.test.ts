import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { JsonObject } from '../../src/kernel/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { ask, written } from './context.js';

const draft = JSON.parse(
  readFileSync(join(packageRoot, 'regulation', 'assessment-method.json'), 'utf8'),
) as JsonObject;
const method = { ...draft, approvedBy: '市人民政府', approvedOn: '2026-01-04' };
const counts = {
  甲局: { completion: { met: 99, of: 100 }, satisfaction: { met: 79, of: 100 } },
  乙局: { completion: { met: 2, of: 3 }, rework: { met: 1, of: 4 } },
};

describe('考核的处理程序', () => {
  it('第三十一条:随附的示例办法未经批准,不能用来考核', () => {
    expect(ask('checkMethod', { method: draft })).to.deep.equal({ error: 'method-not-approved' });
    expect(ask('checkMethod', {})).to.deep.equal({ error: 'method-not-approved' });
    expect(written('checkMethod', { method }).methodVersion).to.equal(draft.version);
  });

  it('第三十一条:权重之和不是一百的办法不能用', () => {
    const [first, ...others] = draft.indicators as JsonObject[];
    const uneven = { ...method, indicators: [{ ...first, weight: 11 }, ...others] };
    expect(ask('checkMethod', { method: uneven })).to.deep.equal({ error: 'method-not-approved' });
  });

  it('第三十八条:比率和得分是万分之一为单位的整数,没有可计的不扣分', () => {
    const { figures, poorUnits } = written('computeFigures', { method, counts });
    expect(figures).to.deep.equal([
      {
        unit: '乙局',
        rates: {
          reception: 10_000,
          completion: 6667,
          satisfaction: 10_000,
          resolution: 10_000,
          rework: 2500,
          knowledge: 10_000,
        },
        score: 8750,
      },
      {
        unit: '甲局',
        rates: {
          reception: 10_000,
          completion: 9900,
          satisfaction: 7900,
          resolution: 10_000,
          rework: 0,
          knowledge: 10_000,
        },
        score: 9550,
      },
    ]);
    expect(poorUnits).to.deep.equal(['甲局']);
  });

  const objection = {
    objectionUnit: '甲局',
    objectionIndicator: 'satisfaction',
    objectionNumerator: 80,
    objectionDenominator: 100,
  };

  it('第三十八条:异议成立的更正并重算,不成立的只记载', () => {
    const upheld = written('applyObjection', { method, counts, ...objection, objectionResult: 'upheld' });
    expect(upheld.poorUnits).to.deep.equal([]);
    expect(upheld.objections).to.have.length(1);
    const rejected = written('applyObjection', { method, counts, ...objection, objectionResult: 'rejected' });
    expect(Object.keys(rejected)).to.deep.equal(['objections']);
  });

  it('第三十八条:异议的数字不合理、单位不存在的,不更正', () => {
    for (const wrong of [
      { objectionNumerator: 101 },
      { objectionUnit: '丙局' },
      { objectionDenominator: null },
    ]) {
      const result = written('applyObjection', {
        method,
        counts,
        ...objection,
        objectionResult: 'upheld',
        ...wrong,
      });
      expect(result).to.not.have.property('figures');
    }
  });

  it('第三十三条:公开的数据是全市合计,不含单位和个人', () => {
    const { publication } = written('preparePublication', { method, counts }) as { publication: JsonObject };
    expect(publication.completion).to.deep.equal({ label: '按时办结率', met: 101, of: 103 });
    expect(JSON.stringify(publication)).to.not.match(/甲局|乙局/);
  });
});
