/**
 * Looks up what the program needs of a version of the regulation, by purpose: article numbers, the
 * regulation's title and the city's words are data of the package (`purposes.json`). This module
 * does not know which version is in force: callers pass the law. Runs in browsers.
 */
import { civilDateOf } from './civil-date.js';
import type { Clock } from './clock.js';
import {
  packageParts,
  type CheckedNorm,
  type Law,
  type LawFrom,
  type LegalBasis,
  type PackagePart,
  type Part,
  type Purpose,
  type Standing,
} from './law-content.js';
import { provisionLabel } from './provision-label.js';

export {
  checkedNorms,
  commonMeasures,
  foreignLanguages,
  purposes,
  transitions,
  type ForeignLanguage,
  type Law,
  type LawFrom,
  type Light,
  type MeasureKey,
  type PackagePart,
  type Part,
  type Purpose,
  type RequestChannel,
  type RequestKind,
  type PackageLists,
  type SupervisionKind,
  type Transition,
  type UnitKind,
  type Way,
  type WayAsks,
} from './law-content.js';

/** The versions of the law, as shipped or as recorded. */
export interface LawVersions {
  /**
   * The law in force on the day (`YYYY-MM-DD` in Asia/Shanghai), among those known at the instant;
   * before the first one, the first.
   */
  readonly on: (day: string, knownAt: Date) => Law;
  /** Versions that amendments apply to running cases on their day, ordered by day. */
  readonly applied: readonly LawFrom[];
}

/** Properties of a case that determine its law. */
export interface Ruled {
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** Amendments are applied only to live cases. */
  readonly realm: 'live' | 'replay';
}

/** The law over time, as a program knows it. Texts about a case cite the case's law, other texts the law of the day. */
export interface Laws {
  /** The law of the version in force today. */
  today(): Law;
  /** The law of a day (`YYYY-MM-DD` in Asia/Shanghai), as known now. */
  on(day: string): Law;
  /** The law that now applies to a case, or applied when it ended. */
  ofCase(ruled: Ruled): Law;
  /**
   * Laws that bind a case, in order: that of its start, and those that amendments have applied
   * since, each from its day on. The last one counts.
   *
   * @param at default: now
   */
  binding(ruled: Ruled, at?: Date): readonly [LawFrom, ...LawFrom[]];
}

/** @param versions called at each use, because a running program learns of new versions */
export function createLaws(versions: () => LawVersions, clock: Pick<Clock, 'now'>): Laws {
  let held: { readonly law: Law; readonly day: string; readonly of: LawVersions } | undefined;
  const binding: Laws['binding'] = ({ startedAt, endedAt, realm }, at = clock.now()) => {
    const { on, applied } = versions();
    const [from, until] = [civilDateOf(startedAt), civilDateOf(endedAt ?? at)];
    const later = realm === 'live' ? applied.filter((one) => one.from > from && one.from <= until) : [];
    return [{ from, law: on(from, startedAt) }, ...later];
  };
  return {
    today: () => {
      const [now, of] = [clock.now(), versions()];
      const day = civilDateOf(now);
      if (held?.day !== day || held.of !== of) held = { law: of.on(day, now), day, of };
      return held.law;
    },
    on: (day) => versions().on(day, clock.now()),
    ofCase: (ruled) => lastOf(binding(ruled)),
    binding,
  };
}

/** One law for every day and case: for commands, rehearsals and threads. */
export const onlyLaw = (law: Law): Laws => ({
  today: () => law,
  on: () => law,
  ofCase: () => law,
  binding: ({ startedAt }) => [{ from: civilDateOf(startedAt), law }],
});

const lastOf = (laws: readonly [LawFrom, ...LawFrom[]]): Law => (laws.at(-1) ?? laws[0]).law;

/** Whether the city has this part; without it no screen, operation, job or word of it is there. */
export const hasPart = (part: Part, law: Law): boolean =>
  isOfPackage(part) ? law.parts.includes(part) : part in law.purposes;

const isOfPackage = (part: Part): part is PackagePart => (packageParts as readonly Part[]).includes(part);

