/** Rows of a table as a file for spreadsheets, and back. */
import { expect } from 'chai';
import { parseDecision } from '../../src/engine/model/index.js';
import { textOf, valuesIn, type ListedColumn } from '../../src/web/screens/designer/tables/cell-text.js';
import { listedColumns } from '../../src/web/screens/designer/tables/registers.js';
import { rowsAsCsv, withRows } from '../../src/web/screens/designer/tables/rows-as-csv.js';
import { checkContext } from '../support/check-context.js';
import { shippedTable } from '../support/shipped-tables.js';

const source = shippedTable('dispatch');

describe('决策表的各行，作为电子表格的文件', () => {
  const opened = async (xml: string) => {
    const table = await parseDecision(xml);
    return { table, registers: listedColumns(table, checkContext) };
  };

  it('存出去再读回来，一行不差；改一格的还是那一行，插一行的别的不动，删一行的只少那一行', async () => {
    const { table, registers } = await opened(source);
    const csv = rowsAsCsv(table, registers);
    expect(csv).to.include('\r\n0702 民政政法与政务 / 公安,,,,样本市公安局,,duty 职责,\r\n');
    const again = async (text: string) =>
      (await parseDecision(await withRows(source, text, registers))).rules;
    expect(await again(csv)).to.deep.equal(table.rules);
    const lines = csv.split('\r\n');
    const ids = table.rules.map(({ id }) => id);
    const changed = await again(csv.replace('样本水务集团', '样本供水公司'));
    expect(changed.map(({ id }) => id)).to.deep.equal(ids);
    expect(changed.filter((rule, at) => rule.results[0] !== table.rules[at]?.results[0])).to.have.length(1);
    const longer = await again(
      [...lines.slice(0, 5), ',投诉,,,样本市公安局,,职责,新', ...lines.slice(5)].join('\n'),
    );
    expect(longer[4]).to.deep.include({ tests: ['-', '"complaint"', '-', '-'], note: '新' });
    expect(longer.map(({ id }) => id).filter((id) => ids.includes(id))).to.deep.equal(ids);
    const shorter = await again([...lines.slice(0, 5), ...lines.slice(6)].join('\r\n'));
    expect(shorter.map(({ id }) => id)).to.deep.equal(ids.filter((id) => id !== 'Rule_5'));
  });

  it('名册里没有的照原样读入，由检查指出；缺一列的、不是这张表的，说缺哪一列', async () => {
    const { table, registers } = await opened(source);
    const csv = rowsAsCsv(table, registers);
    const unknown = await withRows(source, csv.replace('0702 民政政法与政务 / 公安', '702'), registers);
    expect((await parseDecision(unknown)).rules[0]?.tests[0]).to.equal('list contains(?, "702")');
    const refused = await withRows(source, '编码,名称\r\n01,城市管理\r\n', registers).catch(String);
    expect(refused).to.include('没有“诉求分类”这一列');
  });

  it('格子里的字和它指的值互相换得回来；别的写法不动', () => {
    const columns: readonly ListedColumn[] = [
      { kind: 'input', register: 'class' },
      { kind: 'input', register: 'district' },
      { kind: 'output', register: 'unit' },
      { kind: 'output', register: 'units' },
    ];
    for (const column of columns) {
      for (const values of [[], ['甲'], ...(column.register === 'unit' ? [] : [['甲', '乙']])])
        expect(valuesIn(textOf(values, column), column), column.register).to.deep.equal(values);
      for (const text of ['not("甲")', 'kind', '"甲" or "乙"'])
        expect(valuesIn(text, column), text).to.equal(undefined);
    }
  });
});
