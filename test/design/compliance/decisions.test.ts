/** Decision tables: the checks' findings, each with its example row. */
import { expect } from 'chai';
import { examineTable, type FindingInTable } from '../../../src/design/compliance/index.js';
import { checkContext } from '../../support/check-context.js';
import { decisionXml, type WrittenTable } from '../../support/decision-table.js';

const context = { ...checkContext, tables: [] };

async function found(table: WrittenTable): Promise<readonly FindingInTable[]> {
  const { findings } = await examineTable(decisionXml(table), context);
  return findings.filter(({ rule }) => rule !== 'table-calls');
}

const rulesOf = (findings: readonly FindingInTable[]): readonly string[] => findings.map(({ rule }) => rule);
const byDays = (
  rules: readonly (readonly string[])[],
  hitPolicy = 'UNIQUE',
  type = 'number',
): WrittenTable => ({
  hitPolicy,
  inputs: [
    ['kind', 'string'],
    ['extensionWanted', type],
  ],
  outputs: [['priority', 'string']],
  rules,
});

describe('决策表的核查', () => {
  it('埋下的缺口：说出没有一行适用的那种情形', async () => {
    const [gap, ...others] = await found(
      byDays([
        ['"report"', '-', '"一级"'],
        ['not("report")', '<= 3', '"二级"'],
        ['not("report")', '> 5', '"三级"'],
      ]),
    );
    expect(others).to.deep.equal([]);
    expect(gap).to.include({ rule: 'table-gaps', severity: 'error', element: 'grounds' });
    expect(gap?.example?.[1]).to.equal('4');
    expect(gap?.message).to.include('extensionWanted = 4 时没有一行适用');
  });

  it('埋下的重叠：说出哪两行、哪种情形；改成 F 就有先后', async () => {
    const rows = [
      ['"report"', '-', '"一级"'],
      ['-', '<= 3', '"二级"'],
      ['not("report")', '> 3', '"三级"'],
      ['not("report")', 'null', '"三级"'],
    ];
    const [overlap, ...others] = await found(byDays(rows));
    expect(others).to.deep.equal([]);
    expect(overlap).to.include({ rule: 'table-overlaps', severity: 'error', element: 'r2' });
    expect(overlap?.message).to.include('第 1 行和第 2 行重叠：kind = “report”');
    expect(await found(byDays(rows, 'FIRST'))).to.deep.equal([]);
  });

  it('两个整数之间没有缺口，两个数之间有', async () => {
    const rows = [
      ['-', '<= 3', '"一级"'],
      ['-', '>= 4', '"二级"'],
      ['-', 'null', '"三级"'],
    ];
    expect(await found(byDays(rows, 'UNIQUE', 'integer'))).to.deep.equal([]);
    expect((await found(byDays(rows)))[0]?.example).to.deep.equal([undefined, '3.5']);
  });

  it('选项全写到的没有缺口：选项是表单里的；没有填的只警告', async () => {
    const options = ['consultation', 'help', 'suggestion', 'complaint', 'report'];
    const table: WrittenTable = {
      inputs: [['kind', 'string']],
      outputs: [['priority', 'string']],
      rules: options.map((kind) => [`"${kind}"`, '"一级"']),
    };
    const [only, ...others] = await found(table);
    expect(others).to.deep.equal([]);
    expect(only).to.include({ rule: 'table-gaps', severity: 'warning' });
    expect(only?.example).to.deep.equal(['（没有填）']);
    expect((await found({ ...table, rules: table.rules.slice(1) }))[0]?.example).to.deep.equal([
      '“consultation”',
    ]);
  });

  it('日期、是否：也逐段核查', async () => {
    const table = (rules: readonly (readonly string[])[]): WrittenTable => ({
      inputs: [
        ['promisedDate', 'date'],
        ['replyOverdue', 'boolean'],
      ],
      outputs: [['priority', 'string']],
      rules,
    });
    const [gap] = await found(
      table([
        ['< date("2026-03-01")', '-', '"一级"'],
        ['> date("2026-03-01")', 'true', '"二级"'],
        ['> date("2026-03-01")', 'false', '"二级"'],
      ]),
    );
    expect(gap?.example?.[0]).to.equal('2026-03-01');
    const [none] = await found(table([['-', 'true', '"一级"']]));
    expect(none?.example).to.deep.equal(
      ['2026-03-01', '否'].map((_, at) => (at === 0 ? none?.example?.[0] : '否')),
    );
  });

  it('F：前面各行盖住的轮不到；哪个值都不合的格子永远不适用', async () => {
    const hidden = await found(
      byDays(
        [
          ['"report"', '-', '"一级"'],
          ['-', '-', '"二级"'],
          ['"complaint"', '> 3', '"三级"'],
        ],
        'FIRST',
      ),
    );
    expect(rulesOf(hidden)).to.deep.equal(['table-turns']);
    expect(hidden[0]?.message).to.include('第 3 行轮不到：适用它的，都先适用第 2 行');
    const together = await found(
      byDays(
        [
          ['-', '<= 3', '"一级"'],
          ['-', '> 3', '"二级"'],
          ['-', 'not(null)', '"三级"'],
          ['-', '-', '"四级"'],
        ],
        'FIRST',
      ),
    );
    expect(together.map(({ message }) => message)).to.deep.equal([
      '第 3 行轮不到：适用它的，都先适用第 1、2 行。',
    ]);
    const never = await found(
      byDays(
        [
          ['-', '[4..4)', '"一级"'],
          ['-', '-', '"二级"'],
        ],
        'FIRST',
      ),
    );
    expect(never.map(({ message }) => message)).to.deep.equal([
      '第 1 行永远不适用：“extensionWanted”不会是 [4..4)。',
    ]);
  });

  it('没有的变量、忘了引号的文字、写错的种类、没有的选项，各在其处', async () => {
    const findings = await found({
      hitPolicy: 'FIRST',
      inputs: [
        ['kinds', 'string'],
        ['kind', 'number'],
        ['kind', 'string'],
        ['extensionWanted', 'number'],
      ],
      outputs: [['returnAdmissible', 'boolean']],
      rules: [
        ['-', '-', 'complaint', '-', 'true'],
        ['-', '-', '"complain"', '"5"', '"是"'],
        ['-', '-', '-', '-', 'unknownName'],
      ],
    });
    const messages = findings.filter(({ rule }) => rule === 'table-words').map(({ message }) => message);
    expect(messages.join('\n')).to.include('没有变量 kinds，最接近的是 kind');
    expect(messages.join('\n')).to.include('类型写的是数，kind 是文字');
    expect(messages.join('\n')).to.include('第 1 行的“kind”（complaint）：没有变量 complaint');
    expect(messages.join('\n')).to.include('没有选项 "complain"');
    expect(messages.join('\n')).to.include('写的是文字，这一列是数');
    expect(messages.join('\n')).to.include('（"是"）是文字，这一列是是或者否');
    expect(messages.join('\n')).to.include('没有变量 unknownName');
  });

  it('不是 FEEL 的格子逐格说', async () => {
    const findings = await found(byDays([['>=', '[1..', '"一级']]));
    expect(rulesOf(findings)).to.deep.equal(['table-readable', 'table-readable', 'table-readable']);
    expect(findings[0]).to.include({ element: 'r1' });
  });

  it('默认值、最后一行全是 -：没有缺口；函数核查不了的，警告', async () => {
    const partial = [['"report"', '-', '"一级"']];
    expect(await found({ ...byDays(partial), outputs: [['priority', 'string', '"二级"']] })).to.deep.equal(
      [],
    );
    expect(await found(byDays([...partial, ['-', '-', '"二级"']], 'FIRST'))).to.deep.equal([]);
    expect(await found(byDays(partial, 'COLLECT'))).to.deep.equal([]);
    const unsure = await found(byDays([['starts with(?, "re")', '-', '"一级"']]));
    expect(unsure.map(({ rule, severity }) => `${rule} ${severity}`)).to.include.members([
      'table-gaps warning',
      'table-overlaps warning',
    ]);
  });

  it('随附的各张表没有一处毛病', async () => {
    for (const xml of checkContext.tables) {
      const { findings, table } = await examineTable(xml, checkContext);
      expect(findings, table?.key).to.deep.equal([]);
    }
    expect(checkContext.tables).to.have.length.greaterThan(3);
  });

  it('三百行、六列的表也核查得完，一处缺口也找得到', async () => {
    const kinds = Array.from({ length: 300 }, (_, at) => [`${at}`, '-', '-', '-', '-', '-', '"一级"']);
    const table: WrittenTable = {
      inputs: ['extensionWanted', 'a', 'b', 'c', 'd', 'e'].map((name) => [name, 'integer'] as const),
      outputs: [['priority', 'string']],
      rules: [
        ['< 0', '-', '-', '-', '-', '-', '"一级"'],
        ['> 299', '-', '-', '-', '-', '-', '"一级"'],
        ...kinds.filter((_, at) => at !== 177),
      ],
    };
    const gap = (await found(table)).find(({ rule }) => rule === 'table-gaps');
    expect(gap?.example?.[0]).to.equal('177');
  });
});
