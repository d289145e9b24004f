/** Loaded official texts; append-only. */
import { column, type Entity, type Transaction } from '../../../platform/database/index.js';

export interface LoadedText {
  readonly regulation: string;
  readonly version: string;
  /** File name. */
  readonly source: string;
  /** Of the file, hex. */
  readonly sha256: string;
  /** By provision, in order. */
  readonly sentences: ReadonlyMap<string, string>;
  /** `YYYY-MM-DD` in Asia/Shanghai; first day in force, first day no longer in force. */
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  readonly loadedBy: string;
  readonly loadedAt: Date;
}

export const textEntity: Entity<
  Omit<LoadedText, 'sentences'> & {
    readonly id: number;
    readonly sentences: readonly [string, string][];
    readonly body?: Buffer;
  }
> = {
  name: 'regulation_text',
  columns: {
    id: column.id,
    ...column.each(column.text, 'regulation', 'version', 'source', 'sha256', 'loadedBy'),
    body: { ...column.bytes, select: false },
    sentences: column.json,
    effectiveFrom: column.day,
    effectiveTo: column.nullable.day,
    loadedAt: column.instant,
  },
};

/** The latest loaded text of a version. */
export async function textOfVersion(
  transaction: Transaction,
  { key, version }: { readonly key: string; readonly version: string },
): Promise<LoadedText | undefined> {
  const row = await transaction
    .repository(textEntity)
    .findOne({ where: { regulation: key, version }, order: { id: 'DESC' } });
  return row ? { ...row, sentences: new Map(row.sentences) } : undefined;
}
