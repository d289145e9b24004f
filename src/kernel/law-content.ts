/**
 * The part of a version of the regulation, and of the package's sheets, that the whole program
 * needs. Also runs in browsers.
 */
import type { Act } from './act.js';
import type { Extension, LimitRule } from './limit.js';
import type { Claim } from './party.js';

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

/** What a city's package may lack: processes, and the call-back within one. */
export const packageParts = ['supervision', 'assessment', 'accountability', 'call-back'] as const;

export type PackagePart = (typeof packageParts)[number];

/** What a city may lack: parts of its package, and what rests on a purpose of its own. */
export type Part = PackagePart | 'early-warning' | 'knowledge' | 'shared-data';

/** Measures that every city has: received and answered requests. Each version says what they count. */
export const commonMeasures = ['accepted', 'reply'] as const;

/**
 * What an amendment does to cases running on its first day: they end under the old version, the new
 * one applies to later acts, or it also counts running limits anew.
 */
export const transitions = ['old', 'new', 'recount'] as const;

export type Transition = (typeof transitions)[number];

/** Key of a measure of assessment that the version lists (`measures.json`). */
export type MeasureKey = string;

/** Norms that name limits in differences. */
export const checkedNorms = ['completion', 'dispatch', 'rectification', 'reply', 'supervision'] as const;

export type CheckedNorm = (typeof checkedNorms)[number];

/** Provisions, and how to cite them if not by label; empty if another act is cited. */
export type Standing = readonly string[] | { readonly provisions: readonly string[]; readonly cited: string };

/** The colour that groups lists. */
export type Light = 'normal' | 'yellow' | 'red';

/** A level of escalation that a diagram can name (`duty:level`). */
interface Level {
  readonly key: string;
  readonly title: string;
  /** Title in replay reports, if different. */
  readonly reported?: string | undefined;
  readonly sign: string;
  readonly light: Light;
  /** The process that reaches the level, if other than handling. */
  readonly process?: string | undefined;
}

/** A law, regulation or rule that sets a limit of its own for a matter. */
export interface LegalBasis {
  readonly title: string;
  readonly article: string;
  readonly rank: string;
  /** Duration in ISO 8601. */
  readonly length: string;
  readonly unit: 'working-days' | 'natural';
  /** Start of its limit: the day on which the unit received the matter. */
  readonly start: 'handed-over';
  readonly says: string;
}

export interface RequestKind {
  readonly key: string;
  readonly name: string;
  /** Names for callers who speak another language. */
  readonly names: Readonly<Record<ForeignLanguage, string>>;
  /** Whether such a request accuses somebody, who must not learn of it. */
  readonly accuses: 'never' | 'perhaps' | 'always';
  /** True for the kind that a form starts with, and that is assumed if a source does not say. */
  readonly usual?: boolean;
}

/**
 * How a request arrives: an agent takes it down, the program reads a mailbox, another system sends
 * a message, or the caller uses the page.
 */
export type Way = 'telephone' | 'mail' | 'message' | 'page';

export interface RequestChannel {
  readonly key: string;
  readonly name: string;
  /** Short name for buttons. */
  readonly short?: string;
  readonly way: Way;
}

/**
 * What the intake form asks if a way is chosen: the answer, the unit, the channel to tell the
 * caller (one way at most for each), or the emergency line to put the caller through to. For any
 * other way, the sheet's page asks later.
 */
export type WayAsks = 'answer' | 'unit' | 'channel' | 'emergency';

export const foreignLanguages = ['en', 'fr', 'ru', 'de'] as const;
export type ForeignLanguage = (typeof foreignLanguages)[number];

/**
 * Foreign names of the hotline with its number, of the body that runs it, and of the body above it
 * (`city-general-office`).
 */
interface ForeignTitles {
  readonly service?: string | undefined;
  readonly hotline?: string | undefined;
  readonly office?: string | undefined;
}

/** Choices of the person who registers a request; the keys are options of fields in the acceptance diagram. */
interface Intake {
  /** Ways of handling (`wayOut`), in the order of the form; `kinds` restricts a way to some kinds of requests. */
  readonly waysOut: readonly {
    readonly key: string;
    readonly name: string;
    readonly kinds?: readonly string[];
    readonly asks?: WayAsks;
  }[];
  /** Grounds of dispatch (`dispatchBasis`). */
  readonly bases: readonly { readonly key: string; readonly name: string }[];
  /** Other procedures that may be pending (`pendingProcedure`). */
  readonly procedures: readonly { readonly key: string; readonly name: string }[];
}

export interface UnitKind {
  readonly key: string;
  readonly name: string;
  /** `hotline` runs the hotline; a unit of kind `district` is a district with all units below it. */
  readonly is?: 'hotline' | 'district';
}

/** A role with tasks in the package's diagrams, or declared by it; a name if the package gives one. */
export interface ListedRole {
  readonly key: string;
  readonly name?: string | undefined;
}

