/**
 * Traffic for the radar: sheets accepted by the real program, and entries of the real trail, in the
 * forms that the engine writes. Units differ in their habits, as in reality; on request twelve
 * patterns are planted, five times each: more at once would be usual behaviour.
 */
import { seal, type Json, type JsonObject } from '../../../src/kernel/index.js';
import type { TrailAppend } from '../../../src/accountability/index.js';
import type { PatternKey } from '../../../src/measures/radar/index.js';
import { random as seeded } from '../../support/messages.js';

const hour = 3_600_000;
const day = 24 * hour;
/** Monday 00:00 in Shanghai. */
const start = Date.parse('2026-03-02T00:00:00+08:00');

interface PlannedSheet {
  readonly no: string;
  readonly receivedAt: Date;
  readonly contact: string;
  readonly district: string;
  readonly entries: readonly TrailAppend[];
}

export interface Plant {
  readonly pattern: PatternKey;
  readonly subject: string;
}

export interface Traffic {
  readonly sheets: readonly PlannedSheet[];
  readonly others: readonly TrailAppend[];
  readonly plants: readonly Plant[];
}

const unitCount = 190;
export const timesPlanted = 5;
const units = Array.from({ length: unitCount }, (_, index) => `第${String(index + 1).padStart(3, '0')}单位`);
const districts = Array.from({ length: 12 }, (_, index) => `第${index + 1}区`);
const persons = (of: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${of}${index + 1}(${of}${index + 1})`);
const [intakes, reviewers, mergers, deciders, readers] = [
  persons('受理', 40),
  persons('回访', 40),
  persons('并单', 40),
  persons('考核', 24),
  persons('经办', 80),
] as const;
const heavy = ['complaint', 'report'];
const light = ['consultation', 'help', 'suggestion'];
const areas = ['A', 'B', 'C', 'D', 'E', 'F'];

/** The unusual properties of a sheet. */
interface Wish {
  readonly unit?: string;
  readonly ring?: readonly string[];
  readonly near?: boolean;
  readonly bare?: boolean;
  readonly text?: string;
  readonly extended?: boolean;
  readonly satisfied?: boolean;
  readonly area?: string;
  readonly contact?: string;
  readonly receivedAt?: number;
  readonly lowered?: { readonly by: string };
  readonly late?: boolean;
  readonly reviewer?: string;
  readonly reviewedAt?: number;
  readonly withdrawn?: boolean;
  readonly mergedBy?: string;
  readonly mergedInto?: string;
  readonly district?: string;
}

/** Offices are open from eight to eighteen; other instants are moved into the same day's hours. */
function byDay(at: number): number {
  const hours = (at / hour + 8) % 24;
  return hours >= 8 && hours < 18 ? at : at - hours * hour + (8 + ((hours * 7) % 10)) * hour;
}

export function makeTraffic(count: number, planted: boolean, seed = 7): Traffic {
  const random = seeded(seed);
  const pick = <One>(some: readonly One[]): One => some[Math.floor(random() * some.length)] as One;
  const chance = (p: number): boolean => random() < p;
  /** Units have habits of their own: their odds differ by a factor, mostly below two. */
  const habits = new Map(units.map((unit) => [unit, Math.exp((random() + random() + random() - 1.5) * 0.7)]));
  const habit = (unit: string, p: number): boolean => {
    const odds = ((habits.get(unit) ?? 1) * p) / (1 - p);
    return chance(odds / (1 + odds));
  };
  const sheets: PlannedSheet[] = [];
  const others: TrailAppend[] = [];
  const plants: Plant[] = [];
  const answered: { no: string; contact: string; at: number; unit: string; area: string }[] = [];

  const read = (actor: string, no: string, at: number): void => {
    const login = /\((.*)\)/.exec(actor)?.[1] ?? '';
    const on = new Date(at + 8 * hour).toISOString().slice(0, 10);
    const body = { actor, case: no, fields: ['contact'], purpose: '核对', provisions: [] };
    others.push({ stream: `reads:${login}:${on}`, type: 'caller.revealed', at: new Date(at), body });
  };

  const sheet = (wish: Wish = {}): (typeof answered)[number] => {
    const no = `线索-${String(sheets.length + 1).padStart(5, '0')}`;
    // By day, between eight and eighteen.
    const received = wish.receivedAt ?? start + Math.floor(random() * 110) * day + (8 + random() * 10) * hour;
    const contact = wish.contact ?? `1390${String(sheets.length).padStart(7, '0')}`;
    const area = wish.area ?? pick(areas);
    const kind = wish.lowered ? pick(heavy) : pick(chance(0.4) ? heavy : light);
    let unit = wish.ring?.[0] ?? wish.unit ?? pick(units);
    const due = received + 7 * day + (16 - ((received / hour + 8) % 24) + 8) * hour;
    const entries: TrailAppend[] = [];
    const step = (
      at: number,
      actor: string,
      deeds: readonly [string, JsonObject?][],
      more: JsonObject = {},
      text?: string,
    ) => {
      const body = {
        ...{
          process: 'handling',
          version: 1,
          instance: 1,
          of: 'Task',
          actor,
          recordedAt: new Date(at).toISOString(),
        },
        deeds: deeds.map(([name, facts]) => (facts ? { name, facts } : { name })) as unknown as Json,
        ...more,
      };
      const sealed = text === undefined ? {} : { sealed: [seal('replySummary', text)] };
      entries.push({ stream: no, type: 'task.completed', at: new Date(at), body, ...sealed });
    };
    const act = (
      type: 'sheet.corrected' | 'sheet.merged' | 'attachment.added',
      at: number,
      body: JsonObject,
    ) =>
      entries.push({
        stream: no,
        type,
        at: new Date(at),
        body: { ...body, recordedAt: new Date(at).toISOString() },
      });
    const lower = (at: number, actor: string) =>
      act('sheet.corrected', at, {
        ...{ actor, fields: ['kind'], data: { kind: pick(light) }, provisions: [] },
        ...{ from: { kind }, to: { kind: 'help' } },
      });
    const handOver = (at: number, to: string) =>
      step(at, '', [['matter.handed-over', { to }]], {
        armed: [
          { element: 'Timer_Reply', clock: 'reply', due: new Date(due).toISOString(), derivation: null },
        ],
      });

    const intake = wish.lowered && wish.lowered.by !== 'unit' ? wish.lowered.by : pick(intakes);
    step(received + 0.2 * hour, intake, [['matter.registered', { kind }]], {
      data: { classPath: [area, `${area}1`] },
    });
    if (wish.mergedBy || (answered.length > 50 && chance(0.1))) {
      const lead = wish.mergedInto ?? (chance(0.06) ? pick(answered).no : pick(sheets).no);
      const actor = wish.mergedBy ?? pick(mergers);
      act('sheet.merged', received + 0.4 * hour, { actor, member: no, lead, score: 80, provisions: [] });
    }
    if (wish.lowered && wish.lowered.by !== 'unit') lower(received + 0.5 * hour, wish.lowered.by);
    let at = received + (0.6 + random()) * hour;
    handOver(at, unit);
    const ring = wish.ring ?? (chance(0.03) ? [unit, pick(units)] : [unit]);
    for (const next of ring.slice(1)) {
      at += 3 * hour;
      step(at, `${unit}甲（${unit}甲）`, [['return.applied']]);
      step(at + hour, '转办1（转办1）', [['return.ruled', { decision: 'reassign', to: next }]]);
      at += 1.1 * hour;
      unit = next;
      handOver(at, unit);
    }
    const handler = `${unit}甲（${unit}甲）`;
    const replied = at + (28 + random() * 70) * hour;
    const isNear = wish.near ?? habit(unit, 0.1);
    const reply = isNear ? due - (5.5 + random() * 6) * hour : byDay(replied);
    const late = wish.late ?? habit(unit, 0.04);
    const receivedBy = late ? reply - 0.1 * hour : byDay(at + (0.5 + random() * 4) * hour);
    step(receivedBy, handler, [['matter.received']]);
    if ((wish.lowered?.by === 'unit' || (heavy.includes(kind) && habit(unit, 0.01))) && !wish.late)
      lower(reply - hour, handler);
    if (wish.extended ?? habit(unit, 0.05)) step(reply - 2 * hour, handler, [['extension.applied']]);
    if (wish.bare === false || (wish.bare === undefined && !habit(unit, 0.4))) {
      act('attachment.added', reply - 0.05 * hour, {
        ...{ actor: handler, attachment: '1', shows: 'after', mediaType: 'image/jpeg', provisions: [] },
        ...{ receivedBytes: 1, receivedSha256: '0'.repeat(64), keptBytes: 1, keptSha256: '0'.repeat(64) },
      });
    }
    const standard = `${unit}已经收到您反映的事项，将按照规定的程序安排人员前往现场处理，请您耐心等待。`;
    const own = `您好，${Array.from({ length: 30 }, () => String.fromCharCode(0x4e00 + Math.floor(random() * 3000))).join('')}`;
    step(
      reply,
      handler,
      [['reply.given', { way: 'phone' }]],
      {},
      wish.text ?? (chance(0.05) ? standard : own),
    );
    step(reply + 0.02 * hour, handler, [['hotline.informed', { interim: false }]]);
    if (wish.withdrawn ?? chance(0.02))
      step(reply + 0.5 * hour, pick(intakes), [['matter.withdrawn', { confirmed: 'called-back' }]]);
    const reviewer = wish.reviewer ?? pick(reviewers);
    // The next day between nine and seventeen; seldom at night.
    const midnight = reply - ((reply / hour + 8) % 24) * hour + day;
    const reviewed = wish.reviewedAt ?? midnight + (chance(0.03) ? 23 + random() : 9 + random() * 8) * hour;
    step(reviewed, reviewer, [['feedback.audited', { result: 'pass' }]]);
    const constant = planted && reviewers.indexOf(reviewer) < timesPlanted;
    const satisfied = wish.satisfied ?? (constant || chance(0.85));
    step(reviewed + 0.02 * hour, reviewer, [
      ['call-back.made', { satisfaction: satisfied ? 'satisfied' : 'unsatisfied', resolved: satisfied }],
    ]);
    step(reviewed + 0.04 * hour, '', [['matter.closed', { outcome: '办结' }]]);
    if (chance(0.1)) read(pick(readers), no, reply - hour);
    const district = wish.district ?? pick(districts);
    sheets.push({ no, receivedAt: new Date(received), contact, district, entries });
    const one = { no, contact, at: reviewed + 0.02 * hour, unit, area };
    answered.push(one);
    return one;
  };

  for (let one = 0; one < count; one += 1) {
    const made = sheet();
    if (chance(0.02))
      sheet({ contact: made.contact, area: made.area, receivedAt: made.at + random() * 6 * day });
  }

  let exclusion = 0;
  const exclude = (unit: string, actor: string, no: string, granted: boolean): void => {
    exclusion += 1;
    others.push({
      ...{ stream: 'assessment', type: granted ? 'exclusion.granted' : 'exclusion.refused' },
      at: new Date(start + 100 * day + exclusion * 60_000),
      body: {
        ...{ exclusion, actor, login: actor, sheet: no, measure: 'reply', opened: 3, unit },
        period: '2026-04',
      },
    });
  };
  // The planted units have no other districts.
  const [granted = ''] = districts;
  const inQuiet = sheets.filter(({ district }) => district !== granted);
  const inGranted = sheets.filter(({ district }) => district === granted);
  for (let one = 0; one < count / 3; one += 1) {
    const unit = pick(planted ? units.slice(3) : units);
    exclude(unit, pick(planted ? deciders.slice(1) : deciders), pick(inQuiet).no, habit(unit, 0.3));
  }

  if (!planted) return { sheets, others, plants };

  const free = [...units];
  const take = (): string => free.shift() ?? '';
  const times = (pattern: PatternKey, work: (index: number) => string): void => {
    for (let index = 0; index < timesPlanted; index += 1) plants.push({ pattern, subject: work(index) });
  };
  const repeat = (most: number, work: (index: number) => void): void =>
    Array.from({ length: most }).forEach((_, index) => work(index));

  times('exclusions', (index) => {
    const unit = take();
    if (index < 3) {
      repeat(20, () => exclude(unit, pick(deciders.slice(1)), pick(inQuiet).no, true));
      return unit;
    }
    const [actor = ''] = deciders;
    if (index === 3) {
      repeat(40, () => exclude(pick(units.slice(3)), actor, pick(inQuiet).no, true));
      return actor;
    }
    repeat(40, () => exclude(pick(units.slice(3)), pick(deciders.slice(1)), pick(inGranted).no, true));
    return granted;
  });
  times('return-ring', () => {
    const three = [take(), take(), take()];
    repeat(3, () => sheet({ ring: [...three, three[0] ?? ''] }));
    return three.sort().join('、');
  });
  times('same-text', (index) => {
    const unit = take();
    const text = `关于第${index}类问题，我单位高度重视，经核查属实，现已督促有关方面整改落实，感谢您的监督`;
    repeat(8, () => sheet({ unit, text, near: true, bare: false, late: false }));
    return unit;
  });
  times('extensions', () => {
    const unit = take();
    repeat(18, () => sheet({ unit, extended: true }));
    return unit;
  });
  times('satisfied-again', () => {
    const unit = take();
    repeat(10, () => {
      const { contact, area, at } = sheet({ unit, satisfied: true });
      sheet({ contact, area, receivedAt: at + 2 * day });
    });
    return unit;
  });
  times('kind-lowered', (index) => {
    if (index % 2 === 0) {
      const unit = take();
      repeat(7, () => sheet({ unit, lowered: { by: 'unit' }, late: false }));
      return unit;
    }
    const by = intakes[index] ?? '';
    repeat(9, () => sheet({ lowered: { by } }));
    return by;
  });
  times('read-then-adverse', (index) => {
    const actor = readers[index] ?? '';
    repeat(12, () => {
      const { no, at } = sheet({ withdrawn: true });
      read(actor, no, at - 4 * day);
    });
    return actor;
  });
  times('written-late', () => {
    const unit = take();
    repeat(16, () => sheet({ unit, late: true, near: false }));
    return unit;
  });
  times('closed-bare', () => {
    const unit = take();
    repeat(17, () => sheet({ unit, near: true, bare: true, late: false }));
    return unit;
  });
  times('night-batch', (index) => {
    const reviewer = reviewers[timesPlanted + index] ?? '';
    const night = start + (112 + index) * day + 25.5 * hour;
    repeat(14, (one) => sheet({ reviewer, reviewedAt: night + one * 0.01 * hour }));
    return reviewer;
  });
  times('always-satisfied', (index) => reviewers[index] ?? '');
  times('merged-repeats', (index) => {
    const mergedBy = mergers[index] ?? '';
    repeat(17, () => {
      const { no, contact, at } = pick(answered);
      sheet({ contact, mergedBy, mergedInto: no, receivedAt: at + 9 * day });
    });
    return mergedBy;
  });
  return { sheets, others, plants };
}
