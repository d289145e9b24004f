/** A draft of the next version of one process or decision table. */
import type { Person } from '../../law/two-person/index.js';

/** A state that acts set. Whether a scheduled draft is in force depends on the clock (`stateAt`). */
export type StoredState = 'draft' | 'submitted' | 'approved' | 'scheduled' | 'rejected' | 'withdrawn';
export type DraftState = StoredState | 'in-force' | 'superseded';

export interface Draft {
  readonly id: number;
  readonly key: string;
  readonly kind: 'process' | 'decision';
  readonly title: string;
  readonly origin: 'edited' | 'rollback' | 'shipped';
  readonly state: DraftState;
  /** The last revision, and the SHA-256 of its bytes. */
  readonly revision: number;
  readonly sha256: string;
  /** The version that the draft replaces; null for a new process or table. */
  readonly baseVersion: number | null;
  /** The pending submission. */
  readonly submission: number | null;
  /** People who wrote a revision of this draft, or the same bytes in another draft of this process. */
  readonly authors: readonly Person[];
  /** For the pending submission: who has approved it, and how many approvals it needs. */
  readonly approvers: readonly Person[];
  readonly needed: number;
  /** The version that the draft became; null until it is scheduled. */
  readonly version: number | null;
  readonly inForceFrom: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface Revision {
  readonly number: number;
  readonly sha256: string;
  readonly baseVersion: number | null;
  readonly author: string;
  readonly note: string | null;
  readonly savedAt: Date;
}

export type ActName =
  'created' | 'saved' | 'commented' | 'submitted' | 'approved' | 'rejected' | 'withdrawn' | 'scheduled';

/** One item of the thread. */
export interface Act {
  readonly id: number;
  readonly act: ActName;
  readonly actor: string;
  readonly login: string;
  readonly at: Date;
  readonly text: string | null;
  readonly element: string | null;
  readonly revision: number;
  readonly sha256: string;
  readonly submission: number | null;
}
