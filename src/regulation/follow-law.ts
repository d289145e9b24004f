/** Makes what a program cites the law of the day: also that of an amendment recorded while it runs. */
import type { Clock } from '../kernel/index.js';
import { lawOfContent, useLaws, type LawFrom } from '../kernel/law.js';
import { readPackageLists } from '../kernel/package-lists.js';
import type { Database, Transaction } from '../persistence/index.js';
import { contentOf } from './model/index.js';
import { provedVersions, type RecordedVersion } from './store/version-store.js';
import { recordedContent, versionOn } from './versions.js';

/**
 * A round for a program that serves. What is to come is read ahead: on its day it is cited from 00:00 (+08:00) on.
 *
 * @returns whether anything was recorded since the round before
 */
export function createLawFollower({
  database,
  clock,
}: {
  readonly database: Database;
  readonly clock: Clock;
}): () => Promise<boolean> {
  let followed: string | undefined;
  return () =>
    database.transaction(async (transaction) => {
      const versions = await provedVersions(transaction);
      const present = versions.map(({ id }) => id).join();
      if (versions.length === 0 || present === followed) return false;
      useLaws(await lawsOf(transaction, versions, clock.now()), clock);
      followed = present;
      return true;
    });
}

async function lawsOf(
  transaction: Transaction,
  versions: readonly RecordedVersion[],
  knownAt: Date,
): Promise<readonly LawFrom[]> {
  const lists = readPackageLists();
  const days = [...new Set(versions.flatMap(({ validFrom, validTo }) => [validFrom, validTo ?? []].flat()))];
  const laws: LawFrom[] = [];
  for (const from of days.sort()) {
    const version = versionOn(versions, from, knownAt);
    if (!version) continue;
    const content = contentOf(await recordedContent(transaction, version));
    laws.push({ from, law: lawOfContent(content, lists) });
  }
  return laws;
}
