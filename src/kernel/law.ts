/**
 * The regulation's provisions by purpose: article numbers, the regulation's title and the city's name are data of the
 * package (`purposes.json` of the version in force). Runs in browsers, too: the program writes the content into its pages.
 */
import { systemClock, type Clock } from './clock.js';
import {
  lawOfContent,
  lawsByDay,
  type CheckedNorm,
  type Law,
  type LawContent,
  type LawFrom,
  type LegalBasis,
  type Purpose,
  type PurposesOf,
  type PackageLists,
  type Standing,
  type Version,
} from './law-content.js';
import { provisionLabel } from './provision-label.js';

export {
  checkedNorms,
  lawOfContent,
  commonMeasures,
  foreignLanguages,
  purposes,
  type ForeignLanguage,
  type Law,
  type LawFrom,
  type Light,
  type MeasureKey,
  type Purpose,
  type RequestChannel,
  type RequestKind,
  type PackageLists,
  type SupervisionKind,
  type UnitKind,
  type Way,
  type WayAsks,
} from './law-content.js';

/** Id of the element of a page that holds the law as JSON. */
const element = 'law';

/** A browser's page, or Node's modules without an import, which browsers could not resolve. */
interface Host {
  readonly document?: {
    getElementById(id: string): { readonly textContent: string | null } | null;
  };
  readonly process: {
    readonly env: Readonly<Record<string, string | undefined>>;
    getBuiltinModule(name: 'node:fs'): {
      readonly readFileSync: (file: URL | string, encoding: 'utf8') => string;
      readonly readdirSync: (folder: URL | string) => string[];
    };
  };
}

interface Asked {
  /** `YYYY-MM-DD` in Asia/Shanghai; without it always today. */
  readonly day?: string;
}

/** The versions of the law, as shipped or as recorded. */
export interface Laws {
  /** In force on the day (`YYYY-MM-DD` in Asia/Shanghai), of those known at the instant; before the first one the first. */
  readonly on: (day: string, knownAt: Date) => Law;
  /** Those that amendments apply to the cases that run on their day, in the order of their days. */
  readonly applied: readonly LawFrom[];
}

/** What decides which law a case runs under. */
export interface Ruled {
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** Amendments are applied to live cases only. */
  readonly realm: 'live' | 'replay';
}

/** With the instants between which nothing else is in force. */
interface Held {
  readonly law: Law;
  readonly since: number;
  readonly until: number;
}

let asked: Asked = {};
let clock: Pick<Clock, 'now'> = systemClock;
let known: Laws | undefined;
let held: Held | undefined;

/** The law that a command asks for, from now on in this program: of another day, or of a package named since. */
export function askForLaw(of: Asked): void {
  [asked, clock, known, held] = [of, systemClock, undefined, undefined];
}

/** What a program that serves cites from now on: on each day of its clock the version in force. */
export function useLaws(of: Laws, by: Pick<Clock, 'now'>): void {
  [asked, clock, known, held] = [{}, by, of, undefined];
}

/** For threads, which see neither the page nor what is recorded. */
export function useLaw(law: Law): void {
  held = always(law);
}

/** The law of the version in force today, or on the day asked for: as shipped, or as the program told (`useLaws`). */
export function law(): Law {
  const now = clock.now().getTime();
  if (held === undefined || now < held.since || now >= held.until) held = heldAt(now);
  return held.law;
}

/**
 * What binds a case, in order: the law of its start, and those that amendments have applied to it since, each from its
 * day on. The last one counts.
 *
 * @param at instead of now
 */
export function lawsOfCase(
  { startedAt, endedAt, realm }: Ruled,
  at = clock.now(),
): readonly [LawFrom, ...LawFrom[]] {
  const from = dayOf(startedAt.getTime());
  const today = law();
  // The only law that this program knows.
  if (held?.since === -Infinity) return [{ from, law: today }];
  const { on, applied } = (known ??= shippedLaws());
  const until = dayOf((endedAt ?? at).getTime());
  const later = realm === 'live' ? applied.filter((one) => one.from > from && one.from <= until) : [];
  return [{ from, law: on(from, startedAt) }, ...later];
}

/** The law that a case runs under, or ended under. */
export function lawOfCase(ruled: Ruled): Law {
  const laws = lawsOfCase(ruled);
  return (laws.at(-1) ?? laws[0]).law;
}

const always = (of: Law): Held => ({ law: of, since: -Infinity, until: Infinity });

function heldAt(now: number): Held {
  const ofPage = lawOfPage();
  if (ofPage) return always(ofPage);
  const { on } = (known ??= shippedLaws());
  if (asked.day !== undefined) return always(on(asked.day, new Date(now)));
  const since = now - ((now + eightHours) % day);
  return { law: on(dayOf(now), new Date(now)), since, until: since + day };
}

const eightHours = 8 * 3_600_000;
const day = 24 * 3_600_000;

const dayOf = (instant: number): string => new Date(instant + eightHours).toISOString().slice(0, 10);

