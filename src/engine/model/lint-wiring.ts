import {
  eventDefinitions,
  isActivity,
  type Association,
  type BpmnElement,
  type FlowNode,
  type Process,
} from './bpmn-types.js';
import type { Report } from './finding.js';
import { label, type Elements } from './walk.js';

/** Checks the structure: starts, ends, flows, attachments, links, compensation. */
export function wiringFindings(process: Process, elements: Elements, report: Report): void {
  checkStarts(process, elements.nodes, report);
  for (const flow of elements.flows) checkFlow(flow, report);
  for (const node of elements.nodes) {
    if (node.id === undefined) report('id-missing', node, `${node.$type} ${label(node)} 没有标识（id）。`);
    checkEnds(node, elements, report);
    if (node.$type === 'bpmn:BoundaryEvent') checkBoundary(node, report);
    if (node.$type === 'bpmn:EventBasedGateway') checkEventGateway(node, elements, report);
    if (node.$type === 'bpmn:CallActivity' && !node.calledElement) {
      report('called-missing', node, `调用活动 ${label(node)} 没有写明被调用的流程。`);
    }
    if (node.default !== undefined && node.default.sourceRef !== node) {
      report('default-foreign', node, `${label(node)} 的默认流不是从它流出的。`);
    }
    checkLink(node, elements, report);
    checkCompensation(node, process, elements, report);
  }
}

function checkStarts(process: Process, nodes: readonly FlowNode[], report: Report): void {
  const containers: BpmnElement[] = [process, ...nodes.filter((node) => node.$type === 'bpmn:SubProcess')];
  for (const container of containers) {
    const starts = nodes.filter((node) => node.$type === 'bpmn:StartEvent' && node.$parent === container);
    // An embedded sub-process needs no start event: then all elements without incoming flow start (BPMN 2.0.2, 13.3.4).
    const needed = container === process || (container as FlowNode).triggeredByEvent === true;
    if (starts.length === 0 && needed)
      report('start-missing', container, `${label(container)} 没有开始事件。`);
    const plain = starts.filter((start) => eventDefinitions(start).length === 0);
    const onlyOne = (container as FlowNode).triggeredByEvent === true ? starts : plain;
    for (const start of onlyOne.slice(1)) {
      report('start-duplicate', start, `${label(container)} 有不止一个开始事件：${label(start)} 是多余的。`);
    }
  }
}

function checkFlow(flow: Elements['flows'][number], report: Report): void {
  const { sourceRef: source, targetRef: target } = flow;
  if (!source || !target) {
    report('flow-dangling', flow, `顺序流 ${label(flow)} 缺少起点或终点。`);
    return;
  }
  if (source.$parent !== target.$parent) {
    report('flow-across', flow, `顺序流 ${label(flow)} 跨越了子流程的边界。`);
  }
  const mayBranch =
    source.$instanceOf('bpmn:Activity') || /^bpmn:(Exclusive|Inclusive)Gateway$/.test(source.$type);
  if (flow.conditionExpression !== undefined && !mayBranch) {
    report(
      'condition-misplaced',
      flow,
      `顺序流 ${label(flow)} 的条件无效：${label(source)} 的出口不看条件。`,
    );
  }
}

const withoutIncoming = new Set(['bpmn:StartEvent', 'bpmn:BoundaryEvent']);

function checkEnds(node: FlowNode, { nodes, flows }: Elements, report: Report): void {
  const begun = nodes.some((other) => other.$type === 'bpmn:StartEvent' && other.$parent === node.$parent);
  const entered = flows.some((flow) => flow.targetRef === node);
  const left = flows.some((flow) => flow.sourceRef === node);
  const aside = node.triggeredByEvent === true || node.isForCompensation === true;
  if (entered && (withoutIncoming.has(node.$type) || aside)) {
    report('incoming-forbidden', node, `${label(node)} 不能有流入的顺序流。`);
  }
  const begins = withoutIncoming.has(node.$type) || aside || (isLink(node) && node.$type.includes('Catch'));
  if (begun && !entered && !begins) {
    report('unreachable', node, `${label(node)} 没有流入的顺序流，永远到不了。`);
  }
  const final = node.$type === 'bpmn:EndEvent' || (isLink(node) && node.$type.includes('Throw'));
  if (left && (final || aside || isCompensation(node, 'bpmn:BoundaryEvent'))) {
    report('outgoing-forbidden', node, `${label(node)} 不能有流出的顺序流。`);
  }
}

