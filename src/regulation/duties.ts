/**
 * The duties of one case and how each of them stands: a pure function of the case's trail entries. A limit has passed
 * when the trail says so, so the answer is right at the instant of the last entry, whoever asks and whenever; `stateAt`
 * says how it stands since.
 */
import {
  armedAt,
  assignedIn,
  cancelledIn,
  computedOf,
  dataOf,
  enteredIn,
  heeding,
  isTaskDone,
  isTimerFired,
  listIn,
  stepTypes,
  textIn,
  textsIn,
  type CaseEntryType,
  type Content,
} from '../accountability/events/index.js';
import { isJsonObject, type JsonObject } from '../kernel/index.js';
import { dutyElements as at, dutiesOfTasks, dutyOfBranch } from './duty-elements.js';

export type DutyEntry = Content & { readonly seq: number };

const heeded = heeding<CaseEntryType>()({
  ...stepTypes,
  'outcome.corrected': true,
  'sheet.classified': false,
  'case.migrated': false,
  'deadline.recomputed': false,
  'escalation.revoked': false,
  'escalation.redated': false,
  'person.recused': false,
  'caller-secret.issued': false,
  'caller.erased': false,
  'texts.erased': false,
});

/**
 * `temporarily-violated`: the limit has passed, what is owed can still be done or made good. `permanently-violated`:
 * done late, or never, and nothing made it good. `compensated`: what the law provides for the violation has been done.
 */
export type DutyState =
  'open' | 'satisfied' | 'temporarily-violated' | 'permanently-violated' | 'compensated';

export interface Duty {
  readonly norm: string;
  /** The round of handling (Art 27 ¶2) that it belongs to; 1 before and without rounds. */
  readonly round: number;
  readonly state: DutyState;
  readonly opened: { readonly seq: number; readonly at: Date };
  readonly due: Date | null;
  /** When it was violated first: its limit passed, or the round was sent back. */
  readonly violatedAt: Date | null;
  /** Which handling unit had the sheet then, or where it was not violated, when it was done; null before the dispatch. */
  readonly unit: string | null;
  /** Numbers of the entries behind its state, in order. */
  readonly entries: readonly number[];
  /** Which norm made good its violation. */
  readonly by: string | null;
  /** The norm by which a part of it is not owed: the caller wants no reply (Art 16). */
  readonly waivedBy: string | null;
}

interface Running {
  norm: string;
  round: number;
  opened: DutyEntry;
  due: Date | null;
  unit: string | null;
  entries: number[];
  done: boolean;
  /** The instant at which its limit passed. */
  missed: Date | null;
  /** The round was sent back for rework: handled in time, yet not as it should have been. */
  reworked: Date | null;
  by: string | null;
  waivedBy: string | null;
}

export function dutiesOf(trail: readonly DutyEntry[]): Duty[] {
  const duties: Running[] = [];
  let [round, wishesReply, closed, repairing] = [0, true, false, 0];
  let unit: string | null = null;

  const open = (norm: string, opened: DutyEntry, due: Date | null = null): Running => {
    const waivedBy = norm === 'J27' && !wishesReply ? 'J21' : null;
    const running = { norm, round: Math.max(1, round), opened, due, unit, entries: [opened.seq], waivedBy };
    const duty: Running = { ...running, done: false, missed: null, reworked: null, by: null };
    duties.push(duty);
    return duty;
  };
  const pending = (...norms: string[]) => duties.filter(({ norm, done }) => norms.includes(norm) && !done);
  const finish = (those: readonly Running[], { seq }: DutyEntry): void => {
    for (const duty of those) {
      duty.done = true;
      duty.entries.push(seq);
    }
  };
  const miss = (those: readonly Running[], entry: DutyEntry): void => {
    for (const duty of those) {
      duty.missed = entry.at;
      duty.entries.push(entry.seq);
    }
  };
  const makeGood = (by: string, { seq }: DutyEntry): void => {
    for (const duty of duties.filter((one) => one.missed && one.by === null && limited.has(one.norm))) {
      duty.by = by;
      duty.entries.push(seq);
    }
  };

  for (const entry of trail.filter(heeded)) {
    const [data, computed] = [dataOf(entry), computedOf(entry)];
    const entered = new Set(enteredIn(entry));
    const cancelled = new Set(cancelledIn(entry));
    const did = (element: string): boolean => isTaskDone(entry, element);
    const passed = (timer: string): boolean => isTimerFired(entry, timer);
    if (typeof data.wishesReply === 'boolean') wishesReply = data.wishesReply;

    // What was open before this entry ends by it; what it opens comes after.
    for (const { norm, task } of dutiesOfTasks) {
      if (did(task)) finish(pending(norm), entry);
      else if (cancelled.has(task) && !entered.has(task)) drop(duties, pending(norm));
    }
    if (passed(at.replyLimit)) miss(pending(...replyNorms), entry);
    if (passed(at.completionLimit)) miss(pending('J32'), entry);
    if (entered.has(at.replied) || entered.has(at.noFurther)) {
      finish(pending(...replyNorms), entry);
      for (const before of duties.filter(({ reworked, by }) => reworked && by === null)) {
        before.by = 'J38';
        before.entries.push(entry.seq);
      }
    }
    if (entered.has(at.completed)) finish(pending('J32', 'J33'), entry);
    if (did(at.callBack) || entered.has(at.closed) || entered.has(at.reworked)) finish(pending('J37'), entry);
    if (entered.has(at.reworked)) {
      for (const duty of duties.filter(({ norm, round: of }) => norm === 'J28' && of === round)) {
        duty.reworked = entry.at;
        duty.entries.push(entry.seq);
      }
    }
    correct(duties, data);
    if (computed.supervisionResult === 'handled') makeGood('J39', entry);
    if (typeof computed.supervisionResult === 'string') repairing -= finished(pending('J39'), entry, finish);
    const result = computed.accountabilityResult;
    if (typeof result === 'string') {
      if (made.has(result)) makeGood('J57', entry);
      repairing -= finished(pending('J57'), entry, finish);
    }
    closed ||= entered.has(at.closed) || entered.has(at.answered) || entered.has(at.noFurther);

    // What an entry decides concerns the unit that had the sheet before it; whom it hands it to comes after.
    unit = assignedIn(entry) ?? unit;
    for (const duty of duties) if (!duty.done && !duty.missed && !duty.reworked) duty.unit = unit;
    const limit = dueOf(entry, at.replyLimit);
    const moved = pending(...replyNorms);
    if (limit && moved.length === 0) {
      round += 1;
      open('J27', entry, limit.due);
    } else if (limit) {
      for (const duty of moved) duty.due = limit.due;
    }
    const branch = did(at.handle) ? dutyOfBranch[textIn(data, 'branch') ?? ''] : undefined;
    if (branch !== undefined)
      open(branch, entry, pending('J27')[0]?.due ?? null).missed = missedSoFar(duties);
    if (entered.has(at.tracked)) {
      open('J32', entry, dueOf(entry, at.completionLimit)?.due ?? null);
      open('J33', entry);
    } else {
      const completion = dueOf(entry, at.completionLimit);
      if (completion) for (const duty of pending('J32')) duty.due = completion.due;
    }
    if (entered.has(at.audit)) open('J37', entry);
    for (const { norm, task } of dutiesOfTasks) if (entered.has(task)) open(norm, entry);
    if (entered.has(at.supervised) || at.resumed.some((task) => entered.has(task)))
      repairing += open('J39', entry).entries.length;
    if (entered.has(at.notHandled) || entered.has(at.clue)) repairing += open('J57', entry).entries.length;
  }
  return duties.map((duty) => standing(duty, closed, repairing > 0));
}

