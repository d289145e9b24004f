/** Builds the body of a step's trail entry. Empty parts are omitted. */
import type { Json, JsonObject } from '../../kernel/index.js';
import type { JournalEntry } from '../ports.js';
import type { StepEvent } from '../runtime/interface.js';
import type { OpenDeadline } from './case-file.js';
import type { DeployedDefinition } from './definitions.js';

export interface StepRecord {
  readonly deployed: DeployedDefinition;
  readonly instance: number;
  readonly events: readonly StepEvent[];
  readonly deeds: readonly JsonObject[];
  /** Elements at which tokens rest after the step. */
  readonly waiting: readonly string[];
  readonly levels: readonly string[];
  readonly armed: readonly OpenDeadline[];
  readonly withdrawn: readonly OpenDeadline[];
  readonly about: { readonly [key: string]: Json };
}

export function entryBody(record: StepRecord): JsonObject {
  const body: { [key: string]: Json } = {
    ...record.about,
    process: record.deployed.key,
    version: record.deployed.version,
    instance: record.instance,
  };
  const list = (name: string, values: readonly Json[]): void => {
    if (values.length > 0) body[name] = values;
  };
  const entered: string[] = [];
  const cancelled: string[] = [];
  const provisions = new Set<string>();
  const thrown: JsonObject[] = [];
  for (const event of record.events) {
    if (event.kind === 'entered') {
      entered.push(event.element);
      const annotation = record.deployed.annotations.element(event.element);
      for (const norm of annotation?.norms ?? []) provisions.add(norm.provision);
    } else if (event.kind === 'cancelled') {
      cancelled.push(event.element);
    } else if (event.kind === 'thrown') {
      thrown.push({ what: event.what, name: event.name });
    } else if (event.kind === 'ended') {
      body.ended = event.how;
    }
  }
  list('entered', entered);
  list('cancelled', cancelled);
  list('deeds', record.deeds);
  list('waiting', record.waiting);
  list('levels', record.levels);
  list('provisions', [...provisions]);
  list('thrown', thrown);
  list(
    'armed',
    record.armed.map((deadline) => armedDeadline(deadline, record.deployed)),
  );
  list(
    'withdrawn',
    record.withdrawn.map((deadline) => deadline.element),
  );
  return body;
}

/** Levels of escalation reached in the step, in order. */
export function levelsIn(events: readonly StepEvent[], { annotations }: DeployedDefinition): string[] {
  return events.flatMap((event) => {
    const level = event.kind === 'entered' ? annotations.element(event.element)?.level : undefined;
    return level ? [level] : [];
  });
}

function armedDeadline(deadline: OpenDeadline, { annotations }: DeployedDefinition): JsonObject {
  const clock = annotations.element(deadline.element)?.clock ?? null;
  return {
    element: deadline.element,
    ...(clock === null ? {} : { clock }),
    due: deadline.paused ? null : deadline.dueAt.toISOString(),
    ...(deadline.version > 1 ? { version: deadline.version } : {}),
    ...(deadline.provisional ? { provisional: true } : {}),
    derivation: deadline.reasons?.derivation ?? null,
  };
}

/** Variables in canonical form: a number that is no safe integer becomes text. */
export function asEvidence(value: Json): Json {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : String(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(asEvidence);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asEvidence(inner)]));
  }
  return value;
}

/** The last entry of an act or a step, leaving out incidents. */
export const lastAct = (entries: readonly JournalEntry[]): JournalEntry | undefined =>
  entries.findLast(({ type }) => !type.startsWith('incident.'));
