import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A version is in force from an instant on, until the next one's. One that people approved names its draft; one that
 * was withdrawn before its instant never was in force.
 */
export class InForceFrom0096 implements MigrationInterface {
  readonly name = 'InForceFrom9096000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE hotline.definition ADD COLUMN in_force_from timestamptz;
      UPDATE hotline.definition SET in_force_from = deployed_at;
      ALTER TABLE hotline.definition
        ALTER COLUMN in_force_from SET NOT NULL,
        ADD COLUMN draft integer UNIQUE REFERENCES hotline.draft;
      CREATE TRIGGER definition_append_only BEFORE UPDATE OR DELETE ON hotline.definition
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();

      CREATE TABLE hotline.definition_withdrawal (
        definition   integer PRIMARY KEY REFERENCES hotline.definition,
        actor        text NOT NULL,
        reason       text NOT NULL,
        withdrawn_at timestamptz NOT NULL
      );
      CREATE TRIGGER definition_withdrawal_append_only BEFORE UPDATE OR DELETE ON hotline.definition_withdrawal
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      GRANT SELECT, INSERT ON hotline.definition_withdrawal TO hotline_app;
      GRANT SELECT ON hotline.definition_withdrawal TO hotline_viewer;

      -- Those that are, were or will be in force.
      CREATE VIEW hotline.standing_definition AS
        SELECT d.* FROM hotline.definition d
         WHERE NOT EXISTS (SELECT FROM hotline.definition_withdrawal w WHERE w.definition = d.id);
      GRANT SELECT ON hotline.standing_definition TO hotline_app, hotline_viewer;

      -- Where each version stands at an instant.
      CREATE FUNCTION hotline.definition_states(instant timestamptz)
        RETURNS TABLE (definition integer, state text) LANGUAGE sql STABLE AS $$
          SELECT id, CASE WHEN in_force_from > instant THEN 'scheduled'
                          WHEN lead(in_force_from) OVER (PARTITION BY key ORDER BY in_force_from, version) <= instant
                            THEN 'superseded'
                          ELSE 'in-force' END
            FROM hotline.standing_definition
          UNION ALL
          SELECT w.definition, 'withdrawn' FROM hotline.definition_withdrawal w
        $$;
      REVOKE ALL ON FUNCTION hotline.definition_states FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hotline.definition_states TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
