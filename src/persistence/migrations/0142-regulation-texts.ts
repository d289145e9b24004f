import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The official text, as somebody has loaded it: the program comes with none. Of a version the last one counts. */
export class RegulationTexts0142 implements MigrationInterface {
  readonly name = 'RegulationTexts9142000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.regulation_text (
        id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        regulation     text NOT NULL,
        version        text NOT NULL,
        -- The file's name, and its bytes' SHA-256 in hexadecimal.
        source         text NOT NULL,
        sha256         text NOT NULL,
        body           bytea NOT NULL,
        -- Provision and sentence, in the order of the text.
        sentences      json NOT NULL,
        effective_from date NOT NULL,
        effective_to   date,
        loaded_by      text NOT NULL,
        loaded_at      timestamptz NOT NULL
      );
      CREATE INDEX regulation_text_of ON hotline.regulation_text (regulation, version, id);
      CREATE TRIGGER regulation_text_append_only BEFORE UPDATE OR DELETE ON hotline.regulation_text
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER regulation_text_no_truncate BEFORE TRUNCATE ON hotline.regulation_text
        FOR EACH STATEMENT EXECUTE FUNCTION hotline.refuse_change();
      ALTER TABLE hotline.regulation_text ENABLE ALWAYS TRIGGER regulation_text_append_only;
      ALTER TABLE hotline.regulation_text ENABLE ALWAYS TRIGGER regulation_text_no_truncate;
      GRANT SELECT, INSERT ON hotline.regulation_text TO hotline_app;
      GRANT SELECT ON hotline.regulation_text TO hotline_viewer;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
