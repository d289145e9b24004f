/** What a log says that cannot have happened under the regulation: kinds of findings, each with its article. */
import { actsOf, matches, rulesOf, type Catalogue } from '../law/regulation/index.js';
import { provisionFor, type Law } from '../kernel/law.js';
import { roleName } from '../kernel/role-name.js';
import type { Deed } from '../accountability/events/index.js';
import type { Act } from './acts.js';
import { sayInstant } from './words.js';
import type { LaidCase } from './lay.js';
import type { Mapping } from './mapping.js';
import { endOfPlainDay, instantReader } from './log/instants.js';

export type FindingKind =
  'order' | 'before-start' | 'after-end' | 'not-entitled' | 'not-holder' | 'same-person' | 'recorded-limit';

export const findingTitles: Readonly<Record<FindingKind, string>> = {
  order: '先后颠倒',
  'before-start': '先于起算',
  'after-end': '结束以后还有行为',
  'not-entitled': '不是有权的岗位做的',
  'not-holder': '不是持有事项的单位做的',
  'same-person': '应当由不同的人做',
  'recorded-limit': '原系统记的期限与法不符',
};

export interface Finding {
  readonly kind: FindingKind;
  /** Provisions of the regulation, the first one decisive. */
  readonly provisions: readonly string[];
  readonly unit: string | null;
  /** In Chinese. */
  readonly what: string;
  readonly lines: readonly number[];
}

export type Look = (laid: LaidCase) => readonly Finding[];

/**
 * @param mapped deeds that the log can show: without its “before” act an order cannot be looked at
 * @param law of the day, whose words are used
 */
export function looksOf(
  catalogue: Catalogue,
  mapping: Mapping,
  mapped: ReadonlySet<string>,
  law: Law,
): readonly Look[] {
  return [
    ordersLook(catalogue, mapped),
    startsLook(catalogue),
    endLook(catalogue, law),
    entitledLook(catalogue, law),
    holderLook(catalogue, law),
    apartLook(catalogue),
    recordedLook(catalogue, mapping),
  ];
}

const deedOf = ({ deed, facts }: Act): Deed => ({ name: deed.name, facts });
const nameOf = ({ deed, activity }: Act): string => `“${activity}”(${deed.title})`;

/** Where the regulation speaks of the deed; where it does nowhere, what it says of the sheet on which all is recorded. */
function provisionsOfDeed({ norms }: Catalogue, name: string, law: Law): readonly string[] {
  const first =
    norms.find(({ duty }) => duty?.discharged.flat().some(({ deed }) => deed === name)) ??
    norms.find(({ evidence }) => evidence.deeds.includes(name)) ??
    norms.find(({ duty }) => duty && actsOf(duty).some(({ deed }) => deed === name));
  return first?.provisions ?? [provisionFor('sheet', law)];
}

function ordersLook({ vocabulary }: Catalogue, mapped: ReadonlySet<string>): Look {
  const orders = vocabulary.orders.filter(({ before }) => before.some(({ deed }) => mapped.has(deed)));
  return ({ acts }) =>
    orders.flatMap(({ provision, first, then, from, given, before, after }) => {
      let isOn = from.length === 0;
      let isGiven = given.length === 0;
      let isDone = false;
      for (const act of acts) {
        const deed = deedOf(act);
        const comes = after.some((step) =>
          'deed' in step
            ? matches(step, deed)
            : act.deed.by.includes(step.role) && !step.except.includes(act.deed.name),
        );
        if (comes && isOn && isGiven && !isDone) {
          const what = `没有先${first},就${then}:${nameOf(act)}`;
          return [{ kind: 'order', provisions: [provision], unit: act.unit, what, lines: [act.line] }];
        }
        isGiven ||= given.some((one) => matches(one, deed));
        if (from.some((one) => matches(one, deed))) [isOn, isDone] = [true, false];
        isDone ||= before.some((one) => matches(one, deed));
      }
      return [];
    });
}

/** A duty was done before it began: its limit would have to run before its start. */
function startsLook({ norm }: Catalogue): Look {
  return ({ acts, began }) => {
    const seen = new Set<string>();
    return began.flatMap(({ norm: id, act: opened }) => {
      const { duty, provisions = [], says = '' } = norm(id) ?? {};
      // What is done for all that: by its own opening act nothing is done too early.
      if (!duty || seen.has(id)) return [];
      seen.add(id);
      const opening = new Set(duty.opens.map(({ deed }) => deed));
      const ends = duty.discharged.flat().filter(({ deed }) => !opening.has(deed));
      const early = acts.filter(
        (act) => act.seq < opened.seq && act.at < opened.at && ends.some((end) => matches(end, deedOf(act))),
      );
      return early.slice(0, 1).map((act) => ({
        kind: 'before-start' as const,
        provisions,
        unit: act.unit,
        what: `${nameOf(act)}在${nameOf(opened)}以前:“${says}”的期限还没有起算`,
        lines: [act.line, opened.line],
      }));
    });
  };
}

function endLook(catalogue: Catalogue, law: Law): Look {
  const rules = rulesOf(catalogue);
  const ofTheCase = new Set(
    catalogue.vocabulary.subjects.filter(({ identity }) => identity === 'case').map(({ key }) => key),
  );
  return ({ acts }) => {
    const end = acts.find(({ deed }) => deed.effect === 'closes');
    if (!end) return [];
    // Requests of the caller, supervision and accountability have their own course.
    const later = acts.filter(
      (act) =>
        act.at > end.at &&
        ofTheCase.has(act.deed.subject) &&
        act.deed.effect !== 'closes' &&
        (act.deed.by.length > 0 || rules.on(act.deed.name).holders.length > 0),
    );
    const lines = [...new Set(later.map(({ line }) => line))];
    return later.slice(0, 1).map((act) => ({
      kind: 'after-end' as const,
      provisions: provisionsOfDeed(catalogue, act.deed.name, law),
      unit: act.unit,
      what: `${nameOf(end)}以后,${lines.length > 1 ? `还有 ${lines.length} 行,第一行是` : '还有'}${nameOf(act)}`,
      lines: [end.line, ...lines],
    }));
  };
}

