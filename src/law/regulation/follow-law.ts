/** Keeps the law that a program cites up to date, including amendments recorded while it runs. */
import type { Clock } from '../../kernel/index.js';
import { lawOfContent } from '../../kernel/law-of-content.js';
import { createLaws, type Law, type Laws, type LawVersions } from '../../kernel/law.js';
import { packageOn } from '../../kernel/package-content.js';
import { readPackageLists } from '../../kernel/package-lists.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { contentOf } from './model/index.js';
import { shippedLaws } from './shipped-laws/index.js';
import { provedVersions, type ProvedVersion } from './store/version-store.js';
import { recordedContent, versionOn } from './versions.js';

/** The law that a program cites: the shipped versions until it has read the recorded ones. */
export interface LawKeeper {
  readonly laws: Laws;
  learn(versions: LawVersions): void;
}

export function createLawKeeper(clock: Pick<Clock, 'now'>): LawKeeper {
  let versions: LawVersions | undefined;
  return {
    laws: createLaws(() => (versions ??= shippedLaws()), clock),
    learn: (recorded) => {
      versions = recorded;
    },
  };
}

/**
 * One round for a running program. Future versions are read ahead, so that they are cited from
 * 00:00 (+08:00) of their day.
 *
 * @returns whether anything was recorded since the last round
 */
export function createLawFollower({
  database,
  lawKeeper,
}: {
  readonly database: Database;
  readonly lawKeeper: LawKeeper;
}): () => Promise<boolean> {
  let followed: string | undefined;
  return () =>
    database.transaction(async (transaction) => {
      const versions = await provedVersions(transaction);
      const present = versions.map(({ id }) => id).join();
      if (versions.length === 0 || present === followed) return false;
      lawKeeper.learn(await lawsOf(transaction, versions, lawKeeper.laws.today()));
      followed = present;
      return true;
    });
}

/** @param cited the law that refusals cite */
async function lawsOf(
  transaction: Transaction,
  versions: readonly ProvedVersion[],
  cited: Law,
): Promise<LawVersions> {
  const contents = new Map<number, Law>();
  for (const version of versions)
    contents.set(
      version.id,
      lawOfContent(
        contentOf(await recordedContent(transaction, version, cited)),
        readPackageLists(packageOn(version.validFrom)),
      ),
    );
  const byDay = versions.toSorted((one, other) => one.validFrom.localeCompare(other.validFrom));
  const lawOf = ({ id }: ProvedVersion): Law => {
    const found = contents.get(id);
    if (!found) throw new Error(`version ${id} of the regulation was not read`);
    return found;
  };
  return {
    on: (day, knownAt) => {
      // Nothing is in force after the end of the last version, or before the first one.
      const found =
        versionOn(versions, day, knownAt) ?? byDay.findLast(({ validFrom }) => validFrom <= day) ?? byDay[0];
      if (!found) throw new Error('no version of the regulation is recorded');
      return lawOf(found);
    },
    applied: byDay
      .filter(({ appliesToRunning }) => appliesToRunning)
      .map((version) => ({ from: version.validFrom, law: lawOf(version) })),
  };
}
