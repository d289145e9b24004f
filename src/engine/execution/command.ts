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
  /** Selects the start event by its message, or by the name that the program prepares; default: the only one. */
  readonly message?: string;
  /** The start event whose timer was due at this instant, and the timer's derivation. Each instant starts one case. */
  readonly timer?: { readonly event: string; readonly derivation: JsonObject };
  /** The start event whose signal another case threw. */
  readonly signal?: HeardSignal & { readonly event: string };
  readonly realm: Realm;
}

interface Stimulate extends Act {
  readonly kind: 'stimulate';
  readonly caseId: string;
  readonly instance: number;
  readonly stimulus: Stimulus;
}

/**
 * A message from outside. It goes to every instance of the case that waits for it; if none waits,
 * it starts its process.
 */
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
  /** The process that threw it, and the business key of its case. */
  readonly from: string;
  readonly sender: string;
}

/** Fires every deadline of the case due at `until`, in due order, each at its own legal instant. */
interface FallDue {
  readonly kind: 'fall-due';
  readonly caseId: string;
  readonly until: Date;
}

/** Recomputes open deadlines after a change of the calendar, and revokes premature cards by an entry. */
export interface Recompute {
  readonly kind: 'recompute';
  readonly caseId: string;
  readonly at: Date;
  readonly actor: string;
  /** Number of the notice. */
  readonly document: string;
  /** Cards from the case's trail, read under the case's lock. */
  readonly revoke: readonly WrongCard[];
  /** Premature cards that would have fired later anyway: an entry corrects their instant. */
  readonly redate?: readonly WrongCard[];
  /**
   * A message that withdraws the consequences; it is sent to the waiting instances before the
   * revoked timers are re-armed.
   */
  readonly tell?: {
    readonly message: string;
    readonly to: readonly number[];
    readonly variables: Variables;
  };
  /** Processes that a message restarts, with their limits counted as before. */
  readonly resume?: readonly {
    readonly message: string;
    /** Number of the instance that the new one replaces. */
    readonly instance: number;
    readonly variables: Variables;
    readonly clock: Pick<WrongCard, 'startedAt' | 'adjustments'>;
  }[];
}

/** A correction outside the processes: it changes variables and writes an entry, without a step. */
interface Amend extends Act {
  readonly kind: 'amend';
  readonly caseId: string;
  /** The entry's type, for example `sheet.classified`. */
  readonly type: string;
  readonly body: JsonObject;
  /** Running limits are then counted anew by the law that binds the case. */
  readonly recount?: true;
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
  /** When its limit started, and the limit's adjustments since. */
  readonly startedAt: Date;
  readonly adjustments: readonly Adjustment[];
}

/** A person retries an incident now. */
interface Retry {
  readonly kind: 'retry';
  readonly caseId: string;
  readonly at: Date;
  readonly actor: string;
  /** Key of the incident. */
  readonly incident: string;
}

/** A change to a stuck case. */
export type Intervention =
  /**
   * `instance`: number of the instance that owns the variable, else null. `token`: token of the
   * running activity that owns it, else null.
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

/** A change that two people decided. It is refused if anything of the case has moved since they looked. */
export interface Intervene {
  readonly kind: 'intervene';
  readonly caseId: string;
  readonly at: Date;
  /** The approver. */
  readonly actor: string;
  /** `stateDigest` of the case that both people saw. */
  readonly basedOn: string;
  readonly act: Intervention;
  /** Content of the entry: who proposed it, and where. */
  readonly body: JsonObject;
  readonly sealed?: readonly Sealed[];
}

export type Command =
  StartCase | Stimulate | Send | HearSignal | Amend | FallDue | Recompute | Migrate | Retry | Intervene;

export interface Answer {
  /**
   * The case after the command (unchanged if refused), with the bookmark of the last entry that the
   * batch wrote for it; undefined if there is no such case.
   */
  readonly file: CaseFile | undefined;
  /** Entries written. */
  readonly entries?: readonly JournalEntry[];
  readonly refusal?: Refusal;
  /** A start whose business key exists already changes nothing. */
  readonly existed?: true;
}
