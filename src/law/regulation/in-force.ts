/** The catalogue in force on a day: as recorded, else as shipped. A recorded version of the future is not in force. */
import { civilDateOf } from '../../kernel/civil-date.js';
import type { Laws as CitedLaws } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { appliedIn, type Laws } from './amendment/laws-in-time.js';
import type { DutyEntry } from './interpret.js';
import type { Catalogue, RegulationVersion } from './model/index.js';
import { shippedCatalogue, shippedCatalogues } from './shipped.js';
import { provedVersions, type RecordedVersion } from './store/version-store.js';
import { recordedCatalogue, versionOn } from './versions.js';

export interface CatalogueInForce {
  readonly catalogue: Catalogue;
  /** Undefined if it is the shipped version. */
  readonly recorded: RecordedVersion | undefined;
  /** First day no longer in force, by its own dates or because another version follows. */
  readonly until: string | null;
}

export interface Catalogues {
  /**
   * @param day `YYYY-MM-DD` in Asia/Shanghai; before the first version: the first version
   * @param knownAt ignores what was recorded later
   */
  on(transaction: Transaction, day: string, knownAt: Date): Promise<CatalogueInForce>;
  /** The version in force on the instant's day, as known then. */
  at(transaction: Transaction, instant: Date): Promise<CatalogueInForce>;
  /** Like `at` for many instants; loads the recorded versions once. */
  binding(transaction: Transaction): Promise<(instant: Date) => Promise<CatalogueInForce>>;
  /** Versions that bind a case with this start: that of its day, and those that amendments applied since. */
  lawsOf(transaction: Transaction): Promise<(startedAt: Date, trail: readonly DutyEntry[]) => Promise<Laws>>;
  /** Content of a recorded version. */
  of(transaction: Transaction, recorded: RecordedVersion): Promise<Catalogue>;
}

/** @param cited the law that refusals cite */
export function createCatalogues(cited: Pick<CitedLaws, 'today'>): Catalogues {
  /** Recorded versions never change. */
  const read = new Map<number, Catalogue>();
  const of: Catalogues['of'] = async (transaction, recorded) => {
    const catalogue =
      read.get(recorded.id) ?? (await recordedCatalogue(transaction, recorded, cited.today()));
    read.set(recorded.id, catalogue);
    return catalogue;
  };
  const among = async (
    transaction: Transaction,
    versions: readonly RecordedVersion[],
    day: string,
    knownAt: Date,
  ): Promise<CatalogueInForce> => {
    const recorded = versionOn(versions, day, knownAt);
    if (!recorded) return shippedOn(day);
    return { catalogue: await of(transaction, recorded), recorded, until: endOf(recorded, versions) };
  };
  const binding: Catalogues['binding'] = async (transaction) => {
    const versions = await provedVersions(transaction);
    return (instant) => among(transaction, versions, civilDateOf(instant), instant);
  };
  const lawsOf: Catalogues['lawsOf'] = async (transaction) => {
    const versions = await provedVersions(transaction);
    return async (startedAt, trail) => {
      const { catalogue: first } = await among(transaction, versions, civilDateOf(startedAt), startedAt);
      const later = [];
      for (const { from, file } of appliedIn(trail)) {
        const recorded = versions.find((one) => one.file === file);
        if (recorded) later.push({ from, catalogue: await of(transaction, recorded) });
      }
      return { first, later };
    };
  };
  return {
    on: async (transaction, day, knownAt) =>
      among(transaction, await provedVersions(transaction), day, knownAt),
    at: async (transaction, instant) => (await binding(transaction))(instant),
    binding,
    lawsOf,
    of,
  };
}

/** The shipped version for a day. */
export function shippedOn(day: string): CatalogueInForce {
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
