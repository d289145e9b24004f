/**
 * Finds recorded events that could not lawfully have happened under the regulation, by kind of
 * finding, each with its article.
 */
import { beginning, matches, step as stepOf } from '../../../accountability/course/index.js';
import type { Deed } from '../../../accountability/events/index.js';
import { instantInWords } from '../../../kernel/civil-date.js';
import { provisionFor, type Law } from '../../../kernel/law.js';
import { roleName } from '../../../kernel/role-name.js';
import { unitNamed, type UnitName } from '../../../kernel/unit-name.js';
import { actsOf, type Catalogue } from '../model/index.js';
import { rulesOf } from '../rules.js';
import { entryOf, type LaidCase } from './lay.js';
import type { RecordedAct, Shown } from './recorded.js';

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
  /** Provisions of the regulation, the decisive one first. */
  readonly provisions: readonly string[];
  readonly unit: string | null;
  /** In Chinese. */
  readonly what: string;
  readonly lines: readonly number[];
}

type Look = (laid: LaidCase) => readonly Finding[];

/**
 * @param shown what the record can show; an order cannot be checked without its “before” act
 * @param words law of the day, whose words are used
 */
export function looksOf(law: Catalogue, shown: readonly Shown[], words: Law): Look {
  const looks = [
    ordersLook(law, new Set(shown.map(({ deed }) => deed))),
    startsLook(law),
    endLook(law, words),
    entitledLook(law, words),
    holderLook(law, words),
    apartLook,
    claimsLook(law),
  ];
  return (laid) => looks.flatMap((look) => look(laid));
}

const deedOf = ({ deed, facts }: RecordedAct): Deed => ({ name: deed.name, facts });
const nameOf = ({ deed, activity }: RecordedAct): string => `“${activity}”（${deed.title}）`;

/** A finding about one act. */
const found = (
  kind: FindingKind,
  { unit, line }: RecordedAct,
  provisions: readonly string[],
  what: string,
  lines: readonly number[] = [line],
): Finding => ({ kind, provisions, unit, what, lines });

/** Provisions about the deed; if there are none, the provision on the sheet that records everything. */
function provisionsOfDeed({ norms }: Catalogue, name: string, words: Law): readonly string[] {
  const first =
    norms.find(({ duty }) => duty?.discharged.flat().some(({ deed }) => deed === name)) ??
    norms.find(({ evidence }) => evidence.deeds.includes(name)) ??
    norms.find(({ duty }) => duty && actsOf(duty).some(({ deed }) => deed === name));
  return first?.provisions ?? [provisionFor('sheet', words)];
}

const subjectsOfTheCase = ({ vocabulary }: Catalogue): ReadonlySet<string> =>
  new Set(vocabulary.subjects.filter(({ identity }) => identity === 'case').map(({ key }) => key));

function ordersLook({ vocabulary }: Catalogue, shown: ReadonlySet<string>): Look {
  const orders = vocabulary.orders.filter(({ before }) => before.some(({ deed }) => shown.has(deed)));
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
        if (comes && isOn && isGiven && !isDone)
          return [found('order', act, [provision], `没有先${first}，就${then}：${nameOf(act)}`)];
        isGiven ||= given.some((one) => matches(one, deed));
        if (from.some((one) => matches(one, deed))) [isOn, isDone] = [true, false];
        isDone ||= before.some((one) => matches(one, deed));
      }
      return [];
    });
}

/** Finds a duty that was done before it began: its limit would have to run before its start. */
function startsLook({ norm }: Catalogue): Look {
  return ({ acts, began }) => {
    const seen = new Set<string>();
    return began.flatMap(({ norm: id, act: opened }) => {
      const { duty, provisions = [], says = '' } = norm(id) ?? {};
      // The opening act itself is never too early.
      if (!duty || seen.has(id)) return [];
      seen.add(id);
      const opening = new Set(duty.opens.map(({ deed }) => deed));
      const ends = duty.discharged.flat().filter(({ deed }) => !opening.has(deed));
      const early = acts.find(
        (act) => act.seq < opened.seq && act.at < opened.at && ends.some((end) => matches(end, deedOf(act))),
      );
      if (!early) return [];
      const what = `${nameOf(early)}在${nameOf(opened)}以前：“${says}”的期限还没有起算`;
      return [found('before-start', early, provisions, what, [early.line, opened.line])];
    });
  };
}

