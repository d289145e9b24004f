import { expect } from 'chai';
import { entities } from '../../src/main.js';
import { useDatabase } from '../support/database.js';

interface ColumnRow {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly defaulted: boolean;
  readonly numbered: boolean;
  readonly primary: boolean;
}

/** Columns that the program itself never reads or writes through an entity. */
const unmapped: readonly string[] = ['knowledge_entry.searched'];

describe('实体与真实的表逐列一致', () => {
  const database = useDatabase();

  const columnsOf = async (table: string): Promise<ColumnRow[]> =>
    (
      await database().pool.query<ColumnRow>(
        `SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
                NOT a.attnotnull AS nullable, a.atthasdef AS defaulted, a.attidentity <> '' AS numbered,
                coalesce(a.attnum = ANY (i.indkey), false) AS "primary"
           FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
           LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
          WHERE c.oid = to_regclass($1) ORDER BY a.attnum`,
        [table],
      )
    ).rows.filter(({ name }) => !unmapped.includes(`${table}.${name}`));

  for (const { name: table } of entities) {
    it(table, async () => {
      const { columns } = database().dataSource.getMetadata(table);
      const mapped = columns.map((column): ColumnRow => ({
        table,
        name: column.databaseName,
        type: database().dataSource.driver.normalizeType(column) + (column.isArray ? '[]' : ''),
        nullable: column.isNullable,
        defaulted: column.default !== undefined,
        numbered: column.isGenerated,
        primary: column.isPrimary,
      }));
      const byName = (one: ColumnRow, other: ColumnRow) => (one.name < other.name ? -1 : 1);
      expect(mapped.toSorted(byName)).to.deep.equal((await columnsOf(table)).toSorted(byName));
    });
  }

  it('每个实体只登记一次', () => {
    expect(new Set(entities.map(({ name }) => name)).size).to.equal(entities.length);
  });
});
