import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Holiday schedules and local rules loaded at run time. A notice is never changed: the next one amends it. */
export class Calendar0006 implements MigrationInterface {
  readonly name = 'Calendar0006000000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.calendar_notice (
        -- The order of loading: the later notice amends the earlier.
        id        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind      text NOT NULL CHECK (kind IN ('national', 'local')),
        title     text NOT NULL,
        document  text NOT NULL UNIQUE,
        issued_on date,
        address   text,
        -- The year that it settles as a whole; null for one that only changes the days it names.
        year      integer UNIQUE,
        -- [{"date", "working", "name"}]
        days      json NOT NULL,
        -- SHA-256 of the file, hex.
        sha256    text NOT NULL,
        loaded_at timestamptz NOT NULL,
        loaded_by text NOT NULL
      );
      GRANT SELECT, INSERT ON hotline.calendar_notice TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
