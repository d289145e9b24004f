import type { Transaction } from '../../../platform/database/index.js';

/** What a person writes again and again. */
export interface TextTemplate {
  readonly name: string;
  readonly text: string;
  /** The only field of a form that it is for, as the diagram names it. */
  readonly field: { readonly key: string; readonly name: string } | null;
  /** For sheets of this class and those below. */
  readonly class: string | null;
  /** The unit's, not the person's. */
  readonly shared: boolean;
  /** As named in the trail. */
  readonly savedBy: string;
  readonly savedAt: Date;
}

export interface TemplateOwner {
  readonly person: number;
  readonly unit: string;
}

/** The person's own and the unit's, by name. */
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

/** Of a person's own, which no entry says. Under `lockTemplates`. */
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

/** Under `lockTemplates`. */
export async function removeOwnTemplate(
  transaction: Transaction,
  person: number,
  name: string,
): Promise<void> {
  await transaction.query('DELETE FROM text_template WHERE name = $1 AND person = $2', [name, person]);
}
