import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What intake knows: the tree of kinds in its versions, the kind of each sheet, the words of each kind, the rules of
 * dispatch. Of these only the counts of words are ever changed.
 */
export class Intake0030 implements MigrationInterface {
  readonly name = 'Intake9030000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.classification (
        version     integer PRIMARY KEY CHECK (version > 0),
        title       text NOT NULL,
        -- SHA-256 of the file, hex.
        sha256      text NOT NULL,
        imported_at timestamptz NOT NULL,
        imported_by text NOT NULL,
        -- [{"code", "name", "parent", "trade"}], in the order of the file
        classes     json NOT NULL
      );

      CREATE TABLE hotline.dispatch_rule_set (
        version  integer PRIMARY KEY CHECK (version > 0),
        rules    json NOT NULL,
        reason   text NOT NULL,
        saved_at timestamptz NOT NULL,
        saved_by text NOT NULL
      );

      ALTER TABLE hotline.work_order ADD COLUMN district text;

      -- The last row of a sheet is its kind; those before it are its history. A version's sheets keep that version.
      CREATE TABLE hotline.sheet_class (
        id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        work_order text NOT NULL REFERENCES hotline.work_order,
        version    integer NOT NULL,
        code       text NOT NULL,
        -- The codes from the first level down.
        path       text[] NOT NULL,
        trade      text,
        set_at     timestamptz NOT NULL,
        set_by     text,
        -- Whether its words have been counted.
        learned    boolean NOT NULL DEFAULT false
      );
      CREATE INDEX sheet_class_of ON hotline.sheet_class (work_order, id DESC);
      CREATE INDEX sheet_class_to_learn ON hotline.sheet_class (id) WHERE NOT learned;

      -- How many sheets of a kind there were, and in how many of them each pair of characters stood. No text.
      CREATE TABLE hotline.class_profile (
        code     text PRIMARY KEY,
        sheets   integer NOT NULL,
        terms    json NOT NULL,
        revision bigint NOT NULL
      );
      CREATE SEQUENCE hotline.class_profile_revision;

      GRANT SELECT, INSERT ON hotline.classification, hotline.dispatch_rule_set, hotline.sheet_class TO hotline_app;
      GRANT UPDATE (learned) ON hotline.sheet_class TO hotline_app;
      GRANT SELECT, INSERT, UPDATE ON hotline.class_profile TO hotline_app;
      GRANT USAGE ON SEQUENCE hotline.class_profile_revision TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
