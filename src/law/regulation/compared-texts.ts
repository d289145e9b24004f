/** Loaded official texts as their rows have them, for comparison with the trail. */
import { createHash } from 'node:crypto';
import { contentDigest, type Facts } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { readOfficialText } from './official-text.js';
import { shippedCatalogues } from './shipped.js';

export const textTable = 'regulation_text' as const;

interface Row {
  readonly regulation: string;
  readonly version: string;
  readonly number: number;
  readonly source: string;
  readonly body: Buffer;
  readonly sentences: unknown;
  readonly from: string;
  readonly to: string | null;
  readonly by: string;
}

/** The n-th of a version by its place. What is shown is held against the file itself. */
export async function comparedOfficialTexts(
  transaction: Transaction,
): Promise<readonly { readonly name: string; readonly facts: Facts }[]> {
  const rows = await transaction.query<Row>(
    `SELECT regulation, version, row_number() OVER (PARTITION BY regulation, version ORDER BY id)::int AS number, source,
            body, sentences, effective_from::text AS "from", effective_to::text AS "to", loaded_by AS "by"
       FROM regulation_text`,
  );
  return rows.map((row) => ({
    name: `${row.regulation} ${row.version} 第 ${row.number} 份`,
    facts: {
      ...{ 文件: createHash('sha256').update(row.body).digest('hex'), 来源: row.source, 谁: row.by },
      ...{ 施行自: row.from, 施行至: row.to, 条文: isOfFile(row) ? sameAsFile : '不是文件里的' },
    },
  }));
}

export const sameAsFile = '文件里的';

function isOfFile({ body, source, sentences }: Row): boolean {
  try {
    const { text } = readOfficialText(body, source, shippedCatalogues());
    return contentDigest([...text.sentences]) === contentDigest(sentences);
  } catch {
    return false;
  }
}