function endLook(law: Catalogue, words: Law): Look {
  const rules = rulesOf(law);
  const ofTheCase = subjectsOfTheCase(law);
  return ({ acts }) => {
    const end = acts.find(({ deed }) => deed.effect === 'closes');
    if (!end) return [];
    // The caller's requests, supervision and accountability have their own course.
    const later = acts.filter(
      ({ at, deed }) =>
        at > end.at &&
        ofTheCase.has(deed.subject) &&
        deed.effect !== 'closes' &&
        (deed.by.length > 0 || rules.on(deed.name).holders.length > 0),
    );
    const lines = [...new Set(later.map(({ line }) => line))];
    return later.slice(0, 1).map((act) => {
      const more = lines.length > 1 ? `还有 ${lines.length} 行，第一行是` : '还有';
      const provisions = provisionsOfDeed(law, act.deed.name, words);
      return found('after-end', act, provisions, `${nameOf(end)}以后，${more}${nameOf(act)}`, [
        end.line,
        ...lines,
      ]);
    });
  };
}

function entitledLook(law: Catalogue, words: Law): Look {
  const title = (role: string): string => roleName(role, words) ?? role;
  return ({ acts }) =>
    acts.flatMap((act) => {
      const { role, deed } = act;
      if (role === null || deed.by.length === 0 || deed.by.includes(role)) return [];
      const what = `${nameOf(act)}由${title(role)}做，应当由${deed.by.map(title).join('或者')}做`;
      return [found('not-entitled', act, provisionsOfDeed(law, deed.name, words), what)];
    });
}

/** Finds deeds of the holding unit that another unit did. */
function holderLook(law: Catalogue, words: Law): Look {
  const rules = rulesOf(law);
  const named = law.vocabulary.holders.flatMap((holder) => holder.named ?? []);
  const ofTheCase = subjectsOfTheCase(law);
  const roles = rolesOfHolders(law);
  return ({ acts }) => {
    /** The holder, and the units to which it passed the matter on. */
    let may: UnitName[] = [];
    const findings: Finding[] = [];
    let course = beginning;
    for (const act of acts) {
      const { deed, facts } = act;
      const [to] = named.flatMap((fact) => unitNamed(facts[fact]) ?? []);
      course = stepOf(course, entryOf(act), rules);
      if (course.turn.handedTo !== undefined) may = [course.turn.handedTo];
      const unit = unitNamed(act.unit);
      const isHolders = deed.by.some((role) => roles.has(role)) && ofTheCase.has(deed.subject);
      if (!isHolders || unit === undefined || may.length === 0) continue;
      if (may.includes(unit)) {
        if (to !== undefined) may.push(to);
        continue;
      }
      if (findings.at(-1)?.lines[0] === act.line) continue;
      const what = `${nameOf(act)}由${act.unit ?? ''}做，事项此时在${may.join('、')}`;
      findings.push(found('not-holder', act, provisionsOfDeed(law, deed.name, words), what));
    }
    return findings;
  };
}

/** Roles that do what a unit owes while it holds the matter. */
function rolesOfHolders({ norms, vocabulary }: Catalogue): ReadonlySet<string> {
  const owed = norms
    .filter(
      ({ bearers, duty }) => duty?.owedByHolder && duty.clock !== null && bearers.includes('handling-unit'),
    )
    .flatMap(({ duty }) => duty?.discharged.flat().map(({ deed }) => deed) ?? []);
  return new Set(vocabulary.deeds.filter(({ name }) => owed.includes(name)).flatMap(({ by }) => by));
}

/** Finds people who judged themselves. */
const apartLook: Look = ({ acts }) =>
  acts.flatMap((act) =>
    act.deed.apart.flatMap(({ from, provision, why }) => {
      const earlier = acts.find(
        ({ seq, person, deed }) =>
          seq < act.seq && person !== null && person === act.person && from.includes(deed.name),
      );
      if (!earlier) return [];
      const what = `${nameOf(earlier)}和${nameOf(act)}都是${act.person ?? ''}做的：${why}`;
      return [found('same-person', act, [provision], what, [earlier.line, act.line])];
    }),
  );

/** Checks the old system's start and end of limits. */
function claimsLook({ norm }: Catalogue): Look {
  return ({ claims, began }) =>
    claims.flatMap(({ clock, start, due, act: said }) => {
      const mine = began.filter((one) => one.clock === clock);
      const beginning = mine.findLast(({ act }) => act.line === said.line || act.seq <= said.seq) ?? mine[0];
      if (!beginning) return [];
      const { act, due: lawful } = beginning;
      const { provisions = [] } = norm(beginning.norm) ?? {};
      const early = `原系统自 ${start ? instantInWords(start) : ''} 起算，${nameOf(act)}在 ${instantInWords(act.at)}`;
      return [
        ...(start && start < act.at ? [found('before-start', act, provisions, early)] : []),
        ...(due && lawful && due > lawful
          ? [
              found(
                'recorded-limit',
                act,
                provisions,
                `原系统记的期限到 ${instantInWords(due)}，依法到 ${instantInWords(lawful)}`,
              ),
            ]
          : []),
      ];
    });
}
