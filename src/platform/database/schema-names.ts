/** Names derived from the schema's: several cities may share a database, each with its own schema and roles. */
import { Refusal } from '../../kernel/refusal.js';

export interface SchemaNames {
  readonly schema: string;
  /** The program's role. */
  readonly app: string;
  /** The role for reads with row-level security. */
  readonly viewer: string;
  /** The job queue's schema. */
  readonly jobs: string;
}

export const defaultSchema = 'hotline';

/** Schemas of PostgreSQL, or shared ones. */
const reserved = ['public', 'extensions', 'information_schema'];

/** @throws {Refusal} `database.unusable` for a name that needs quoting or is taken */
export function schemaNames(schema: string): SchemaNames {
  // The longest derived name has 15 more characters; PostgreSQL truncates at 63.
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(schema) || schema.startsWith('pg_') || reserved.includes(schema)) {
    throw new Refusal('database.unusable', `HOTLINE_SCHEMA 不能是“${schema}”。`, {
      remedy: '用小写字母开头，只含小写字母、数字和下划线，最多 40 个字符；不能以 pg_ 开头。',
    });
  }
  return { schema, app: `${schema}_app`, viewer: `${schema}_viewer`, jobs: `${schema}_jobs` };
}