const replyNorms = ['J27', 'J28', 'J29', 'J30', 'J31', 'J34'];
/** The norms with a limit, which supervision and accountability make good (Arts 28, 40). */
const limited = new Set([...replyNorms, 'J32']);
/** Results of accountability by which the law's answer has been given. */
const made = new Set(['corrected', 'liability', 'referred']);

const missedSoFar = (duties: readonly Running[]): Date | null =>
  duties.find(({ norm, done }) => norm === 'J27' && !done)?.missed ?? null;

function finished(
  those: readonly Running[],
  entry: DutyEntry,
  finish: (those: readonly Running[], entry: DutyEntry) => void,
): number {
  finish(those, entry);
  return those.length;
}

function drop(duties: Running[], those: readonly Running[]): void {
  for (const duty of those) duties.splice(duties.indexOf(duty), 1);
}

/** The calendar has been corrected: a limit recorded as passed had not, or passed at another instant. */
function correct(duties: readonly Running[], data: JsonObject): void {
  const withdrawn = new Set(textsIn(data, 'withdrawnOverdue'));
  const redated = listIn(data, 'redatedOverdue').filter(isJsonObject);
  for (const duty of duties) {
    const was = duty.missed?.toISOString();
    if (was === undefined) continue;
    const to = redated.map((one) => (one.from === was ? textIn(one, 'to') : undefined)).find(Boolean);
    // When it is due by the right calendar, the entry says that arms it anew.
    if (withdrawn.has(was)) [duty.missed, duty.by, duty.due] = [null, null, null];
    else if (to !== undefined) duty.missed = new Date(to);
  }
}

function standing(duty: Running, closed: boolean, repairing: boolean): Duty {
  const { norm, round, opened, due, unit, entries, by, waivedBy } = duty;
  return {
    norm,
    round,
    state: stateOf(duty, closed, repairing),
    opened: { seq: opened.seq, at: opened.at },
    due,
    violatedAt: duty.missed ?? duty.reworked,
    unit,
    entries: [...new Set(entries)].sort((one, other) => one - other),
    by,
    waivedBy,
  };
}

function stateOf({ done, missed, reworked, by }: Running, closed: boolean, repairing: boolean): DutyState {
  if (!missed && !reworked) return done ? 'satisfied' : 'open';
  if (by !== null) return 'compensated';
  if (repairing || (!closed && (!done || reworked))) return 'temporarily-violated';
  return 'permanently-violated';
}

/**
 * How it stands at an instant: what is open when its limit passes is violated from then on, also before the trail has
 * said so. An act at the very instant is in time.
 */
export const stateAt = ({ state, due }: Pick<Duty, 'state' | 'due'>, instant: Date): DutyState =>
  state === 'open' && due !== null && due < instant ? 'temporarily-violated' : state;

/** The due instant that the entry gives the timer; undefined where it arms none. */
function dueOf(entry: DutyEntry, timer: string): { readonly due: Date | null } | undefined {
  const armed = armedAt(entry, timer);
  return armed && { due: armed.due === null ? null : new Date(armed.due) };
}
