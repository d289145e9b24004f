/**
 * What the whole program needs of a version of the regulation, and of the package's sheets. Runs in browsers, too.
 */

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

/** Measures that every city has: what was received, and what of it was answered. Each version says what they count. */
export const commonMeasures = ['accepted', 'reply'] as const;

/** Key of a measure of assessment that the version lists (`measures.json`). */
export type MeasureKey = string;

/** Norms by which limits are called in differences. */
export const checkedNorms = ['completion', 'dispatch', 'rectification', 'reply', 'supervision'] as const;

export type CheckedNorm = (typeof checkedNorms)[number];

/** Provisions, and their citation if not by label; none if another act is cited. */
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
  /** The process that reaches it, if other than handling. */
  readonly process?: string | undefined;
}

/** A law, regulation or rule that sets a limit of its own for a matter. */
export interface LegalBasis {
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
  readonly names: Readonly<Record<ForeignLanguage, string>>;
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

/**
 * What the form of intake asks where a way is chosen: the answer, the unit, the channel that the caller is told of (one
 * way at most each), the emergency line that the caller is put through to. Of any other way the sheet's page asks later.
 */
export type WayAsks = 'answer' | 'unit' | 'channel' | 'emergency';

export const foreignLanguages = ['en', 'fr', 'ru', 'de'] as const;
export type ForeignLanguage = (typeof foreignLanguages)[number];

/** Of the hotline with its number, of the body that runs it, of the one above it (`city-general-office`). */
interface ForeignTitles {
  readonly service?: string | undefined;
  readonly hotline?: string | undefined;
  readonly office?: string | undefined;
}

/** What whoever registers a request may choose; the keys are options of the fields in the diagram of acceptance. */
interface Intake {
  /** Ways of handling (`wayOut`), in the order of the form; of some kinds of requests only, where it says so. */
  readonly waysOut: readonly {
    readonly key: string;
    readonly name: string;
    readonly kinds?: readonly string[];
    readonly asks?: WayAsks;
  }[];
  /** By what it is dispatched (`dispatchBasis`). */
  readonly bases: readonly { readonly key: string; readonly name: string }[];
  /** Where else it belongs (`pendingProcedure`). */
  readonly procedures: readonly { readonly key: string; readonly name: string }[];
}

/** A kind of units. */
export interface UnitKind {
  readonly key: string;
  readonly name: string;
  /** The one that runs the hotline; one whose units are a district with all below them. */
  readonly is?: 'hotline' | 'district';
}

/** An order of supervision in words. */
export interface SupervisionKind {
  /** That issues it. */
  readonly deed: string;
  readonly short: string;
  readonly title: string;
  readonly issuer: string;
  /** What follows if it is not obeyed. */
  readonly after: string;
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
  /** Whether the months' chart shows it. */
  readonly trend?: boolean;
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
    /** What it calls the work order sheet. */
    readonly sheet?: string | undefined;
    /** What it calls a part of the city: 区县. */
    readonly district?: string | undefined;
    /** What callers of other languages read. */
    readonly foreign?: { readonly [language in ForeignLanguage]?: ForeignTitles | undefined } | undefined;
    /** What it calls the hotline, without the number. */
    readonly hotline?: string | undefined;
    /** What it calls an act offered to people, by its message, and when they may do it. */
    readonly acts?: Readonly<Record<string, { readonly word: string; readonly about: string }>> | undefined;
  };
  readonly norms: Readonly<Record<CheckedNorm, readonly string[]>>;
  readonly supervision: {
    readonly orders: readonly SupervisionKind[];
    readonly grounds: readonly { readonly provision: string; readonly says: string }[];
  };
  /** Who approves the assessment method before it applies; without it the city government. */
  readonly methodApproval?: 'government' | 'none';
  readonly purposes: Readonly<Record<Purpose, Standing>>;
  readonly legalBases: readonly LegalBasis[];
  readonly measures: Readonly<Record<MeasureKey, MeasureInWords>>;
  readonly kinds: readonly RequestKind[];
  readonly channels: readonly RequestChannel[];
  readonly unitKinds: readonly UnitKind[];
  readonly intake: Intake;
}

/** What is in force from a day on, until the next one; the first one before it, too. */
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

export type PurposesOf = Omit<Law, 'title' | 'legalBases' | 'measures' | keyof PackageLists>;
/** The same in every version. */
export type PackageLists = Pick<Law, 'kinds' | 'channels' | 'unitKinds' | 'intake'>;

/** Of a catalogue's content, what the whole program needs. */
export interface LawContent {
  readonly version: Pick<Version, 'title'>;
  readonly purposes: PurposesOf;
  readonly legalBases: readonly LegalBasis[];
  readonly measures: { readonly measures: Readonly<Record<MeasureKey, MeasureInWords>> };
}

/** @param lists of the package */
export const lawOfContent = (
  { version, purposes, legalBases, measures }: LawContent,
  { kinds, channels, unitKinds, intake }: PackageLists,
): Law => ({
  title: version.title,
  ...purposes,
  legalBases,
  measures: Object.fromEntries(
    Object.entries(measures.measures).map(([key, { label, provision, of, met, instant, trend = false }]) => [
      key,
      { label, provision, of, met, instant, trend },
    ]),
  ),
  kinds,
  channels,
  unitKinds,
  intake,
});

/** From each day on which one begins or ends, the one in force; where none is, the one before stays. */
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
