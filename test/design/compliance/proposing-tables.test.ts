/** Tables that propose units: register columns, answers the form accepts, rows that never apply. */
import { expect } from 'chai';
import fc from 'fast-check';
import { proposalOf, type Matter } from '../../../src/cases/intake/proposal.js';
import { triedOn } from '../../../src/cases/intake/try-proposals.js';
import { examineTable, checkDiagram, type FindingInTable } from '../../../src/design/compliance/index.js';
import { parseDecision } from '../../../src/engine/index.js';
import { checkContext, shippedDiagrams } from '../../support/check-context.js';
import { shippedTable } from '../../support/shipped-tables.js';

const context = {
  ...checkContext,
  registers: {
    ...checkContext.registers,
    unit: ['甲局', '乙局', '丙局'].map((value) => ({ value, name: value })),
    class: [
      ['A', null],
      ['A1', 'A'],
      ['A2', 'A'],
      ['B', null],
    ].map(([value = '', parent = null]) => ({ value: value ?? '', name: `类${value ?? ''}`, parent })),
  },
};

const shipped = shippedTable('dispatch');
/** The shipped columns with other rows: class, kind, district, trade; unit, supporting units, basis. */
function tableOf(rows: readonly (readonly string[])[]): string {
  const cell = (kind: string, text: string, id: string): string =>
    `<${kind} id="${id}"><text>${text.replaceAll('<', '&lt;')}</text></${kind}>`;
  const written = rows.map((cells, row) => {
    const entries = cells.map((text, at) =>
      cell(at < 4 ? 'inputEntry' : 'outputEntry', text, `c${row + 1}_${at}`),
    );
    return `<rule id="r${row + 1}">${entries.join('')}</rule>`;
  });
  return shipped.replace(/<rule [^]*<\/rule>/, written.join(''));
}

const of = (...codes: string[]): string => codes.map((code) => `list contains(?, "${code}")`).join(', ');
const last = ['-', '-', '-', '-', 'null', 'null', 'null'];
const to = (unit: string, supporting = 'null', basis = '"duty"') => [`"${unit}"`, supporting, basis];

const found = async (rows: readonly (readonly string[])[]): Promise<readonly FindingInTable[]> =>
  (await examineTable(tableOf(rows), context)).findings;
const messages = async (rows: readonly (readonly string[])[]): Promise<readonly string[]> =>
  (await found(rows)).map(({ message }) => message);

