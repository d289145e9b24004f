/**
 * A firing of a case that cannot go on: a due timer, a message to one of its processes, a condition that has become
 * true. It is recorded, holds up nothing else, and is tried again with growing pauses.
 */
import type { RefusalCode } from '../../kernel/index.js';

export interface Incident {
  /** Unique among the open ones of its case. */
  readonly key: string;
  readonly kind: 'timer' | 'message' | 'condition';
  /** Null: the message is to start a process. */
  readonly instance: number | null;
  readonly process: string;
  readonly version: number;
  /** The timer's event; the message; the process whose condition it is. */
  readonly of: string;
  /** Where it cannot go on, if known. */
  readonly where: string | null;
  readonly timer: string | null;
  /** Of a message: the process that sent it, and its instance. */
  readonly sender: { readonly process: string | null; readonly instance: number | null } | null;
  /** The legal instant: when it was due. */
  readonly at: Date;
  readonly code: RefusalCode;
  readonly why: string;
  readonly remedy: string | null;
  /** When it was first found. */
  readonly since: Date;
  readonly tries: number;
  readonly nextTry: Date;
}

/** What the firing is, apart from how it failed. */
export type Firing = Pick<
  Incident,
  'key' | 'kind' | 'instance' | 'process' | 'version' | 'of' | 'timer' | 'sender' | 'at'
>;
