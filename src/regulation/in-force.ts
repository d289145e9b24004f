/**
 * Which catalogue holds on a day: as recorded, or as shipped where nothing of that day is recorded. A version that is
 * known already but comes into force later holds for nobody yet.
 */
import { civilDateOf } from '../calendar/index.js';
import type { Transaction } from '../persistence/index.js';
import type { Catalogue, RegulationVersion } from './model/index.js';
import { shippedCatalogue, shippedCatalogues } from './shipped.js';
import { recordedVersions, type RecordedVersion } from './store/version-store.js';
import { recordedCatalogue, versionOn } from './versions.js';

export interface Holding {
  readonly catalogue: Catalogue;
  /** As it was recorded; undefined where it is the shipped one. */
  readonly recorded: RecordedVersion | undefined;
  /** The first day on which it no longer is in force, by its own words or because another takes its place. */
  readonly until: string | null;
}

export interface Catalogues {
  /**
   * @param day `YYYY-MM-DD` in Asia/Shanghai; before the first version's, that one
   * @param knownAt what had been recorded by then counts
   */
  on(transaction: Transaction, day: string, knownAt: Date): Promise<Holding>;
  /** On the day of the instant, as it was known then. */
  at(transaction: Transaction, instant: Date): Promise<Holding>;
  /** The same for many: what is recorded is asked for once. */
  binding(transaction: Transaction): Promise<(instant: Date) => Promise<Holding>>;
  /** What a recorded version says. */
  of(transaction: Transaction, recorded: RecordedVersion): Promise<Catalogue>;
}

export function createCatalogues(): Catalogues {
  /** What is recorded never changes. */
  const read = new Map<number, Catalogue>();
  const of: Catalogues['of'] = async (transaction, recorded) => {
    const catalogue = read.get(recorded.id) ?? (await recordedCatalogue(transaction, recorded.id));
    read.set(recorded.id, catalogue);
    return catalogue;
  };
  const among = async (
    transaction: Transaction,
    versions: readonly RecordedVersion[],
    day: string,
    knownAt: Date,
  ): Promise<Holding> => {
    const recorded = versionOn(versions, day, knownAt);
    if (!recorded) return shippedOn(day);
    return { catalogue: await of(transaction, recorded), recorded, until: endOf(recorded, versions) };
  };
  const binding: Catalogues['binding'] = async (transaction) => {
    const versions = await recordedVersions(transaction);
    return (instant) => among(transaction, versions, civilDateOf(instant), instant);
  };
  return {
    on: async (transaction, day, knownAt) =>
      among(transaction, await recordedVersions(transaction), day, knownAt),
    at: async (transaction, instant) => (await binding(transaction))(instant),
    binding,
    of,
  };
}

/** What came with the program, of a day. */
export function shippedOn(day: string): Holding {
  const catalogue = shippedCatalogue(day);
  const versions = shippedCatalogues().map(({ version }) => termOf(version));
  return { catalogue, recorded: undefined, until: endOf(termOf(catalogue.version), versions) };
}

interface Term {
  readonly validFrom: string;
  readonly validTo: string | null;
}

const termOf = ({ inForceFrom, inForceTo }: RegulationVersion): Term => ({
  validFrom: inForceFrom,
  validTo: inForceTo,
});

function endOf({ validFrom, validTo }: Term, versions: readonly Term[]): string | null {
  const later = versions.map((one) => one.validFrom).filter((day) => day > validFrom);
  return [...later, ...(validTo === null ? [] : [validTo])].sort()[0] ?? null;
}