describe('第二十三条第二项：提议承办单位的决策表', () => {
  it('分类含其下级：上级在先，下级轮不到；两个下级合起来盖住上级的也是', async () => {
    const rest = ['-', '-', '-'];
    expect(
      await messages([[of('A1'), ...rest, ...to('甲局')], [of('A'), ...rest, ...to('乙局')], last]),
    ).to.deep.equal([]);
    expect(
      await messages([
        [of('A'), ...rest, ...to('甲局')],
        [of('A1'), '-', '"历下区"', '-', ...to('乙局')],
        last,
      ]),
    ).to.deep.equal(['第 2 行轮不到：适用它的，都先适用第 1 行。']);
    expect(
      await messages([
        [of('A1'), ...rest, ...to('甲局')],
        [of('A2'), ...rest, ...to('乙局')],
        [of('A'), ...rest, ...to('丙局')],
        last,
      ]),
    ).to.deep.equal(['第 3 行轮不到：适用它的，都先适用第 1、2 行。']);
  });

  it('缺口：没有最后一行“由人决定”的，举得出一例', async () => {
    const rows = [
      [of('A'), '-', '"历下区"', '-', ...to('甲局')],
      [of('B'), '-', '-', '-', ...to('乙局')],
    ];
    const [gap] = await found(rows);
    expect(gap).to.include({ rule: 'table-gaps', severity: 'error' });
    expect(gap?.message).to.include('诉求分类 = 类A / 类A1').and.include('区县 = （其他）');
    expect(gap?.example?.[0]).to.equal('类A / 类A1');
    expect(gap?.fix).to.include('就是由人决定');
  });

  it('名册里没有的：撤销的分类、不在名册的单位、写错的区县和依据，各说一次', async () => {
    expect(
      await messages([
        [of('A9'), '-', '-', '-', ...to('甲局')],
        ['-', '-', '"历上区"', '-', ...to('甲局', '"乙局、丁局"')],
        [of('A9', 'B'), '"求助"', '-', '-', ...to('戊局', 'null', '"权责"')],
        last,
      ]),
    ).to.have.members([
      '第 3 行的“事项类别”（"求助"）：kind 没有选项 "求助"，有的是 consultation、help、suggestion、complaint、report。',
      '第 1、3 行的“诉求分类”：诉求分类里没有“A9”。',
      '第 3 行的“事项类别”：事项类别里没有“求助”。',
      '第 2 行的“区县”：区县里没有“历上区”。',
      '第 3 行的“主办单位”：单位名册里没有“戊局”。',
      '第 2 行的“协办单位”：单位名册里没有“丁局”。',
      '第 3 行的“转办依据”：转办依据里没有“权责”。',
      '第 3 行的“转办依据”：表单“转承办单位”没有选项“权责”。',
    ]);
  });

  it('第二十九条：表单不收的提议不出来；提议别的栏目、看不到的变量，当场说', async () => {
    expect(await messages([['-', '-', '-', '-', ...to('甲局', '"乙局、甲局"')]])).to.deep.equal([
      '第 1 行提议的，“转承办单位”的表单不收：主办单位只有一个，不能同时是协办单位（第二十九条第一款）。',
    ]);
    const other = tableOf([last]).replace('name="unit"', 'name="handler"').replace('>kind<', '>conduct<');
    const { findings } = await examineTable(other, context);
    expect(findings.map(({ message }) => message.split('。')[0])).to.deep.equal([
      '输入“事项类别”：没有变量 conduct',
      '“主办单位”（handler）不是“转承办单位”表单上的一项',
    ]);
  });

  it('表单的规则还看案件变量的，提议时看不到：不判', async () => {
    const seen = shippedDiagrams.map(({ xml }) =>
      xml.replace(
        /(holds="= )(supportingUnits = null or not\(contains)/,
        '$1not(list contains(openAccountabilities, unit))" says="某"/><duty:rule holds="= $2',
      ),
    );
    expect(seen.join('').includes('says="某"'), 'another rule').to.equal(true);
    const { findings } = await examineTable(tableOf([['-', '-', '-', '-', ...to('甲局')]]), {
      ...context,
      inForce: seen,
    });
    expect(findings.map(({ message }) => message)).to.deep.equal([]);
  });

  it('在许多旧工单上试转，途中让别的事先办', async () => {
    const table = await parseDecision(shipped);
    const matter: Matter = { path: ['A'], kind: 'help', district: null, trade: null };
    const sheets = Array.from({ length: 100 }, (_, at) => ({ no: String(at), ...matter, kind: 'help' }));
    let others = 0;
    setImmediate(() => others++);
    const { tried } = await triedOn({ table, standing: table }, sheets, new Date(0));
    expect({ tried, others }).to.deep.equal({ tried: 100, others: 1 });
  });

  it('流程图上的人工任务指的表，没有现行的一版、提议的不是这张表单的，流程图也不能发布', async () => {
    const acceptance = shippedDiagrams.find(({ xml }) => xml.includes('duty:proposal="dispatch"'));
    const without = { ...checkContext, tables: [] };
    const said = async (given: typeof checkContext) =>
      (await checkDiagram(acceptance?.xml ?? '', given)).findings.map(({ message }) => message).join('\n');
    expect(await said(checkContext)).not.to.include('决策表 dispatch');
    expect(await said(without)).to.include('的决策表 dispatch 没有现行的一版');
    const tables = [shipped.replace('name="unit"', 'name="handler"')];
    expect(await said({ ...checkContext, tables })).to.include('（handler）不是“转承办单位”表单上的一项');
  });

  it('说轮不到的，真的没有一件事轮得到；没说的，真的有一件事轮得到', async () => {
    const pick = <Value>(...values: Value[]) => fc.constantFrom(...values);
    const row = fc.tuple(
      pick('-', of('A'), of('A1'), of('A2'), of('B'), of('A1', 'B')),
      pick('-', '"help"'),
      pick('-', '"历下区"'),
      pick('-', '"供水"'),
    );
    const matters = ['A1', 'A2', 'B', ''].flatMap((leaf) =>
      ['help', 'report'].flatMap((kind) =>
        ['历下区', '市中区', null].flatMap((district) =>
          ['供水', null].map((trade): Matter => {
            const path = leaf === '' ? [] : leaf.length === 2 ? ['A', leaf] : [leaf];
            return { path, kind, district, trade };
          }),
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
        const written = rows.map((cells, at) => [...cells, ...to(['甲局', '乙局', '丙局'][at % 3] ?? '')]);
        const source = tableOf(written);
        const { findings } = await examineTable(source, context);
        const dead = findings.filter(({ rule }) => rule === 'table-turns').map(({ element }) => element);
        const table = await parseDecision(source);
        const decided = new Set(
          matters.map((matter) => `r${proposalOf(table, matter, new Date(0))?.row ?? 0}`),
        );
        const never = table.rules.map(({ id }) => id).filter((id) => !decided.has(id));
        expect(dead).to.deep.equal(never);
      }),
      { numRuns: 60 },
    );
  });
});
