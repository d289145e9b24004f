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
  /** Number of the process instance within its case: several may run side by side. */
  readonly instance: number;
  /** What an expression there would see: the case's, and over them those of activities and repetitions around. */
  readonly variables: JsonObject;
  /** Those of activities and repetitions around alone. */
  readonly locals: JsonObject;
  readonly now: Date;
  /** Those in force when the case started. */
  readonly policies: PolicyValues;
  /** What binds the case, in order: the law of its start, and those applied to it since. The last one counts. */
  readonly laws: readonly [LawFrom, ...LawFrom[]];
  /** The case's trail before this step, oldest first. Its chain has been verified. */
  readonly history: () => readonly PastEntry[];
  /** When a limit of this length that runs from then falls due; the end of a day is the next day's 00:00 (+08:00). */
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

/** A handler's change of a running limit of its own process; `limit` is a clock of the regulation (`duty:clock`). */
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

/** A text that may hold personal data: the trail gets its salted digest, the text is stored apart. */
export type Sealed = Seal;

/** One step of a case for the trail. Filled in by the engine; chained and stored by accountability. */
export interface JournalEntry {
  /** What the entry is about: a case's business key. */
  readonly stream: string;
  /** What happened, for example `task.completed`, `timer.fired`, `instance.started`. */
  readonly type: string;
  /** The legal instant: when it happened or fell due, not when it was written. */
  readonly at: Date;
  readonly body: JsonObject;
  readonly sealed?: readonly Sealed[];
  /** SHA-256 of the state of the case that its steps leave (`stateDigest`), on the last entry of a transaction. */
  readonly state?: string;
}

/** A position in a stream, defined by the journal; stored with the case so that it need not be looked up. */
export type Bookmark = Json;

/** Parties of a case by name, as its variables state at present: for searching and for row-level security. */
export type PartiesOf = (variables: JsonObject) => readonly Party[];

export interface Party {
  readonly name: string;
  /** True: the lead party; the others take part. */
  readonly leads: boolean;
}

/** A limit from outside the processes, as a case's variables state it: lists count with it, no timer does. */
export type OuterLimitOf = (variables: JsonObject) => OuterLimit | null;

interface OuterLimit {
  readonly at: Date;
  /** Recorded as passed: the light is red, whatever the levels of the law. */
  readonly passed: boolean;
}

/** Units that must keep away from a case, by name, as its variables say at present: kept beside it as its parties are. */
export type BarredFrom = (variables: JsonObject) => readonly string[];

/**
 * Roles whose tasks in a case another role does at present, as its variables say: a task's role → the other. Noted in
 * the trail where it changes.
 */
export type StandInsOf = (variables: JsonObject, policies: PolicyValues) => Readonly<Record<string, string>>;

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
   * @throws {Refusal} `trail.broken` if its chain is broken: no decision is based on it then
   */
  history(transaction: Transaction, stream: string): Promise<readonly PastEntry[]>;
  /**
   * What the end of a stream proves, given its last entry as stored and the bookmark kept with the case.
   *
   * @returns undefined if the journal proves nothing; a refusal if the entry was altered or is missing, or if the
   *   bookmark is of another entry or of one beyond it
   */
  endOf(stream: string, last: LastEntry | undefined, bookmark: Bookmark): TrailEnd | Refusal | undefined;
}

/** As stored, unproved. */
export interface LastEntry {
  readonly stream: string;
  readonly seq: number;
  readonly leaf: Buffer;
  readonly body: Buffer;
}

interface TrailEnd {
  /** SHA-256 of the state that it leaves, hex; undefined if it says none. */
  readonly state: string | undefined;
  readonly bookmark: Bookmark;
}

/** A case's last `entries` entries, up to the bookmark, which somebody is to be notified of. */
export interface Announced {
  readonly stream: string;
  readonly entries: number;
  readonly bookmark: Bookmark;
}
