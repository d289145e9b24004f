import type { JournalEntry, Sealed } from '../ports.js';
import type { Json, JsonObject, Refusal } from '../../kernel/index.js';
import type { Stimulus, Variables } from '../runtime/interface.js';
import type { CaseFile, Realm } from './case-file.js';
import type { Adjustment } from '../../kernel/timer-spec.js';

interface Act {
  /** The legal instant: when it happened. Whatever fell due before is fired first. */
  readonly at: Date;
  /** The actor as named in the trail. */
  readonly actor?: string;
  readonly variables?: Variables;
  readonly sealed?: readonly Sealed[];
}

export interface StartCase extends Act {
  readonly kind: 'start';
  readonly businessKey: string;
  readonly process: string;
  /** Start event: the one started by this message, or for which the program prepares this; default: the only one. */
  readonly message?: string;
  /** The start event whose timer was due at this instant, and how it was reckoned: one case each. */
  readonly timer?: { readonly event: string; readonly derivation: JsonObject };
  /** The start event whose signal another case has thrown. */
  readonly signal?: HeardSignal & { readonly event: string };
  readonly realm: Realm;
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

/** A signal of another case: to every instance that waits for it, if any. */
interface HearSignal {
  readonly kind: 'hear';
  readonly caseId: string;
  readonly at: Date;
  readonly signal: HeardSignal;
}

interface HeardSignal {
  readonly name: string;
  /** The process that has thrown it, and the business key of its case. */
  readonly from: string;
  readonly sender: string;
}

/** Fires every deadline of the case due at `until`, in due order, each at its own legal instant. */
interface FallDue {
  readonly kind: 'fall-due';
  readonly caseId: string;
  readonly until: Date;
}

/** The calendar has changed: recomputes open deadlines and revokes premature cards by an entry. */
export interface Recompute {
  readonly kind: 'recompute';
  readonly caseId: string;
  readonly at: Date;
  readonly actor: string;
  /** Number of the notice. */
  readonly document: string;
  /** As in the case's trail, read under the case's lock. */
  readonly revoke: readonly WrongCard[];
  /** Premature cards that would have been reached all the same, later: an entry corrects the instant. */
  readonly redate?: readonly WrongCard[];
  /** Sent to the waiting instances before the revoked timers are re-armed: withdraws the consequences. */
  readonly tell?: {
    readonly message: string;
    readonly to: readonly number[];
    readonly variables: Variables;
  };
  /** Processes that restart by a message, their limits counted as before. */
  readonly resume?: readonly {
    readonly message: string;
    /** The instance replaced by the new one. */
    readonly instance: number;
    readonly variables: Variables;
    readonly clock: Pick<WrongCard, 'startedAt' | 'adjustments'>;
  }[];
}

/** A correction outside the processes: changes variables and writes an entry. No step. */
interface Amend extends Act {
  readonly kind: 'amend';
  readonly caseId: string;
  /** The entry's type, for example `sheet.classified`. */
  readonly type: string;
  readonly body: JsonObject;
}

/** Migrates the case's instances from one version of a process to another. */
interface Migrate {
  readonly kind: 'migrate';
  readonly caseId: string;
  readonly at: Date;
  readonly actor: string;
  /** Number of the decision. */
  readonly migration: number;
  readonly from: number;
  readonly to: number;
  readonly mapping: { readonly [element: string]: string };
}

/** A timer that would not have fired yet under the changed calendar. */
export interface WrongCard {
  /** Number of the entry that recorded it. */
  readonly entry: number;
  readonly instance: number;
  readonly element: string;
  readonly levels: readonly string[];
  /** When it fired, and when it would have been due. */
  readonly at: Date;
  readonly due: Date;
  readonly derivation: JsonObject;
  /** Start of its limit, and its adjustments since. */
  readonly startedAt: Date;
  readonly adjustments: readonly Adjustment[];
}

/** A person has an incident tried again now. */
interface Retry {
  readonly kind: 'retry';
  readonly caseId: string;
  readonly at: Date;
  readonly actor: string;
  /** Its key. */
  readonly incident: string;
}

/** What is changed in a case that cannot go on as it is drawn. */
export type Intervention =
  /**
   * `instance`: for a variable that each instance has for itself, else null. `token`: for one that a running activity of
   * the instance has for itself, else null.
   */
  | {
      readonly kind: 'set';
      readonly name: string;
      readonly value: Json;
      readonly instance: number | null;
      readonly token: string | null;
    }
  | { readonly kind: 'move'; readonly instance: number; readonly token: string; readonly to: string }
  | { readonly kind: 'withdraw'; readonly instance: number; readonly token: string };

/** Two people have decided to change it. Nothing of the case may have moved since they looked. */
export interface Intervene {
  readonly kind: 'intervene';
  readonly caseId: string;
  readonly at: Date;
  /** Who approved it. */
  readonly actor: string;
  /** `stateDigest` of the case that both have seen. */
  readonly basedOn: string;
  readonly act: Intervention;
  /** For the entry: who proposed it, and where. */
  readonly body: JsonObject;
  readonly sealed?: readonly Sealed[];
}

export type Command =
  StartCase | Stimulate | Send | HearSignal | Amend | FallDue | Recompute | Migrate | Retry | Intervene;

export interface Answer {
  /**
   * The case after the command (unchanged when refused), with the bookmark of the last entry that the batch wrote for it;
   * undefined if there is no such case.
   */
  readonly file: CaseFile | undefined;
  /** Entries written. */
  readonly entries?: readonly JournalEntry[];
  readonly refusal?: Refusal;
  /** A start whose business key exists already changes nothing. */
  readonly existed?: true;
}
