import type { Transaction } from '../../../platform/database/index.js';

/** A text that a person writes often. */
export interface TextTemplate {
  readonly name: string;
  readonly text: string;
  /** Set if the template is for one form field only, as the diagram names it. */
  readonly field: { readonly key: string; readonly name: string } | null;
  /** Set if the template is only for sheets of this class and its subclasses. */
  readonly class: string | null;
  /** True if the template belongs to the unit, false if to the person. */
  readonly shared: boolean;
  /** The person's name in the trail. */
  readonly savedBy: string;
  readonly savedAt: Date;
}

export interface TemplateOwner {
  readonly person: number;
  readonly unit: string;
}

/** The person's own templates and the unit's, by name. */
export const textTemplates = (
  transaction: Transaction,
  { person, unit }: TemplateOwner,
): Promise<TextTemplate[]> =>
  transaction.query<TextTemplate>(
    `SELECT name, body AS text, CASE WHEN field IS NOT NULL THEN json_build_object('key', field, 'name', field_name) END AS field,
            class, unit IS NOT NULL AS shared, saved_by AS "savedBy", saved_at AS "savedAt"
       FROM text_template WHERE person = $1 OR unit = $2 ORDER BY name, unit NULLS FIRST`,
    [person, unit],
  );

/** Locks the templates of the unit, or of the person, until the transaction ends. */
export async function lockTemplates(
  transaction: Transaction,
  { person, unit }: TemplateOwner,
  shared: boolean,
): Promise<void> {
  await transaction.query(
    "SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.text_template'), hashtext($1))",
    [shared ? unit : String(person)],
  );
}

/** Saves a personal template, which no entry records. Call under `lockTemplates`. */
export async function writeOwnTemplate(
  transaction: Transaction,
  person: number,
  { name, text, field, class: code, savedBy, savedAt }: TextTemplate,
): Promise<void> {
  await removeOwnTemplate(transaction, person, name);
  await transaction.query(
    `INSERT INTO text_template (person, name, body, field, field_name, class, saved_by, saved_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [person, name, text, field?.key ?? null, field?.name ?? null, code, savedBy, savedAt],
  );
}

/** Call under `lockTemplates`. */
export async function removeOwnTemplate(
  transaction: Transaction,
  person: number,
  name: string,
): Promise<void> {
  await transaction.query('DELETE FROM text_template WHERE name = $1 AND person = $2', [name, person]);
}
