/** What the engine needs from others. It declares the shapes; `src/main.ts` hands in those who fill them. */
import type { Json, JsonObject } from '../kernel/json.js';
import type { Seal } from '../kernel/seal.js';
import type { TimerSpec } from './runtime/door.js';

/** Turns the length of a timer into an instant and says why. The calendar implements it. */
export interface DueDates {
  /**
   * @param spec what the diagram says, `policy` still to be looked up
   * @param from the instant the timer starts to run
   * @param terms under which the case runs
   * @throws {Refusal} `timer.invalid` for a text that is no ISO 8601 duration, date or cycle
   */
  due(spec: TimerSpec, from: Date, terms: Terms): Due;
}

/** What a deadline depends on besides its timer and the calendar. */
export interface Terms {
  readonly policies: PolicyValues;
  /** In the order in which they happened to the limit, or to the limit that the timer is counted from. */
  readonly adjustments?: readonly Adjustment[];
}

/**
 * What has happened to a limit since it began to run. Instants are ISO 8601 texts. Timers counted from the limit
 * follow it.
 */
export type Adjustment =
  | { readonly kind: 'restart'; readonly at: string }
  /** Without `to` it stands still now. */
  | { readonly kind: 'pause'; readonly from: string; readonly to?: string; readonly reason: string }
  | { readonly kind: 'extend'; readonly at: string; readonly workingDays: number; readonly reason?: string };

/** The values in force at one instant of what the law leaves open. */
export interface PolicyValues {
  /** Names the set of values: rises by one with every decision that has taken effect. */
  readonly version: number;
  /** The value in force, or undefined where there is no such policy. */
  value(key: string): string | undefined;
}

/** A case keeps the policies of its start: what has been in force at an instant never changes afterwards. */
export interface Policies {
  at(instant: Date): PolicyValues;
}

interface Due {
  /** The instant the timer falls due; the end of a day is the next day's 00:00 (+08:00). */
  readonly at: Date;
  /** How it was computed: rule, start, days counted and not counted. Kept beside the deadline and in the trail. */
  readonly derivation: JsonObject;
  /** True where it crosses days whose schedule is not published yet. */
  readonly provisional: boolean;
  /** The limit stands still: `at` is then an instant that never comes. */
  readonly paused?: boolean;
}

/** What a handler is told. It runs inside the step's transaction: pure computation or the passed `tx` only. */
export interface HandlerContext {
  readonly caseId: string;
  readonly businessKey: string;
  readonly element: string;
  /** Number of the process instance within its case: several may run side by side. */
  readonly instance: number;
  readonly variables: JsonObject;
  readonly locals: JsonObject;
  readonly now: Date;
  /** Those in force when the case started. */
  readonly policies: PolicyValues;
  /** What the case's trail says of it before this step, oldest first. Its chain has been verified. */
  readonly history: () => readonly PastEntry[];
}

/** An entry of the trail. What its body says, the trail knows. */
export interface PastEntry {
  readonly seq: number;
  readonly type: string;
  readonly body: object;
}

export type HandlerResult =
  | { readonly variables?: JsonObject; readonly clocks?: readonly ClockMove[] }
  | { readonly error: string }
  | { readonly escalation: string };

/** What a handler does to a limit of its own process that runs; `limit` is a clock of the regulation (`duty:clock`). */
export type ClockMove =
  | { readonly act: 'restart' | 'resume'; readonly limit: string }
  | { readonly act: 'pause'; readonly limit: string; readonly reason: string }
  | {
      readonly act: 'extend';
      readonly limit: string;
      readonly workingDays: number;
      readonly reason?: string;
    };

/** A service task's work, by the name the diagram gives it (`duty:handler`). Decisions only: no I/O. */
export type Handler = (context: HandlerContext) => HandlerResult;

export interface Handlers {
  get(name: string): Handler | undefined;
  names(): readonly string[];
}

/** A text that may hold personal data: the trail gets its salted digest, the value is kept apart. */
export type Sealed = Seal;

/** One step of a case as the trail keeps it. The engine fills it in; accountability chains and stores it. */
export interface JournalEntry {
  /** What the entry is about: a case's business key. */
  readonly stream: string;
  /** What happened, for example `task.completed`, `timer.fired`, `instance.started`. */
  readonly type: string;
  /** The legal instant: when it happened or fell due, not when it was written. */
  readonly at: Date;
  readonly body: JsonObject;
  readonly sealed?: readonly Sealed[];
}

/** Where a stream's writer left off: the journal's own, kept with the case so that it need not be looked up. */
export type Bookmark = Json;

/**
 * Whose a case is, by name, as its variables say at present: kept beside the case for searching and for the fence that
 * shows people only their own.
 */
export type PartiesOf = (variables: JsonObject) => readonly Party[];

export interface Party {
  readonly name: string;
  /** The case is theirs to do; others have a part in it. */
  readonly leads: boolean;
}

/** Writes entries in the caller's transaction; if they cannot be written, the step does not happen. */
export interface Journal<Transaction> {
  /**
   * @param bookmarks by stream, null for a stream that is new; a stream without one is looked up and locked
   * @returns the new bookmarks of the streams written to
   */
  append(
    transaction: Transaction,
    entries: readonly JournalEntry[],
    bookmarks?: ReadonlyMap<string, Bookmark>,
  ): Promise<ReadonlyMap<string, Bookmark>>;
  /**
   * What the stream holds.
   *
   * @throws {Refusal} `trail.broken` where its chain does not hold: nothing is decided on it then
   */
  history(transaction: Transaction, stream: string): Promise<readonly PastEntry[]>;
}

/** Steps of a case that somebody should hear of: its last `entries` entries, up to the bookmark. */
export interface Announced {
  readonly stream: string;
  readonly entries: number;
  readonly bookmark: Bookmark;
}
