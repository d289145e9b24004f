/**
 * Limits that the law now binding the case gives another length: each is counted anew from its
 * start, with everything that has happened to it since. Pure.
 */
import { Refusal } from '../../kernel/index.js';
import type { CaseFile } from './case-file.js';
import { lawful, recounting, type LimitClock } from './clocks.js';
import type { Definitions } from './definitions.js';
import type { Runtime } from '../runtime/interface.js';
import type { Laws } from '../../kernel/law.js';
import { rulesIn, type Limit } from '../../kernel/limit.js';
import { clockReferred, type TimerSpec } from '../../kernel/timer-spec.js';
import { lawAt } from './extension.js';

interface Recounted {
  readonly instance: number;
  /** The event that carries the limit, and all that are counted from it. */
  readonly event: string;
  readonly events: readonly string[];
  readonly clock: LimitClock;
}

/**
 * Limits that have passed stay as they are, and so do those to which the law now binding the case
 * gives no length.
 */
export function recounted(
  file: CaseFile,
  at: Date,
  deps: {
    readonly definitions: Pick<Definitions, 'byId' | 'pinned'>;
    readonly laws: Laws;
    readonly runtime: Runtime;
    /** The clocks to count; without them, all. */
    readonly only?: ReadonlySet<string> | undefined;
  },
): readonly Recounted[] {
  return [...file.deadlines.values()].flatMap((limit): Recounted[] => {
    const instance = file.instances.get(limit.instance);
    if (!instance) return [];
    const deployed = deps.definitions.byId(instance.definitionId);
    const event = limit.element;
    if (deployed.annotations.element(event)?.countedFrom !== event) return [];
    const definition = deps.definitions.pinned(deployed, instance.called);
    const stimulus = { kind: 'rearm', events: [event] } as const;
    const { timers } = deps.runtime.step(definition, instance.state, stimulus, file.variables, at);
    const drawn = timers.arm.find(({ timer }) => timer === limit.timer)?.spec;
    if (!drawn || deps.only?.has(clockReferred(drawn) ?? '') === false) return [];
    const clock = {
      startedAt: limit.startedAt,
      adjustments: recounting(limit.adjustments, at),
      version: limit.version + 1,
    };
    const length = (of: LimitClock): string | undefined =>
      lengthOf(() => lawful(drawn, file, of, deps.laws).spec);
    const is = length(clock);
    if (is === undefined || is === length(limit)) return [];
    return [{ instance: limit.instance, event, events: deployed.annotations.countedFrom(event), clock }];
  });
}

/** The clocks whose norm an exception has replaced by a deed of the command. */
export function exceptedIn(draft: CaseFile, before: CaseFile, at: Date, laws: Laws): ReadonlySet<string> {
  if (draft.said === before.said) return new Set();
  const limits = Object.entries(lawAt(draft, at, laws)?.limits ?? {});
  const isNew = ({ excepts, when }: Limit): boolean =>
    excepts === true && !!when && draft.said?.[when.deed] !== before.said?.[when.deed];
  return new Set(limits.flatMap(([clock, rule]) => (rulesIn(rule).some(isNew) ? clock : [])));
}

function lengthOf(lawfully: () => TimerSpec): string | undefined {
  try {
    return JSON.stringify(lawfully());
  } catch (error) {
    if (error instanceof Refusal && error.code === 'timer.invalid') return undefined;
    throw error;
  }
}
