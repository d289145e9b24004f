import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createTree, pathName, readTree, treeChanges } from '../../../src/sheet/classification/index.js';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { Refusal } from '../../../src/kernel/index.js';
import { packageText } from '../../../src/kernel/package-content.js';

const head = '编码,名称,上级编码,行业\n';

function refusalOf(text: string): Refusal {
  try {
    readTree(text, '表.csv');
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  return expect.fail(`没有被拒绝：${text}`);
}

describe('事项分类表', () => {
  it('一行一个分类，行业随上级，末级才可归入', () => {
    const tree = createTree(
      1,
      '甲',
      readTree(`\uFEFF${head}A,公用事业,,公用\nA1,供水,A,供水\nA2,"供,气",A,\n`, 'x'),
    );
    expect(tree.leaves.map(({ code }) => code)).to.deep.equal(['A1', 'A2']);
    expect(tree.find('A2')).to.include({ name: '供,气', trade: '公用', level: 2, leaf: true });
    expect(pathName(tree.find('A1') ?? expect.fail())).to.equal('公用事业 / 供水');
    expect(tree.find('A')).to.include({ trade: '公用', leaf: false });
  });

  it('一行一条路径的表，以路径为编码', () => {
    const tree = createTree(
      1,
      '乙',
      readTree('一级分类,二级分类,三级分类\n甲,乙,丙\n甲,乙,丁\n甲,戊,\n', 'x'),
    );
    expect(tree.leaves.map(({ code }) => code)).to.deep.equal(['甲/乙/丙', '甲/乙/丁', '甲/戊']);
    expect(tree.find('甲')).to.include({ parent: null, leaf: false });
  });

  it('共同案例的分类表能够读入', () => {
    const text = readFileSync(join(packageRoot, '..', 'shared', 'cases', 'taxonomy.csv'), 'utf8');
    const tree = createTree(1, '案例', readTree(text, 'taxonomy.csv'));
    expect(tree.leaves.length).to.be.within(400, 517);
    expect(Math.max(...tree.classes.map(({ level }) => level))).to.equal(3);
  });

  for (const [what, text, line, sentence] of [
    ['不是分类表', 'a,b\n1,2\n', 1, '表头'],
    ['空的', head, 2, '没有一个分类'],
    ['编码写两次', `${head}A,甲,,\nA,乙,,\n`, 3, '写了两次'],
    ['没有上级', `${head}A,甲,B,\n`, 2, '没有编码为“B”的上级'],
    ['自己的上级', `${head}A,甲,B,\nB,乙,A,\n`, 2, '自己的上级'],
    ['同级重名', `${head}A,甲,,\nB,甲,,\n`, 3, '两个“甲”'],
    ['第六级', `${head}A,1,,\nB,2,A,\nC,3,B,\nD,4,C,\nE,5,D,\nF,6,E,\n`, 7, '第 5 级以下'],
    ['没有名称', `${head}A,,,\n`, 2, '都要写'],
    ['引号不配对', `${head}A,"甲,,\n`, 2, 'CSV'],
    ['中间缺一级', '一级,二级,三级\n甲,,丙\n', 2, '没有写'],
    ['路径写两次', '一级,二级\n甲,乙\n甲,乙\n', 3, '写了两次'],
    ['既是末级又有下级', '一级,二级\n甲,乙\n甲,\n', 3, '既是末级又有下级'],
  ] as const) {
    it(`${what}的表整个不收，说出是哪一行`, () => {
      const refusal = refusalOf(text);
      expect(refusal.code).to.equal('classification.invalid');
      expect(refusal.message).to.include(`第 ${line} 行`).and.to.include(sentence);
    });
  }

  it('两版之间：新增、删去、改名、换上级都看得出', () => {
    const before = createTree(1, '', readTree(`${head}A,甲,,\nB,乙,A,\nC,丙,A,\n`, 'x'));
    const after = createTree(2, '', readTree(`${head}A,甲,,\nB,乙二,A,\nD,丁,A,\n`, 'x'));
    const { added, removed, changed } = treeChanges(before, after);
    expect([added, removed].map((list) => list.map(({ code }) => code))).to.deep.equal([['D'], ['C']]);
    expect(changed.map(({ to }) => to.name)).to.deep.equal(['乙二']);
  });

  it('附带的样本读得通：九类、五级、近千个末级，每个末级都有行业', () => {
    const name = 'classification-sample.csv';
    const tree = createTree(0, '', readTree(packageText(`regulation/${name}`), name));
    expect(tree.classes.filter(({ level }) => level === 1)).to.have.length(9);
    expect(tree.leaves.length).to.be.within(950, 1000);
    expect(new Set(tree.leaves.map(({ level }) => level))).to.deep.equal(new Set([5]));
    expect(tree.leaves.filter(({ trade }) => trade === null).map(pathName)).to.deep.equal([]);
  });

  it('一千个末级的表读得进，并且找得到', () => {
    const rows = ['A,一,,'];
    for (let index = 0; index < 1000; index += 1) rows.push(`A${index},类${index},A,`);
    const tree = createTree(1, '', readTree(head + rows.join('\n'), 'x'));
    expect(tree.leaves).to.have.length(1000);
    expect(tree.find('A999')?.path.map(({ code }) => code)).to.deep.equal(['A', 'A999']);
  });
});
