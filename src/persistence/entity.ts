/**
 * Tables as entities of TypeORM: plain data in the `store/` folder of the module that owns the table, registered at
 * `openDatabase`. A declaration names no schema (the session's search path decides) and does not load TypeORM.
 */
import type {
  DataSource,
  EntityManager,
  EntitySchemaColumnOptions,
  EntitySchemaOptions,
  EntitySchemaRelationOptions,
  ObjectLiteral,
  Repository,
} from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';

/** `name` is the table; a column is called as its property, in snake case. */
export type Entity<Row> = EntitySchemaOptions<Row>;

export const column = {
  text: { type: 'text' },
  texts: { type: 'text', array: true },
  integer: { type: 'integer' },
  bigint: { type: 'bigint' },
  boolean: { type: 'boolean' },
  instant: { type: 'timestamptz' },
  /** `YYYY-MM-DD` */
  day: { type: 'date' },
  json: { type: 'json' },
  jsonb: { type: 'jsonb' },
  bytes: { type: 'bytea' },
} as const satisfies { readonly [name: string]: EntitySchemaColumnOptions };

export const nullable = <C extends EntitySchemaColumnOptions | EntitySchemaRelationOptions>(
  one: C,
): C & { nullable: true } => ({ ...one, nullable: true });

export const primary = (one: EntitySchemaColumnOptions): EntitySchemaColumnOptions => ({
  ...one,
  primary: true,
});

/** A primary key that the database counts up. */
export const numbered: EntitySchemaColumnOptions = { type: 'integer', primary: true, generated: 'increment' };

/** For a column that the database fills in where the program gives nothing. */
export const defaulted = (one: EntitySchemaColumnOptions, value: unknown): EntitySchemaColumnOptions => ({
  ...one,
  default: value,
});

/** A foreign key, called as its property. @param target the table */
export const manyToOne = (target: string): EntitySchemaRelationOptions => ({
  type: 'many-to-one',
  target,
  joinColumn: true,
  nullable: false,
});

/** `ON CONFLICT DO NOTHING`. @returns whether the row was inserted; `values` then has what the database filled in */
export async function insertIfAbsent<Row extends ObjectLiteral>(
  repository: Repository<Row>,
  values: QueryDeepPartialEntity<Row>,
): Promise<boolean> {
  const result = await repository
    .createQueryBuilder()
    .insert()
    .values(values)
    .orIgnore()
    .returning(repository.metadata.primaryColumns.map(({ propertyPath }) => propertyPath))
    .execute();
  return (result.raw as readonly unknown[]).length > 0;
}

export type ManagerOver = (send: (sql: string, parameters?: unknown[]) => Promise<unknown>) => EntityManager;

/** A manager whose statements are those of a transaction under way: no connection and no COMMIT of its own. */
export const managerOver =
  (dataSource: DataSource): ManagerOver =>
  (send) =>
    Object.assign(dataSource.createQueryRunner(), {
      connect: () => Promise.resolve({ query: send }),
      isTransactionActive: true,
    }).manager;
