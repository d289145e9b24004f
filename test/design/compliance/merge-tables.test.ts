/**
 * Merging two people's changes of one decision table: rows changed by one are taken, rows changed
 * by both are conflicts.
 */
import { expect } from 'chai';
import {
  compareSources,
  mergeSources,
  noWords,
  type Change,
  type Choices,
  type Merged,
  type Sides,
} from '../../../src/design/compliance/index.js';
import { parseDecision } from '../../../src/engine/index.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { decisionXml, type WrittenTable } from '../../support/decision-table.js';

interface Rows {
  readonly [id: string]: readonly string[];
}

const rows: Rows = {
  a: ['"report"', '-', '"一级"'],
  b: ['"help"', '<= 3', '"二级"'],
  c: ['"help"', '> 3', '"三级"'],
  z: ['-', '-', '"三级"'],
};

const table = (now: Rows, more: Partial<WrittenTable> = {}): string =>
  decisionXml({
    ...{
      hitPolicy: 'FIRST',
      inputs: [
        ['kind', 'string'],
        ['days', 'number'],
      ],
      outputs: [['level', 'string']],
    },
    ...{ rules: Object.values(now), ids: Object.keys(now) },
    ...more,
  });
const base = table(rows);

const law = shippedLaw('2026-03-02');
const differing = (before: string, after: string): Promise<readonly Change[]> =>
  compareSources(before, after, noWords, law);
const merge = (sides: Sides, choices: Choices = {}): Promise<Merged> =>
  mergeSources(sides, choices, noWords, law);
const merged = (mine: string, theirs: string, choices: Choices = {}): Promise<Merged> =>
  merge({ base, mine, theirs }, choices);
/** Rows by id, with what they say. */
const rowsIn = async (xml: string): Promise<readonly string[]> =>
  (await parseDecision(xml)).rules.map(({ id, tests, results }) =>
    [`${id}:`, ...tests, ...results].join(' '),
  );