/** A page of the program, with the law as its screens read it. */
export const withLaw = (html: string): string => {
  const json = JSON.stringify(law()).replaceAll('<', '\\u003c');
  return html
    .replace('市民服务热线</title>', () => `${hotlineName()}</title>`)
    .replace('</head>', () => `<script type="application/json" id="${element}">${json}</script></head>`);
};

const host = globalThis as unknown as Host;

function lawOfPage(): Law | undefined {
  const text = host.document?.getElementById(element)?.textContent;
  return text ? (JSON.parse(text) as Law) : undefined;
}

/** @throws {Error} if a file is wrong */
function shippedLaws(): Laws {
  const { readFileSync, readdirSync } = host.process.getBuiltinModule('node:fs');
  const folder = host.process.env['HOTLINE_PACKAGE']?.trim();
  const shipped = new URL('../../regulation/', import.meta.url);
  const placeOf = (path: string): URL | string =>
    folder ? `${folder}/regulation/${path}` : new URL(path, shipped);
  const read = (path: string): unknown => JSON.parse(readFileSync(placeOf(path), 'utf8'));
  const lists: PackageLists = {
    ...(read('sheet.json') as Omit<PackageLists, 'unitKinds'>),
    unitKinds: (read('units.json') as { readonly kinds: PackageLists['unitKinds'] }).kinds,
  };
  const versions = readdirSync(placeOf('catalogue')).map((name) => {
    const of = (file: string): unknown => read(`catalogue/${name}/${file}`);
    const content = {
      version: of('version.json') as Version,
      purposes: of('purposes.json') as PurposesOf,
      legalBases: of('legal-bases.json') as readonly LegalBasis[],
      measures: of('measures.json') as LawContent['measures'],
    };
    return { ...content.version, law: lawOfContent(content, lists) };
  });
  const laws = lawsByDay(versions);
  const on: Laws['on'] = (of) => {
    const found = laws.findLast(({ from }) => from <= of) ?? laws[0];
    if (!found) throw new Error('no version of the regulation in regulation/catalogue');
    return found.law;
  };
  return { on, applied: [] };
}

const standing = (purpose: Purpose, of: Law): Standing => of.purposes[purpose];

/** Ids: `artN`, `artN.pM`, `artN.pM.iK`; empty where the regulation itself says nothing. */
function provisionsFor(purpose: Purpose, of: Law): readonly string[] {
  const found = standing(purpose, of);
  return 'provisions' in found ? found.provisions : found;
}

// About a case it is the case's law that is cited (`lawOfCase`), else the law of the day.

/** The only or first one; empty where the regulation itself says nothing. */
export const provisionFor = (purpose: Purpose, of: Law = law()): string =>
  provisionsFor(purpose, of)[0] ?? '';

/** What an entry of the trail rests on: the only or first one, none where the regulation itself says nothing. */
export const restingOn = (purpose: Purpose, of: Law = law()): readonly string[] =>
  provisionsFor(purpose, of).slice(0, 1);

/** As cited in Chinese. */
export function lawOf(purpose: Purpose, of: Law = law()): string {
  const found = standing(purpose, of);
  return 'cited' in found ? found.cited : found.map(provisionLabel).join('、');
}

/** Whether the assessment method applies only once the city government has approved it. */
export const methodNeedsApproval = (): boolean => law().methodApproval !== 'none';

/** What the city calls the work order sheet. */
export const sheetTitle = (): string => law().titles?.sheet ?? '工作流转单';

/** What the city calls its parts. */
export const districtTitle = (): string => law().titles?.district ?? '区县';

/** What the city calls its government. */
export const governmentTitle = (): string => law().titles?.bearers?.['city-government'] ?? '市人民政府';

/** What the city calls the body that runs the hotline. */
export const hotlineTitle = (): string => law().titles?.bearers?.['city-hotline'] ?? '市热线工作机构';

/** What the law calls the hotline, without the number. */
export const hotlineName = (): string => law().titles?.hotline ?? '市民服务热线';

/** The same with the number. */
export const serviceTitle = (): string => `12345 ${hotlineName()}`;

/** What the law calls whoever turns to the hotline. */
export const callerTitle = (): string => law().titles?.bearers?.['caller'] ?? '来电人';

/** What the ladder calls the lowest level of the colour; lists group by colours. */
export const lightTitle = (light: 'yellow' | 'red'): string =>
  law().levels.find((level) => level.light === light)?.title ?? { yellow: '黄灯', red: '红灯' }[light];

/** 《…条例》. */
export const lawTitle = (): string => `《${law().title}》`;

/** Id of the norm, the first one of several. */
export const normFor = (checked: CheckedNorm): string => law().norms[checked][0] ?? '';

/** 《…》第…条, as forms and the trail write it. */
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

export const listed = (list: string, of: Law = law()): { readonly value: string; readonly label: string }[] =>
  lists[list]?.(of) ?? [];
