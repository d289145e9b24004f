/** Ports to the checks and the difference. */
import type { CalendarSource } from '../../calendar/index.js';
import type { Json } from '../../kernel/index.js';
import type { Decision } from '../../law/policy/index.js';

export interface Finding {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly element: string;
  readonly article: string;
  readonly message: string;
  readonly fix: string;
}

export interface CheckReport {
  readonly publishable: boolean;
  readonly findings: readonly Finding[];
}

/** Changes from the earlier to the later diagram of one process. */
export type Compare = (key: string, before: string, after: string) => Promise<readonly Change[]>;

export interface Change {
  readonly element: string;
  readonly elementName: string;
  readonly property: string;
  readonly article: string | null;
  readonly before: Json;
  readonly after: Json;
  readonly sentence: string;
  readonly kind: 'semantic' | 'layout';
}

/** Basis of a trial. */
export interface Ground {
  /** BPMN XML of what is in force. */
  readonly inForce: readonly string[];
  readonly calendar: readonly CalendarSource[];
  /** Approved policies. */
  readonly decisions: readonly Decision[];
  readonly digest: string;
}
