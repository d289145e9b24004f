/**
 * When a limit falls due for a logged case, by the working calendar. A number in the regulation always counts. What the
 * regulation leaves open counts only where the mapping says how long it is: no city is judged by what another one, or
 * this installation later, has decided.
 */
import type { DueDates, TimerSpec } from '../calendar/index.js';
import type { Catalogue } from '../regulation/index.js';
import type { Policies } from '../engine/index.js';
import type { Act } from './acts.js';
import { endOfPlainDay, instantReader } from './log/instants.js';
import type { Length, Limit, Mapping } from './mapping.js';

export interface LimitDeps {
  readonly dueDates: DueDates;
  readonly policies: Policies;
}

export interface Limits {
  /** Clocks that have a length. */
  readonly clocks: ReadonlySet<string>;
  /** @returns null where nothing says when it is due */
  due(clock: string, opened: Act, acts: readonly Act[]): Date | null;
}

export function limitsOf(catalogue: Catalogue, mapping: Mapping, { dueDates, policies }: LimitDeps): Limits {
  const limits = new Map<string, Limit>(lawful(catalogue));
  for (const [clock, limit] of Object.entries(mapping.limits)) limits.set(clock, limit);
  const read = instantReader({ ...mapping.instant, column: '' });
  const after = (spec: TimerSpec, from: Date): Date =>
    dueDates.due(spec, from, { policies: policies.at(from) }).at;
  const said = (column: string, acts: readonly Act[]): string | null =>
    acts.map((act) => act.value(column)).find((value) => value !== null) ?? null;

  return {
    clocks: new Set(limits.keys()),
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
