/**
 * Migrates a case to another version of one of its processes: the states of its instances, open
 * tasks, running deadlines. Deadlines keep their instants unless the new version changes their
 * timer, and always keep their adjustments. Pure; one entry records the mapping.
 */
import { Refusal } from '../../kernel/index.js';
import { taskKey, type CaseDraft, type CaseFile, type Instance, type OpenDeadline } from './case-file.js';
import type { Definitions, DeployedDefinition } from './definitions.js';
import type { Reasons } from './recompute.js';
import { renamed, retimedBy, type Retimed, type TimingDeps } from './retimed.js';
import {
  moveState,
  type ElementMapping,
  type Hindrance,
  type MovedState,
} from '../runtime/token/moved-state.js';

export interface Migration {
  /** Ids of the two versions (`DeployedDefinition.id`). */
  readonly from: number;
  readonly to: number;
  readonly mapping: ElementMapping;
}

interface Moving {
  readonly instance: Instance;
  readonly called: Instance['called'];
  readonly moved: MovedState;
  readonly retimed: readonly Retimed[];
}

export type MoveDeps = TimingDeps & { readonly definitions: Definitions };

/** Obstacles to the migration; none if it is possible or if the case does not run on that version. */
export function hindrancesOf(
  file: CaseFile,
  migration: Migration,
  at: Date,
  deps: MoveDeps,
): readonly Hindrance[] {
  const found = movesOf(file, migration, at, deps);
  return 'hindrances' in found ? found.hindrances : [];
}

/**
 * @returns by instance the events to arm: those that are new or timed differently
 * @throws {Refusal} `migration.hindered`; the draft is then unchanged
 */
export function moveCase(
  draft: CaseDraft,
  act: Migration & { readonly at: Date; readonly actor: string; readonly migration: number },
  deps: MoveDeps & {
    readonly reasons: ReadonlyMap<string, Reasons>;
    readonly recordedAt: Date;
  },
): readonly (Retimed & { readonly instance: number })[] {
  const found = movesOf(draft, act, act.at, deps);
  if ('hindrances' in found) {
    const [first] = found.hindrances;
    throw new Refusal(
      'migration.hindered',
      found.hindrances.map(({ element, why }) => `${element}：${why}`).join('；'),
      {
        where: first?.element ?? '',
        remedy: '在映射里为这些环节写明新版的对应环节，或者让它在原来的一版办完',
      },
    );
  }
  const [from, to] = [deps.definitions.byId(act.from), deps.definitions.byId(act.to)];
  for (const { instance, called, moved } of found.moves) {
    draft.instances.set(instance.number, { ...instance, definitionId: to.id, called, state: moved.state });
    moveTasks(draft, instance.number, moved, to);
    const disarmed = moveDeadlines(draft, instance.number, moved, to, deps.reasons);
    draft.lights = draft.lights.map((light) =>
      light.instance === instance.number && light.host !== null
        ? { ...light, host: moved.placed.get(light.host) ?? light.host }
        : light,
    );
    draft.entries.push({
      stream: draft.businessKey,
      type: 'case.migrated',
      at: act.at,
      body: {
        process: to.key,
        version: to.version,
        instance: instance.number,
        from: from.version,
        migration: act.migration,
        mapping: { ...act.mapping },
        actor: act.actor,
        recordedAt: deps.recordedAt.toISOString(),
        ...(disarmed.length > 0 ? { withdrawn: disarmed } : {}),
      },
    });
  }
  return found.moves.flatMap(({ instance: { number: instance }, retimed }) =>
    retimed.map((one) => ({ ...one, instance })),
  );
}

function movesOf(
  file: CaseFile,
  { from: fromId, to: toId, mapping }: Migration,
  at: Date,
  deps: MoveDeps,
): { readonly moves: readonly Moving[] } | { readonly hindrances: readonly Hindrance[] } {
  const { definitions } = deps;
  const [from, to] = [definitions.byId(fromId), definitions.byId(toId)];
  const moves: Moving[] = [];
  const hindrances: Hindrance[] = [];
  for (const instance of file.instances.values()) {
    if (instance.definitionId !== fromId) continue;
    const called = { ...definitions.pinsOf(to, at), ...instance.called };
    const versions = {
      from: definitions.pinned(from, instance.called),
      to: definitions.pinned(to, called),
      deployed: to,
    };
    const { moved, hindrances: found } = moveState(instance.state, versions.from, versions.to, mapping);
    if (!moved) {
      hindrances.push(...found);
      continue;
    }
    const timing = timingOf(to, () => retimedBy(file, instance, moved, versions, at, deps));
    hindrances.push(...timing.hindrances);
    moves.push({ instance, called, moved, retimed: timing.retimed });
  }
  return hindrances.length > 0 ? { hindrances } : { moves };
}

/** Variables missing for the new version's timers are an obstacle, too. */
function timingOf(to: DeployedDefinition, timing: () => ReturnType<typeof retimedBy>) {
  try {
    return timing();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { retimed: [], hindrances: [{ element: error.where ?? to.key, why: error.message }] };
  }
}

function moveTasks(
  draft: CaseDraft,
  instance: number,
  { placed, own }: MovedState,
  to: DeployedDefinition,
): void {
  for (const [key, task] of [...draft.tasks]) {
    if (task.instance !== instance || !own.tokens.has(task.token)) continue;
    const element = placed.get(task.element) ?? task.element;
    const annotation = to.annotations.element(element);
    const moved = { ...task, element, name: annotation?.name ?? element, role: annotation?.role ?? null };
    draft.tasks.delete(key);
    draft.tasks.set(taskKey(moved), moved);
  }
}

/** @returns events whose timers no longer exist */
function moveDeadlines(
  draft: CaseDraft,
  instance: number,
  { placed, own, disarmed }: MovedState,
  to: DeployedDefinition,
  reasons: ReadonlyMap<string, Reasons>,
): readonly string[] {
  const gone: string[] = [];
  for (const [key, deadline] of [...draft.deadlines]) {
    if (deadline.instance !== instance || !own.timers.has(deadline.timer)) continue;
    if (disarmed.includes(deadline.timer)) {
      gone.push(deadline.element);
      draft.deadlines.delete(key);
      continue;
    }
    const element = placed.get(deadline.element) ?? deadline.element;
    const annotation = to.annotations.element(element);
    const known = deadline.reasons ?? reasons.get(key);
    draft.deadlines.set(key, {
      ...deadline,
      element,
      host: deadline.host === null ? null : (placed.get(deadline.host) ?? deadline.host),
      level: annotation?.level ?? null,
      limit: annotation?.isLimit ?? false,
      ...(known ? { reasons: { ...known, spec: renamed(known.spec, placed) } } : {}),
    } satisfies OpenDeadline);
  }
  return gone;
}
