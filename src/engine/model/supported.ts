/** Supported elements, and the events each may carry. The lint refuses others, and the designer does not offer them. */

/** Node types that run, with the events each may carry (`none` included); null if events do not apply. */
const supported: { readonly [type: string]: readonly string[] | null } = {
  'bpmn:StartEvent': ['none', 'Message', 'Timer', 'Signal', 'Error', 'Escalation', 'Conditional'],
  'bpmn:EndEvent': ['none', 'Message', 'Signal', 'Error', 'Escalation', 'Terminate', 'Compensate'],
  'bpmn:IntermediateCatchEvent': ['Message', 'Timer', 'Signal', 'Conditional', 'Link'],
  'bpmn:IntermediateThrowEvent': ['none', 'Message', 'Signal', 'Escalation', 'Compensate', 'Link'],
  'bpmn:BoundaryEvent': ['Message', 'Timer', 'Signal', 'Error', 'Escalation', 'Conditional', 'Compensate'],
  'bpmn:Task': null,
  'bpmn:UserTask': null,
  'bpmn:ManualTask': null,
  'bpmn:ServiceTask': null,
  'bpmn:SendTask': null,
  'bpmn:ReceiveTask': null,
  'bpmn:BusinessRuleTask': null,
  'bpmn:ExclusiveGateway': null,
  'bpmn:ParallelGateway': null,
  'bpmn:InclusiveGateway': null,
  'bpmn:EventBasedGateway': null,
  'bpmn:SubProcess': null,
  'bpmn:CallActivity': null,
};

interface Container {
  readonly $type: string;
  readonly triggeredByEvent?: boolean;
}

export const isSupportedType = (type: string): boolean => Object.hasOwn(supported, type);

/** Maps `bpmn:TimerEventDefinition` to `Timer`, and a missing definition to `none`. */
export const eventKind = (definitionType: string | undefined): string =>
  /^bpmn:(.*)EventDefinition$/.exec(definitionType ?? '')?.[1] ?? 'none';

/**
 * Whether such an event is supported at this place. Start events differ between process, embedded
 * and event sub-process.
 */
export function isSupportedEvent(type: string, kind: string, container: Container | undefined): boolean {
  if (supported[type] === null) return true;
  if (!supported[type]?.includes(kind)) return false;
  if (type !== 'bpmn:StartEvent') return true;
  if (container?.$type === 'bpmn:Process') return !['Error', 'Escalation', 'Conditional'].includes(kind);
  return container?.triggeredByEvent === true ? kind !== 'none' : kind === 'none';
}