/** What texts call it, in the program's own words. */
export const partTitles: Readonly<Record<Part, string>> = {
  supervision: '督办',
  assessment: '考核',
  accountability: '问责',
  'call-back': '回访',
  'early-warning': '预警',
  knowledge: '知识库',
  'shared-data': '共享数据',
};

/** Nothing is cited for a purpose that the city does not have. */
const standing = (purpose: Purpose, of: Law): Standing => of.purposes[purpose] ?? [];

/** Ids: `artN`, `artN.pM`, `artN.pM.iK`; empty if the regulation itself has no provision. */
function provisionsFor(purpose: Purpose, of: Law): readonly string[] {
  const found = standing(purpose, of);
  return 'provisions' in found ? found.provisions : found;
}

/** The only or first provision; empty if the regulation itself has none. */
export const provisionFor = (purpose: Purpose, of: Law): string => provisionsFor(purpose, of)[0] ?? '';

/** Provisions cited by an entry of the trail: the only or first one, none if the regulation itself has none. */
export const restingOn = (purpose: Purpose, of: Law): readonly string[] =>
  provisionsFor(purpose, of).slice(0, 1);

/** The citation in Chinese. */
export function lawOf(purpose: Purpose, of: Law): string {
  const found = standing(purpose, of);
  return 'cited' in found ? found.cited : found.map(provisionLabel).join('、');
}

/** In brackets behind what rests on it; nothing if nothing is cited. */
export const inBrackets = (cited: string): string => (cited === '' ? '' : `（${cited}）`);

/** Whether the assessment method applies only once the city government has approved it. */
export const methodNeedsApproval = (law: Law): boolean => law.methodApproval !== 'none';

/** The city's title of the work order sheet. */
export const sheetTitle = (law: Law): string => law.titles?.sheet ?? '工作流转单';

/** The city's word for its districts. */
export const districtTitle = (law: Law): string => law.titles?.district ?? '区县';

/** The city's name of its government. */
export const governmentTitle = (law: Law): string => law.titles?.bearers?.['city-government'] ?? '市人民政府';

/** The city's name of the body that runs the hotline. */
export const hotlineTitle = (law: Law): string => law.titles?.bearers?.['city-hotline'] ?? '市热线工作机构';

/** The law's name of the hotline, without the number. */
export const hotlineName = (law: Law): string => law.titles?.hotline ?? '市民服务热线';

/** The hotline's name with the number. */
export const serviceTitle = (law: Law): string => `12345 ${hotlineName(law)}`;

/** The law's word for people who turn to the hotline. */
export const callerTitle = (law: Law): string => law.titles?.bearers?.['caller'] ?? '来电人';

/** A text of the program in the city's words. */
export const inCityWords = (text: string, law: Law): string =>
  Object.entries({ ...law.titles?.words, 来电人: callerTitle(law) }).reduce(
    (said, [word, own]) => said.replaceAll(word, own),
    text,
  );

/** Title of the lowest level with the colour; lists group by colours. */
export const lightTitle = (light: 'yellow' | 'red', law: Law): string =>
  law.levels.find((level) => level.light === light)?.title ?? { yellow: '黄灯', red: '红灯' }[light];

/** 《…条例》. */
export const lawTitle = (law: Law): string => `《${law.title}》`;

/** Id of the norm, or of the first of several. */
export const normFor = (checked: CheckedNorm, law: Law): string => law.norms[checked]?.[0] ?? '';

/** Like 《…》第…条, as forms and the trail write it. */
export const basisCited = ({ title, article }: LegalBasis): string => `《${title}》${article}`;

/** Lists of the package that a form's field can offer (`duty:field` with `list`). */
const lists: { readonly [list: string]: (of: Law) => { readonly value: string; readonly label: string }[] } =
  {
    'legal-bases': ({ legalBases }) =>
      legalBases.map((basis) => ({
        value: basisCited(basis),
        label: `${basis.rank}，${basis.length.replace(/\D/g, '')} 个${basis.unit === 'natural' ? '自然日' : '工作日'}，${basis.says}`,
      })),
  };

export const listed = (list: string, of: Law): { readonly value: string; readonly label: string }[] =>
  lists[list]?.(of) ?? [];
