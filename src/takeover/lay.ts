/** The regulation laid over one logged case: which duties were met, and what cannot have happened under it. */
import {
  standingOf,
  type Beginning,
  type Catalogue,
  type DutyEntry,
  type OwedDuty,
} from '../law/regulation/index.js';
import { entryOf, type Act } from './acts.js';
import type { Limits } from './limits.js';

/** `returned`: done, and sent back to be done again. */
export type Verdict = 'met' | 'late' | 'unmet' | 'returned' | 'open';

export interface LaidDuty {
  readonly norm: string;
  readonly verdict: Verdict;
  readonly unit: string | null;
  readonly openedAt: Date;
  readonly due: Date | null;
  readonly endedAt: Date | null;
  /** The norm that made good its violation. */
  readonly madeGoodBy: string | null;
  /** Lines of the log behind it. */
  readonly lines: readonly number[];
}

/** An entry of the interpreter, of an act or of a limit that passed between acts. */
interface Laid {
  readonly entry: DutyEntry;
  readonly act: Act | null;
}

export interface LaidCase {
  readonly acts: readonly Act[];
  readonly duties: readonly LaidDuty[];
  /** Which clocks began with which act. */
  readonly began: readonly Began[];
}

interface Began extends Omit<Beginning, 'seq'> {
  readonly act: Act;
  /** As it began, before anything moved it. */
  readonly due: Date | null;
}

/** With the instant at which it is due after its extensions. */
interface Run extends Began {
  readonly ends: Date | null;
}

/**
 * @param asOf until when the log is complete: a limit after it has not passed
 */
export function lay(catalogue: Catalogue, limits: Limits, acts: readonly Act[], asOf: Date): LaidCase {
  const bare = acts.map((act) => entryOf(act, act.seq));
  const began = standingOf(catalogue, bare).began.flatMap(({ seq, ...beginning }) => {
    const act = acts[seq - 1];
    return act ? [{ ...beginning, act, due: limits.due(beginning.clock, act, acts) }] : [];
  });
  const runs = began.map((one) => ({ ...one, ends: endOf(one, began, limits, acts) }));
  const laid = withClocks(acts, runs, asOf);
  const { duties, closed } = standingOf(
    catalogue,
    laid.map(({ entry }) => entry),
  );
  return { acts, began, duties: duties.map((duty) => laidDuty(duty, laid, closed)) };
}

/** An extension counts that was granted while the limit ran; what has passed has passed. */
function endOf(run: Began, began: readonly Began[], limits: Limits, acts: readonly Act[]): Date | null {
  const { clock, of, act: opened, due } = run;
  const next = began.find((later) => isSame(later, run) && later.act.seq > opened.seq);
  const during = acts.filter(
    ({ seq, instance, unit, moves }) =>
      clock in moves &&
      seq > opened.seq &&
      seq <= (next?.act.seq ?? seq) &&
      instance === opened.instance &&
      (of === '' || unit === null || unit.replaceAll(/\s/g, '') === of),
  );
  return during.reduce(
    (until, act) => (until !== null && act.at > until ? until : limits.moved(clock, until, act)),
    due,
  );
}

const isSame = (one: Began, other: Began): boolean =>
  one.clock === other.clock && one.of === other.of && one.act.instance === other.act.instance;

function withClocks(acts: readonly Act[], began: readonly Run[], asOf: Date): readonly Laid[] {
  const laid: { at: number; order: number; make: (seq: number) => DutyEntry; act: Act | null }[] = acts.map(
    (act, index) => {
      const armed = began
        .filter(({ act: opened }) => opened === act)
        .map(({ clock, ends }) => ({ clock, due: ends }));
      // An act at the very instant is in time: it comes before the limit.
      return { at: act.at.getTime(), order: index, act, make: (seq) => entryOf(act, seq, armed) };
    },
  );
  for (const run of began) {
    const { ends } = run;
    if (!ends || ends > asOf || isSuperseded(run, began, ends)) continue;
    const make = (seq: number) => passed(run, ends, seq);
    laid.push({ at: ends.getTime(), order: acts.length, act: null, make });
  }
  laid.sort((one, other) => one.at - other.at || one.order - other.order);
  return laid.map(({ make, act }, index) => ({ entry: make(index + 1), act }));
}

/** The same clock has begun anew before it ran out. */
const isSuperseded = (run: Run, began: readonly Run[], ends: Date): boolean =>
  began.some((later) => isSame(later, run) && later.act.seq > run.act.seq && later.act.at <= ends);

const passed = ({ clock, of, act }: Began, at: Date, seq: number): DutyEntry => ({
  seq,
  at,
  type: 'timer.fired',
  body: {
    process: 'log',
    version: 1,
    instance: act.instance,
    recordedAt: at.toISOString(),
    of: clock,
    clock,
    // Says whose limit it is, where units have their own; no deed of the vocabulary.
    ...(of === '' ? {} : { deeds: [{ name: 'limit.passed', facts: { unit: of } }] }),
  },
});

function laidDuty(duty: OwedDuty, laid: readonly Laid[], closed: boolean): LaidDuty {
  const at = (seq: number | null): Laid | undefined => (seq === null ? undefined : laid[seq - 1]);
  return {
    norm: duty.norm,
    verdict: verdictOf(duty, closed),
    unit: duty.unit,
    openedAt: duty.opened.at,
    due: duty.due,
    endedAt: at(duty.ended)?.entry.at ?? null,
    madeGoodBy: duty.by,
    lines: [...new Set(duty.entries.flatMap((seq) => at(seq)?.act?.line ?? []))],
  };
}

function verdictOf({ violatedAt, missedAt, ended }: OwedDuty, closed: boolean): Verdict {
  if (missedAt !== null) return ended === null ? 'unmet' : 'late';
  if (violatedAt !== null) return 'returned';
  if (ended !== null) return 'met';
  // Nothing will come after the end: it was not done, whatever its limit.
  return closed ? 'unmet' : 'open';
}
