/**
 * Trails that no diagram draws: deeds of the vocabulary with listed facts, at random instants, in
 * random processes, while limits run, pass, pause and are withdrawn. The seed repeats them.
 */
import type { Deed } from '../../src/accountability/events/index.js';
import type { DutyEntry } from '../../src/law/regulation/index.js';
import type { Json } from '../../src/kernel/index.js';
import { random } from './messages.js';
import type { Act, LawData } from './law-data.js';

const units = ['历下区政府', '市水务局', '市城管局'] as const;
const hour = 3_600_000;

interface Timer {
  readonly element: string;
  readonly clock: string;
  readonly instance: number;
  readonly due: number | null;
}

interface Wanted {
  /** How many deeds in all. */
  readonly deeds: number;
  /** How many deeds a case has, about. */
  readonly each: number;
  readonly seed: number;
  /** The norm that most of each case turns on; otherwise two at random. */
  readonly on?: string;
}

export const generatedTrails = (law: LawData, { deeds, each, seed, on }: Wanted): readonly DutyEntry[][] =>
  Array.from({ length: Math.ceil(deeds / each) }, (_, index) =>
    generatedTrail(law, each, { seed: seed + index, on }),
  );

function generatedTrail(
  law: LawData,
  most: number,
  { seed, on }: { readonly seed: number; readonly on: string | undefined },
): DutyEntry[] {
  const next = random(Math.imul(seed, 2_654_435_761) >>> 0);
  for (let warm = 0; warm < 5; warm += 1) next();
  const chance = (share: number): boolean => next() < share;
  const below = (count: number): number => Math.floor(next() * count);
  const pick = <One>(many: readonly One[]): One => many[below(many.length)] as One;

  /** Most of a case turns on two norms, so that their longer stories come true. */
  const chosen = law.duties.filter(({ norm }) => norm === on);
  const focus = chosen.length > 0 ? chosen : [pick(law.duties), pick(law.duties)];
  const usual = pick(units);
  const someUnit = (): string => (chance(0.7) ? usual : pick(units));
  const entries: DutyEntry[] = [];
  let timers: Timer[] = [];
  const passed: string[] = [];
  let now = Date.parse('2026-03-02T01:00:00.000Z');
  let [instances, done] = [0, 0];

  const add = (type: string, instance: number, body: { readonly [key: string]: unknown }): void => {
    const at = new Date(now);
    const common = { process: 'handling', version: 1, instance, recordedAt: at.toISOString() };
    entries.push({ seq: entries.length + 1, at, type, body: { ...common, ...body } } as unknown as DutyEntry);
  };

  const valueOf = (fact: string, listed: readonly Json[]): Json => {
    if (fact === 'to' || fact === 'unit') return someUnit();
    if (fact === 'accused') return chance(0.7) ? `unit:${someUnit()}` : pick(['agent:1072', 'unknown']);
    return listed.length === 0 ? '别的' : pick(listed);
  };

  const factsFor = (name: string, wanted: Act['facts'] = {}): Deed['facts'] => {
    if (law.effectOf(name) === 'corrects-limits') return correction();
    const facts: { [fact: string]: Json } = {};
    for (const [fact, listed] of law.factsOf(name)) if (chance(0.8)) facts[fact] = valueOf(fact, listed);
    for (const [fact, value] of Object.entries(wanted)) facts[fact] = pick([value].flat());
    return facts;
  };

  const correction = (): Deed['facts'] => {
    const from = passed.length === 0 ? new Date(now).toISOString() : pick(passed);
    if (chance(0.5)) return { withdrawn: [from] };
    return { redated: [{ from, to: new Date(Date.parse(from) - 24 * hour).toISOString() }] };
  };

  const anyDeed = (): Deed => {
    done += 1;
    if (chance(0.08)) {
      const { deed, facts } = pick(law.handOvers);
      return { name: deed, facts: { ...factsFor(deed, facts), to: someUnit() } };
    }
    if (chance(0.3)) {
      const name = pick(law.deeds);
      return { name, facts: factsFor(name) } as Deed;
    }
    const { deed, facts } = pick(chance(0.6) ? pick(focus).acts : pick(law.duties).acts);
    return { name: deed, facts: factsFor(deed, chance(0.8) ? facts : {}) } as Deed;
  };

  const someDeeds = (): Deed[] => Array.from({ length: 1 + below(3) }, anyDeed);

  /** Limits that start in the step, and those that it stops or moves. */
  const limits = (instance: number) => {
    const own = timers.filter((timer) => timer.instance === instance);
    const withdrawn = chance(0.2) && own.length > 0 ? [pick(own)] : [];
    timers = timers.filter((timer) => !withdrawn.includes(timer));
    const armed = chance(0.6) ? [(chance(0.6) ? pick(focus).clock : undefined) ?? pick(law.clocks)] : [];
    const started = armed.map((clock) => {
      const earlier = timers.findIndex((timer) => timer.clock === clock && timer.instance === instance);
      const due = chance(0.1) ? null : now + (1 + below(200)) * hour;
      if (earlier >= 0) timers.splice(earlier, 1);
      const element = `Timer_${clock}`;
      timers.push({ element, clock, instance, due });
      const version = earlier >= 0 ? { version: 2 } : {};
      return {
        element,
        clock,
        ...version,
        due: due === null ? null : new Date(due).toISOString(),
        derivation: null,
      };
    });
    return {
      ...(started.length > 0 && { armed: started }),
      ...(withdrawn.length > 0 && { withdrawn: withdrawn.map(({ element }) => element) }),
    };
  };

  const start = (): void => {
    instances += 1;
    add('instance.started', instances, { deeds: someDeeds(), ...limits(instances) });
  };

  /** The timers that run out before the clock is moved on to an instant. */
  const fireUntil = (until: number): void => {
    for (;;) {
      const [first] = timers
        .filter((timer): timer is Timer & { due: number } => timer.due !== null && timer.due <= until)
        .sort((one, other) => one.due - other.due);
      if (!first) break;
      timers = timers.filter((timer) => timer !== first);
      now = first.due;
      passed.push(new Date(now).toISOString());
      const deeds = chance(0.2) ? someDeeds() : [];
      add('timer.fired', first.instance, {
        of: first.element,
        clock: first.clock,
        ...(deeds.length > 0 && { deeds }),
        ...(chance(0.3) && limits(first.instance)),
      });
    }
  };

  const rarely = (): void => {
    const [timer] = timers;
    if (chance(0.3))
      return add('sheet.corrected', 1, {
        actor: '王建国',
        fields: ['wishesReply'],
        data: { wishesReply: chance(0.5) },
      });
    const instance = 1 + below(instances);
    if (timer?.due && chance(0.5)) {
      const due = timer.due + 24 * hour;
      timers = timers.map((one) => (one === timer ? { ...timer, due } : one));
      const moved = { from: new Date(timer.due).toISOString(), due: new Date(due).toISOString() };
      const why = { actor: '管理员', document: '通知', provisional: false, derivation: {} };
      add('deadline.recomputed', timer.instance, { ...why, ...moved, of: timer.element });
    } else {
      const withdrawn = timers.filter((one) => one.instance === instance).map(({ element }) => element);
      add('case.migrated', instance, {
        actor: '管理员',
        from: 1,
        migration: 1,
        mapping: {},
        withdrawn,
        provisions: [],
      });
      timers = timers.filter((one) => one.instance !== instance);
    }
  };

  start();
  while (done < most) {
    const until = now + Math.floor(next() ** 3 * 100) * hour;
    fireUntil(until);
    now = Math.max(now, until);
    if (chance(0.15)) start();
    else if (chance(0.05)) rarely();
    else {
      const instance = 1 + below(instances);
      add('task.completed', instance, { of: 'task', deeds: someDeeds(), ...limits(instance) });
    }
  }
  return entries;
}
