/** One row per rule: a valid model with one fault. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  assertDeployable,
  definitionOf,
  lintDefinition,
  parseDiagram,
} from '../../../src/engine/model/index.js';
import { packageText } from '../../../src/kernel/package-content.js';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { Refusal } from '../../../src/kernel/refusal.js';
import { bpmn } from '../../support/model-text.js';

const handlers = { names: () => ['assign'] };

const sound = bpmn(`
  start begin
  service work
  boundary late on:work timer:P5D keep
  boundary hint on:work timer:P1D keep
  boundary undoWork on:work compensate
  user unwork undoes
  undoWork ~ unwork
  xor choice
  user again
  catch letter message:letter
  throw jump link:over
  catch landed link:over
  sub inner {
    start s
    user each multi over:units item:unit
    end e
    s > each > e
  }
  call other calls:second
  throw undo compensate:work
  end done
  begin > work > choice
  late > done
  hint > done
  choice > again if branch = "1"
  choice > letter default
  again > done
  letter > jump
  landed > inner > other > undo > done
  process second {
    start s2
    end e2
    s2 > e2
  }`)
  .replace('id="work"', 'id="work" duty:handler="assign"')
  .replace('<timeDuration>P1D', '<timeDuration>P1D')
  .replace(
    /<timerEventDefinition>(\s*<timeDuration>P1D)/,
    '<timerEventDefinition duty:before="late" duty:unit="working-days">$1',
  );

async function rulesOf(xml: string): Promise<readonly string[]> {
  const definition = definitionOf(await parseDiagram(xml));
  return lintDefinition(definition, handlers).map(({ rule, element }) => `${rule} ${element}`);
}

const loop = '<multiInstanceLoopCharacteristics duty:collection="units" duty:item="unit">';

/** [what, the replaced text, its replacement, the finding] */
const spoiled: readonly (readonly [string, string | RegExp, string, string])[] = [
  ['脚本任务', /userTask id="again"(.*)\/>/, 'scriptTask id="again"$1/>', 'unsupported-element again'],
  ['复杂网关', /exclusiveGateway/g, 'complexGateway', 'unsupported-element choice'],
  ['事务', /subProcess/g, 'transaction', 'unsupported-element inner'],
  ['随意子流程', /subProcess/g, 'adHocSubProcess', 'unsupported-element inner'],
  [
    '取消事件',
    '<endEvent id="done"/>',
    '<endEvent id="done"><cancelEventDefinition/></endEvent>',
    'unsupported-event done',
  ],
  [
    '多重事件',
    '<endEvent id="done"/>',
    '<endEvent id="done"><terminateEventDefinition/><signalEventDefinition/></endEvent>',
    'unsupported-event done',
  ],
  [
    '子流程里由消息触发的开始',
    '<startEvent id="s"/>',
    '<startEvent id="s"><messageEventDefinition messageRef="messageLetter"/></startEvent>',
    'unsupported-event s',
  ],
  [
    '一次要几个令牌',
    'userTask id="again"',
    'userTask id="again" startQuantity="2"',
    'unsupported-attribute again',
  ],
  ['逐个完成的行为', loop, loop.replace('>', ' behavior="None">'), 'unsupported-attribute each'],
  ['没有开始', '<startEvent id="begin"/>', '<task id="begin"/>', 'start-missing main'],
  ['两个开始', '<endEvent id="done"/>', '<endEvent id="done"/><startEvent id="x"/>', 'start-duplicate x'],
  ['孤立的任务', '<endEvent id="done"/>', '<endEvent id="done"/><userTask id="x"/>', 'unreachable x'],
  [
    '跨层的流',
    '<endEvent id="done"/>',
    '<endEvent id="done"/><sequenceFlow id="x" sourceRef="again" targetRef="each"/>',
    'flow-across x',
  ],
  [
    '从结束流出',
    '<endEvent id="done"/>',
    '<endEvent id="done"/><sequenceFlow id="x" sourceRef="done" targetRef="again"/>',
    'outgoing-forbidden done',
  ],
  [
    '流进开始',
    '<endEvent id="done"/>',
    '<endEvent id="done"/><sequenceFlow id="x" sourceRef="again" targetRef="begin"/>',
    'incoming-forbidden begin',
  ],
  ['别处的默认流', 'default="flow9"', 'default="flow2"', 'default-foreign choice'],
  [
    '链接没有另一端',
    'id="landed">\n      <linkEventDefinition name="over"',
    'id="landed">\n      <linkEventDefinition name="off"',
    'link-unpaired jump',
  ],
  ['没有写明调用谁', ' calledElement="second"', '', 'called-missing other'],
  ['没有补偿活动', ' isForCompensation="true"', '', 'compensation-unpaired undoWork'],
  ['没有处理程序', ' duty:handler="assign"', '', 'handler-missing work'],
  ['处理程序没有登记', 'duty:handler="assign"', 'duty:handler="nix"', 'handler-unknown work'],
  ['条件不是 FEEL', '= branch = "1"', '${branch == 1}', 'expression-invalid flow8'],
  [
    '别的表达式语言',
    '<conditionExpression',
    '<conditionExpression language="javascript"',
    'expression-language flow8',
  ],
  [
    '整图是别的表达式语言',
    'id="definitions"',
    'id="definitions" expressionLanguage="http://www.w3.org/1999/XPath"',
    'expression-language flow8',
  ],
  ['空条件', '= branch = "1"', ' ', 'expression-empty flow8'],
  ['时间写法不对', 'P5D', '5 days', 'timer-invalid late'],
  ['时间的 FEEL 不对', 'P5D', '= limit +', 'expression-invalid late'],
  ['没有时间', '<timeDuration>P5D</timeDuration>', '', 'timer-missing late'],
  [
    '两种时间',
    '<timeDuration>P5D</timeDuration>',
    '<timeDuration>P5D</timeDuration><timeDate>2026-01-01</timeDate>',
    'timer-ambiguous late',
  ],
  ['依据的不是计时器', 'duty:before="late"', 'duty:before="work"', 'timer-relation hint'],
  ['依回自己', 'duty:before="late"', 'duty:after="hint"', 'timer-relation hint'],
  ['没有这样的单位', 'duty:unit="working-days"', 'duty:unit="weeks"', 'timer-words hint'],
  [
    '消息没有名称',
    '<messageEventDefinition messageRef="messageLetter"/>',
    '<messageEventDefinition/>',
    'name-missing letter',
  ],
  ['多实例没有份数', loop, '<multiInstanceLoopCharacteristics>', 'loop-unmeasured each'],
  ['份数与集合都写', `${loop}`, `${loop}<loopCardinality>3</loopCardinality>`, 'loop-ambiguous each'],
  ['集合的 FEEL 不对', 'duty:collection="units"', 'duty:collection="units["', 'expression-invalid each'],
];

