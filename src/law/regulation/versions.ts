/**
 * The regulation, bitemporal: append-only rows determine which version was in force at an instant,
 * as known at another. A case stores no version: its start determines it.
 */
import { createHash } from 'node:crypto';
import { writeOnce } from '../../accountability/index.js';
import type { Journal } from '../../engine/index.js';
import { Refusal, type Clock } from '../../kernel/index.js';
import { lawOf, type Law } from '../../kernel/law.js';
import { cityPackage } from '../../kernel/package-root.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import type { Transition } from '../../kernel/law.js';
import { catalogueOf, type Catalogue, type CatalogueContent } from './model/index.js';
import { versionProjector } from './projectors.js';
import { shippedCatalogues, shippedContents } from './shipped.js';
import { contentOfVersion, recordedVersions, type RecordedVersion } from './store/version-store.js';

export const regulationStream = 'regulation';

/**
 * Records shipped versions that differ from the last recorded ones, with a trail entry in the same transaction.
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
      const bytes = bytesOf(content);
      const sha256 = digestOf(bytes);
      const before = known.filter((one) => one.regulation === regulation && one.version === version);
      if (before.at(-1)?.sha256 === sha256) continue;
      const file = `catalogue-${regulation}-${version}-${before.length + 1}.json`;
      const at = deps.clock.now();
      const [validFrom, validTo] = [inForceFrom, inForceTo];
      const body = { regulation, version, file, sha256, validFrom, validTo };
      if (await enterVersion(deps, transaction, body, bytes, at)) recorded += 1;
    }
    return recorded;
  });
}

type NewVersion = Omit<RecordedVersion, 'id' | 'recordedAt'>;

async function enterVersion(
  { trail }: { readonly trail: Pick<Journal<Transaction>, 'append'> },
  transaction: Transaction,
  body: NewVersion & { readonly amendment?: number; readonly transition?: Transition },
  bytes: Buffer,
  at: Date,
): Promise<boolean> {
  const entry = { stream: regulationStream, type: 'regulation.recorded', at, body } as const;
  const given = { content: bytes };
  if ((await writeOnce(transaction, versionProjector, entry, given)) === undefined) return false;
  await trail.append(transaction, [entry]);
  return true;
}

/** Records the version that results from an amendment; it is in force from its date. @returns the name of its file */
export async function recordAmended(
  deps: { readonly trail: Pick<Journal<Transaction>, 'append'> },
  transaction: Transaction,
  content: CatalogueContent,
  { at, ...said }: { readonly at: Date; readonly amendment: number; readonly transition: Transition },
): Promise<string> {
  const { key: regulation, version, inForceFrom: validFrom, inForceTo: validTo } = content.version;
  const bytes = bytesOf(content);
  const file = `catalogue-${regulation}-${version}-amendment-${said.amendment}.json`;
  const body = { regulation, version, file, sha256: digestOf(bytes), validFrom, validTo, ...said };
  if (!(await enterVersion(deps, transaction, body, bytes, at)))
    throw new Error(`${file} was recorded before`);
  return file;
}

/**
 * Records a shipped version once more on its first day, with what it means for running cases. The
 * content is the same.
 *
 * @returns the name of its file
 */
export async function recordTransition(
  deps: { readonly trail: Pick<Journal<Transaction>, 'append'> },
  transaction: Transaction,
  { id, regulation, version, sha256, validFrom, validTo }: RecordedVersion,
  { at, transition }: { readonly at: Date; readonly transition: Transition },
): Promise<string> {
  const known = await recordedVersions(transaction);
  const before = known.filter((one) => one.regulation === regulation && one.version === version);
  const file = `catalogue-${regulation}-${version}-${before.length + 1}.json`;
  const body = { regulation, version, file, sha256, validFrom, validTo, transition };
  if (!(await enterVersion(deps, transaction, body, await contentOfVersion(transaction, id), at)))
    throw new Error(`${file} was recorded before`);
  return file;
}

/** Prevents judging one city's cases by another city's law. @throws {Refusal} `package.other-city` */
export async function assertOwnCity(database: Database): Promise<void> {
  const own = shippedCatalogues()[0]?.version.key;
  const known = await database.transaction(recordedVersions);
  const other = known.find(({ regulation }) => regulation !== own);
  if (!other) return;
  throw new Refusal('package.other-city', `数据库里的工单依 ${other.regulation} 办理，条例包是 ${own}`, {
    where: cityPackage(),
    remedy:
      '以 HOTLINE_PACKAGE 指明这个数据库自己的条例包；另一个城市用另一个模式（HOTLINE_SCHEMA）和数据目录',
  });
}

/**
 * The version in force on the day, as known at the instant. If nothing was recorded by then, the
 * first recorded version applies, so that cases older than the program are judged, too.
 *
 * @param day `YYYY-MM-DD` in Asia/Shanghai
 * @returns undefined before the first version
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

/** Contents of all recorded versions by file name, for audit bundles. */
export async function regulationFiles(transaction: Transaction): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const { id, file } of await recordedVersions(transaction)) {
    files.set(file, await contentOfVersion(transaction, id));
  }
  return files;
}

/**
 * The content with the digest in its entry. If the stored content differs, the shipped content with
 * this digest is used.
 *
 * @param law that a refusal cites
 * @throws {Refusal} `regulation.altered` if there is none
 */
export const recordedCatalogue = async (
  transaction: Transaction,
  recorded: Pick<RecordedVersion, 'id' | 'file' | 'sha256'>,
  law: Law,
): Promise<Catalogue> => catalogueOf(await recordedContent(transaction, recorded, law));

/** Like `recordedCatalogue`, without parsing. @throws {Refusal} `regulation.altered` */
export async function recordedContent(
  transaction: Transaction,
  { id, file, sha256 }: Pick<RecordedVersion, 'id' | 'file' | 'sha256'>,
  law: Law,
): Promise<unknown> {
  const kept = await contentOfVersion(transaction, id);
  if (digestOf(kept) === sha256) return JSON.parse(kept.toString('utf8'));
  const shipped = shippedContents().find((content) => digestOf(bytesOf(content)) === sha256);
  if (shipped !== undefined) return shipped;
  throw new Refusal('regulation.altered', `条例目录 ${file} 的内容不是轨迹所记的`, {
    where: regulationStream,
    provision: lawOf('trail', law),
    remedy: '不能据以认定；保全数据库，由审计人员核验轨迹，照备份恢复表 regulation_version 的这一行',
  });
}

/** Digest of the content as recorded, hex. */
export const contentDigestOf = (content: unknown): string => digestOf(bytesOf(content));

const bytesOf = (content: unknown): Buffer => Buffer.from(`${JSON.stringify(content, null, 2)}\n`, 'utf8');
const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
