/** The names that hang on the schema's: several cities may share a database, each with a schema and roles of its own. */
import { Refusal } from '../kernel/refusal.js';

export interface SchemaNames {
  readonly schema: string;
  /** The role that the program works under. */
  readonly app: string;
  /** The role under which it reads for somebody who may not see everything. */
  readonly viewer: string;
  /** The schema of the job queue. */
  readonly jobs: string;
}

export const defaultSchema = 'hotline';

/** Where PostgreSQL's, or everybody's, things are. */
const reserved = ['public', 'extensions', 'information_schema'];

/** @throws {Refusal} `database.unusable` for a name that would have to be quoted or is taken */
export function schemaNames(schema: string): SchemaNames {
  // The longest name made of it has 15 characters more; PostgreSQL cuts off behind 63.
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(schema) || schema.startsWith('pg_') || reserved.includes(schema)) {
    throw new Refusal('database.unusable', `HOTLINE_SCHEMA 不能是“${schema}”。`, {
      remedy: '用小写字母开头,只含小写字母、数字和下划线,最多 40 个字符;不能以 pg_ 开头。',
    });
  }
  return { schema, app: `${schema}_app`, viewer: `${schema}_viewer`, jobs: `${schema}_jobs` };
}
