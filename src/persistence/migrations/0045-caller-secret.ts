import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a caller asks for progress with (Art 15): only its keyed hash is kept, the key is outside the database. */
export class CallerSecret0045 implements MigrationInterface {
  readonly name = 'CallerSecret9045000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.caller_secret (
        work_order text PRIMARY KEY REFERENCES hotline.work_order,
        hash       bytea NOT NULL,
        issued_at  timestamptz NOT NULL
      );
      GRANT SELECT, INSERT, UPDATE ON hotline.caller_secret TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
