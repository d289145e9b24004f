/** Recorded versions of the regulation; append-only. */
import type { Transition } from '../../../kernel/law.js';
import { column, type Entity, type Transaction } from '../../../platform/database/index.js';

export interface RecordedVersion {
  readonly id: number;
  readonly regulation: string;
  readonly version: string;
  /** Name of the content's file in audit bundles and in the trail entry that proves it. */
  readonly file: string;
  /** Of the content, hex. */
  readonly sha256: string;
  /** First day in force, first day no longer in force: `YYYY-MM-DD` in Asia/Shanghai. */
  readonly validFrom: string;
  readonly validTo: string | null;
  /** When it became known. */
  readonly recordedAt: Date;
}

export const versionEntity: Entity<RecordedVersion & { readonly content?: Buffer }> = {
  name: 'regulation_version',
  columns: {
    id: column.id,
    ...column.each(column.text, 'regulation', 'version', 'file', 'sha256'),
    content: { ...column.bytes, select: false },
    validFrom: column.day,
    validTo: column.nullable.day,
    recordedAt: column.instant,
  },
};

export interface ProvedVersion extends RecordedVersion {
  /** Null for a shipped version: the policy `transition` decides on its first day. */
  readonly transition: Transition | null;
  /** True for an amendment that also applies to cases running on its first day. */
  readonly appliesToRunning: boolean;
  /** True if it then also counts their running limits anew. */
  readonly recounts: boolean;
}

/** Versions that the trail recorded: a version without its entry, or with other dates, has no effect. */
export async function provedVersions(transaction: Transaction): Promise<ProvedVersion[]> {
  const versions = await recordedVersions(transaction);
  const proved = await transaction.query<{
    file: string;
    sha256: string;
    from: string;
    to: string | null;
    transition: Transition | null;
  }>(
    `SELECT said ->> 'file' AS file, said ->> 'sha256' AS sha256, said ->> 'validFrom' AS "from", said ->> 'validTo' AS "to",
            said ->> 'transition' AS transition
       FROM proved_entry WHERE stream = 'regulation' AND type = 'regulation.recorded'`,
  );
  return versions.flatMap((version) => {
    const { file, sha256, validFrom, validTo } = version;
    const said = proved.find(
      (one) => one.file === file && one.sha256 === sha256 && one.from === validFrom && one.to === validTo,
    );
    if (!said) return [];
    const { transition } = said;
    const recounts = transition === 'recount';
    return [{ ...version, transition, appliesToRunning: recounts || transition === 'new', recounts }];
  });
}

/** In order of recording. */
export const recordedVersions = (transaction: Transaction): Promise<RecordedVersion[]> =>
  transaction.repository(versionEntity).find({ order: { id: 'ASC' } });

export async function contentOfVersion(transaction: Transaction, id: number): Promise<Buffer> {
  const row = await transaction
    .repository(versionEntity)
    .findOne({ where: { id }, select: { id: true, content: true } });
  if (!row?.content) throw new Error(`no version ${id} of the regulation is recorded`);
  return row.content;
}

/** Locks until the transaction ends: of two acts on amendments the second sees the first. */
export const lockAmendments = (transaction: Transaction): Promise<unknown> =>
  transaction.query("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.amendment'))");
