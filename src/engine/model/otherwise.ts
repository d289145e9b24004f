/** Alternatives for notation that the engine does not run. In Chinese, for the author of the diagram. */

const elements: { readonly [type: string]: string } = {
  'bpmn:ScriptTask': '要计算的写成条件、表单规则（FEEL）；要办的事改成自动处理，用登记过的处理程序。',
  'bpmn:ComplexGateway': '改成包容网关，各条出口写明条件；等几条中的几条，用多实例的完成条件。',
  'bpmn:Transaction':
    '改成普通子流程：取消写成错误结束事件，在子流程边框上附错误边界事件，后面接补偿抛出事件。',
  'bpmn:AdHocSubProcess': '改成包容网关引出各个环节；办不办由人决定的，写成表单里的选项。',
};

export const elementOtherwise = (type: string): string | undefined => elements[type];

const starts: { readonly [kind: string]: string } = {
  Compensate:
    '改成给要撤销的活动各附一个补偿边界事件，用关联连到补偿活动；一起撤销的，由补偿抛出事件按相反的次序逐个补偿。',
  Conditional: '流程不能由条件开始：改成由消息、定时、信号开始，或者在开始以后接一个条件捕获事件。',
  Error: '流程不能由错误开始：改成事件子流程，或者由消息开始。',
  Escalation: '流程不能由升级开始：改成事件子流程，或者由消息开始。',
  none: '事件子流程的开始事件写明等什么：消息、定时、信号、错误、升级、条件。',
};

/** An alternative for an event whose kind is not supported there; undefined if only the general advice helps. */
export function eventOtherwise(type: string, kind: string): string | undefined {
  if (kind === 'Cancel')
    return '取消写成错误：里面用错误结束事件，边框上附错误边界事件，后面接补偿抛出事件。';
  if (type === 'bpmn:StartEvent') return starts[kind];
  if (kind === 'none') return '写明它等什么：消息、定时、信号、条件。';
  return undefined;
}

export const manyEventsOtherwise = (type: string): string =>
  ({
    'bpmn:StartEvent': '拆成几个开始事件，各写一种，都连到第一个环节。',
    'bpmn:BoundaryEvent': '拆成几个边界事件，各写一种。',
    'bpmn:IntermediateCatchEvent': '改成事件网关，后面每种事件各放一个；都要等到的，放在并行网关的各条线上。',
  })[type] ?? '拆成几个事件，一个接一个。';