describe('两个人改同一张决策表，按行合在一起', () => {
  it('只有一方改过的：结果就是那一方的，没有要选的', async () => {
    const other = table({
      z: rows.z ?? [],
      a: ['"report"', '> 1', '"一级"'],
      n: ['"complaint"', '-', '"一级"'],
      c: rows.c ?? [],
    });
    for (const sides of [
      { mine: other, theirs: base },
      { mine: base, theirs: other },
      { mine: other, theirs: other },
    ]) {
      const { xml, conflicts, notes } = await merge({ base, ...sides });
      expect(await differing(other, xml)).to.deep.equal([]);
      expect({ conflicts, notes }).to.deep.equal({ conflicts: [], notes: [] });
    }
  });

  it('各改各的行，一方删、一方加：都在，先后照旧', async () => {
    const { b: _deleted, ...left } = rows;
    const mine = table({ ...left, a: ['"report"', '<= 9', '"一级"'] });
    const { z = [], ...before } = rows;
    const theirs = table({ ...before, c: ['"help"', '> 3', '"四级"'], n: ['"complaint"', '-', '"五级"'], z });
    const { xml, conflicts, notes } = await merged(mine, theirs);
    expect({ conflicts, notes }).to.deep.equal({ conflicts: [], notes: [] });
    expect(await rowsIn(xml)).to.deep.equal([
      'a: "report" <= 9 "一级"',
      'c: "help" > 3 "四级"',
      'n: "complaint" - "五级"',
      'z: - - "三级"',
    ]);
  });

  it('同一行两边改得不同，哪怕不是同一格：逐行问，选谁的就整行是谁的', async () => {
    const mine = table({ ...rows, b: ['"help"', '<= 5', '"二级"'], c: ['"help"', '> 5', '"三级"'] });
    const theirs = table({ ...rows, b: ['"help"', '<= 3', '"一级"'] });
    const { xml, conflicts } = await merged(mine, theirs);
    expect(conflicts).to.deep.equal([
      {
        element: 'b',
        name: '原第 2 行',
        mine: ['第 2 行的“days”由 <= 3 改为 <= 5'],
        theirs: ['第 2 行的“level”由 "二级" 改为 "一级"'],
      },
    ]);
    const [, unchosen, taken] = await rowsIn(xml);
    expect([unchosen, taken]).to.deep.equal(['b: "help" <= 3 "一级"', 'c: "help" > 5 "三级"']);
    const chosen = await merged(mine, theirs, { b: 'mine' });
    expect(await differing(mine, chosen.xml)).to.deep.equal([]);
  });

  it('一方删去、另一方改过的行：也要问；选改过的，行还在原处', async () => {
    const { b: _deleted, ...left } = rows;
    const [mine, theirs] = [table(left), table({ ...rows, b: ['"help"', '<= 4', '"二级"'] })];
    const { conflicts } = await merged(mine, theirs);
    expect(conflicts).to.deep.equal([
      {
        element: 'b',
        name: '原第 2 行',
        mine: ['删去原第 2 行：kind "help"，days <= 3，level "二级"'],
        theirs: ['第 2 行的“days”由 <= 3 改为 <= 4'],
      },
    ]);
    for (const [choice, wanted] of [
      ['mine', mine],
      ['theirs', theirs],
    ] as const) {
      const { xml } = await merged(mine, theirs, { b: choice });
      expect(await differing(wanted, xml)).to.deep.equal([]);
    }
    const swapped = await merge({ base, mine: theirs, theirs: mine }, { b: 'mine' });
    expect(await differing(theirs, swapped.xml)).to.deep.equal([]);
  });

  it('先后：一方移了照移的；两边移得不同才问，至多一行适用的表（U）不问', async () => {
    const { a = [], b = [], c = [], z = [] } = rows;
    const [mine, theirs] = [table({ b, a, c, z }), table({ a, c, b, z })];
    const one = await merged(mine, table({ a, b, c, n: ['"x"', '-', '"一级"'], z }));
    expect((await rowsIn(one.xml)).map(([id]) => id)).to.deep.equal(['b', 'a', 'c', 'n', 'z']);
    const { conflicts } = await merged(mine, theirs);
    expect(conflicts.map(({ name, mine: own }) => [name, own])).to.deep.equal([
      ['行的先后', ['原第 2 行移到第 1 行', '原第 1 行移到第 2 行']],
    ]);
    const chosen = await merged(mine, theirs, { 'grounds order': 'mine' });
    expect(await differing(mine, chosen.xml)).to.deep.equal([]);
    const [was, my, their] = [base, mine, theirs].map((xml) => xml.replace(' hitPolicy="FIRST"', ''));
    const unique = await merge({ base: was ?? '', mine: my ?? '', theirs: their ?? '' });
    expect(unique.conflicts).to.deep.equal([]);
  });

  it('两边在同一处各加一行：都在，对方的在前，并且说出来；格子的标识不重', async () => {
    const { z = [], ...before } = rows;
    const [mine, theirs] = ['m', 't'].map((id) => table({ ...before, [id]: [`"${id}"`, '-', '"一级"'], z }));
    const { xml, conflicts, notes } = await merged(mine ?? '', theirs ?? '');
    expect((await rowsIn(xml)).map(([id]) => id)).to.deep.equal(['a', 'b', 'c', 't', 'm', 'z']);
    expect(conflicts).to.deep.equal([]);
    expect(notes).to.deep.equal(['对方加的第 4 行和我加的第 5 行加在同一处，前面的先适用，请看过先后']);
    const ids = [...xml.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('一方加列、一方改行加行：都在；没有人填过的格子说出来', async () => {
    const wider = Object.fromEntries(Object.entries(rows).map(([id, cells]) => [id, [...cells, '"加急"']]));
    const mine = table(wider, {
      outputs: [
        ['level', 'string'],
        ['urgency', 'string'],
      ],
    });
    const theirs = table({ ...rows, a: ['"report"', '-', '"零级"'], n: ['"x"', '-', '"一级"'] });
    const { xml, conflicts, notes } = await merged(mine, theirs);
    expect(conflicts).to.deep.equal([]);
    const now = await rowsIn(xml);
    expect([now[0], now[4]]).to.deep.equal(['a: "report" - "零级" "加急"', 'n: "x" - "一级" null']);
    expect(notes).to.deep.equal(['第 5 行的“urgency”：行和列是两个人分别加的，这一格还没有人填，请填上']);
  });

  it('一方删去一列，另一方在那一列里写过：要问，选留下的就连所写的一起留下', async () => {
    const narrow = Object.fromEntries(
      Object.entries(rows).map(([id, [kind = '', , level = '']]) => [id, [kind, level]]),
    );
    const mine = table(narrow, { inputs: [['kind', 'string']] });
    const theirs = table({ ...rows, b: ['"help"', '<= 4', '"二级"'] });
    const { conflicts } = await merged(mine, theirs);
    expect(conflicts).to.deep.equal([
      {
        element: 'in1',
        name: '“days”一列',
        mine: ['删去输入列“days”'],
        theirs: ['第 2 行的“days”由 <= 3 改为 <= 4'],
      },
    ]);
    for (const [choice, wanted] of [
      ['mine', mine],
      ['theirs', theirs],
    ] as const) {
      const { xml } = await merged(mine, theirs, { in1: choice });
      expect(await differing(wanted, xml)).to.deep.equal([]);
    }
    // Nobody has filled it, so it is removed without a conflict.
    const untouched = await merged(mine, table({ ...rows, b: ['"help"', '<= 3', '"一级"'] }));
    expect(untouched.conflicts).to.deep.equal([]);
    expect((await rowsIn(untouched.xml))[1]).to.equal('b: "help" "一级"');
  });

  it('表头：命中方式、表名、说明各归各的；同一项改得不同要问', async () => {
    const [mine, theirs] = [table(rows, { hitPolicy: 'COLLECT' }), table(rows, { name: '分级依据' })];
    const both = await merged(mine, theirs);
    expect(both.conflicts).to.deep.equal([]);
    const read = await parseDecision(both.xml);
    expect([read.hitPolicy, read.name]).to.deep.equal(['C', '分级依据']);
    const other = table(rows, { hitPolicy: 'UNIQUE' });
    const { conflicts } = await merged(mine, other);
    expect(conflicts.map(({ name, mine: own, theirs: their }) => [name, own, their])).to.deep.equal([
      [
        '整张表',
        ['命中方式由 F（首行优先） 改为 C（全部收集）'],
        ['命中方式由 F（首行优先） 改为 U（唯一）'],
      ],
    ]);
    const chosen = await merged(mine, other, { grounds: 'mine' });
    expect((await parseDecision(chosen.xml)).hitPolicy).to.equal('C');
  });

  it('一方改了列问的是什么，另一方改了那一列的格子：合在一起，请人核对', async () => {
    const mine = table(rows, {
      inputs: [
        ['kind', 'string'],
        ['hours', 'number'],
      ],
    });
    const theirs = table({ ...rows, b: ['"help"', '<= 4', '"二级"'] });
    const { xml, conflicts, notes } = await merged(mine, theirs);
    expect(conflicts).to.deep.equal([]);
    expect((await parseDecision(xml)).inputs[1]).to.include({ expression: 'hours', label: 'hours' });
    expect(notes).to.deep.equal(['“days”一列的表头我改过，对方写了这一列的 1 格，请核对是否相配']);
  });
});