describe('部署检查', () => {
  it('合格的流程没有意见', async () => {
    expect(await rulesOf(sound)).to.deep.equal([]);
  });

  for (const [what, from, to, finding] of spoiled) {
    it(`${what}:${finding}`, async () => {
      const xml = sound.replace(from, to);
      expect(xml, 'nothing was spoiled').not.to.equal(sound);
      expect(await rulesOf(xml)).to.include(finding);
    });
  }

  it('不支持的、别家的周期：说出怎样另写', async () => {
    const waysOf = async (xml: string) =>
      lintDefinition(definitionOf(await parseDiagram(xml)), handlers).map(({ otherwise = '' }) => otherwise);
    const cycle = (text: string): string =>
      sound.replace('<timeDuration>P5D</timeDuration>', `<timeCycle>${text}</timeCycle>`);
    const written = {
      '0 30 8 * * ?': 'R/2026-01-01T08:30:00+08:00/P1D',
      '0 0 9 ? * MON': 'R/2026-01-05T09:00:00+08:00/P7D',
      '0 0 0 1 * ?': 'R/2026-01-01T00:00:00+08:00/P1M',
      '*/10 * * * *': 'R/PT10M',
      '0 0 8 ? * MON-FRI': '写几个定时事件',
      'R3/PT1H/2026-12-01T00:00:00Z': '周期不写结束的时刻',
    };
    for (const [text, way] of Object.entries(written)) {
      expect((await waysOf(cycle(text))).join(''), text).to.contain(way);
    }
    const compensating = sound.replace(
      '<endEvent id="done"/>',
      '<endEvent id="done"/><subProcess id="undoing" triggeredByEvent="true"><startEvent id="undo2"><compensateEventDefinition/></startEvent></subProcess>',
    );
    expect((await waysOf(compensating)).join('')).to.contain('补偿边界事件，用关联连到补偿活动');
    expect((await waysOf(sound.replaceAll('subProcess', 'transaction'))).join('')).to.contain('错误边界事件');
  });

  it('接收任务不写消息，由人说收到了；跟在事件网关后面的须写明', async () => {
    const awaited = sound.replace('userTask id="again"', 'receiveTask id="again"');
    expect(await rulesOf(awaited)).to.deep.equal([]);
    const offered = bpmn(`
      start begin
      events which
      catch letter message:letter
      receive parcel
      end done
      begin > which
      which > letter
      which > parcel
      letter > done
      parcel > done`);
    expect(await rulesOf(offered)).to.include('gateway-target parcel');
  });

  it('拒绝时列出每一处的环节、原因和规则名', async () => {
    const xml = sound
      .replace('userTask id="again"', 'userTask id="again" startQuantity="2"')
      .replace('P5D', 'x');
    const definition = definitionOf(await parseDiagram(xml));
    expect(() => assertDeployable(definition, handlers))
      .to.throw(Refusal, /2 处[\s\S]*again：[\s\S]*unsupported-attribute[\s\S]*late：[\s\S]*timer-invalid/)
      .with.property('code', 'definition.unsupported');
  });

  it('本项目的五个流程在形式上合格', async () => {
    const folder = join(packageRoot, 'processes');
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.bpmn'))) {
      const definition = definitionOf(await parseDiagram(packageText(`processes/${file}`, packageRoot)));
      const findings = lintDefinition(definition, handlers).filter(({ rule }) => rule !== 'handler-unknown');
      expect(findings, file).to.deep.equal([]);
    }
  });
});
