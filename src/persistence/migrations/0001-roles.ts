import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The role that the program works under sees the schema and may change nothing of its shape. Every later migration
 * grants it what its tables need, table by table. Role and schema themselves are made before any migration
 * (`preparation.ts`): a role belongs to the whole server and is missing where a copy of the database is restored.
 */
export class Roles0001 implements MigrationInterface {
  readonly name = 'Roles0001000000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      GRANT USAGE ON SCHEMA hotline TO hotline_app;
      GRANT SELECT ON hotline.migrations TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
