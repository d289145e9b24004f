import type { Adjustment, JournalEntry, Sealed } from '../ports.js';
import type { JsonObject, Refusal } from '../../kernel/index.js';
import type { RuntimeName, Stimulus, Variables } from '../runtime/door.js';
import type { CaseFile, Realm } from './case-file.js';

interface Act {
  /** The legal instant: when it happened in the world. Whatever fell due before it is fired first. */
  readonly at: Date;
  /** Who did it, as the trail names them. */
  readonly actor?: string;
  readonly variables?: Variables;
  readonly sealed?: readonly Sealed[];
}

export interface StartCase extends Act {
  readonly kind: 'start';
  readonly businessKey: string;
  readonly process: string;
  /** By which of its start events: the one that this message starts; without it the only one. */
  readonly message?: string;
  readonly realm: Realm;
  /** Runs every instance of the case on this runtime, whatever the definitions say. */
  readonly runtime?: RuntimeName;
}

interface Stimulate extends Act {
  readonly kind: 'stimulate';
  readonly caseId: string;
  readonly instance: number;
  readonly stimulus: Stimulus;
}

/** A message from outside: to every instance of the case that waits for it, else it starts its process. */
interface Send extends Act {
  readonly kind: 'send';
  readonly caseId: string;
  readonly message: string;
}

/** Fires every deadline of the case that is due at `until`, in due order, each at its own legal instant. */
interface FallDue {
  readonly kind: 'fall-due';
  readonly caseId: string;
  readonly until: Date;
}

/** The calendar has changed: open deadlines are computed again, cards given too early are revoked by an entry. */
export interface Recompute {
  readonly kind: 'recompute';
  readonly caseId: string;
  readonly at: Date;
  readonly actor: string;
  /** The notice's number: why. */
  readonly document: string;
  /** As the case's trail says under the case's lock. */
  readonly revoke: readonly WrongCard[];
  /** Given too early, but given they would have been all the same: an entry says when. */
  readonly redate?: readonly WrongCard[];
  /** Told to those instances that wait for it, before the revoked are armed again: what came of them is withdrawn. */
  readonly tell?: {
    readonly message: string;
    readonly to: readonly number[];
    readonly variables: Variables;
  };
  /** Processes that begin anew by a message, their limits counted as before. */
  readonly resume?: readonly {
    readonly message: string;
    /** The instance whose place the new one takes. */
    readonly instance: number;
    readonly variables: Variables;
    readonly clock: Pick<WrongCard, 'startedAt' | 'adjustments'>;
  }[];
}

/** Something about the case was set right outside its processes: variables change and an entry says so. No step. */
interface Amend extends Act {
  readonly kind: 'amend';
  readonly caseId: string;
  /** The entry's type, for example `sheet.classified`. */
  readonly type: string;
  readonly body: JsonObject;
}

/** The instances of the case that run on one version of a process go on with another. */
interface Migrate {
  readonly kind: 'migrate';
  readonly caseId: string;
  readonly at: Date;
  readonly actor: string;
  /** The decision's number: why. */
  readonly migration: number;
  readonly from: number;
  readonly to: number;
  readonly mapping: { readonly [element: string]: string };
}

/** A timer that a changed calendar would not have let fire yet. */
export interface WrongCard {
  /** The number of the entry by which it was given. */
  readonly entry: number;
  readonly instance: number;
  readonly element: string;
  readonly levels: readonly string[];
  /** When it was given, and when it would have been due. */
  readonly at: Date;
  readonly due: Date;
  readonly derivation: JsonObject;
  /** From when its limit runs, and what has happened to that since. */
  readonly startedAt: Date;
  readonly adjustments: readonly Adjustment[];
}

export type Command = StartCase | Stimulate | Send | Amend | FallDue | Recompute | Migrate;

export interface Answer {
  /** The case after the command (unchanged when refused). Undefined only when there is no such case. */
  readonly file: CaseFile | undefined;
  /** What the trail tells of it. */
  readonly entries?: readonly JournalEntry[];
  readonly refusal?: Refusal;
  /** A start whose business key exists already changes nothing. */
  readonly existed?: true;
}
