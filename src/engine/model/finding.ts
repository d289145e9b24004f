import type { BpmnElement } from './bpmn-types.js';

export interface Finding {
  /** Stable name of the rule, for example `unsupported-element`. */
  readonly rule: string;
  /** Id of the element. */
  readonly element: string;
  /** What is wrong and what to do, in Chinese. */
  readonly message: string;
  /** An alternative notation, if that depends on more than the rule. */
  readonly otherwise?: string;
}

/** Reports one finding about an element. */
export type Report = (rule: string, element: BpmnElement, message: string, otherwise?: string) => void;
