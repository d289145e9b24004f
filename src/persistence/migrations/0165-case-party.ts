import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A step rewrites only the parties that changed; whether a case is a unit's is answered by the index alone. */
export class CaseParty0165 implements MigrationInterface {
  readonly name = 'CaseParty9165000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      GRANT UPDATE (leads, is_open) ON hotline.case_party TO hotline_app;
      DROP INDEX hotline.case_party_key;
      CREATE INDEX case_party_key ON hotline.case_party (business_key, party);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
