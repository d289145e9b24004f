import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was found out by trying a draft (the checks 13 to 15): of these bytes, on what was in force then. Made in the
 * background and made anew where it is asked for again; what a submission rests on is frozen with it.
 */
export class DraftTrials0130 implements MigrationInterface {
  readonly name = 'DraftTrials9130000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.draft_trial (
        key       text NOT NULL,
        sha256    text NOT NULL,
        -- Digest of what the bytes were tried on: the diagrams in force, the calendar, the policies.
        ground    text NOT NULL,
        asked_at  timestamptz NOT NULL,
        -- {what, done, of}; null before it begins.
        progress  json,
        reports   json,
        made_at   timestamptz CHECK ((made_at IS NULL) = (reports IS NULL)),
        PRIMARY KEY (key, sha256, ground)
      );
      GRANT SELECT, INSERT ON hotline.draft_trial TO hotline_app;
      GRANT UPDATE (asked_at, progress, reports, made_at) ON hotline.draft_trial TO hotline_app;
      ALTER TABLE hotline.draft_submission ADD running_cases json;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
