/** Ports to the checks and the difference. */
import type { CalendarSource } from '../../calendar/index.js';
import type { Change } from '../compliance/index.js';
import type { Law } from '../../kernel/law.js';
import type { Decision } from '../../law/policy/index.js';

/** Changes from the earlier to the later diagram of one process. */
export type Compare = (key: string, before: string, after: string) => Promise<readonly Change[]>;

/** Basis of a trial. */
export interface Ground {
  /** BPMN XML of what is in force. */
  readonly inForce: readonly string[];
  readonly law: Law;
  /** Folder of the package of that law. */
  readonly root: string;
  readonly calendar: readonly CalendarSource[];
  /** Approved policies. */
  readonly decisions: readonly Decision[];
  readonly digest: string;
}
