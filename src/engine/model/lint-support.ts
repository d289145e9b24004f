import { eventDefinitions, type FlowNode } from './bpmn-types.js';
import type { Report } from './finding.js';
import { elementOtherwise, eventOtherwise, manyEventsOtherwise } from './otherwise.js';
import { eventKind, isSupportedEvent, isSupportedType } from './supported.js';
import { label, type Elements } from './walk.js';

const names: { readonly [type: string]: string } = {
  'bpmn:ScriptTask': '脚本任务',
  'bpmn:ComplexGateway': '复杂网关',
  'bpmn:Transaction': '事务子流程',
  'bpmn:AdHocSubProcess': '随意子流程',
};

/** Elements, events and attributes that would affect execution and that the engine does not support. */
export function supportFindings(elements: Elements, report: Report): void {
  for (const node of elements.nodes) {
    if (!isSupportedType(node.$type)) {
      const what = `不支持${names[node.$type] ?? node.$type} ${label(node)}。`;
      report('unsupported-element', node, what, elementOtherwise(node.$type));
      continue;
    }
    checkEvents(node, report);
    for (const [attribute, value] of foreignBehaviour(node)) {
      report('unsupported-attribute', node, `${label(node)} 的 ${attribute}="${String(value)}" 不支持。`);
    }
    checkData(node, report);
  }
}

function checkEvents(node: FlowNode, report: Report): void {
  const definitions = eventDefinitions(node);
  if (definitions.length > 1 || node.parallelMultiple === true) {
    const what = `事件 ${label(node)} 有多个事件定义，不支持多重事件。`;
    report('unsupported-event', node, what, manyEventsOtherwise(node.$type));
    return;
  }
  const kind = eventKind(definitions[0]?.$type);
  if (!isSupportedEvent(node.$type, kind, node.$parent)) {
    const what = `事件 ${label(node)} 的类型（${kind}）在此处不支持。`;
    report('unsupported-event', node, what, eventOtherwise(node.$type, kind));
  }
}

function foreignBehaviour(node: FlowNode): readonly (readonly [string, unknown])[] {
  const found: (readonly [string, unknown])[] = [];
  if ((node.startQuantity ?? 1) !== 1) found.push(['startQuantity', node.startQuantity]);
  if ((node.completionQuantity ?? 1) !== 1) found.push(['completionQuantity', node.completionQuantity]);
  if (node.instantiate === true) found.push(['instantiate', true]);
  if (node.eventGatewayType === 'Parallel') found.push(['eventGatewayType', 'Parallel']);
  const behavior = node.loopCharacteristics?.behavior;
  if (behavior !== undefined && behavior !== 'All') found.push(['behavior', behavior]);
  for (const definition of eventDefinitions(node)) {
    if (definition.$type === 'bpmn:CompensateEventDefinition' && definition.waitForCompletion === false) {
      found.push(['waitForCompletion', false]);
    }
  }
  return found;
}

/** A plain data association is documentation; one with an assignment would have to be executed. */
function checkData(node: FlowNode, report: Report): void {
  const associations = [...(node.dataInputAssociations ?? []), ...(node.dataOutputAssociations ?? [])];
  if (associations.some((one) => one.transformation !== undefined || (one.assignment ?? []).length > 0)) {
    report(
      'unsupported-attribute',
      node,
      `${label(node)} 的数据关联含有赋值或转换，不支持。`,
      '写成活动自己的变量（duty:scope）：带进去的写 duty:local，带出来的写 duty:output。',
    );
  }
}
