import { expect } from 'chai';
import { createModel, updatedProfile, type Profile } from '../../../src/sheet/classification/index.js';

const empty = (code: string): Profile => ({ code, sheets: 0, terms: new Map() });
const of = (code: string, ...texts: string[]): Profile =>
  texts.reduce((profile, text) => updatedProfile(profile, text, 1), empty(code));

describe('分类提示', () => {
  const model = createModel([
    of('供水', '小区停水没有通知', '停水多日', '水压太低，停水'),
    of('噪声', '工地夜间施工噪声', '噪声扰民', '夜间打桩噪声'),
  ]);

  it('按同类工单的用字提示，说得出是哪些字', () => {
    const [first] = model.suggest('又停水了', '楼上停水三天', 3);
    expect(first).to.include({ code: '供水' });
    expect(first?.because).to.include('停水');
    expect(model.suggest('夜间噪声', '', 3)[0]?.code).to.equal('噪声');
  });

  it('没有见过的字不提示什么；空的草稿也不出错', () => {
    expect(model.suggest('', '', 3)).to.deep.equal([]);
    expect(model.suggest('abc 123', '龘龘', 3)).to.deep.equal([]);
  });

  it('统计里只有两字组合的次数，没有原文、号码', () => {
    const profile = of('甲', '张三13800001234住在一号楼，停水');
    for (const term of profile.terms.keys()) expect(term).to.match(/^\p{Script=Han}{2}$/u);
  });

  it('改归他类的，原类忘掉它', () => {
    const before = of('甲', '停水通知');
    expect(updatedProfile(updatedProfile(before, '夜间噪声', 1), '夜间噪声', -1)).to.deep.equal(before);
  });
});
