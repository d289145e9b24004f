/** A draft: the next version of one process, on its way to being in force. */

/** As acts leave it; whether a scheduled one is in force by now only the clock says (`stateAt`). */
export type StoredState = 'draft' | 'submitted' | 'approved' | 'scheduled' | 'rejected' | 'withdrawn';
export type DraftState = StoredState | 'in-force' | 'superseded';

/** Somebody who acts: by log-in name, and as the trail names them. */
export interface Person {
  readonly login: string;
  readonly actor: string;
}

export interface Draft {
  readonly id: number;
  readonly key: string;
  readonly title: string;
  readonly origin: 'edited' | 'rollback' | 'shipped';
  readonly state: DraftState;
  /** The last revision, and of its bytes the SHA-256. */
  readonly revision: number;
  readonly sha256: string;
  /** The version that it is to replace; null where there was none. */
  readonly baseVersion: number | null;
  /** What is being decided upon; null where nothing is. */
  readonly submission: number | null;
  /** Whoever has written any of its revisions, or the same bytes in another draft of this process. */
  readonly authors: readonly Person[];
  /** The version that it has become; null until it is scheduled. */
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
