/**
 * A second opinion on who owed what in one case, written from docs/duties.md and the law's JSON
 * alone. It shares no code with the program, and takes each date from the entry that wrote it.
 */
import { createCourse } from './course.mjs';
import { createLimits } from './limits.mjs';
import { createProceedings, fits } from './deeds.mjs';

export function dutiesOwed(law, entries, now) {
  const { duties, told } = entries.reduce((book, entry) => book.follow(entry), createBook(law));
  return duties.filter((duty) => !duty.void).map((duty) => told(duty, now));
}

function createBook({ norms, words }) {
  const rules = norms.flatMap((norm) => (norm.duty ? [ruleOf(norm, words)] : []));
  for (const { exceptionOf = [], when, from = 'deed' } of norms)
    for (const rule of rules) if (when && exceptionOf.includes(rule.id)) rule.exceptions.push({ when, from });
  const [course, limits, proceedings] = [createCourse(words), createLimits(), createProceedings(words)];
  const duties = [];
  /** The latest deed of each name, which waivers ask. */
  const latest = new Map();
  const book = { duties, follow, told };

  function follow(entry) {
    const { passed, armed, stopped } = limits.follow(entry);
    const charged = course.unit;
    if (entry.type === 'sheet.corrected') correctSheet(entry);
    for (const deed of entry.deeds ?? []) correct(course.correctionsIn(deed));
    if (passed !== undefined) pass(passed, entry);
    for (const deed of entry.deeds ?? []) {
      latest.set(deed.name, deed);
      const { leaves, handedOver } = course.follow(deed);
      if (leaves) leave(entry, handedOver);
      proceedings.follow(deed, entry, charged);
      for (const rule of rules) takePlace(rule, deed, entry);
      for (const rule of rules) apply(rule, deed, entry, charged);
    }
    for (const duty of duties) {
      if (!duty.done && !duty.missed && !duty.broken) duty.unit = course.unit;
      if (!duty.done) moveDue(duty, entry, armed, stopped);
    }
    return book;
  }

  /** What a limit that has passed finds undone is violated, from its first passing on. */
  function pass(clock, entry) {
    const named = (entry.deeds ?? []).flatMap(({ facts }) => facts?.unit ?? []);
    for (const duty of duties) {
      if (duty.rule.clock !== clock || duty.done || duty.void || !isNear(duty, entry)) continue;
      const isOf = named.length > 0 ? named.includes(duty.of) : duty.due !== null && duty.due <= entry.at;
      if (duty.rule.identity === 'unit' && !isOf) continue;
      duty.passed.push(entry.at);
      duty.missed ??= { at: entry.at, by: null };
    }
  }

  /** What the former unit owed and had not missed goes with the matter; what it missed stays its own. */
  function leave(entry, handedOver) {
    for (const duty of duties) {
      if (duty.done || duty.void || !duty.rule.owedByHolder || duty.rule.identity !== 'case') continue;
      cease(duty, entry);
      if (duty.void && handedOver) duty.handedOnIn = entry;
    }
  }

  /** An exception ends what is owed; its own words say whether an earlier violation stands. */
  function takePlace(rule, deed, entry) {
    const [exception] = rule.exceptions.filter(({ when }) => fits(when, deed));
    if (exception === undefined) return;
    const of = rule.of(deed, entry);
    for (const duty of duties) {
      if (duty.rule !== rule || duty.void || (of !== '' && duty.of !== of)) continue;
      const isWrong = duty.missed !== null || duty.broken !== null;
      if (exception.from === 'start' && isWrong) duty.void = true;
      else if (!duty.done && isWrong) end(duty, entry).ceased = true;
      else if (!duty.done) duty.void = true;
      if (duty.void) duty.handedOnIn = entry;
    }
  }

  const isExcepted = ({ identity, exceptions }) =>
    identity === 'case' &&
    exceptions.some(({ when }) => latest.has(when.deed) && fits(when, latest.get(when.deed)));

  function apply(rule, deed, entry, charged) {
    const of = rule.of(deed, entry);
    const own = duties.filter((duty) => duty.rule === rule && !duty.void && (of === '' || duty.of === of));
    const owed = own.filter(({ done }) => !done);
    for (const duty of rule.identity === 'each' ? answered(owed, entry) : owed) count(duty, deed, entry);
    if (rule.void.some((act) => fits(act, deed))) for (const duty of owed) cease(duty, entry);
    if (rule.broken.some((act) => fits(act, deed)))
      for (const duty of own) if (duty.round === course.round) duty.broken ??= { at: entry.at, by: null };
    for (const cure of rule.madeGood) makeGood(own, cure, deed, entry);
    const again = rule.identity === 'each' || own.every(({ done }) => done);
    if (again && !isExcepted(rule) && rule.opens.some((act) => fits(act, deed)))
      open({ rule, of, deed, entry, charged });
  }

  /** Of several requests a deed answers the earliest of its own process, else the earliest of all. */
  function answered(owed, entry) {
    return [owed.find((duty) => duty.instance === entry.instance) ?? owed[0] ?? []].flat();
  }

  function cease(duty, entry) {
    if (duty.done) return;
    if (duty.missed) end(duty, entry).ceased = true;
    else duty.void = true;
  }

  function open({ rule, of, deed, entry, charged }) {
    const shared = (duty) =>
      duty.rule.clock === rule.clock &&
      !duty.done &&
      (!duty.void || duty.handedOnIn === entry) &&
      isNear(duty, entry);
    const sharing = rule.clock === null || rule.identity === 'unit' ? undefined : duties.find(shared);
    const duty = {
      ...{ rule, of, instance: entry.instance, round: course.round, opened: entry, unit: charged },
      ...{ due: sharing?.due ?? null, passed: [...(sharing?.passed ?? [])] },
      missed: sharing?.missed ? { ...sharing.missed, by: null } : null,
      ...{ seen: [], done: null, ceased: false, broken: null, void: false, handedOnIn: null, waivedBy: null },
    };
    duties.push(duty);
    count(duty, deed, entry);
  }

  function count(duty, deed, entry) {
    duty.seen.push(deed);
    endIfDone(duty, entry);
  }

  function endIfDone(duty, entry) {
    const isLacking = (act) =>
      !duty.seen.some((seen) => fits(act, seen)) &&
      !waiversOf(duty).some((waiver) => waiver.deed === act.deed);
    if (duty.rule.discharged.some((group) => !group.some(isLacking))) end(duty, entry);
  }

  function end(duty, { at }) {
    duty.done = at;
    duty.waivedBy = waiversOf(duty)[0]?.by ?? null;
    return duty;
  }

  const waiversOf = ({ rule }) =>
    rule.waived.filter(({ when }) => latest.has(when.deed) && fits(when, latest.get(when.deed)));

  function makeGood(own, { by, when, of = 'missed' }, deed, { instance }) {
    const ground = deed.facts?.ground ?? proceedings.groundIn(instance);
    if (!fits(when, { ...deed, facts: { ...deed.facts, ground } })) return;
    for (const duty of own) if (duty[of] && isAbout(instance, duty)) duty[of].by ??= by;
  }

  /** Whether the supervision or accountability is about the violation of the unit charged with it. */
  const isAbout = (instance, { rule, unit }) =>
    !proceedings.has(instance) ||
    !rule.owedByHolder ||
    (unit !== null && proceedings.accusedIn(instance) === unit);

  function correct(corrected) {
    for (const duty of duties) {
      if (!duty.passed.some((at) => corrected.has(at))) continue;
      duty.passed = duty.passed
        .map((at) => (corrected.has(at) ? corrected.get(at) : at))
        .filter((at) => at !== null);
      if (duty.passed.length > 0) duty.missed.at = duty.passed[0];
      else Object.assign(duty, { missed: null, due: null });
    }
  }

  /** What is done stays done; what is owed follows the corrected registration. */
  function correctSheet(entry) {
    for (const deed of course.registeredIn(latest)) {
      const corrected = Object.entries(entry.data ?? {}).filter(([fact]) => fact in (deed.facts ?? {}));
      if (corrected.length === 0) continue;
      latest.set(deed.name, { ...deed, facts: { ...deed.facts, ...Object.fromEntries(corrected) } });
      for (const duty of duties) if (!duty.done && !duty.void) endIfDone(duty, entry);
    }
  }

  /** Whether what would cure a wrong is still owed, about the same unit and on a ground that cures it. */
  const isCurable = (duty) =>
    duties.some(
      (other) =>
        !other.done &&
        !other.void &&
        other.rule.identity === 'instance' &&
        isAbout(other.instance, duty) &&
        duty.rule.madeGood.some(({ by, when, of = 'missed' }) => {
          const grounds = [when.facts?.ground ?? []].flat();
          const isGround = grounds.length === 0 || grounds.includes(proceedings.groundIn(other.instance));
          return by === other.rule.id && isUncured(duty[of]) && isGround;
        }),
    );

  function stateOf(duty) {
    const wrongs = [duty.missed, duty.broken].filter((wrong) => wrong !== null);
    if (wrongs.length === 0) return duty.done ? 'satisfied' : 'open';
    if (!wrongs.some(isUncured)) return 'compensated';
    const isOver = course.closed && duty.rule.identity !== 'each';
    const canStillBeDone = !isOver && (!duty.done || isUncured(duty.broken));
    return canStillBeDone || isCurable(duty) ? 'temporarily-violated' : 'permanently-violated';
  }

  function told(duty, now) {
    const { rule, opened, due, missed, broken } = duty;
    const isLate = now !== undefined && due !== null && due < now;
    const state = stateOf(duty);
    return {
      ...{ norm: rule.id, subject: rule.subject, instance: duty.instance, round: duty.round },
      holder: rule.owedByHolder ? (rule.identity === 'unit' ? duty.of : duty.unit) : null,
      state: state === 'open' && isLate ? 'temporarily-violated' : state,
      ...{ opened: opened.seq, openedAt: opened.at, doneAt: duty.ceased ? null : duty.done, due },
      violatedAt: (missed ?? broken)?.at ?? (state === 'open' && isLate ? due : null),
      by: state === 'compensated' ? (broken ?? missed).by : null,
      waivedBy: duty.done ? duty.waivedBy : (waiversOf(duty)[0]?.by ?? null),
    };
  }

  return book;
}

