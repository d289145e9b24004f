/** A case in memory: what the store loads, what a step works on, what the store writes back. */
import type { JsonObject } from '../../kernel/index.js';
import type { Bookmark, JournalEntry } from '../ports.js';
import type { Incident } from './incident.js';
import type { Light } from './lights.js';
import type { State, Variables } from '../runtime/interface.js';
import type { Said } from '../../kernel/limit.js';
import type { Adjustment, Length, TimerSpec } from '../../kernel/timer-spec.js';

/** `live` cases follow the scheduler and the real clock; `replay` cases a clock moved by the caller. */
export type Realm = 'live' | 'replay';

export interface Instance {
  readonly number: number;
  readonly definitionId: number;
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
  /** Deeds of the regulation that completing the task can be. */
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
  /** True for a legal or promised limit, false for a reminder or a card. */
  readonly limit: boolean;
  /** True while paused: `dueAt` then is an instant that never comes. */
  readonly paused: boolean;
  /** Counts changes of the limit (its own, or the one it depends on), from 1. */
  readonly version: number;
  readonly adjustments: readonly Adjustment[];
  /** Set if deeds decided how long the limit is: it keeps that length until it begins anew. */
  readonly length?: Length;
  /** Set only on a deadline armed in this step: later steps do not need it, and it is most of the deadline's bytes. */
  readonly reasons?: { readonly spec: TimerSpec; readonly derivation: JsonObject };
}

/** A file is never changed in place: a step returns a new one, so that the two can be compared. */
export interface CaseFile {
  readonly id: string;
  readonly businessKey: string;
  readonly realm: Realm;
  readonly variables: Variables;
  /** Number of instances so far; numbers are never reused. */
  readonly instanceCount: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** Position in the case's trail. */
  readonly bookmark: Bookmark;
  readonly instances: ReadonlyMap<number, Instance>;
  readonly tasks: ReadonlyMap<string, OpenTask>;
  readonly deadlines: ReadonlyMap<string, OpenDeadline>;
  /** Levels of escalation in effect, in the order in which they were reached. */
  readonly lights: readonly Light[];
  /** Incidents by key. */
  readonly incidents: ReadonlyMap<string, Incident>;
  /** Facts of the latest deeds that decide limits. */
  readonly said?: Said;
}

export interface CaseDraft extends CaseFile {
  said?: Said;
  variables: Variables;
  instanceCount: number;
  endedAt: Date | null;
  readonly instances: Map<number, Instance>;
  readonly tasks: Map<string, OpenTask>;
  readonly deadlines: Map<string, OpenDeadline>;
  readonly incidents: Map<string, Incident>;
  lights: readonly Light[];
  readonly entries: JournalEntry[];
  /** Signals thrown for other cases. */
  readonly signals: ThrownSignal[];
}

export interface ThrownSignal {
  readonly name: string;
  readonly at: Date;
  /** Key of the process that threw it. */
  readonly process: string;
}

export function draftOf(file: CaseFile): CaseDraft {
  return {
    ...file,
    instances: new Map(file.instances),
    tasks: new Map(file.tasks),
    deadlines: new Map(file.deadlines),
    incidents: new Map(file.incidents),
    entries: [],
    signals: [],
  };
}

export const taskKey = (task: { instance: number; token: string; element: string }): string =>
  `${task.instance}/${task.token}/${task.element}`;

export const deadlineKey = (instance: number, timer: string): string => `${instance}/${timer}`;

/** Open deadlines by due instant; deadlines with equal instants keep the order of arming. */
export function inDueOrder(deadlines: Iterable<OpenDeadline>): OpenDeadline[] {
  return [...deadlines].sort(
    (a, b) => a.dueAt.getTime() - b.dueAt.getTime() || a.startedAt.getTime() - b.startedAt.getTime(),
  );
}
