/**
 * A stuck firing of a case: a due timer, a message to one of its processes, a condition that has
 * become true. It is recorded, holds up nothing else, and is retried with growing pauses.
 */
import type { RefusalCode } from '../../kernel/index.js';

export interface Incident {
  /** Unique among the open incidents of its case. */
  readonly key: string;
  readonly kind: 'timer' | 'message' | 'condition';
  /** Null if the message should start a process. */
  readonly instance: number | null;
  readonly process: string;
  readonly version: number;
  /** The timer's event, the message, or the process with the condition. */
  readonly of: string;
  /** The element that fails, if known. */
  readonly where: string | null;
  readonly timer: string | null;
  /** For a message: the process that sent it, and its instance. */
  readonly sender: { readonly process: string | null; readonly instance: number | null } | null;
  /** The legal instant: when it was due. */
  readonly at: Date;
  readonly code: RefusalCode;
  readonly why: string;
  readonly remedy: string | null;
  /** When it first failed. */
  readonly since: Date;
  readonly tries: number;
  readonly nextTry: Date;
}

/** Identifies the firing, independent of its failure. */
export type Firing = Pick<
  Incident,
  'key' | 'kind' | 'instance' | 'process' | 'version' | 'of' | 'timer' | 'sender' | 'at'
>;
