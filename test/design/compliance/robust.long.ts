/** Whatever the input, the checks return findings in Chinese within a short time. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkDiagram } from '../../../src/design/compliance/index.js';
import { checkContext, shippedDiagrams } from '../../support/check-context.js';
import { shared } from '../../support/shared.js';

const head = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1" id="D" targetNamespace="urn:test">`;
const process = (inside: string): string =>
  `${head}<bpmn:process id="draft" isExecutable="true">${inside}</bpmn:process></bpmn:definitions>`;
const flow = (from: string, to: string): string =>
  `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}"/>`;
const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('');
const handling = shippedDiagrams.find(({ file }) => file === 'handling.bpmn')?.xml ?? '';
const daily =
  '<bpmn:timerEventDefinition id="t"><bpmn:timeCycle>R/2026-01-01T00:00:00+08:00/P1D</bpmn:timeCycle></bpmn:timerEventDefinition>';
const ends = `<bpmn:startEvent id="s">${daily}</bpmn:startEvent><bpmn:endEvent id="e"/>`;

const inARow = (gateway: string): string =>
  process(
    `${ends}${many(1000, (at) => `<bpmn:${gateway} id="g${at}"/>`)}${flow('s', 'g0')}` +
      `${many(999, (at) => flow(`g${at}`, `g${at + 1}`))}${flow('g999', 'e')}`,
  );

/** Parallel branches that may each cross over to the next, so that nothing can be reduced. */
const tangled = (branches: number): string =>
  process(
    `${ends}<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>${flow('s', 'fork')}${flow('join', 'e')}` +
      many(
        branches,
        (at) =>
          `<bpmn:exclusiveGateway id="in${at}"/><bpmn:exclusiveGateway id="out${at}"/>${flow('fork', `in${at}`)}` +
          `${flow(`in${at}`, `out${at}`)}${flow(`out${at}`, `in${(at + 1) % branches}`)}${flow(`out${at}`, 'join')}`,
      ),
  );

const refused: readonly (readonly [string, string | Uint8Array])[] = [
  ['空文件', ''],
  ['UTF-16', Buffer.from(handling, 'utf16le')],
  ['二进制', Uint8Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 256)],
  ['全是 NUL', '\0'.repeat(1000)],
  ['截断', handling.slice(0, handling.length / 2)],
  ['不是 BPMN', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['DOCTYPE', handling.replace('<bpmn:definitions', '<!DOCTYPE a [<!ENTITY b "c">]><bpmn:definitions')],
  [
    '两个流程同一个标识',
    process('').replace('</bpmn:definitions>', '<bpmn:process id="draft"/></bpmn:definitions>'),
  ],
  ['一万层 XML', `${head}${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}</bpmn:definitions>`],
  ['一万层子流程', process(`${'<bpmn:subProcess>'.repeat(10_000)}${'</bpmn:subProcess>'.repeat(10_000)}`)],
  ['十万个没有闭合的标签', head + '<bpmn:process>'.repeat(100_000)],
  ['一百万个没有结束的注释', head + '<!--'.repeat(1_000_000)],
  ['五百万个尖括号', '<'.repeat(5_000_000)],
  ['八十万个引号', head + '<a b="'.repeat(800_000)],
  ['超过 5 MiB', process(`<bpmn:documentation>${'x'.repeat(6 * 1024 * 1024)}</bpmn:documentation>`)],
  ['六万个环节', process(many(60_000, (at) => `<bpmn:userTask id="u${at}"/>`))],
  ['纠缠的三十路并行', tangled(30)],
];

const taken: readonly (readonly [string, string])[] = [
  ['一千个排他网关排成一列', inARow('exclusiveGateway')],
  ['一千个并行网关排成一列', inARow('parallelGateway')],
  ['一千个包容网关排成一列', inARow('inclusiveGateway')],
  [
    '五兆字节的说明',
    process(`<bpmn:documentation>${'字'.repeat(1_700_000)}</bpmn:documentation>${ends}${flow('s', 'e')}`),
  ],
];

describe('核查经得起任何文件', () => {
  for (const [what, source] of refused) {
    it(`${what}：说得出毛病，不能发布`, async function () {
      this.timeout(30_000);
      const { publishable, findings } = await checkDiagram(source, checkContext);
      expect(publishable).to.equal(false);
      for (const { message, fix } of findings) {
        expect(message).to.match(/[\u4e00-\u9fff]/);
        expect(fix).to.match(/[\u4e00-\u9fff].*。$/);
      }
    });
  }

  for (const [what, source] of taken) {
    it(`${what}：没有毛病`, async function () {
      this.timeout(30_000);
      expect(await checkDiagram(source, checkContext)).to.deep.equal({ publishable: true, findings: [] });
    });
  }

  it('别家工具画的二十一张参考图（MIWG）逐张得到结论', async function () {
    const folder = shared(this, 'bpmn/miwg');
    const files = readdirSync(folder).filter((file) => file.endsWith('.bpmn'));
    expect(files).to.have.length(21);
    for (const file of files) {
      const { findings } = await checkDiagram(readFileSync(join(folder, file)), checkContext);
      for (const { message, element } of findings) {
        expect(element, file).not.to.equal('');
        expect(message, file).to.match(/[\u4e00-\u9fff][\s\S]*。$/);
      }
    }
  });
});

describe('夹带的脚本', () => {
  const harm = 'globalThis.__smuggled = true';
  const places: readonly (readonly [string, string])[] = [
    ['名称', handling.replace('name="办理"', `name="&lt;script&gt;${harm}&lt;/script&gt;\${${harm}}"`)],
    ['说明', handling.replace(/(<bpmn:documentation>)/, `$1<![CDATA[<script>${harm}</script>]]>`)],
    ['条件', handling.replace('= draggingOn', `= (function() ${harm})()`)],
    [
      '条件（别的语言）',
      handling.replace(
        'xsi:type="bpmn:tFormalExpression">= draggingOn',
        `xsi:type="bpmn:tFormalExpression" language="javascript">${harm}`,
      ),
    ],
    ['定时器', handling.replace('>= limit("reply")<', `>= get or else(null, ${harm})<`)],
    ['扩展', handling.replace('<duty:form>', `<x:script xmlns:x="urn:x">${harm}</x:script><duty:form>`)],
    [
      '脚本任务',
      handling.replace(
        '<bpmn:endEvent id="End_Closed"',
        `<bpmn:scriptTask id="S" scriptFormat="javascript"><bpmn:script>${harm}</bpmn:script></bpmn:scriptTask><bpmn:endEvent id="End_Closed"`,
      ),
    ],
  ];
  for (const [place, xml] of places) {
    it(`写在${place}里的，从来没有执行`, async () => {
      expect(xml).not.to.equal(handling);
      const { findings } = await checkDiagram(xml, checkContext);
      expect(globalThis).not.to.have.property('__smuggled');
      // A name and a documentation are mere text; anything that an engine might run is refused.
      const isText = place === '名称' || place === '说明';
      expect(
        findings.some(({ severity }) => severity === 'error'),
        JSON.stringify(findings),
      ).to.equal(!isText);
    });
  }
});
