/**
 * Applies the regulation to a recorded case. The interpreter says which duties there were and how
 * they ended. An engine would also have armed their clocks and recorded when these ran out; this
 * module adds that.
 */
import { unitNamed } from '../../../kernel/unit-name.js';
import { inTime, passing } from '../clocks.js';
import { standingOf, type Beginning, type DutyEntry, type OwedDuty } from '../interpret.js';
import type { Catalogue, Verdict } from '../model/index.js';
import type { Limits } from './limits.js';
import type { Recorded, RecordedAct } from './recorded.js';

export interface LaidDuty {
  readonly norm: string;
  readonly verdict: Verdict;
  readonly unit: string | null;
  readonly openedAt: Date;
  readonly due: Date | null;
  readonly endedAt: Date | null;
  /** Working days it took; null while it is not done. */
  readonly workingDays: number | null;
  /** The norm that remedied its violation. */
  readonly madeGoodBy: string | null;
  /** Numbers of the lines in the record that led to it. */
  readonly lines: readonly number[];
}

/** A clock that started with an act. */
interface Began extends Omit<Beginning, 'seq'> {
  readonly act: RecordedAct;
  /** Its first due instant, before any change. */
  readonly due: Date | null;
}

/** A running clock with its due instant after extensions. */
interface Run extends Began {
  readonly ends: Date | null;
}

export interface LaidCase extends Recorded {
  readonly duties: readonly LaidDuty[];
  readonly began: readonly Began[];
}

export function lay(law: Catalogue, recorded: Recorded, limits: Limits): LaidCase {
  const { acts, asOf } = recorded;
  const bare = acts.map((act) => entryOf(act));
  const began = standingOf(law, bare).began.flatMap(({ seq, ...beginning }) => {
    const act = acts[seq - 1];
    if (!act) return [];
    const { clock } = beginning;
    return [{ ...beginning, act, due: limits.due(clock, recorded.length(clock, act), act.at) }];
  });
  const runs = began.map((one) => ({ ...one, ends: endOf(one, began, acts, limits) }));
  const passed = runs.flatMap((run) => {
    const { ends } = run;
    return !ends || ends > asOf || isSuperseded(run, began, ends) ? [] : [passingOf(run, ends)];
  });
  const armed = acts.map((act) =>
    entryOf(
      act,
      runs.filter((run) => run.act === act),
    ),
  );
  const { duties, course } = standingOf(law, inTime(armed, passed));
  return { ...recorded, began, duties: duties.map((duty) => laidDuty(duty, acts, course.closed, limits)) };
}

/** An extension counts only if it was granted while the limit was running. */
function endOf(
  run: Began,
  began: readonly Began[],
  acts: readonly RecordedAct[],
  limits: Limits,
): Date | null {
  const { clock, of, act: opened, due } = run;
  const next = began.find((later) => isSame(later, run) && later.act.seq > opened.seq);
  return acts
    .filter(
      ({ seq, instance, unit }) =>
        seq > opened.seq &&
        seq <= (next?.act.seq ?? seq) &&
        instance === opened.instance &&
        (of === '' || unit === null || unitNamed(unit) === of),
    )
    .reduce((until, { at, moves }) => {
      const move = moves[clock];
      return move === undefined || (until !== null && at > until) ? until : limits.moved(until, move, at);
    }, due);
}

const isSame = (one: Began, other: Began): boolean =>
  one.clock === other.clock && one.of === other.of && one.act.instance === other.act.instance;

/** The same clock was restarted before it ran out. */
const isSuperseded = (run: Run, began: readonly Began[], ends: Date): boolean =>
  began.some((later) => isSame(later, run) && later.act.seq > run.act.seq && later.act.at <= ends);

/** Placeholder values; the interpreter ignores process and version. */
const nowhere = { process: 'log', version: 1 } as const;

/** @param runs clocks that start with the act */
export const entryOf = (
  { seq, at, deed, facts, instance }: RecordedAct,
  runs: readonly Run[] = [],
): DutyEntry => ({
  seq,
  at,
  type: 'task.completed',
  body: {
    ...nowhere,
    instance,
    recordedAt: at.toISOString(),
    of: deed.name,
    deeds: [{ name: deed.name, facts }],
    armed: runs.map(({ clock, ends }) => ({
      element: clock,
      clock,
      due: ends?.toISOString() ?? null,
      derivation: null,
    })),
  },
});

const passingOf = ({ clock, of, act: { seq, instance } }: Run, at: Date): DutyEntry =>
  passing(at, seq, {
    ...nowhere,
    instance,
    recordedAt: at.toISOString(),
    of: clock,
    clock,
    // Names the unit whose limit it is, if units have their own. The name is no deed of the
    // vocabulary.
    ...(of === '' ? {} : { deeds: [{ name: 'limit.passed', facts: { unit: of } }] }),
  });

function laidDuty(duty: OwedDuty, acts: readonly RecordedAct[], closed: boolean, limits: Limits): LaidDuty {
  const { norm, unit, opened, due, by, entries } = duty;
  const endedAt = duty.ended === null ? null : (acts[duty.ended - 1]?.at ?? null);
  return {
    norm,
    verdict: verdictOf(duty, closed),
    unit,
    openedAt: opened.at,
    due,
    endedAt,
    workingDays: endedAt && limits.workingDays(opened.at, endedAt),
    madeGoodBy: by,
    lines: [...new Set(entries.flatMap((seq) => acts[seq - 1]?.line ?? []))],
  };
}

function verdictOf({ violatedAt, missedAt, ended }: OwedDuty, closed: boolean): Verdict {
  if (missedAt !== null) return ended === null ? 'unmet' : 'late';
  if (violatedAt !== null) return 'returned';
  if (ended !== null) return 'met';
  // Nothing follows after the end, so the duty was not done, whatever its limit.
  return closed ? 'unmet' : 'open';
}
