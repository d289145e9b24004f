import { expect } from 'chai';
import fc from 'fast-check';
import {
  createModel,
  dispatchOf,
  updatedProfile,
  shadowedRules,
  type DispatchRule,
  type Profile,
} from '../../src/classification/index.js';

const empty = (code: string): Profile => ({ code, sheets: 0, terms: new Map() });
const of = (code: string, ...texts: string[]): Profile =>
  texts.reduce((profile, text) => updatedProfile(profile, text, 1), empty(code));

describe('分类提示', () => {
  const model = createModel([
    of('供水', '小区停水没有通知', '停水多日', '水压太低,停水'),
    of('噪声', '工地夜间施工噪声', '噪声扰民', '夜间打桩噪声'),
  ]);

  it('按同类工单的用字提示,说得出是哪些字', () => {
    const [first] = model.suggest('又停水了', '楼上停水三天', 3);
    expect(first).to.include({ code: '供水' });
    expect(first?.because).to.include('停水');
    expect(model.suggest('夜间噪声', '', 3)[0]?.code).to.equal('噪声');
  });

  it('没有见过的字不提示什么;空的草稿也不出错', () => {
    expect(model.suggest('', '', 3)).to.deep.equal([]);
    expect(model.suggest('abc 123', '龘龘', 3)).to.deep.equal([]);
  });

  it('统计里只有两字组合的次数,没有原文、号码', () => {
    const profile = of('甲', '张三13800001234住在一号楼,停水');
    for (const term of profile.terms.keys()) expect(term).to.match(/^\p{Script=Han}{2}$/u);
  });

  it('改归他类的,原类忘掉它', () => {
    const before = of('甲', '停水通知');
    expect(updatedProfile(updatedProfile(before, '夜间噪声', 1), '夜间噪声', -1)).to.deep.equal(before);
  });
});

describe('第二十三条第二项:转办规则', () => {
  const rule = (given: Partial<DispatchRule> & { unit: string }): DispatchRule => ({
    supporting: [],
    basis: 'duty',
    ...given,
  });
  const matter = { path: ['A', 'A1', 'A11'], trade: '供水', kind: 'help', district: '历下区' };

  it('从上到下,第一条合适的作数;分类含其下级', () => {
    const rules = [
      rule({ class: 'B', unit: '乙' }),
      rule({ class: 'A1', district: '市中区', unit: '丙' }),
      rule({ class: 'A1', district: '历下区', unit: '丁' }),
      rule({ unit: '兜底' }),
    ];
    expect(dispatchOf(rules, matter)).to.deep.include({ row: 3 });
    expect(dispatchOf(rules, { ...matter, district: null })?.rule.unit).to.equal('兜底');
    expect(dispatchOf(rules.slice(0, 2), matter)).to.equal(undefined);
  });

  it('永远轮不到的行找得出来', () => {
    const rules = [
      rule({ class: 'A', unit: '甲' }),
      rule({ class: 'A1', trade: '供水', unit: '乙' }),
      rule({ kind: 'help', unit: '丙' }),
    ];
    expect(shadowedRules(rules, (code, above) => code.startsWith(above))).to.deep.equal([{ row: 2, by: 1 }]);
  });

  it('说轮不到的,真的没有一件事轮得到它', () => {
    const pick = <T>(...values: T[]) => fc.constantFrom(...values);
    const anyRule = fc.record({
      class: pick(null, 'A', 'AA', 'B'),
      kind: pick(null, 'help' as const),
      district: pick(null, '历下区'),
      trade: pick(null, '供水'),
      unit: fc.constant('甲'),
      supporting: fc.constant<string[]>([]),
      basis: fc.constant('duty' as const),
    });
    const anyMatter = fc.record({
      path: pick([], ['A'], ['A', 'AA'], ['B']),
      kind: pick('help', 'report'),
      district: pick(null, '历下区', '市中区'),
      trade: pick(null, '供水'),
    });
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 6 }), fc.array(anyMatter), (rules, matters) => {
        const dead = new Set(
          shadowedRules(rules, (code, above) => code.startsWith(above)).map(({ row }) => row),
        );
        for (const each of matters) expect(dead.has(dispatchOf(rules, each)?.row ?? 0)).to.equal(false);
      }),
    );
  });
});
