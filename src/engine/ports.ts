/** The engine's ports; `src/main.ts` provides the implementations. */
import type { Json, JsonObject } from '../kernel/json.js';
import type { Refusal } from '../kernel/refusal.js';
import type { LawFrom } from '../kernel/law.js';
import type { Seal } from '../kernel/seal.js';
import type { PolicyValues, TimerSpec } from '../kernel/timer-spec.js';

/** A handler's input. It runs inside the step's transaction: pure computation, or only the given `tx`. */
export interface HandlerContext {
  readonly caseId: string;
  readonly businessKey: string;
  readonly element: string;
  /** The clock of the regulation that the diagram lets this task move (`duty:clock`). */
  readonly clock?: string | undefined;
  /** Number of the process instance within its case: several may run side by side. */
  readonly instance: number;
  /**
   * The variables that an expression at this element sees: the case's, overridden by those of
   * enclosing activities and repetitions.
   */
  readonly variables: JsonObject;
  /** Only the variables of enclosing activities and repetitions. */
  readonly locals: JsonObject;
  readonly now: Date;
  /** Policies in force when the case started. */
  readonly policies: PolicyValues;
  /** Laws that bind the case, in order: that of its start, and those applied to it since. The last one counts. */
  readonly laws: readonly [LawFrom, ...LawFrom[]];
  /** The case's trail before this step, oldest first. Its chain was verified. */
  readonly history: () => readonly PastEntry[];
  /**
   * When a limit of this duration that starts at `from` falls due; the end of a day is the next
   * day's 00:00 (+08:00).
   */
  readonly due: (length: TimerSpec, from: Date) => Date;
}

/** An entry of the trail; accountability defines its body. */
export interface PastEntry {
  readonly seq: number;
  readonly type: string;
  readonly body: object;
}

export type HandlerResult =
  | { readonly variables?: JsonObject; readonly clocks?: readonly ClockMove[] }
  | { readonly error: string }
  | { readonly escalation: string };

/** A handler's change to a running limit of its own process; `limit` is a clock of the regulation (`duty:clock`). */
export type ClockMove =
  | { readonly act: 'restart' | 'resume'; readonly limit: string }
  | { readonly act: 'pause'; readonly limit: string; readonly reason: string }
  | {
      readonly act: 'extend';
      readonly limit: string;
      readonly workingDays: number;
      readonly reason?: string;
    };

/** The implementation of a service task, by the name in the diagram (`duty:handler`). Decisions only: no I/O. */
export type Handler = (context: HandlerContext) => HandlerResult;

export interface Handlers {
  get(name: string): Handler | undefined;
  names(): readonly string[];
}

/** A text that may hold personal data: the trail gets its salted digest, and the text is stored apart. */
export type Sealed = Seal;

/** One step of a case for the trail. The engine fills it in; accountability chains and stores it. */
export interface JournalEntry {
  /** The stream of the entry: a case's business key. */
  readonly stream: string;
  /** What happened, for example `task.completed`, `timer.fired`, `instance.started`. */
  readonly type: string;
  /** The legal instant: when it happened or fell due, not when it was written. */
  readonly at: Date;
  readonly body: JsonObject;
  readonly sealed?: readonly Sealed[];
  /** SHA-256 of the case's state after the transaction (`stateDigest`), on the transaction's last entry. */
  readonly state?: string;
}

/** A position in a stream, defined by the journal; stored with the case so that it need not be looked up. */
export type Bookmark = Json;

/** Parties of a case by name, according to its present variables, for searching and row-level security. */
export type PartiesOf = (variables: JsonObject) => readonly Party[];

export interface Party {
  readonly name: string;
  /** True for the lead party, false for the others. */
  readonly leads: boolean;
}

/** A limit from outside the processes, according to the case's variables. Lists use it; it has no timer. */
export type OuterLimitOf = (variables: JsonObject) => OuterLimit | null;

interface OuterLimit {
  readonly at: Date;
  /** True once the trail records that it passed: the light is red, whatever the levels of the law. */
  readonly passed: boolean;
}

/**
 * Units that are recused from a case, by name, according to its present variables; stored beside
 * the case like its parties.
 */
export type BarredFrom = (variables: JsonObject) => readonly string[];

/**
 * Roles whose tasks in a case another role does at present, according to its variables: a task's
 * role → the other role. The trail records every change.
 */
export type StandInsOf = (variables: JsonObject, policies: PolicyValues) => Readonly<Record<string, string>>;

/**
 * The unit that does the tasks of a role in one process instance, if the role is a unit's that the
 * instance determines: an accused's, or its superior's.
 *
 * @param seen the variables as the instance sees them
 */
export type UnitOfRole = (role: string, seen: () => JsonObject) => string | undefined;

/** Writes entries in the caller's transaction; if that fails, the step does not happen. */
export interface Journal<Transaction> {
  /**
   * @param bookmarks by stream, null for a new stream; a stream without one is looked up and locked
   * @returns the new bookmarks of the streams written
   */
  append(
    transaction: Transaction,
    entries: readonly JournalEntry[],
    bookmarks?: ReadonlyMap<string, Bookmark>,
  ): Promise<ReadonlyMap<string, Bookmark>>;
  /**
   * The stream's entries.
   *
   * @throws {Refusal} `trail.broken` if its chain is broken: nothing may be decided from it then
   */
  history(transaction: Transaction, stream: string): Promise<readonly PastEntry[]>;
  /**
   * What the end of a stream proves, given its last stored entry and the bookmark stored with the
   * case.
   *
   * @returns undefined if the journal proves nothing; a refusal if the entry was altered or is
   * missing, or if the bookmark belongs to another entry or points beyond the end
   */
  endOf(stream: string, last: LastEntry | undefined, bookmark: Bookmark): TrailEnd | Refusal | undefined;
}

/** The last entry as stored, not verified. */
export interface LastEntry {
  readonly stream: string;
  readonly seq: number;
  readonly leaf: Buffer;
  readonly body: Buffer;
}

interface TrailEnd {
  /** SHA-256 of the state after the entry, hex; undefined if the entry has none. */
  readonly state: string | undefined;
  readonly bookmark: Bookmark;
}

/** A case's last `entries` entries, up to the bookmark, which people must be notified of. */
export interface Announced {
  readonly stream: string;
  readonly entries: number;
  readonly bookmark: Bookmark;
}
