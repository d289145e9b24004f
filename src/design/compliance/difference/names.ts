import { label, type BpmnElement } from '../../../engine/model/index.js';

const kinds: { readonly [type: string]: string } = {
  'bpmn:Definitions': '流程图',
  'bpmn:Process': '流程',
  'bpmn:StartEvent': '开始事件',
  'bpmn:EndEvent': '结束事件',
  'bpmn:BoundaryEvent': '边界事件',
  'bpmn:IntermediateCatchEvent': '中间捕获事件',
  'bpmn:IntermediateThrowEvent': '中间抛出事件',
  'bpmn:UserTask': '办理环节',
  'bpmn:ServiceTask': '自动处理',
  'bpmn:SendTask': '发送任务',
  'bpmn:ReceiveTask': '接收任务',
  'bpmn:ManualTask': '手工任务',
  'bpmn:BusinessRuleTask': '规则任务',
  'bpmn:Task': '任务',
  'bpmn:SubProcess': '子流程',
  'bpmn:CallActivity': '调用活动',
  'bpmn:ExclusiveGateway': '排他网关',
  'bpmn:ParallelGateway': '并行网关',
  'bpmn:InclusiveGateway': '包容网关',
  'bpmn:EventBasedGateway': '事件网关',
  'bpmn:SequenceFlow': '顺序流',
  'bpmn:Message': '消息',
  'bpmn:Error': '错误',
  'bpmn:Signal': '信号',
  'bpmn:Escalation': '升级',
  'bpmn:Association': '关联',
  'bpmn:TextAnnotation': '注释',
  'bpmndi:BPMNShape': '图形',
  'bpmndi:BPMNEdge': '连线',
  'bpmndi:BPMNPlane': '画布',
  'bpmndi:BPMNDiagram': '图面',
};

export const kindName = ({ $type }: BpmnElement): string => kinds[$type] ?? $type;

interface Drawn extends BpmnElement {
  readonly bpmnElement?: BpmnElement;
  readonly sourceRef?: BpmnElement;
  readonly targetRef?: BpmnElement;
}

/** The element's own name; for a flow, its ends; for a shape, the element shown. */
export function elementName(element: BpmnElement): string {
  const { bpmnElement, sourceRef, targetRef } = element as Drawn;
  if (bpmnElement !== undefined) return `${elementName(bpmnElement)}的${kindName(element)}`;
  if (element.name !== undefined && element.name.trim() !== '') return label(element).slice(1, -1);
  if (sourceRef !== undefined && targetRef !== undefined) return `${plain(sourceRef)} → ${plain(targetRef)}`;
  return `${kindName(element)} ${element.id ?? ''}`.trim();
}

const plain = (element: BpmnElement): string =>
  element.name === undefined || element.name.trim() === '' ? (element.id ?? '') : element.name.trim();
