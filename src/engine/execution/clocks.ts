/** Restarts, pauses, resumes and extends a running limit. */
import { isJsonObject, Refusal, type JsonObject } from '../../kernel/index.js';
import type { ClockMove } from '../ports.js';
import { limitOf } from '../model/timer-spec.js';
import type { CaseFile, OpenDeadline } from './case-file.js';
import type { Law, Laws } from '../../kernel/law.js';
import { lawAt } from './extension.js';
import { deedsAsked, lengthOf, type Said } from '../../kernel/limit.js';
import { movedBy } from '../../kernel/party.js';
import {
  clockReferred,
  underLaw,
  type Adjustment,
  type Length,
  type TimerSpec,
} from '../../kernel/timer-spec.js';

/** Shared by a limit and the timers that depend on it. */
export type LimitClock = Pick<OpenDeadline, 'startedAt' | 'adjustments' | 'version' | 'length'>;

/**
 * The adjustments after the change, which takes effect at `at`.
 *
 * @throws {Refusal} `clock.invalid` for pausing a paused limit, resuming a running one, or
 * restarting or extending by anything but a whole number of days
 */
export function adjusted(before: readonly Adjustment[], move: ClockMove, at: Date): readonly Adjustment[] {
  const last = before.at(-1);
  const paused = last?.kind === 'pause' && last.to === undefined ? last : undefined;
  const now = at.toISOString();
  switch (move.act) {
    case 'restart':
      if (paused) throw invalid(move, '已经暂停，须先恢复');
      return [...before, { kind: 'restart', at: now }];
    case 'pause':
      if (paused) throw invalid(move, '已经暂停');
      return [...before, { kind: 'pause', from: now, reason: move.reason }];
    case 'resume':
      if (!paused) throw invalid(move, '没有暂停');
      return [...before.slice(0, -1), { ...paused, to: now }];
    case 'extend': {
      const { workingDays, reason } = move;
      if (paused) throw invalid(move, '已经暂停，须先恢复');
      if (!Number.isInteger(workingDays) || workingDays < 1) throw invalid(move, '延长的工作日数不对');
      return [
        ...before,
        { kind: 'extend', at: now, workingDays, ...(reason === undefined ? {} : { reason }) },
      ];
    }
  }
}

/** The adjustments after another law has come to bind the running limit. */
export function recounting(before: readonly Adjustment[], at: Date): readonly Adjustment[] {
  const last = before.at(-1);
  const recount: Adjustment = { kind: 'recount', at: at.toISOString() };
  return last?.kind === 'pause' && last.to === undefined
    ? [...before.slice(0, -1), recount, last]
    : [...before, recount];
}

/** The instance's running limit on the event. */
export function runningLimit(file: CaseFile, instance: number, element: string): OpenDeadline | undefined {
  for (const deadline of file.deadlines.values()) {
    if (deadline.instance === instance && deadline.element === element) return deadline;
  }
  return undefined;
}

/**
 * The timer with the length that its clock keeps, or that the law gives it: the law that bound the case when the clock
 * began, began anew, or was counted anew. `length`: what it keeps from then on, because deeds decided it.
 *
 * @throws {Refusal} `timer.invalid` if that law sets no limit for the clock, or a deed has not said it
 */
export function lawful(
  spec: TimerSpec,
  file: CaseFile,
  clock: LimitClock,
  laws: Laws,
): { readonly spec: TimerSpec; readonly length?: Length } {
  const name = clockReferred(spec);
  if (name === undefined) return { spec };
  if (clock.length) return { spec: underLaw(spec, clock.length), length: clock.length };
  const began = clock.adjustments.findLast((one) => one.kind === 'restart' || one.kind === 'recount');
  const since = began ? new Date(began.at) : clock.startedAt;
  // A diagram of the law before may count a limit that the new law no longer has: it keeps its length.
  const rule = limitsOf(laws.binding({ ...file, endedAt: null }, since))[name];
  const length = rule && lengthOf(rule, file.said ?? {});
  if (length) return { spec: underLaw(spec, length), ...(deedsAsked(rule).length > 0 ? { length } : {}) };
  throw new Refusal(
    'timer.invalid',
    `条例没有给期限 ${name} 规定长短，或者还没有行为说出它，计时事件却依它计时`,
    {
      where: name,
      remedy: '在流程图里写明时长，或者在条例的规范里写明期限',
    },
  );
}

/** The limits of the laws that bind the case; a later one prevails. */
const limitsOf = (laws: ReturnType<Laws['binding']>): Law['limits'] =>
  Object.assign({}, ...laws.map(({ law }) => law.limits)) as Law['limits'];

/** What the case remembers of its deeds: the latest of each that decides a limit, and who its parties are now. */
export function remembered(
  file: CaseFile,
  deeds: readonly JsonObject[],
  at: Date,
  laws: Laws,
): CaseFile['said'] {
  if (deeds.length === 0) return file.said;
  const limits = limitsOf(laws.binding({ ...file, endedAt: null }, at));
  const { claims = [] } = lawAt(file, at, laws) ?? {};
  const asked = new Set(Object.values(limits).flatMap(deedsAsked));
  const told = deeds.flatMap(({ name, facts }): [string, Said[string]][] =>
    typeof name === 'string' && asked.has(name) ? [[name, isJsonObject(facts) ? facts : {}]] : [],
  );
  told.push(
    ...movedBy(
      claims.map(({ party }) => party),
      deeds,
    ),
  );
  return told.length === 0 ? file.said : { ...file.said, ...Object.fromEntries(told) };
}

/** A timer counted from a running limit follows that limit's clock, whenever it is armed. */
export function clockOf(file: CaseFile, instance: number, spec: TimerSpec, at: Date): LimitClock {
  const limit = limitOf(spec);
  const running = limit === undefined ? undefined : runningLimit(file, instance, limit);
  return running ?? { startedAt: at, adjustments: [], version: 1 };
}

export function invalid({ limit }: ClockMove, why: string): Refusal {
  return new Refusal('clock.invalid', `期限 ${limit} ${why}`, {
    where: limit,
    remedy: '刷新工单，查看期限现在的情况',
  });
}
