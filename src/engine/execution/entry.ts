/** Turns what one step of an instance did into the body of its trail entry. Empty parts are left out. */
import type { Json, JsonObject } from '../../kernel/index.js';
import type { StepEvent } from '../runtime/door.js';
import type { OpenDeadline } from './case-file.js';
import type { DeployedDefinition } from './definitions.js';

export interface StepRecord {
  readonly deployed: DeployedDefinition;
  readonly instance: number;
  readonly events: readonly StepEvent[];
  /** Elements at which tokens rest after the step. */
  readonly waiting: readonly string[];
  readonly armed: readonly OpenDeadline[];
  readonly withdrawn: readonly OpenDeadline[];
  readonly about: { readonly [key: string]: Json };
}

export function entryBody(record: StepRecord): JsonObject {
  const { annotations } = record.deployed;
  const entered = record.events.flatMap((event) => (event.kind === 'entered' ? [event.element] : []));
  const touched = entered.flatMap((id) => annotations.element(id) ?? []);
  const last = record.events.findLast((event) => event.kind === 'ended');
  return withoutEmpty({
    ...record.about,
    process: record.deployed.key,
    version: record.deployed.version,
    instance: record.instance,
    entered,
    cancelled: record.events.flatMap((event) => (event.kind === 'cancelled' ? [event.element] : [])),
    waiting: record.waiting,
    levels: touched.flatMap((element) => element.level ?? []),
    provisions: [...new Set(touched.flatMap((element) => element.norms.map((norm) => norm.provision)))],
    thrown: record.events.flatMap((event) =>
      event.kind === 'thrown' ? [{ what: event.what, name: event.name }] : [],
    ),
    armed: record.armed.map((deadline) => ({
      element: deadline.element,
      due: deadline.dueAt.toISOString(),
      ...(deadline.provisional ? { provisional: true } : {}),
      derivation: deadline.reasons?.derivation ?? null,
    })),
    withdrawn: record.withdrawn.map((deadline) => deadline.element),
    ...(last?.kind === 'ended' ? { ended: last.how } : {}),
  });
}

function withoutEmpty(body: { readonly [key: string]: Json }): JsonObject {
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  );
}

/** Variables as the trail keeps them: a number that is no safe integer is written as text, to be read one way only. */
export function asEvidence(value: Json): Json {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : String(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(asEvidence);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asEvidence(inner)]));
  }
  return value;
}
