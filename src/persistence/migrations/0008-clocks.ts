import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A deadline tells whether it is a limit of the law, stands still, and what has happened to it since it began to run;
 * a case tells the level of escalation that stands now, which lists and counts ask for.
 */
export class Clocks0008 implements MigrationInterface {
  readonly name = 'Clocks0008000000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE hotline.deadline
        ADD COLUMN is_limit    boolean NOT NULL DEFAULT false,
        ADD COLUMN paused      boolean NOT NULL DEFAULT false,
        -- Counts the moves of the limit that it is or hangs on.
        ADD COLUMN version     integer NOT NULL DEFAULT 1,
        -- Begun anew, paused, extended: in that order of time, null where nothing has happened.
        ADD COLUMN adjustments json;
      ALTER TABLE hotline.process_case ADD COLUMN level text;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE hotline.process_case DROP COLUMN level;
      ALTER TABLE hotline.deadline
        DROP COLUMN is_limit, DROP COLUMN paused, DROP COLUMN version, DROP COLUMN adjustments;
    `);
  }
}
