/** A case in memory: what the store loads, what a step works on, what the store writes back. */
import type { JsonObject } from '../../kernel/index.js';
import type { Adjustment, Bookmark, JournalEntry } from '../ports.js';
import type { Light } from './lights.js';
import type { RuntimeName, State, TimerSpec, Variables } from '../runtime/door.js';

/** `live` cases belong to the scheduler and the real clock; `replay` cases to whoever moves their clock. */
export type Realm = 'live' | 'replay';

export interface Instance {
  readonly number: number;
  readonly definitionId: number;
  readonly runtime: RuntimeName;
  /** Called definitions pinned at the start, by key. */
  readonly called: { readonly [key: string]: number };
  readonly state: State;
  readonly startedAt: Date;
}

export interface OpenTask {
  readonly instance: number;
  readonly token: string;
  readonly process: string;
  readonly element: string;
  readonly name: string;
  readonly role: string | null;
  readonly locals: Variables | null;
  /** Deeds of the regulation that its completion may be. */
  readonly deeds: readonly string[];
  readonly openedAt: Date;
}

export interface OpenDeadline {
  readonly instance: number;
  readonly timer: string;
  readonly element: string;
  readonly host: string | null;
  readonly level: string | null;
  readonly dueAt: Date;
  readonly startedAt: Date;
  readonly fired: number;
  readonly provisional: boolean;
  /** A limit that the law sets or has told, not a reminder or a card. */
  readonly limit: boolean;
  /** It stands still: `dueAt` is an instant that never comes. */
  readonly paused: boolean;
  /** Counts the moves of the limit that it is or hangs on, from 1. */
  readonly version: number;
  readonly adjustments: readonly Adjustment[];
  /** Only on a deadline armed in this very step: steps never need them again, and they are most of its bytes. */
  readonly reasons?: { readonly spec: TimerSpec; readonly derivation: JsonObject };
}

/** Never changed in place: a step answers a new one, so that what was loaded can be compared with what came of it. */
export interface CaseFile {
  readonly id: string;
  readonly businessKey: string;
  readonly realm: Realm;
  readonly runtime: RuntimeName | null;
  readonly variables: Variables;
  /** How many instances the case has had; numbers are never used twice. */
  readonly instanceCount: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** Where the case's trail was left off. */
  readonly bookmark: Bookmark;
  readonly instances: ReadonlyMap<number, Instance>;
  readonly tasks: ReadonlyMap<string, OpenTask>;
  readonly deadlines: ReadonlyMap<string, OpenDeadline>;
  /** Levels of escalation that stand, in the order in which they were given. */
  readonly lights: readonly Light[];
}

export interface CaseDraft extends CaseFile {
  variables: Variables;
  instanceCount: number;
  endedAt: Date | null;
  readonly instances: Map<number, Instance>;
  readonly tasks: Map<string, OpenTask>;
  readonly deadlines: Map<string, OpenDeadline>;
  lights: readonly Light[];
  readonly entries: JournalEntry[];
}

export function draftOf(file: CaseFile): CaseDraft {
  return {
    ...file,
    instances: new Map(file.instances),
    tasks: new Map(file.tasks),
    deadlines: new Map(file.deadlines),
    entries: [],
  };
}

export const taskKey = (task: { instance: number; token: string; element: string }): string =>
  `${task.instance}/${task.token}/${task.element}`;

export const deadlineKey = (instance: number, timer: string): string => `${instance}/${timer}`;

/** Open deadlines in the order in which they fall due; the order of arming decides between equals. */
export function inDueOrder(deadlines: Iterable<OpenDeadline>): OpenDeadline[] {
  return [...deadlines].sort(
    (a, b) => a.dueAt.getTime() - b.dueAt.getTime() || a.startedAt.getTime() - b.startedAt.getTime(),
  );
}
