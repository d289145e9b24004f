/**
 * The regulation in both times. Which version binds at an instant, and what of it was known then, follows from rows
 * that are only ever added: a case need not keep its version, it is the one of the case's first instant.
 */
import { createHash } from 'node:crypto';
import type { Journal } from '../engine/index.js';
import type { Clock } from '../kernel/index.js';
import type { Database, Transaction } from '../persistence/index.js';
import { catalogueOf, type Catalogue } from './model/index.js';
import { shippedContents } from './shipped.js';
import {
  addVersion,
  contentOfVersion,
  recordedVersions,
  type RecordedVersion,
} from './store/version-store.js';

export const regulationStream = 'regulation';

/**
 * Records what the program came with where it differs from what was recorded last of the version; an entry of the
 * trail says so in the same transaction.
 *
 * @returns how many were recorded
 */
export function recordShippedRegulation(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly trail: Pick<Journal<Transaction>, 'append'>;
}): Promise<number> {
  return deps.database.transaction(async (transaction) => {
    const known = await recordedVersions(transaction);
    let recorded = 0;
    for (const content of shippedContents()) {
      const { key: regulation, version, inForceFrom, inForceTo } = catalogueOf(content).version;
      const bytes = Buffer.from(`${JSON.stringify(content, null, 2)}\n`, 'utf8');
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const before = known.filter((one) => one.regulation === regulation && one.version === version);
      if (before.at(-1)?.sha256 === sha256) continue;
      const file = `catalogue-${regulation}-${version}-${before.length + 1}.json`;
      const at = deps.clock.now();
      const [validFrom, validTo] = [inForceFrom, inForceTo];
      const row = { regulation, version, file, sha256, validFrom, validTo, recordedAt: at };
      if (!(await addVersion(transaction, row, bytes))) continue;
      const body = { regulation, version, file, sha256, validFrom, validTo };
      await deps.trail.append(transaction, [
        { stream: regulationStream, type: 'regulation.recorded', at, body },
      ]);
      recorded += 1;
    }
    return recorded;
  });
}

/**
 * The version in force on the day, as it was known at the instant. What had not been recorded yet is taken as it was
 * recorded first: cases older than the program are judged, too.
 *
 * @param day `YYYY-MM-DD` in Asia/Shanghai
 * @returns undefined for a day before the first version's
 */
export function versionOn<Version extends Omit<RecordedVersion, 'id'>>(
  recorded: readonly Version[],
  day: string,
  knownAt: Date,
): Version | undefined {
  const inForce = recorded.filter(
    ({ validFrom, validTo }) => validFrom <= day && (validTo === null || day < validTo),
  );
  const known = inForce.filter(({ recordedAt }) => recordedAt <= knownAt);
  const those = known.length > 0 ? known : inForce;
  const from = those
    .map(({ validFrom }) => validFrom)
    .sort()
    .at(-1);
  const newest = those.filter(({ validFrom }) => validFrom === from);
  return known.length > 0 ? newest.at(-1) : newest[0];
}

/** What each recorded version says, by the name of its file: what an audit bundle takes along. */
export async function regulationFiles(transaction: Transaction): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const { id, file } of await recordedVersions(transaction)) {
    files.set(file, await contentOfVersion(transaction, id));
  }
  return files;
}

/** The catalogue of a recorded version. */
export async function recordedCatalogue(transaction: Transaction, id: number): Promise<Catalogue> {
  return catalogueOf(JSON.parse((await contentOfVersion(transaction, id)).toString('utf8')));
}
