/**
 * Tables as TypeORM entities: plain data in the `store/` folder of the owning module, registered at `openDatabase`. A
 * declaration names no schema (the search path decides) and does not load TypeORM.
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

/** `name` is the table; columns are named after properties, in snake case. */
export type Entity<Row> = EntitySchemaOptions<Row>;

export interface Repositories {
  /** Repository of a registered entity on this transaction's connection. */
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
  /** Part of the primary key. */
  key: allWith({ primary: true }),
  /** A generated primary key. */
  id: { type: 'integer', primary: true, generated: 'increment' } satisfies EntitySchemaColumnOptions,
  /** Has a default in the database. */
  defaulted: (one: EntitySchemaColumnOptions, value: unknown): EntitySchemaColumnOptions => ({
    ...one,
    default: value,
  }),
  /** Several columns of one type. */
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

/** `target` is the other table's entity. */
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

/**
 * Content of a new row; for a relation its key suffices. Omitted and undefined columns are filled in by the database.
 */
type Values<Row> = { readonly [Name in keyof Row]?: OrKey<Row[Name]> | undefined };
type OrKey<Value> = Value extends { readonly id: number } ? Pick<Value, 'id'> : Value;

/** @returns the row including values set by the database */
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

/** Undefined if a unique constraint is violated. */
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

/** A manager on a running transaction: no connection and no COMMIT of its own. */
export const managerOver =
  (dataSource: DataSource): ManagerOver =>
  (send) =>
    Object.assign(dataSource.createQueryRunner(), {
      connect: () => Promise.resolve({ query: send }),
      isTransactionActive: true,
    }).manager;
