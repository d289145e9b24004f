/** Loaded official texts; append-only. */
import type { Transaction } from '../../persistence/index.js';

export interface LoadedText {
  readonly regulation: string;
  readonly version: string;
  /** File name. */
  readonly source: string;
  /** Of the file, hex. */
  readonly sha256: string;
  /** By provision (`art24.p1.i2`), in order. */
  readonly sentences: ReadonlyMap<string, string>;
  /** `YYYY-MM-DD` in Asia/Shanghai; first day in force, first day no longer in force. */
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  readonly loadedBy: string;
  readonly loadedAt: Date;
}

/** The latest loaded text of a version. */
export async function textOfVersion(
  transaction: Transaction,
  { key, version }: { readonly key: string; readonly version: string },
): Promise<LoadedText | undefined> {
  const [row] = await transaction.query<Omit<LoadedText, 'sentences'> & { sentences: [string, string][] }>(
    `SELECT regulation, version, source, sha256, sentences, effective_from::text AS "effectiveFrom",
            effective_to::text AS "effectiveTo", loaded_by AS "loadedBy", loaded_at AS "loadedAt"
       FROM regulation_text WHERE regulation = $1 AND version = $2 ORDER BY id DESC LIMIT 1`,
    [key, version],
  );
  return row && { ...row, sentences: new Map(row.sentences) };
}

export async function addText(transaction: Transaction, text: LoadedText, body: Buffer): Promise<void> {
  await transaction.query(
    `INSERT INTO regulation_text
       (regulation, version, source, sha256, body, sentences, effective_from, effective_to, loaded_by, loaded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      text.regulation,
      text.version,
      text.source,
      text.sha256,
      body,
      JSON.stringify([...text.sentences]),
      text.effectiveFrom,
      text.effectiveTo,
      text.loadedBy,
      text.loadedAt,
    ],
  );
}
