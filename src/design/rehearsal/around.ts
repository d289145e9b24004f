import type { FlowNode } from '../../engine/index.js';

export const isEventSubProcess = ({ triggeredByEvent }: FlowNode): boolean => triggeredByEvent === true;

/** Id of the sub-process around it; undefined directly in the process. */
export const scopeAround = ({ $parent }: FlowNode): string | undefined =>
  $parent === undefined || $parent.$type === 'bpmn:Process' ? undefined : $parent.id;
