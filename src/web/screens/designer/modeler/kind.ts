/** An element's type in words. */
import { eventKind } from '../../../../engine/model/supported.js';
import type { Moddle } from './services.js';

const types: { readonly [type: string]: string } = {
  Process: '流程',
  StartEvent: '开始事件',
  EndEvent: '结束事件',
  IntermediateCatchEvent: '等待事件',
  IntermediateThrowEvent: '中间事件',
  BoundaryEvent: '边界事件',
  Task: '任务',
  UserTask: '办理环节',
  ManualTask: '手工任务',
  ServiceTask: '自动处理',
  SendTask: '发送任务',
  ReceiveTask: '接收任务',
  BusinessRuleTask: '规则任务',
  ExclusiveGateway: '排他网关',
  ParallelGateway: '并行网关',
  InclusiveGateway: '包容网关',
  EventBasedGateway: '事件网关',
  SubProcess: '子流程',
  CallActivity: '调用流程',
  SequenceFlow: '顺序流',
  TextAnnotation: '注释',
  Association: '关联',
};

const events: { readonly [kind: string]: string } = {
  Message: '消息',
  Timer: '定时',
  Conditional: '条件',
  Signal: '信号',
  Error: '错误',
  Escalation: '升级',
  Compensate: '补偿',
  Link: '链接',
  Terminate: '终止',
};

/** The event definition. */
export const definitionOf = (element: Moddle): Moddle | undefined =>
  (element.get<readonly Moddle[] | undefined>('eventDefinitions') ?? [])[0];

export const eventOf = (element: Moddle): string =>
  element.$instanceOf('bpmn:Event') ? eventKind(definitionOf(element)?.$type) : 'none';

export function kindOf(element: Moddle): string {
  const type = types[element.$type.replace('bpmn:', '')] ?? '其他元素';
  const event = events[eventOf(element)] ?? '';
  const isAside = element.$type === 'bpmn:SubProcess' && element.get('triggeredByEvent') === true;
  return isAside ? '事件子流程' : `${event}${type}`;
}

/** Its name, or what it connects. */
export function titleOf(element: Moddle): string {
  const name = element.get<string | undefined>('name');
  if (name) return name;
  if (element.$type === 'bpmn:SequenceFlow') {
    const [from, to] = [
      element.get<Moddle | undefined>('sourceRef'),
      element.get<Moddle | undefined>('targetRef'),
    ];
    return `${from?.get<string>('name') ?? '…'} → ${to?.get<string>('name') ?? '…'}`;
  }
  return `（未命名的${kindOf(element)}）`;
}
