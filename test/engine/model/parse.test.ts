import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { definitionOf, lintDefinition, parseDiagram, processIds } from '../../../src/engine/model/index.js';
import { Refusal } from '../../../src/kernel/refusal.js';
import { shared } from '../../support/shared.js';

const diagram = (inside: string, attributes = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:duty="urn:hotline-12345:duty:1"
  xmlns:foreign="urn:foreign" ${attributes} id="D" targetNamespace="urn:test">
${inside}
</bpmn:definitions>`;

const process = (inside: string): string => diagram(`<bpmn:process id="P">${inside}</bpmn:process>`);

async function refusalOf(source: string | Uint8Array): Promise<Refusal> {
  try {
    await parseDiagram(source);
  } catch (cause) {
    if (cause instanceof Refusal) return cause;
    throw cause;
  }
  throw new Error('the diagram was read');
}

describe('读流程图', () => {
  const wrong: readonly (readonly [string, string | Uint8Array, string])[] = [
    ['空文件', '', '空'],
    ['只有空白', ' \n ', '空'],
    ['不是 XML', 'hello', 'XML'],
    ['标签没有闭合', process('').replace('</bpmn:definitions>', ''), 'XML'],
    ['不是 BPMN', '<html><body/></html>', 'definitions'],
    ['没有流程', diagram(''), '没有流程'],
    ['不是 UTF-8', Buffer.from(process('<bpmn:task id="a" name="é"/>'), 'latin1'), 'UTF-8'],
    ['UTF-16', Buffer.from(process(''), 'utf16le'), 'UTF-8'],
    ['含有 DOCTYPE', `<!DOCTYPE x [<!ENTITY y "z">]>${process('').slice(38)}`, 'DOCTYPE'],
    ['超过 5 MiB', process(`<!--${'x'.repeat(5 * 1024 * 1024)}-->`), '上限'],
    ['标识重复', process('<bpmn:task id="a"/><bpmn:task id="a"/>'), '标识 a 重复'],
    ['引用不存在', process('<bpmn:sequenceFlow id="f" sourceRef="x" targetRef="y"/>'), '“x”在图中不存在'],
    ['不认识的元素', process('<bpmn:wishTask id="a"/>'), 'bpmn:WishTask'],
    ['不认识的属性', process('<bpmn:task id="a" wish="1"/>'), 'wish'],
    ['我们的词汇写错', process('<bpmn:serviceTask id="a" duty:handlr="x"/>'), 'duty:handlr'],
    ['我们的词汇用错地方', process('<bpmn:userTask id="a" duty:handler="x"/>'), 'duty:handler'],
    ['前缀没有声明', process('<bpmn:task id="a" nix:b="1"/>'), 'nix'],
    ['多余的文字', process('hello'), '文字'],
    ['嵌套过深', process('<bpmn:subProcess>'.repeat(60) + '</bpmn:subProcess>'.repeat(60)), '嵌套'],
  ];
  for (const [what, source, words] of wrong) {
    it(`${what}：拒绝，并说明原因`, async () => {
      const refusal = await refusalOf(source);
      expect(refusal.code).to.equal('definition.not-bpmn');
      expect(refusal.message).to.contain(words);
      expect(refusal.remedy).to.be.a('string');
    });
  }

  it('说出第几行', async () => {
    const refusal = await refusalOf(process('\n\n<bpmn:wishTask id="a"/>'));
    expect(refusal.where).to.equal('第 7 行');
  });

  it('图形布局和别家命名空间里的东西不妨碍', async () => {
    const { root } = await parseDiagram(
      diagram(
        `<bpmn:process id="P" foreign:color="red"><bpmn:extensionElements><foreign:x/></bpmn:extensionElements>
         <foreign:y/></bpmn:process>
         <bpmndi:BPMNDiagram id="B"><bpmndi:BPMNPlane id="L" bpmnElement="nowhere"/></bpmndi:BPMNDiagram>`,
      ),
    );
    expect(root.rootElements?.[0]?.id).to.equal('P');
  });

  it('注释里的 DOCTYPE 和文件头的 BOM 不妨碍；写着 ISO-8859-1 的纯 ASCII 也不妨碍', async () => {
    await parseDiagram(`\uFEFF${process('<!-- <!DOCTYPE x> -->')}`);
    await parseDiagram(process('').replace('UTF-8', 'ISO-8859-1'));
    const refusal = await refusalOf(
      process('<bpmn:task id="a" name="受理"/>').replace('UTF-8', 'ISO-8859-1'),
    );
    expect(refusal.message).to.contain('UTF-8');
  });

  it('缺省取第一个可执行的流程；同一图里的流程可以互相调用', async () => {
    const parsed = await parseDiagram(
      diagram('<bpmn:process id="A"/><bpmn:process id="B" isExecutable="true"/><bpmn:process id="C"/>'),
    );
    expect(processIds(parsed)).to.deep.equal(['A', 'B', 'C']);
    const definition = definitionOf(parsed);
    expect(definition.key).to.equal('B');
    expect([...definition.called.keys()]).to.deep.equal(['A', 'B', 'C']);
    expect(definition.called.get('A')?.called).to.equal(definition.called);
    expect(() => definitionOf(parsed, { processId: 'Z' })).to.throw(Refusal, 'Z');
  });
});

describe('别家工具画的参考图（MIWG）', () => {
  it('二十一张图每一张都读得出结果，或者得到说明原因的拒绝', async function () {
    const folder = shared(this, 'bpmn/miwg');
    const files = readdirSync(folder).filter((file) => file.endsWith('.bpmn'));
    expect(files).to.have.length(21);
    const refused: string[] = [];
    for (const file of files) {
      try {
        const parsed = await parseDiagram(readFileSync(join(folder, file)));
        for (const processId of processIds(parsed)) {
          for (const finding of lintDefinition(definitionOf(parsed, { processId }), { names: () => [] })) {
            expect(finding.message, `${file} ${finding.rule}`).to.match(/[\u4e00-\u9fff].*。$/s);
          }
        }
      } catch (cause) {
        expect(cause, file).to.be.instanceOf(Refusal);
        refused.push(file);
      }
    }
    expect(refused).to.deep.equal([]);
  });
});