function checkBoundary(node: FlowNode, report: Report): void {
  const host = node.attachedToRef;
  if (host === undefined || !host.$instanceOf('bpmn:Activity')) {
    report('boundary-unattached', node, `边界事件 ${label(node)} 没有附着在活动上。`);
  } else if (host.$parent !== node.$parent) {
    report('boundary-unattached', node, `边界事件 ${label(node)} 与其活动不在同一层。`);
  }
}

function checkEventGateway(node: FlowNode, { flows }: Elements, report: Report): void {
  const targets = flows.filter((flow) => flow.sourceRef === node).map((flow) => flow.targetRef);
  if (targets.length === 0) report('gateway-empty', node, `事件网关 ${label(node)} 后面没有事件。`);
  for (const target of targets) {
    if (!target) continue;
    const catches = target.$type === 'bpmn:IntermediateCatchEvent' && !isLink(target);
    if (!catches && !(target.$type === 'bpmn:ReceiveTask' && target.messageRef)) {
      report(
        'gateway-target',
        target,
        `事件网关 ${label(node)} 后面只能是中间捕获事件，或者写明消息的接收任务。`,
      );
    }
  }
}

function checkLink(node: FlowNode, { nodes }: Elements, report: Report): void {
  if (!isLink(node)) return;
  const name = linkName(node);
  const catches = nodes.filter(
    (other) =>
      other.$type.includes('Catch') &&
      other.$parent === node.$parent &&
      isLink(other) &&
      linkName(other) === name,
  );
  if (catches.length !== 1) {
    report('link-unpaired', node, `链接“${name}”在同一层应当恰有一个捕获端，现有 ${catches.length} 个。`);
  }
}

function checkCompensation(node: FlowNode, process: Process, elements: Elements, report: Report): void {
  if (isCompensation(node, 'bpmn:BoundaryEvent') && compensatorsOf(node).length !== 1) {
    report('compensation-unpaired', node, `补偿边界事件 ${label(node)} 应当用关联连到恰好一个补偿活动。`);
  }
  if (node.isForCompensation === true) {
    const used = elements.nodes.some((other) => compensatorsOf(other).includes(node));
    if (!used) report('compensation-unpaired', node, `补偿活动 ${label(node)} 没有补偿边界事件与它关联。`);
  }
  const target = eventDefinitions(node)[0]?.activityRef;
  if (target !== undefined && !elements.nodes.some((other) => other === target && isActivity(other))) {
    report('compensation-target', node, `${label(node)} 要补偿的活动不在流程 ${label(process)} 中。`);
  }
}

/** Compensation activities associated with a compensation boundary event. */
export function compensatorsOf(boundary: FlowNode): readonly FlowNode[] {
  if (!isCompensation(boundary, 'bpmn:BoundaryEvent')) return [];
  const artifacts = (boundary.$parent as FlowNode | undefined)?.artifacts ?? [];
  return artifacts
    .filter((artifact): artifact is Association => artifact.$type === 'bpmn:Association')
    .filter((association) => association.sourceRef === boundary || association.targetRef === boundary)
    .map((association) =>
      association.sourceRef === boundary ? association.targetRef : association.sourceRef,
    )
    .filter(
      (other): other is FlowNode =>
        other !== undefined && isActivity(other) && other.isForCompensation === true,
    );
}

export function isLink(node: FlowNode): boolean {
  return eventDefinitions(node)[0]?.$type === 'bpmn:LinkEventDefinition';
}

/** A link's name: its own, else that of its event. */
export function linkName(node: FlowNode): string {
  return eventDefinitions(node)[0]?.name ?? node.name ?? '';
}

function isCompensation(node: FlowNode, type: string): boolean {
  return node.$type === type && eventDefinitions(node)[0]?.$type === 'bpmn:CompensateEventDefinition';
}
