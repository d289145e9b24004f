/**
 * Narrow, hand-written types of the moddle elements that the engine reads. A property that moddle omits when the
 * diagram does is optional here; defaults of the standard (`cancelActivity`, `isInterrupting`) come from moddle.
 * Attributes of our own vocabulary are read with `duty(element, name)`.
 */
export interface BpmnElement {
  readonly $type: string;
  readonly id?: string;
  readonly name?: string;
  readonly $parent?: BpmnElement;
  readonly $attrs: { readonly [name: string]: string };
  $instanceOf(type: string): boolean;
  get(property: string): unknown;
}

export interface Expression extends BpmnElement {
  readonly body?: string;
  readonly language?: string;
}

export interface EventDefinition extends BpmnElement {
  readonly messageRef?: BpmnElement;
  readonly signalRef?: BpmnElement;
  readonly errorRef?: BpmnElement & { readonly errorCode?: string };
  readonly escalationRef?: BpmnElement & { readonly escalationCode?: string };
  readonly activityRef?: BpmnElement;
  readonly waitForCompletion?: boolean;
  readonly condition?: Expression;
  readonly timeDuration?: Expression;
  readonly timeDate?: Expression;
  readonly timeCycle?: Expression;
}

export interface LoopCharacteristics extends BpmnElement {
  readonly isSequential?: boolean;
  readonly loopCardinality?: Expression;
  readonly completionCondition?: Expression;
  readonly loopDataInputRef?: BpmnElement;
  readonly loopDataOutputRef?: BpmnElement;
  readonly inputDataItem?: BpmnElement;
  readonly outputDataItem?: BpmnElement;
  readonly behavior?: string;
  readonly testBefore?: boolean;
  readonly loopMaximum?: number;
  readonly loopCondition?: Expression;
}

export interface SequenceFlow extends BpmnElement {
  readonly sourceRef?: FlowNode;
  readonly targetRef?: FlowNode;
  readonly conditionExpression?: Expression;
}

/** All properties a flow node of any type may have; which apply follows from `$type`. */
export interface FlowNode extends BpmnElement {
  readonly incoming?: readonly SequenceFlow[];
  readonly outgoing?: readonly SequenceFlow[];
  readonly default?: SequenceFlow;
  readonly eventDefinitions?: readonly EventDefinition[];
  readonly eventDefinitionRef?: readonly EventDefinition[];
  readonly parallelMultiple?: boolean;
  readonly isInterrupting?: boolean;
  readonly cancelActivity?: boolean;
  readonly attachedToRef?: FlowNode;
  readonly loopCharacteristics?: LoopCharacteristics;
  readonly isForCompensation?: boolean;
  readonly startQuantity?: number;
  readonly completionQuantity?: number;
  readonly messageRef?: BpmnElement;
  readonly instantiate?: boolean;
  readonly eventGatewayType?: string;
  readonly calledElement?: string;
  readonly triggeredByEvent?: boolean;
  readonly dataInputAssociations?: readonly DataAssociation[];
  readonly dataOutputAssociations?: readonly DataAssociation[];
  readonly flowElements?: readonly BpmnElement[];
  readonly artifacts?: readonly Association[];
}

interface DataAssociation extends BpmnElement {
  readonly assignment?: readonly BpmnElement[];
  readonly transformation?: Expression;
}

export interface Association extends BpmnElement {
  readonly sourceRef?: BpmnElement;
  readonly targetRef?: BpmnElement;
}

export interface Process extends BpmnElement {
  readonly isExecutable?: boolean;
  readonly flowElements?: readonly BpmnElement[];
  readonly artifacts?: readonly Association[];
}

export interface Definitions extends BpmnElement {
  readonly rootElements?: readonly BpmnElement[];
  readonly expressionLanguage?: string;
}

export function isFlowNode(element: BpmnElement): element is FlowNode {
  return element.$instanceOf('bpmn:FlowNode');
}

export function isSequenceFlow(element: BpmnElement): element is SequenceFlow {
  return element.$type === 'bpmn:SequenceFlow';
}

export function isActivity(element: BpmnElement): element is FlowNode {
  return element.$instanceOf('bpmn:Activity');
}

/** A process, an embedded or an event sub-process: contains flow elements. */
export function isContainer(element: BpmnElement): element is FlowNode {
  return element.$instanceOf('bpmn:FlowElementsContainer');
}

/** An attribute of our vocabulary (`duty:handler`, …); undefined if missing. */
export function duty(element: BpmnElement, name: string): string | undefined {
  const value = element.get(`duty:${name}`);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Event definitions inside the event, and those it refers to. */
export function eventDefinitions(node: FlowNode): readonly EventDefinition[] {
  return [...(node.eventDefinitions ?? []), ...(node.eventDefinitionRef ?? [])];
}
