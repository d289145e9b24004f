import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which request of a sender became which sheet, so that a request sent twice is accepted once. */
export class Idempotency0005 implements MigrationInterface {
  readonly name = 'Idempotency0005000000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.idempotency_key (
        key        text PRIMARY KEY,
        -- SHA-256 of the request as it was understood, hex. The request itself is the sheet's.
        request    text NOT NULL,
        work_order text NOT NULL REFERENCES hotline.work_order
      );
      GRANT SELECT, INSERT ON hotline.idempotency_key TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
