import type { Transaction } from '../../../platform/database/index.js';
import type { Language } from '../../../sheet/index.js';
import type { Template } from '../template.js';

export interface TemplateVersion extends Template {
  readonly occasion: string;
  readonly language: Language;
  readonly version: number;
  readonly createdAt: Date;
  readonly createdBy: string;
}

/** The newest changed text of each occasion and language. */
export const newestTemplates = (transaction: Transaction): Promise<TemplateVersion[]> =>
  transaction.query<TemplateVersion>(
    `SELECT DISTINCT ON (occasion, language) occasion, language, version, subject, text, created_at AS "createdAt",
            created_by AS "createdBy"
       FROM message_template ORDER BY occasion, language, version DESC`,
  );

export async function newestTemplate(
  transaction: Transaction,
  occasion: string,
  language: Language,
): Promise<TemplateVersion | undefined> {
  const [row] = await transaction.query<TemplateVersion>(
    `SELECT occasion, language, version, subject, text, created_at AS "createdAt", created_by AS "createdBy"
       FROM message_template WHERE occasion = $1 AND language = $2 ORDER BY version DESC LIMIT 1`,
    [occasion, language],
  );
  return row;
}
