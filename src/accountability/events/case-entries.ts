/** Accessors for entries of a case's trail. They return nothing for entries of other kinds and for unreadable ones. */
import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import type { Course } from './event.js';
import type { Unread } from './read-entry.js';
import { steps } from './steps.js';
import {
  entryTypes,
  eventOf,
  type Body,
  type EntryType,
  type Said,
  type StepType,
  type TypeAsked,
} from './table.js';

export type ReadableEntry = Said | Pick<Unread, 'type' | 'altered'>;

export type Armed = NonNullable<Body<StepType>['armed']>[number];

const isStepType = (type: string): type is StepType => Object.hasOwn(steps, type);

/** Narrows an entry to a step and keeps its other properties. */
export const isStep = <Entry extends { readonly type: string }>(
  entry: Entry,
): entry is Extract<Entry, { readonly type: StepType }> => isStepType(entry.type);

export const isSound = <Entry extends { readonly type: string }>(
  entry: Entry,
): entry is Exclude<Entry, { readonly type: 'unread' }> => entry.type !== 'unread';

const stepBody = (entry: ReadableEntry): Body<StepType> | undefined =>
  isStep(entry) ? entry.body : undefined;

const none: readonly never[] = [];
const empty: JsonObject = {};

export const enteredIn = (entry: ReadableEntry): readonly string[] => stepBody(entry)?.entered ?? none;
export const cancelledIn = (entry: ReadableEntry): readonly string[] => stepBody(entry)?.cancelled ?? none;
export const waitingIn = (entry: ReadableEntry): readonly string[] => stepBody(entry)?.waiting ?? none;
/** Timers that a step or a migration has withdrawn. */
export const withdrawnIn = (entry: ReadableEntry): readonly string[] =>
  (entry.type === 'case.migrated' ? entry.body.withdrawn : stepBody(entry)?.withdrawn) ?? none;
/** Levels of escalation that the step reached. */
export const levelsIn = (entry: ReadableEntry): readonly string[] => stepBody(entry)?.levels ?? none;
/** Stand-ins by role from this entry on; undefined if the entry does not change them. */
export const standInsIn = (entry: ReadableEntry): Readonly<Record<string, string>> | undefined =>
  stepBody(entry)?.standIns;
/** Deadlines armed or changed. */
export const armedIn = (entry: ReadableEntry): readonly Armed[] => stepBody(entry)?.armed ?? none;
export type Deed = NonNullable<Body<StepType>['deeds']>[number];
/** Deeds of the regulation's vocabulary, in order. */
export const deedsIn = (entry: ReadableEntry): readonly Deed[] => stepBody(entry)?.deeds ?? none;
export const messagesThrown = (entry: ReadableEntry): readonly string[] =>
  (stepBody(entry)?.thrown ?? none).flatMap(({ what, name }) => (what === 'message' ? [name] : []));

/** A field by name, for any kind of entry. */
const fieldOf = (entry: ReadableEntry, name: string): unknown =>
  entry.type !== 'unread' && name in entry.body ? (entry.body as JsonObject)[name] : undefined;

const textOf = (entry: ReadableEntry, name: string): string | undefined => {
  const value = fieldOf(entry, name);
  return typeof value === 'string' ? value : undefined;
};

export const actorOf = (entry: ReadableEntry): string | undefined => textOf(entry, 'actor');
/** Where a request came from. */
export const addressOf = (entry: ReadableEntry): string | undefined => textOf(entry, 'address');
export const recordedAtOf = (entry: ReadableEntry): string | undefined => textOf(entry, 'recordedAt');
/** The entry's subject, from the field `of`: an element, a message, an account. */
export const subjectOf = (entry: ReadableEntry): string | undefined => textOf(entry, 'of');
export const unitOf = (entry: ReadableEntry): string | undefined => textOf(entry, 'unit');
export const provisionsOf = (entry: ReadableEntry): readonly string[] =>
  (fieldOf(entry, 'provisions') as readonly string[] | undefined) ?? none;
type IncidentType = `incident.${'opened' | 'retried' | 'closed'}`;
const isIncident = <Entry extends { readonly type: string }>(
  entry: Entry,
): entry is Extract<Entry, { readonly type: IncidentType }> => entry.type.startsWith('incident.');

const proposedOn = ({ process, version }: Body<'intervention.proposed'>) =>
  process === undefined || version === undefined ? undefined : { process, version };

/** Process and version that a step, a migration, a stuck timer or a token move concerns. */
export const processOf = (
  entry: ReadableEntry,
): { readonly process: string; readonly version: number } | undefined =>
  entry.type === 'intervention.proposed'
    ? proposedOn(entry.body)
    : isStep(entry) || entry.type === 'case.migrated' || isIncident(entry)
      ? entry.body
      : undefined;
/** Decision tables that were evaluated within the step. */
export const decisionsOf = (
  entry: ReadableEntry,
): readonly { readonly decision: string; readonly version: number }[] => stepBody(entry)?.decisions ?? [];
export const instanceOf = (entry: ReadableEntry): number | undefined =>
  isStep(entry) || entry.type === 'case.migrated' || entry.type === 'deadline.recomputed'
    ? entry.body.instance
    : undefined;
/** Answers, keyed by the diagram's variables. */
export const dataOf = (entry: ReadableEntry): JsonObject => jsonOf(fieldOf(entry, 'data'));
/** Values computed by the program. */
export const computedOf = (entry: ReadableEntry): JsonObject => jsonOf(fieldOf(entry, 'computed'));
const jsonOf = (value: unknown): JsonObject => (isJsonObject(value) ? value : empty);

/** Values of variables; undefined or empty if of another type. */
export const textIn = (variables: JsonObject, name: string): string | undefined => {
  const value = variables[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
export const listIn = (variables: JsonObject, name: string): readonly Json[] => {
  const value = variables[name];
  return Array.isArray(value) ? (value as readonly Json[]) : none;
};
export const textsIn = (variables: JsonObject, name: string): readonly string[] =>
  listIn(variables, name).filter((value) => typeof value === 'string');

/**
 * Type guard for the entries a reader handles: entry types by name, or all types with the same
 * effect on the course of a case.
 */
export const reads = <const Asked extends EntryType | Course>(...asked: readonly Asked[]) => {
  const all: readonly (string | undefined)[] = asked;
  const types = new Set<string>(
    entryTypes.filter((type) => all.includes(type) || all.includes(eventOf(type).does)),
  );
  return <Entry extends { readonly type: string }>(
    entry: Entry,
  ): entry is Extract<Entry, { readonly type: TypeAsked<Asked> }> => types.has(entry.type);
};