function entitledLook(catalogue: Catalogue, law: Law): Look {
  return ({ acts }) =>
    acts.flatMap((act) => {
      const { role, deed } = act;
      if (role === null || deed.by.length === 0 || deed.by.includes(role)) return [];
      return [
        {
          kind: 'not-entitled' as const,
          provisions: provisionsOfDeed(catalogue, deed.name, law),
          unit: act.unit,
          what: `${nameOf(act)}由${roleName(role, law) ?? role}做,应当由${deed.by.map((one) => roleName(one, law) ?? one).join('或者')}做`,
          lines: [act.line],
        },
      ];
    });
}

/** Deeds of the unit that holds the matter, done by another one. */
function holderLook(catalogue: Catalogue, law: Law): Look {
  const { holders, subjects } = catalogue.vocabulary;
  const named = holders.flatMap((holder) => (holder.named === null ? [] : [holder]));
  const facts = new Set(named.map((holder) => holder.named));
  const ofTheCase = new Set(subjects.filter(({ identity }) => identity === 'case').map(({ key }) => key));
  const roles = rolesOfHolders(catalogue);
  const unitIn = (act: Act): string | undefined =>
    Object.entries(act.facts).flatMap(([fact, value]) =>
      facts.has(fact) && typeof value === 'string' ? [plain(value)] : [],
    )[0];
  return ({ acts }) => {
    /** The holder, and to whom it passed the matter on. */
    let may: string[] = [];
    const found: Finding[] = [];
    for (const act of acts) {
      const { deed, unit } = act;
      const to = unitIn(act);
      if (to !== undefined && named.some(({ when }) => when.deed === deed.name)) may = [to];
      const isHolders = deed.by.some((role) => roles.has(role)) && ofTheCase.has(deed.subject);
      if (!isHolders || unit === null || may.length === 0) continue;
      if (may.includes(plain(unit))) {
        if (to !== undefined) may.push(to);
        continue;
      }
      if (found.at(-1)?.lines[0] === act.line) continue;
      found.push({
        kind: 'not-holder',
        provisions: provisionsOfDeed(catalogue, deed.name, law),
        unit,
        what: `${nameOf(act)}由${unit}做,事项此时在${may.join('、')}`,
        lines: [act.line],
      });
    }
    return found;
  };
}

/** Who does what a unit owes while it holds the matter. */
function rolesOfHolders({ norms, vocabulary }: Catalogue): ReadonlySet<string> {
  const owed = norms
    .filter(
      ({ bearers, duty }) => duty?.owedByHolder && duty.clock !== null && bearers.includes('handling-unit'),
    )
    .flatMap(({ duty }) => duty?.discharged.flat().map(({ deed }) => deed) ?? []);
  return new Set(vocabulary.deeds.filter(({ name }) => owed.includes(name)).flatMap(({ by }) => by));
}

const plain = (unit: string): string => unit.replaceAll(/\s/g, '');

/** Who judges is not who is judged. */
function apartLook(catalogue: Catalogue): Look {
  return ({ acts }) =>
    acts.flatMap((act) =>
      act.deed.apart.flatMap(({ from, provision, why }) => {
        const earlier = acts.find(
          ({ seq, person, deed }) =>
            seq < act.seq && person !== null && person === act.person && from.includes(deed.name),
        );
        if (!earlier || !catalogue.provision(provision)) return [];
        const what = `${nameOf(earlier)}和${nameOf(act)}都是${act.person ?? ''}做的:${why}`;
        const lines = [earlier.line, act.line];
        return [{ kind: 'same-person' as const, provisions: [provision], unit: act.unit, what, lines }];
      }),
    );
}

/** What the old system took for start and end of a limit. */
function recordedLook({ norm }: Catalogue, mapping: Mapping): Look {
  const read = instantReader(mapping.instant);
  /** The first line that says it. */
  const said = (column: string | undefined, acts: readonly Act[], as = (text: string) => text) =>
    acts.flatMap((act) => {
      const text = column === undefined ? null : act.value(column);
      const at = text === null ? null : read(as(text));
      return at instanceof Date ? [{ at, act }] : [];
    })[0];
  return ({ acts, began }) =>
    Object.entries(mapping.recorded).flatMap(([clock, { start, due }]) => {
      const [from, until] = [said(start, acts), said(due, acts, endOfPlainDay)];
      const line = (from ?? until)?.act;
      const mine = began.filter((one) => one.clock === clock);
      const beginning =
        mine.findLast(({ act }) => line && (act.line === line.line || act.seq <= line.seq)) ?? mine[0];
      if (!beginning) return [];
      const { provisions = [] } = norm(beginning.norm) ?? {};
      const { act, due: lawful } = beginning;
      const lines = [act.line];
      const { unit } = act;
      return [
        ...(from && from.at < act.at
          ? [
              {
                kind: 'before-start' as const,
                provisions,
                unit,
                what: `原系统自 ${sayInstant(from.at)} 起算,${nameOf(act)}在 ${sayInstant(act.at)}`,
                lines,
              },
            ]
          : []),
        ...(until && lawful && until.at > lawful
          ? [
              {
                kind: 'recorded-limit' as const,
                provisions,
                unit,
                what: `原系统记的期限到 ${sayInstant(until.at)},依法到 ${sayInstant(lawful)}`,
                lines,
              },
            ]
          : []),
      ];
    });
}
