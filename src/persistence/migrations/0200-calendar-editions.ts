import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every edition of the calendar that deadlines were counted by, with its sources: entries of the trail name the edition
 * only, and why a day was counted is worked out again from it, whatever later programs ship.
 */
export class CalendarEditions0200 implements MigrationInterface {
  readonly name = 'CalendarEditions9200000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.calendar_edition (
        -- The digest of its days that derivations name: twelve hexadecimal digits.
        edition text PRIMARY KEY,
        -- From the weakest to the strongest: [{"kind", "title", "document", "address", "publishedOn", "years", "days"}]
        sources json NOT NULL
      );
      GRANT SELECT, INSERT ON hotline.calendar_edition TO hotline_app;
      GRANT SELECT ON hotline.calendar_edition TO hotline_viewer;
      -- The limit that a deadline goes before stands in its derivation.
      DROP FUNCTION hotline.deadline_reach;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
