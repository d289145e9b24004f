/**
 * What a sheet counts for, read from its trail and the regulation's measures and from nothing else: a pure function, so
 * that whoever has the trail gets the same figures. Every fact names the entry that opened it and the one that decided
 * it.
 */
import {
  clockPassed,
  dataOf,
  deedsIn,
  reads,
  listIn,
  textIn,
  textsIn,
  type Content,
  type Deed,
} from '../../accountability/events/index.js';
import { isJsonObject, type JsonObject } from '../../kernel/index.js';
import { matches, rulesOf, type Act, type Catalogue, type Decision } from '../../law/regulation/index.js';
import type { MeasureKey } from './model/index.js';
import { periodOfAct, periodOfLimit, type Period } from './period.js';
import { unitNamed } from '../../kernel/unit-name.js';

export type TrailStep = Content & { readonly seq: number };

const counted = reads('act', 'moves', 'sheet', 'caller.rated');

export interface Fact {
  readonly measure: MeasureKey;
  /** Number of the entry since which it could have been so. */
  readonly opened: number;
  /** Number of the entry that decided it. */
  readonly decided: number;
  readonly at: Date;
  readonly period: Period;
  /** Empty where it is no unit's. */
  readonly unit: string;
  readonly met: boolean;
  readonly round: number;
  /** One of the package's kinds. */
  readonly kind: string;
  /** Code of the first level of its classification, empty for none. */
  readonly area: string;
}

/** An entry as it concerns whoever had the sheet before it. */
interface Moment {
  readonly seq: number;
  readonly at: Date;
  readonly unit: string;
  readonly kind: string;
  readonly area: string;
}

/** A limit that passed while a unit had the sheet. A correction of the calendar moves or removes it. */
interface Lapse {
  readonly clock: string;
  readonly seq: number;
  at: Date | null;
}

interface Decided {
  readonly moment: Moment;
  readonly met: boolean;
  /** The lapse that decided it. */
  readonly lapse?: Lapse | undefined;
  readonly unlessPassed?: string | null;
}

/** What is counted once: its first decision counts. */
interface Opening {
  readonly measure: MeasureKey;
  readonly round: number;
  opened: number;
  rules: readonly Decision[];
  decisions: Decided[];
  readonly lapses: Lapse[];
}

export function factsOf(catalogue: Catalogue, trail: readonly TrailStep[]): Fact[] {
  const { kind: kindFact, measures } = catalogue.measures;
  const rules = rulesOf(catalogue);
  const openings: Opening[] = [];
  const lapses: Lapse[] = [];
  const current = new Map<MeasureKey, Opening>();
  let [unit, kind, area, round] = ['', '', '', 0];

  const rulesByMeasure = Object.entries(measures);

  const open = (measure: MeasureKey, opened: number): Opening => {
    const rules = measures[measure]?.decided ?? [];
    const opening = { measure, round: Math.max(1, round), opened, rules, decisions: [], lapses: [] };
    openings.push(opening);
    current.set(measure, opening);
    return opening;
  };

  for (const entry of trail.filter(counted)) {
    const { seq, at } = entry;
    const deeds = deedsIn(entry);
    const done = (acts: readonly Act[]): boolean =>
      acts.some((act) => deeds.some((deed) => matches(act, deed)));
    const registered = deeds.map((deed) => factOf(deed, kindFact)).find(Boolean);
    kind =
      registered ?? (entry.type === 'sheet.corrected' ? textIn(dataOf(entry), kindFact.fact) : null) ?? kind;
    area = textsIn(dataOf(entry), 'classPath')[0] ?? area;
    const moment: Moment = { seq, at, unit, kind, area };
    const clock = clockPassed(entry);
    // Lapsed while no unit held it: no unit's, and the next one has a limit of its own.
    const lapse = clock !== undefined && unit !== '' ? { clock, seq, at } : undefined;
    if (lapse) lapses.push(lapse);

    const rating = entry.type === 'caller.rated' ? entry.body.rating : undefined;

    for (const [measure, { opens, decided, instead }] of deeds.length > 0 || lapse || rating
      ? rulesByMeasure
      : []) {
      const opening = current.get(measure);
      if (lapse) opening?.lapses.push(lapse);
      const decision = (opening?.rules ?? decided).find((rule) => {
        if ('when' in rule) return done(rule.when);
        if ('rated' in rule) return rule.rated.some((one) => one === rating);
        return rule.passed === lapse?.clock;
      });
      const decides = opens.length === 0 && decision ? open(measure, seq) : opening;
      if (decision && decides) decides.decisions.push(decidedBy(decision, moment, lapse));
      if (opening && instead && done(instead.opens)) {
        [opening.opened, opening.rules, opening.decisions] = [seq, instead.decided, []];
      }
    }

    for (const deed of deeds) {
      const { effect, holders } = rules.on(deed.name);
      if (effect === 'begins-round') round += 1;
      if (effect === 'takes-back') unit = '';
      if (effect === 'corrects-limits') correct(lapses, deed.facts ?? {});
      for (const { when, named } of holders) {
        if (named === null || !matches(when, deed)) continue;
        unit = unitNamed(deed.facts?.[named]) ?? unit;
      }
    }
    for (const [measure, { opens }] of deeds.length > 0 ? rulesByMeasure : []) {
      if (done(opens)) open(measure, seq);
    }
  }
  return openings
    .flatMap(factOfOpening)
    .sort((one, other) => one.decided - other.decided || one.measure.localeCompare(other.measure));
}

const factOf = ({ name, facts = {} }: Deed, { deed, fact }: { deed: string; fact: string }) =>
  name === deed ? textIn(facts, fact) : undefined;

const decidedBy = (decision: Decision, moment: Moment, lapse: Lapse | undefined): Decided =>
  'passed' in decision ? { moment, met: false, lapse } : { ...decision, moment };

/**
 * The calendar has been corrected: a limit recorded as passed had not, or passed at another instant. Whoever replied
 * before a limit that had not passed was in time.
 */
function correct(lapses: readonly Lapse[], facts: JsonObject): void {
  const withdrawn = new Set(textsIn(facts, 'withdrawn'));
  const redated = listIn(facts, 'redated').filter(isJsonObject);
  for (const lapse of lapses) {
    const was = lapse.at?.toISOString();
    if (was === undefined) continue;
    const to = redated.map((one) => (one.from === was ? textIn(one, 'to') : undefined)).find(Boolean);
    if (withdrawn.has(was)) lapse.at = null;
    else if (to !== undefined) lapse.at = new Date(to);
  }
}

function factOfOpening({ measure, round, opened, decisions, lapses }: Opening): Fact[] {
  const first = decisions.find(({ lapse }) => lapse?.at !== null);
  if (!first) return [];
  const { moment, lapse, unlessPassed } = first;
  const { seq: decided, unit, kind, area } = moment;
  const at = lapse?.at ?? moment.at;
  const late = lapses.some((one) => one.clock === unlessPassed && one.at !== null && one.seq < decided);
  const period = lapse ? periodOfLimit(at) : periodOfAct(at);
  return [{ measure, opened, decided, at, period, unit, met: first.met && !late, round, kind, area }];
}