const isUncured = (wrong) => wrong !== null && wrong.by === null;

/** Whether the entry may be about the same thing: several of one kind differ by process instance. */
const isNear = ({ rule, instance }, entry) => rule.identity === 'case' || instance === entry.instance;

function moveDue(duty, entry, armed, stopped) {
  const { clock, identity } = duty.rule;
  if (clock === null || !isNear(duty, entry)) return;
  // Timers of several units look alike: each unit has the one of the entry that opened its duty.
  const moves =
    entry.type === 'deadline.rearmed' || (entry.type === 'deadline.recomputed' && entry.from === duty.due);
  if (identity === 'unit' && duty.opened !== entry && !moves) return;
  const timer = armed.find((one) => one.clock === clock);
  if (timer) duty.due = timer.due;
  else if (entry.type !== 'case.migrated' && !duty.missed && stopped.includes(clock)) duty.due = null;
}

function ruleOf({ id, duty, modality }, { subjects }) {
  const identity = subjects.find(({ key }) => key === duty.subject)?.identity;
  const none = {
    clock: null,
    owedByHolder: true,
    discharged: [],
    waived: [],
    void: [],
    broken: [],
    madeGood: [],
  };
  // What one only should do is never violated.
  const aim = modality === 'should' ? { clock: null, broken: [] } : {};
  const of = (deed, entry) => {
    if (identity === 'instance') return String(entry.instance);
    return identity === 'unit' ? (deed.facts?.unit ?? '') : '';
  };
  return { ...none, ...duty, ...aim, id, identity, of, exceptions: [] };
}
