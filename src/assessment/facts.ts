/**
 * What a sheet counts for, read from its trail and from nothing else: a pure function of the entries, so that whoever
 * has the trail gets the same figures. Every fact names the entry that opened it and the one that decided it.
 */
import {
  armedAt,
  assignedIn,
  computedOf,
  dataOf,
  enteredIn,
  heeding,
  isTaskDone,
  isTimerFired,
  listIn,
  processOf,
  stepTypes,
  textIn,
  textsIn,
  type CaseEntryType,
  type Content,
} from '../accountability/events/index.js';
import { isJsonObject } from '../kernel/index.js';
import { elements } from './elements.js';
import type { MeasureKey } from './model/index.js';
import { periodOfAct, periodOfLimit, type Period } from './period.js';

export type TrailStep = Content & { readonly seq: number };

const counted = heeding<CaseEntryType>()({
  ...stepTypes,
  'sheet.classified': true,
  'outcome.corrected': true,
  'case.migrated': false,
  'deadline.recomputed': false,
  'escalation.revoked': false,
  'escalation.redated': false,
  'person.recused': false,
  'caller-secret.issued': false,
  'caller.erased': false,
  'texts.erased': false,
});

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
  /** One of the five kinds (Art 3). */
  readonly kind: string;
  /** Code of the first level of its classification, empty for none. */
  readonly area: string;
}

/** An entry as it concerns whoever had the sheet then. */
interface Moment {
  readonly seq: number;
  readonly at: Date;
  readonly unit: string;
  readonly kind: string;
  readonly area: string;
}

interface Round {
  readonly number: number;
  readonly opened: number;
  missed?: Moment | undefined;
  replied?: Moment;
  /** The second clock of Art 24: runs where a later date was told. */
  tracked?: number;
  completionMissed?: Moment | undefined;
  completed?: Moment;
  ended?: Moment & { readonly reworked: boolean };
}

export function factsOf(trail: readonly TrailStep[]): Fact[] {
  const facts: Fact[] = [];
  const rounds: Round[] = [];
  let [unit, kind, area] = ['', '', ''];
  let waiting: number | undefined;
  let supervised = false;

  const add = (measure: MeasureKey, opened: number, moment: Moment, met: boolean, isLimit = false): void => {
    const { seq: decided, ...rest } = moment;
    const period = isLimit ? periodOfLimit(moment.at) : periodOfAct(moment.at);
    facts.push({ measure, opened, decided, ...rest, period, met, round: rounds.at(-1)?.number ?? 1 });
  };

  for (const entry of trail.filter(counted)) {
    const { seq, at } = entry;
    const [data, computed] = [dataOf(entry), computedOf(entry)];
    const entered = new Set(enteredIn(entry));
    kind = textIn(data, 'kind') ?? kind;
    area = textsIn(data, 'classPath')[0] ?? area;
    // What an entry decides concerns the unit that had the sheet before it; whom it hands it to comes after.
    const moment: Moment = { seq, at, unit, kind, area };
    const round = rounds.at(-1);
    const did = (element: string) => isTaskDone(entry, element);
    const passed = (timer: string) => isTimerFired(entry, timer);

    if (seq === 1 && processOf(entry)?.process === 'acceptance') add('accepted', seq, moment, true);
    if (did(elements.receive)) {
      if (waiting !== undefined) add('reception', waiting, moment, true);
      add('returned', waiting ?? seq, moment, data.receipt === 'return');
      waiting = undefined;
    }
    if (passed(elements.returnLimit) && waiting !== undefined) {
      add('reception', waiting, moment, false, true);
      waiting = undefined;
    }
    if (round && passed(elements.replyLimit) && !round.replied) round.missed = moment;
    if (round && (entered.has(elements.replied) || entered.has(elements.noFurther))) {
      round.replied ??= moment;
      if (entered.has(elements.tracked)) round.tracked = seq;
    }
    if (round && passed(elements.completionLimit) && !round.completed) round.completionMissed = moment;
    if (round && entered.has(elements.completed)) round.completed = moment;
    if (did(elements.callBack) && data.satisfaction !== 'unreachable') {
      const content = data.satisfaction === 'satisfied' || data.satisfaction === 'basically-satisfied';
      add('satisfaction', seq, moment, content);
      add('resolution', seq, moment, data.resolved === true);
    }
    for (const wrong of textsIn(data, 'withdrawnOverdue')) move(rounds, wrong, undefined);
    for (const redated of listIn(data, 'redatedOverdue').filter(isJsonObject)) {
      const [from, to] = [textIn(redated, 'from'), textIn(redated, 'to')];
      if (from !== undefined && to !== undefined) move(rounds, from, new Date(to));
    }
    if (typeof computed.supervised === 'boolean') supervised = computed.supervised;
    if (round && !round.ended && entered.has(elements.reworked)) round.ended = { ...moment, reworked: true };
    if (round && !round.ended && entered.has(elements.closed)) {
      round.ended = { ...moment, reworked: false };
      add('supervised', seq, moment, supervised);
    }
    if (armedAt(entry, elements.replyLimit) && (!round || round.ended)) {
      rounds.push({ number: rounds.length + 1, opened: seq });
    }
    unit = assignedIn(entry) ?? unit;
    if (entered.has(elements.receive)) waiting = seq;
  }
  return [...facts, ...rounds.flatMap(factsOfRound)].sort(
    (one, other) => one.decided - other.decided || one.measure.localeCompare(other.measure),
  );
}

/**
 * The calendar has been corrected: a limit recorded as passed had not, or passed at another instant. Whoever replied
 * before a limit that had not passed was in time.
 */
function move(rounds: readonly Round[], from: string, to: Date | undefined): void {
  const moved = (missed: Moment | undefined): Moment | undefined =>
    missed?.at.toISOString() === from ? to && { ...missed, at: to } : missed;
  for (const round of rounds) {
    round.missed = moved(round.missed);
    round.completionMissed = moved(round.completionMissed);
  }
}

function factsOfRound(round: Round): Fact[] {
  const { number, opened, missed, replied, tracked, completionMissed, completed, ended } = round;
  const fact = (
    measure: MeasureKey,
    since: number,
    { seq: decided, ...moment }: Moment,
    { met, limit = false }: { readonly met: boolean; readonly limit?: boolean },
  ): Fact => ({
    measure,
    opened: since,
    decided,
    at: moment.at,
    unit: moment.unit,
    kind: moment.kind,
    area: moment.area,
    period: limit ? periodOfLimit(moment.at) : periodOfAct(moment.at),
    met,
    round: number,
  });
  const facts: Fact[] = [];
  if (missed) facts.push(fact('reply', opened, missed, { met: false, limit: true }));
  else if (replied) facts.push(fact('reply', opened, replied, { met: true }));
  if (tracked === undefined) {
    if (replied) facts.push(fact('completion', opened, replied, { met: !missed }));
  } else if (completionMissed) {
    facts.push(fact('completion', tracked, completionMissed, { met: false, limit: true }));
  } else if (completed) {
    facts.push(fact('completion', tracked, completed, { met: true }));
  }
  if (ended) facts.push(fact('rework', opened, ended, { met: ended.reworked }));
  return facts;
}
