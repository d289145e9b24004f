/**
 * The regulation's provisions by purpose: article numbers, the regulation's title and the city's name are data of the
 * package (`purposes.json` of the version in force). Runs in browsers, too: the program writes the content into its pages.
 */
import { systemClock } from './clock.js';
import { provisionLabel } from './provision-label.js';

/** Purposes for which the program cites a provision. Each version of the regulation names one for each. */
export const purposes = [
  'acceptance',
  'accountability',
  'accused',
  'assessment-method',
  'assessment-results',
  'bodies',
  'callers-data',
  'callers-wishes',
  'channels',
  'circular',
  'completion',
  'counting-of-days',
  'dispatch',
  'early-warning',
  'follow-up',
  'insult',
  'investigation',
  'kinds',
  'knowledge',
  'knowledge-owner',
  'knowledge-review',
  'lead-unit',
  'malicious-use',
  'not-handled-after-supervision',
  'poor-results',
  'progress',
  'publication',
  'recusal',
  'recusal-of-persons',
  'refusal',
  'repeat-not-allowed',
  'repeat-of-handled',
  'repeats',
  'reply',
  'retaliation',
  'shared-data',
  'sheet',
  'signing',
  'supervision',
  'supervision-knowledge',
  'supervision-late',
  'supervision-other',
  'supervision-repeats',
  'time-limit',
  'trail',
  'typical-cases',
  'unit-duties',
  'ways-of-handling',
] as const;

export type Purpose = (typeof purposes)[number];

/** Measures of assessment that the program knows; each version says what they count (`measures.json`). */
export const measureKeys = [
  'accepted',
  'reception',
  'returned',
  'reply',
  'completion',
  'satisfaction',
  'resolution',
  'ownRating',
  'rework',
  'supervised',
  'knowledge',
] as const;

export type MeasureKey = (typeof measureKeys)[number];

/** Norms by which limits are called in differences. */
export const checkedNorms = ['completion', 'dispatch', 'rectification', 'reply', 'supervision'] as const;

type CheckedNorm = (typeof checkedNorms)[number];

/** Provisions, and their citation if not by label; none if another act is cited. */
type Standing = readonly string[] | { readonly provisions: readonly string[]; readonly cited: string };

/** The colour that groups lists. */
export type Light = 'normal' | 'yellow' | 'red';

/** A level of escalation that a diagram can name (`duty:level`). */
interface Level {
  readonly key: string;
  readonly title: string;
  /** Title in replay reports, if different. */
  readonly reported?: string;
  readonly sign: string;
  readonly light: Light;
  /** The process that reaches it, if other than handling. */
  readonly process?: string;
}

/** A law, regulation or rule that sets a limit of its own for a matter. */
interface LegalBasis {
  readonly title: string;
  readonly article: string;
  readonly rank: string;
  /** ISO 8601. */
  readonly length: string;
  readonly unit: 'working-days' | 'natural';
  /** What its limit runs from: the day on which the unit was handed the matter. */
  readonly start: 'handed-over';
  readonly says: string;
}

/** A kind of request. */
export interface RequestKind {
  readonly key: string;
  readonly name: string;
  /** For callers who speak another language. */
  readonly names: Readonly<Record<'en' | 'fr' | 'ru' | 'de', string>>;
  /** Whether such a request accuses somebody, who must not learn of it. */
  readonly accuses: 'never' | 'perhaps' | 'always';
  /** What a form begins with, and what is assumed of a source that does not say. */
  readonly usual?: boolean;
}

/** Way in: an agent takes it down, a mailbox that is read, another system's message, the callers' own page. */
export type Way = 'telephone' | 'mail' | 'message' | 'page';

export interface RequestChannel {
  readonly key: string;
  readonly name: string;
  /** On buttons. */
  readonly short?: string;
  readonly way: Way;
}

/** A measure in words. */
interface MeasureInWords {
  readonly label: string;
  /** The provision that it measures. */
  readonly provision: string;
  /** The denominator. */
  readonly of: string;
  /** The numerator. */
  readonly met: string;
  /** Which instant decides the month. */
  readonly instant: string;
}

/** The part of one version that the whole program needs. */
export interface Law {
  readonly title: string;
  /** Spellings of the city's name. */
  readonly city: readonly string[];
  /** Lowest first. */
  readonly levels: readonly Level[];
  /** What the city calls roles and bearers, where it is not what the program calls them. */
  readonly titles?: {
    readonly roles?: Readonly<Record<string, string>>;
    readonly bearers?: Readonly<Record<string, string>>;
  };
  readonly norms: Readonly<Record<CheckedNorm, readonly string[]>>;
  /** Who approves the assessment method before it applies; without it the city government. */
  readonly methodApproval?: 'government' | 'none';
  readonly purposes: Readonly<Record<Purpose, Standing>>;
  readonly legalBases: readonly LegalBasis[];
  readonly measures: Readonly<Record<MeasureKey, MeasureInWords>>;
  readonly kinds: readonly RequestKind[];
  readonly channels: readonly RequestChannel[];
}

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
  /** `YYYY-MM-DD` in Asia/Shanghai; without it today. */
  readonly day?: string;
}

