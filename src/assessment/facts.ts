/**
 * What a sheet counts for, read from its trail and from nothing else: a pure function of the entries, so that whoever
 * has the trail gets the same figures. Every fact names the entry that opened it and the one that decided it.
 */
import {
  clockPassed,
  computedOf,
  dataOf,
  deedsIn,
  entryFilter,
  listIn,
  stepTypes,
  textIn,
  textsIn,
  type CaseEntryType,
  type Content,
} from '../accountability/events/index.js';
import { isJsonObject, type JsonObject } from '../kernel/index.js';
import type { MeasureKey } from './model/index.js';
import { periodOfAct, periodOfLimit, type Period } from './period.js';

export type TrailStep = Content & { readonly seq: number };

const counted = entryFilter<CaseEntryType>()({
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
  /** One of the five kinds. */
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
  /** The second clock of a reply: runs where a later date was told. */
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
    const computed = computedOf(entry);
    const deeds = new Map(deedsIn(entry).map(({ name, facts = {} }) => [name, facts]));
    const passed = clockPassed(entry);
    kind = textIn(deeds.get('matter.registered') ?? {}, 'kind') ?? kind;
    area = textsIn(dataOf(entry), 'classPath')[0] ?? area;
    // What an entry decides concerns the unit that had the sheet before it; whom it hands it to comes after.
    const moment: Moment = { seq, at, unit, kind, area };
    const round = rounds.at(-1);

    if (deeds.has('matter.presented')) add('accepted', seq, moment, true);
    if (receipts.some((receipt) => deeds.has(receipt))) {
      if (waiting !== undefined) add('reception', waiting, moment, true);
      add('returned', waiting ?? seq, moment, deeds.has('return.applied'));
      waiting = undefined;
    }
    if (passed === 'return' && waiting !== undefined) {
      add('reception', waiting, moment, false, true);
      waiting = undefined;
    }
    if (round && passed === 'reply' && !round.replied) round.missed = moment;
    if (round && answers.some((answer) => deeds.has(answer) && isAnswer(deeds, answer)))
      round.replied ??= moment;
    if (round && deeds.has('tracking.begun')) round.tracked = seq;
    if (round && passed === 'completion' && !round.completed) round.completionMissed = moment;
    if (round && deeds.has('completion.reported')) round.completed = moment;
    const called = deeds.get('call-back.made');
    if (called && called.satisfaction !== 'unreachable') {
      const content = called.satisfaction === 'satisfied' || called.satisfaction === 'basically-satisfied';
      if (called.satisfaction !== 'not-rated') add('satisfaction', seq, moment, content);
      add('resolution', seq, moment, called.resolved === true);
    }
    const corrected = deeds.get('overdue.withdrawn') ?? {};
    for (const wrong of textsIn(corrected, 'withdrawn')) move(rounds, wrong, undefined);
    for (const redated of listIn(corrected, 'redated').filter(isJsonObject)) {
      const [from, to] = [textIn(redated, 'from'), textIn(redated, 'to')];
      if (from !== undefined && to !== undefined) move(rounds, from, new Date(to));
    }
    if (typeof computed.supervised === 'boolean') supervised = computed.supervised;
    if (round && !round.ended && deeds.has('rework.ordered')) round.ended = { ...moment, reworked: true };
    if (round && !round.ended && deeds.has('matter.closed')) {
      round.ended = { ...moment, reworked: false };
      add('supervised', seq, moment, supervised);
    }
    if (deeds.has('matter.taken-back')) unit = '';
    if (deeds.has('handling.begun') && (!round || round.ended)) {
      rounds.push({ number: rounds.length + 1, opened: seq });
    }
    const holder = textIn(deeds.get('matter.handed-over') ?? {}, 'to');
    if (holder !== undefined) {
      unit = holder.replaceAll(/\s/g, '');
      // Lapsed while no unit held it.
      if (rounds.at(-1)?.missed?.unit === '') delete rounds.at(-1)?.missed;
      waiting = seq;
    }
  }
  return [...facts, ...rounds.flatMap(factsOfRound)].sort(
    (one, other) => one.decided - other.decided || one.measure.localeCompare(other.measure),
  );
}

/** What a unit may say of a sheet that it was given. */
const receipts = ['matter.received', 'matter.passed-on', 'return.applied'];
/** With these a round's answer is complete. */
const answers = ['hotline.informed', 'no-further.stated', 'handling.stated'];
/** Without reply and feedback where neither is owed. */
const isAnswer = (deeds: ReadonlyMap<string, JsonObject>, answer: string): boolean =>
  answer !== 'handling.stated' || deeds.get(answer)?.feedbackWaived === true;

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
