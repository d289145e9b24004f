/** The part of a version's content that the whole program needs: its law. Pages that only cite the law do not load it. */
import type { Act } from './act.js';
import type {
  Law,
  LegalBasis,
  MeasureInWords,
  MeasureKey,
  PackageLists,
  Prohibition,
  PurposesOf,
  Version,
} from './law-content.js';
import { limitsByClock, limitsOfExceptions, rulesIn, type Limiting, type LimitRule } from './limit.js';
import type { Party } from './party.js';

/** A norm as a chapter's file has it. */
interface NormContent extends Limiting {
  readonly id: string;
  readonly provisions: readonly string[];
  readonly says: string;
  readonly forbids?: readonly { readonly deed: string; readonly facts?: Act['facts'] }[];
  readonly then?: Prohibition['then'];
  readonly claimant?: string | null;
  readonly demand?: string | null;
}

const prohibitionsIn = (norms: readonly NormContent[]): Law['forbids'] =>
  norms.flatMap(({ id, provisions, says, forbids = [], then = 'refuse' }) =>
    forbids.map(({ deed, facts = {} }) => ({
      ...{ act: { deed, facts }, norm: id, provision: provisions[0] ?? '', says, then },
    })),
  );

/** Its moves may be left out. */
type PartyContent = Omit<Party, 'moves'> & Partial<Pick<Party, 'moves'>>;

const claimsIn = (norms: readonly NormContent[], parties: readonly PartyContent[]): Law['claims'] =>
  norms.flatMap(({ id, provisions, claimant, demand }) => {
    const party = parties.find(({ key }) => key === claimant);
    return party && demand
      ? [{ deed: demand, party: { moves: [], ...party }, norm: id, provision: provisions[0] ?? '' }]
      : [];
  });

/** A clock of the vocabulary; its own limit, where no norm limits it. */
interface LimitedClock {
  readonly key: string;
  readonly limit?: LimitRule | null | undefined;
}

export const limitsOf = (norms: readonly Limiting[], clocks: readonly LimitedClock[]): Law['limits'] => {
  const own = clocks.map(({ key, limit }) => ({ limit, duty: { clock: key } }));
  const found = [...limitsByClock([...norms, ...own])];
  return Object.fromEntries(
    found.flatMap(([clock, [rule]]) => {
      if (!rule) return [];
      const exceptions = limitsOfExceptions(norms, clock, rule);
      return [[clock, exceptions.length > 0 ? [...exceptions, ...rulesIn(rule)] : rule]];
    }),
  );
};

const extensionsOf = (norms: readonly Limiting[]): Law['extensions'] =>
  Object.fromEntries(
    norms.flatMap(({ duty, extension, provisions = [] }) =>
      duty?.clock && extension ? [[duty.clock, { ...extension, provision: provisions[0] ?? '' }]] : [],
    ),
  );

/** The part of a catalogue's content that the whole program needs. */
export interface LawContent {
  readonly version: Pick<Version, 'title'>;
  /** As the file has it: a version without supervision, or without named norms, leaves them out. */
  readonly purposes: Omit<PurposesOf, 'norms' | 'supervision'> &
    Partial<Pick<PurposesOf, 'norms' | 'supervision'>>;
  readonly legalBases: readonly LegalBasis[];
  readonly measures: { readonly measures: Readonly<Record<MeasureKey, MeasureInWords>> };
  readonly vocabulary: {
    readonly clocks: readonly LimitedClock[];
    readonly parties?: readonly PartyContent[];
  };
  readonly chapters: readonly {
    readonly articles: readonly { readonly norms: readonly NormContent[] }[];
  }[];
}

const normsIn = (chapters: LawContent['chapters']): readonly NormContent[] =>
  chapters.flatMap(({ articles }) => articles.flatMap(({ norms }) => norms));

/** @param lists of the package */
export const lawOfContent = (
  { version, purposes, legalBases, measures, vocabulary, chapters }: LawContent,
  { kinds, channels, unitKinds, intake, parts, roles, duties, messages }: PackageLists,
): Law => ({
  title: version.title,
  norms: {},
  supervision: { orders: [], grounds: [] },
  ...purposes,
  legalBases,
  limits: limitsOf(normsIn(chapters), vocabulary.clocks),
  extensions: extensionsOf(normsIn(chapters)),
  forbids: prohibitionsIn(normsIn(chapters)),
  claims: claimsIn(normsIn(chapters), vocabulary.parties ?? []),
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
  parts,
  roles,
  duties,
  messages,
});