let known: Law | undefined;
let asked: Asked = {};

/** The law that a command asks for, from now on in this program: of another day, or of a package named since. */
export function askForLaw(of: Asked): void {
  asked = of;
  known = undefined;
}

/** The law of the shipped version in force when the program started, or that was asked for; read once. */
export const law = (): Law => (known ??= lawOfPage() ?? readLaw(asked));

/** For threads of a page, which cannot see it. */
export function useLaw(of: Law): void {
  known = of;
}

/** A page of the program, with the law as its screens read it. */
export const withLaw = (html: string): string => {
  const json = JSON.stringify(law()).replaceAll('<', '\\u003c');
  return html.replace(
    '</head>',
    () => `<script type="application/json" id="${element}">${json}</script></head>`,
  );
};

const host = globalThis as unknown as Host;

function lawOfPage(): Law | undefined {
  const text = host.document?.getElementById(element)?.textContent;
  return text ? (JSON.parse(text) as Law) : undefined;
}

/** @throws {Error} if a shipped file is wrong: a fault of the build */
function readLaw({ day = today() }: Asked): Law {
  const { readFileSync, readdirSync } = host.process.getBuiltinModule('node:fs');
  const folder = host.process.env['HOTLINE_PACKAGE']?.trim();
  const shipped = new URL('../../regulation/', import.meta.url);
  const placeOf = (path: string): URL | string =>
    folder ? `${folder}/regulation/${path}` : new URL(path, shipped);
  const read = (path: string): unknown => JSON.parse(readFileSync(placeOf(path), 'utf8'));
  const version = versionOn(
    day,
    readdirSync(placeOf('catalogue')).map((folder) => ({
      ...(read(`catalogue/${folder}/version.json`) as Version),
      folder,
    })),
  );
  const of = (file: string): unknown => read(`catalogue/${version.folder}/${file}`);
  return {
    title: version.title,
    ...(of('purposes.json') as Pick<Law, 'city' | 'levels' | 'norms' | 'purposes'>),
    legalBases: of('legal-bases.json') as readonly LegalBasis[],
    measures: (of('measures.json') as Pick<Law, 'measures'>).measures,
    ...(read('sheet.json') as Pick<Law, 'kinds' | 'channels'>),
  };
}

interface Version {
  readonly title: string;
  readonly inForceFrom: string;
  readonly inForceTo: string | null;
}

/** The version in force on the day; the first one for earlier days. */
function versionOn<Known extends Version>(day: string, versions: readonly Known[]): Known {
  const inTurn = [...versions].sort((one, other) => one.inForceFrom.localeCompare(other.inForceFrom));
  const inForce = inTurn.filter(
    ({ inForceFrom, inForceTo }) => inForceFrom <= day && (inForceTo === null || day < inForceTo),
  );
  const found = inForce.at(-1) ?? inTurn[0];
  if (!found) throw new Error('no version of the regulation in regulation/catalogue');
  return found;
}

const eightHours = 8 * 3_600_000;

const today = (): string => new Date(systemClock.now().getTime() + eightHours).toISOString().slice(0, 10);

const standing = (purpose: Purpose): Standing => law().purposes[purpose];

/** Ids: `artN`, `artN.pM`, `artN.pM.iK`; empty where the regulation itself says nothing. */
function provisionsFor(purpose: Purpose): readonly string[] {
  const found = standing(purpose);
  return 'provisions' in found ? found.provisions : found;
}

/** The only or first one; empty where the regulation itself says nothing. */
export const provisionFor = (purpose: Purpose): string => provisionsFor(purpose)[0] ?? '';

/** What an entry of the trail rests on: the only or first one, none where the regulation itself says nothing. */
export const restingOn = (purpose: Purpose): readonly string[] => provisionsFor(purpose).slice(0, 1);

/** As cited in Chinese. */
export function lawOf(purpose: Purpose): string {
  const found = standing(purpose);
  return 'cited' in found ? found.cited : found.map(provisionLabel).join('、');
}

/** Whether the assessment method applies only once the city government has approved it. */
export const methodNeedsApproval = (): boolean => law().methodApproval !== 'none';

/** 《…条例》. */
export const lawTitle = (): string => `《${law().title}》`;

/** Id of the norm, the first one of several. */
export const normFor = (checked: CheckedNorm): string => law().norms[checked][0] ?? '';

/** 《…》第…条, as forms and the trail write it. */
export const basisCited = ({ title, article }: LegalBasis): string => `《${title}》${article}`;

/** Lists of the package that a form's field can offer (`duty:field` with `list`). */
const lists: { readonly [list: string]: () => { readonly value: string; readonly label: string }[] } = {
  'legal-bases': () =>
    law().legalBases.map((basis) => ({
      value: basisCited(basis),
      label: `${basis.rank}，${basis.length.replace(/\D/g, '')} 个${basis.unit === 'natural' ? '自然日' : '工作日'}，${basis.says}`,
    })),
};

export const listed = (list: string): { readonly value: string; readonly label: string }[] =>
  lists[list]?.() ?? [];
