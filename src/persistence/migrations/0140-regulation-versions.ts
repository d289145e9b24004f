import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the regulation says, with both times: the days for which it is in force, and the instant since which it is
 * known here. A version that is worded anew is a further row; none is ever changed.
 */
export class RegulationVersions0140 implements MigrationInterface {
  readonly name = 'RegulationVersions9140000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.regulation_version (
        id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        regulation  text NOT NULL,
        version     text NOT NULL,
        -- Under this name an entry of the trail vouches for the content, and an audit bundle has it.
        file        text NOT NULL UNIQUE,
        sha256      text NOT NULL,
        content     bytea NOT NULL,
        -- First day in force, and the first day on which it no longer is; days of Asia/Shanghai.
        valid_from  date NOT NULL,
        valid_to    date,
        recorded_at timestamptz NOT NULL
      );
      CREATE TRIGGER regulation_version_append_only BEFORE UPDATE OR DELETE ON hotline.regulation_version
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER regulation_version_no_truncate BEFORE TRUNCATE ON hotline.regulation_version
        FOR EACH STATEMENT EXECUTE FUNCTION hotline.refuse_change();
      ALTER TABLE hotline.regulation_version ENABLE ALWAYS TRIGGER regulation_version_append_only;
      ALTER TABLE hotline.regulation_version ENABLE ALWAYS TRIGGER regulation_version_no_truncate;
      GRANT SELECT, INSERT ON hotline.regulation_version TO hotline_app;
      GRANT SELECT ON hotline.regulation_version TO hotline_viewer;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
