/**
 * When a limit falls due for a logged case, by the working calendar. A number in the regulation always counts. What the
 * regulation leaves open counts only where the mapping says how long it is: no city is judged by what another one, or
 * this installation later, has decided.
 */
import type { Catalogue } from '../law/regulation/index.js';
import type { Act } from './acts.js';
import { endOfPlainDay, instantReader } from './log/instants.js';
import { columnOf, type Length, type Limit, type Mapping } from './mapping.js';
import type { DueDates, Policies, TimerSpec } from '../kernel/timer-spec.js';

export interface LimitDeps {
  readonly dueDates: DueDates;
  readonly policies: Policies;
}

export interface Limits {
  /** Clocks that have a length. */
  readonly clocks: ReadonlySet<string>;
  /** @returns null where nothing says when it is due */
  due(clock: string, opened: Act, acts: readonly Act[]): Date | null;
  /**
   * When it is due after an act that moves it; the same where the act does not.
   *
   * @param due null where nothing says when it was due before
   * @returns null where the act says no day
   */
  moved(clock: string, due: Date | null, act: Act): Date | null;
}

/** @param onUnreadable of a day, or a number of days, that an extension should say */
export function limitsOf(
  catalogue: Catalogue,
  mapping: Mapping,
  { dueDates, policies }: LimitDeps,
  onUnreadable: (column: string, value: string) => void = () => undefined,
): Limits {
  const limits = new Map<string, Limit>(lawful(catalogue));
  for (const [clock, limit] of Object.entries(mapping.limits)) limits.set(clock, limit);
  const read = instantReader({ ...mapping.instant, column: '' });
  const after = (spec: TimerSpec, from: Date): Date =>
    dueDates.due(spec, from, { policies: policies.at(from) }).at;
  const said = (column: string, acts: readonly Act[]): string | null =>
    acts.map((act) => act.value(column)).find((value) => value !== null) ?? null;

  const longer = (due: Date, workingDays: number, { at }: Act): Date => {
    const adjustments = [{ kind: 'extend', at: at.toISOString(), workingDays } as const];
    const spec: TimerSpec = { kind: 'date', text: due.toISOString(), unit: 'natural', edge: 'end' };
    return dueDates.due(spec, at, { policies: policies.at(at), adjustments }).at;
  };

  return {
    clocks: new Set(limits.keys()),
    moved: (clock, due, act) => {
      const move = act.moves[clock];
      if (!move) return due;
      const column = columnOf(move);
      const text = column === undefined ? '' : (act.value(column) ?? '');
      const to =
        'until' in move
          ? read(endOfPlainDay(text))
          : wholeDays(column === undefined ? move.workingDays : text);
      if (to instanceof Date) return to;
      if (typeof to === 'number') return due && longer(due, to, act);
      onUnreadable(column ?? clock, text);
      return null;
    },
    due: (clock, opened, acts) => {
      const limit = limits.get(clock);
      if (!limit) return null;
      const since = acts.filter(({ seq }) => seq >= opened.seq);
      if ('policy' in limit) {
        const text = policies.at(opened.at).value(limit.policy);
        return text === undefined
          ? null
          : after({ ...specOf({ workingDays: 0 }), text, ...unit(text) }, opened.at);
      }
      if ('due' in limit) {
        const text = said(limit.due, since);
        const at = text === null ? '' : read(endOfPlainDay(text));
        return typeof at === 'string' ? null : at;
      }
      if ('by' in limit) {
        const [, length] =
          Object.entries(limit.lengths).find(([value]) => value === said(limit.by, acts)) ?? [];
        return length ? after(specOf(length), opened.at) : null;
      }
      return after(specOf(limit), opened.at);
    },
  };
}

/** A number of days as a log writes it; the text itself where it is none. */
const wholeDays = (said: string | number): number | string =>
  typeof said === 'number' ? said : /^\d{1,3}$/.test(said) ? Number(said) : said;

/** Clocks whose length in working days the regulation itself gives. */
function* lawful({ norms }: Catalogue): Generator<[string, Limit]> {
  for (const { duty, deadline } of norms) {
    if (duty?.clock && deadline && 'workingDays' in deadline)
      yield [duty.clock, { workingDays: deadline.workingDays }];
  }
}

const specOf = (length: Length): TimerSpec =>
  'workingDays' in length
    ? { kind: 'duration', text: `P${length.workingDays}D`, unit: 'working-days', edge: 'end' }
    : {
        kind: 'duration',
        text: 'hours' in length ? `PT${length.hours}H` : `P${length.days}D`,
        unit: 'natural',
        edge: 'end',
      };

/** Lengths of policies in days are working days; in hours they are hours. */
const unit = (text: string): Pick<TimerSpec, 'unit'> => ({
  unit: text.includes('T') ? 'natural' : 'working-days',
});