/** An order of supervision in words. */
export interface SupervisionKind {
  /** The deed that issues the order. */
  readonly deed: string;
  readonly short: string;
  readonly title: string;
  readonly issuer: string;
  /** What follows if the order is not obeyed. */
  readonly after: string;
}

export interface MeasureInWords {
  readonly label: string;
  /** The provision that it measures. */
  readonly provision: string;
  /** The denominator in words. */
  readonly of: string;
  /** The numerator in words. */
  readonly met: string;
  /** The instant that assigns it to a month. */
  readonly instant: string;
  /** Whether the monthly chart shows it. */
  readonly trend?: boolean;
}

/** A deed that the law forbids. */
export interface Prohibition {
  readonly act: Act;
  readonly norm: string;
  readonly provision: string;
  readonly says: string;
  /** `refuse`: the step is not done; `record`: its entry notes the norm. */
  readonly then: 'refuse' | 'record';
}

/** The part of one version that the whole program needs. */
export interface Law {
  readonly title: string;
  /** Spellings of the city's name. */
  readonly city: readonly string[];
  /** Lowest first. */
  readonly levels: readonly Level[];
  /** The city's titles of roles and bearers, if they differ from the program's. */
  readonly titles?: {
    readonly roles?: Readonly<Record<string, string>>;
    readonly bearers?: Readonly<Record<string, string>>;
    /** The city's title of the work order sheet. */
    readonly sheet?: string | undefined;
    /** The city's word for its districts: 区县. */
    readonly district?: string | undefined;
    /** Titles for callers of other languages. */
    readonly foreign?: { readonly [language in ForeignLanguage]?: ForeignTitles | undefined } | undefined;
    /** The city's name of the hotline, without the number. */
    readonly hotline?: string | undefined;
    /** Other words of the program that the city does not use, with its own: `问责`. */
    readonly words?: Readonly<Record<string, string>> | undefined;
    /** The city's words for an act offered to people, by its message, and when they may do it. */
    readonly acts?: Readonly<Record<string, { readonly word: string; readonly about: string }>> | undefined;
  };
  readonly norms: Readonly<Partial<Record<CheckedNorm, readonly string[]>>>;
  readonly supervision: {
    readonly orders: readonly SupervisionKind[];
    readonly grounds: readonly { readonly provision: string; readonly says: string }[];
  };
  /** Who approves the assessment method before it applies; default: the city government. */
  readonly methodApproval?: 'government' | 'none';
  /** Those that the city has. */
  readonly purposes: Readonly<Partial<Record<Purpose, Standing>>>;
  readonly legalBases: readonly LegalBasis[];
  readonly forbids: readonly Prohibition[];
  readonly claims: readonly Claim[];
  /** By clock: the limit that the law sets, or leaves to a policy. */
  readonly limits: Readonly<Record<string, LimitRule>>;
  /** By clock: how the law lets it be extended, and where. */
  readonly extensions: Readonly<Record<string, Extension & { readonly provision: string }>>;
  readonly measures: Readonly<Record<MeasureKey, MeasureInWords>>;
  readonly kinds: readonly RequestKind[];
  readonly channels: readonly RequestChannel[];
  readonly unitKinds: readonly UnitKind[];
  readonly intake: Intake;
  readonly parts: readonly PackagePart[];
  readonly roles: readonly ListedRole[];
  /** The `duty:role` values that people of these roles perform. */
  readonly duties: readonly string[];
  /** Messages that people may send and a diagram waits for. */
  readonly messages: readonly string[];
}

/** The law in force from a day on, until the next one's day; the first one also applies before its day. */
export interface LawFrom {
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  readonly from: string;
  readonly law: Law;
}

export interface Version {
  readonly title: string;
  readonly inForceFrom: string;
  readonly inForceTo: string | null;
}

export type PurposesOf = Omit<
  Law,
  'title' | 'legalBases' | 'limits' | 'extensions' | 'forbids' | 'claims' | 'measures' | keyof PackageLists
>;
/** Lists that are the same in every version. */
export type PackageLists = Pick<
  Law,
  'kinds' | 'channels' | 'unitKinds' | 'intake' | 'parts' | 'roles' | 'duties' | 'messages'
>;

/**
 * The law in force from each day on which a version begins or ends; where no version is in force,
 * the preceding one stays.
 */
export function lawsByDay(versions: readonly (Version & { readonly law: Law })[]): readonly LawFrom[] {
  const days = [...new Set(versions.flatMap((one) => [one.inForceFrom, one.inForceTo ?? []].flat()))].sort();
  return days.flatMap((from) => {
    const inForce = versions.filter(
      ({ inForceFrom, inForceTo }) => inForceFrom <= from && (inForceTo === null || from < inForceTo),
    );
    const latest = inForce.sort((one, other) => one.inForceFrom.localeCompare(other.inForceFrom)).at(-1);
    return latest ? [{ from, law: latest.law }] : [];
  });
}
