/** Decision tables: read strictly, evaluated as in DMN, and written so that other modelers can open them. */
import { expect } from 'chai';
import { DmnModdle } from 'dmn-moddle';
import { asDmn13, decide, faultsOf, parseDecision } from '../../../src/engine/model/index.js';
import { Refusal } from '../../../src/kernel/refusal.js';
import { decisionXml, type WrittenTable } from '../../support/decision-table.js';

const now = new Date('2026-03-02T01:00:00Z');
const byKind: WrittenTable = {
  inputs: [
    ['kind', 'string'],
    ['days', 'number'],
  ],
  outputs: [['level', 'string']],
  rules: [
    ['"report"', '-', '"一级"'],
    ['not("report")', '<= 3', '"二级"'],
    ['"complaint", "help"', '> 2', 'if days > 9 then "四级" else "三级"'],
  ],
};

async function refusalOf(promise: Promise<unknown> | (() => unknown)): Promise<Refusal> {
  try {
    await (typeof promise === 'function' ? promise() : promise);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('not refused');
}

describe('决策表', () => {
  const ask = async (table: WrittenTable, variables: { [name: string]: string | number | boolean | null }) =>
    decide(await parseDecision(decisionXml(table)), variables, now);

  it('U：唯一适用的一行；F：最先适用的一行；C：全部适用的各行', async () => {
    expect(await ask(byKind, { kind: 'report', days: 9 })).to.deep.equal({
      inputs: ['report', 9],
      rules: [1],
      outputs: { level: '一级' },
    });
    expect((await ask(byKind, { kind: 'help', days: 10 })).outputs).to.deep.equal({ level: '四级' });
    const both = { kind: 'help', days: 3 };
    expect((await ask({ ...byKind, hitPolicy: 'FIRST' }, both)).rules).to.deep.equal([2]);
    expect(await ask({ ...byKind, hitPolicy: 'COLLECT' }, both)).to.deep.include({
      rules: [2, 3],
      outputs: { level: ['二级', '三级'] },
    });
    expect((await ask({ ...byKind, hitPolicy: 'COLLECT' }, { kind: 'x', days: 9 })).outputs).to.deep.equal({
      level: [],
    });
    const several = await refusalOf(ask(byKind, both));
    expect(several.code).to.equal('decision.several-rules');
    expect(several.message).to.include('第 2 行、第 3 行').and.include('days=3');
    // 文字可能是个人信息:不写进给日志的话。
    expect(several.message).not.to.include('help');
  });

  it('小数按十进制算：0.1 + 0.2 是 0.3', async () => {
    const sums: WrittenTable = {
      inputs: [['one + other', 'number']],
      outputs: [['twice', 'number']],
      rules: [['0.3', 'one + other + 0.3']],
    };
    expect(await ask(sums, { one: 0.1, other: 0.2 })).to.deep.equal({
      inputs: [0.3],
      rules: [1],
      outputs: { twice: 0.6 },
    });
  });

  it('没有一行适用：有默认值的取默认值，没有的停下，从不悄悄算作空', async () => {
    const none = { kind: 'suggestion', days: 9 };
    expect((await refusalOf(ask(byKind, none))).code).to.equal('decision.no-rule');
    const open: WrittenTable = { ...byKind, outputs: [['level', 'string', '"普通"']] };
    expect(await ask(open, none)).to.deep.include({ rules: [], outputs: { level: '普通' } });
  });

  it('日期存成文字也按日期比；没有填的是 null', async () => {
    const table: WrittenTable = {
      hitPolicy: 'FIRST',
      inputs: [['due', 'date']],
      outputs: [['late', 'boolean']],
      rules: [
        ['null', 'false'],
        ['< date("2026-03-02")', 'true'],
        ['-', 'false'],
      ],
    };
    for (const [due, rule] of [
      [null, 1],
      ['2026-03-01', 2],
      ['2026-03-02', 3],
    ] as const) {
      expect((await ask(table, { due })).rules, String(due)).to.deep.equal([rule]);
    }
    expect((await ask(table, {})).rules).to.deep.equal([1]);
  });

  it('不支持的，说出哪一处、怎样另写', async () => {
    const wrong: readonly (readonly [string, string, string])[] = [
      [decisionXml({ ...byKind, hitPolicy: 'ANY' }), '命中方式 ANY', '改成 F'],
      [decisionXml({ ...byKind, hitPolicy: 'PRIORITY' }), '命中方式 PRIORITY', '排在前面'],
      [decisionXml({ ...byKind, hitPolicy: 'RULE ORDER' }), '命中方式 RULE ORDER', '改成 C'],
      [decisionXml({ ...byKind, hitPolicy: 'COLLECT" aggregation="SUM' }), '汇总 SUM', 'sum('],
      [
        decisionXml({
          ...byKind,
          inputs: [
            ['kind', 'context'],
            ['days', 'number'],
          ],
        }),
        '类型 context',
        'string',
      ],
      [decisionXml({ ...byKind, rules: [['-', '"一级"']] }), '第 1 行有 2 格', '格数与表头相同'],
      [
        decisionXml(byKind).replace('typeRef="string">', 'typeRef="string" expressionLanguage="juel">'),
        '只支持 FEEL',
        '改用 FEEL',
      ],
      ['<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', '不是 DMN', '.dmn'],
      [`<!DOCTYPE x>${decisionXml(byKind)}`, 'DOCTYPE', '.dmn'],
      [decisionXml(byKind).slice(0, -40), '没有闭合', '.dmn'],
      ['', '空的', '.dmn'],
    ];
    for (const [xml, what, remedy] of wrong) {
      const refusal = await refusalOf(parseDecision(xml));
      expect(refusal.code).to.equal('definition.not-dmn');
      expect(refusal.message).to.include(what);
      expect(refusal.remedy).to.include(remedy);
    }
    const two = decisionXml(byKind).replace(
      '</definitions>',
      '<decision id="other" name="另一个"/></definitions>',
    );
    expect((await refusalOf(parseDecision(two))).message)
      .to.include('2 个决策')
      .and.include('另一个');
  });

  it('没有写完的表读得出，但不能作决定：逐处说', async () => {
    const table = await parseDecision(
      decisionXml({
        inputs: [['', 'string']],
        outputs: [['级别', 'string']],
        rules: [['"report', '一级 ?']],
      }),
    );
    expect(faultsOf(table).map(({ element }) => element)).to.deep.equal(['in0', 'out0', 'r1', 'r1']);
  });

  it('别的版本（1.1、1.2、1.4、1.5）的表也读，存成 1.3；布局、别家的注解不妨碍，原样还在', async () => {
    for (const namespace of [
      'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
      'http://www.omg.org/spec/DMN/20180521/MODEL/',
      'https://www.omg.org/spec/DMN/20211108/MODEL/',
      'https://www.omg.org/spec/DMN/20230324/MODEL/',
    ]) {
      const foreign = decisionXml(byKind)
        .replace('https://www.omg.org/spec/DMN/20191111/MODEL/', namespace)
        .replace(
          ' id="file"',
          ' xmlns:camunda="http://camunda.org/schema/1.0/dmn" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:modeler="http://camunda.org/schema/modeler/1.0" modeler:executionPlatform="Camunda Platform" id="file"',
        )
        .replace('<input id="in0"', '<input id="in0" camunda:inputVariable="kind"')
        .replace(
          '</definitions>',
          '<dmndi:DMNDI><dmndi:DMNDiagram><dmndi:DMNShape dmnElementRef="grounds"><dc:Bounds height="80" width="180" x="160" y="100"/></dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI></definitions>',
        );
      const table = await parseDecision(foreign);
      expect(table).to.include({ key: 'grounds', hitPolicy: 'U' });
      expect(asDmn13(foreign)).to.include('20191111/MODEL/').and.include('camunda:inputVariable="kind"');
    }
  });

  it('存下的是标准的 DMN 1.3：读进模型再写出来，一张表不变', async () => {
    const moddle = new DmnModdle();
    const xml = decisionXml(byKind);
    const { rootElement, warnings } = await moddle.fromXML(xml, 'dmn:Definitions');
    expect(warnings).to.deep.equal([]);
    const { xml: written } = await moddle.toXML(rootElement, { format: true });
    const [before, after] = [await parseDecision(xml), await parseDecision(written)];
    expect({ ...after, xml: '' }).to.deep.equal({ ...before, xml: '' });
  });
});
