/**
 * Tables as entities of TypeORM: plain data in the `store/` folder of the module that owns the table, registered at
 * `openDatabase`. A declaration names no schema (the session's search path decides) and does not load TypeORM.
 */
import type {
  DataSource,
  DeepPartial,
  EntityManager,
  EntitySchemaColumnOptions,
  EntitySchemaOptions,
  EntitySchemaRelationOptions,
  ObjectLiteral,
  Repository,
} from 'typeorm';

export type { FindOptionsWhere as Where } from 'typeorm';

/** `name` is the table; a column is called as its property, in snake case. */
export type Entity<Row> = EntitySchemaOptions<Row>;

export interface Repositories {
  /** Rows of an entity that `openDatabase` knows, read and written by TypeORM on this transaction's connection. */
  repository<Row extends ObjectLiteral>(entity: Entity<Row>): Repository<Row>;
}

const types = {
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

type Columns = { readonly [Name in keyof typeof types]: EntitySchemaColumnOptions };

const allWith = (more: Partial<EntitySchemaColumnOptions>): Columns =>
  Object.fromEntries(Object.entries(types).map(([name, one]) => [name, { ...one, ...more }])) as Columns;

export const column = {
  ...allWith({}),
  nullable: allWith({ nullable: true }),
  /** Of the primary key. */
  key: allWith({ primary: true }),
  /** A primary key that the database counts up. */
  id: { type: 'integer', primary: true, generated: 'increment' } satisfies EntitySchemaColumnOptions,
  /** Filled in by the database where the program gives nothing. */
  defaulted: (one: EntitySchemaColumnOptions, value: unknown): EntitySchemaColumnOptions => ({
    ...one,
    default: value,
  }),
  /** Several of one type. */
  each: <Name extends string>(
    one: EntitySchemaColumnOptions,
    ...names: readonly Name[]
  ): { [Column in Name]: EntitySchemaColumnOptions } =>
    Object.fromEntries(names.map((name) => [name, one])) as { [Column in Name]: EntitySchemaColumnOptions },
};

type Relation = EntitySchemaRelationOptions;

const manyToOne = (target: string, foreignKey: string, nullable = false): Relation => ({
  type: 'many-to-one',
  target,
  joinColumn: { name: foreignKey },
  nullable,
});

/** `target` is the other's table. */
export const relation = {
  manyToOne,
  oneToOne: (target: string, foreignKey: string): Relation => ({
    ...manyToOne(target, foreignKey),
    type: 'one-to-one',
  }),
  /** The one row, or none, whose `property` is this row. */
  inverseOf: (target: string, property: string): Relation => ({
    type: 'one-to-one',
    target,
    inverseSide: property,
  }),
};

/** Of a row that is new; of a relation its key is enough. What is left out, or undefined, the database fills in. */
type Values<Row> = { readonly [Name in keyof Row]?: OrKey<Row[Name]> | undefined };
type OrKey<Value> = Value extends { readonly id: number } ? Pick<Value, 'id'> : Value;

/** @returns the row with what the database has filled in */
export async function insert<Row extends ObjectLiteral>(
  transaction: Repositories,
  entity: Entity<Row>,
  values: Values<Row>,
): Promise<Row> {
  const repository = transaction.repository(entity);
  const row = repository.create(values as DeepPartial<Row>);
  await repository.insert(row);
  return row;
}

/** Undefined where a unique constraint holds against it. */
export async function insertIfAbsent<Row extends ObjectLiteral>(
  transaction: Repositories,
  entity: Entity<Row>,
  values: Values<Row>,
): Promise<Row | undefined> {
  const repository = transaction.repository(entity);
  const row = repository.create(values as DeepPartial<Row>);
  const result = await repository
    .createQueryBuilder()
    .insert()
    .values(row)
    .orIgnore()
    .returning(repository.metadata.primaryColumns.map(({ propertyPath }) => propertyPath))
    .execute();
  return (result.raw as readonly unknown[]).length > 0 ? row : undefined;
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
