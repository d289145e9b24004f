import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Running cases that are to go on with another version of their process: what is proposed is never changed, how far
 * it has come moves with each batch, and each case that stays behind is noted with the reason.
 */
export class CaseMigrations0097 implements MigrationInterface {
  readonly name = 'CaseMigrations9097000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.case_migration (
        id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key            text NOT NULL,
        from_version   integer NOT NULL,
        to_version     integer NOT NULL CHECK (to_version <> from_version),
        mapping        json NOT NULL,
        reason         text NOT NULL,
        login          text NOT NULL,
        actor          text NOT NULL,
        proposed_at    timestamptz NOT NULL,
        approved_by    text,
        approved_at    timestamptz,
        withdrawn_by   text,
        withdrawn_at   timestamptz CHECK (withdrawn_at IS NULL OR started_at IS NULL),
        started_by     text,
        started_at     timestamptz CHECK (started_at IS NULL OR approved_at IS NOT NULL),
        finished_at    timestamptz,
        -- The last case that has been looked at.
        done_up_to     bigint NOT NULL DEFAULT 0,
        moved          integer NOT NULL DEFAULT 0,
        stayed         integer NOT NULL DEFAULT 0,
        FOREIGN KEY (key, from_version) REFERENCES hotline.definition (key, version),
        FOREIGN KEY (key, to_version) REFERENCES hotline.definition (key, version)
      );

      CREATE TABLE hotline.case_migration_stayed (
        migration    integer NOT NULL REFERENCES hotline.case_migration,
        case_id      bigint NOT NULL,
        business_key text NOT NULL,
        why          text NOT NULL,
        at           timestamptz NOT NULL,
        PRIMARY KEY (migration, case_id)
      );
      CREATE TRIGGER case_migration_stays BEFORE DELETE ON hotline.case_migration
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER case_migration_stayed_append_only BEFORE UPDATE OR DELETE ON hotline.case_migration_stayed
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();

      GRANT SELECT, INSERT ON hotline.case_migration, hotline.case_migration_stayed TO hotline_app;
      GRANT UPDATE (approved_by, approved_at, withdrawn_by, withdrawn_at, started_by, started_at, finished_at,
                    done_up_to, moved, stayed)
        ON hotline.case_migration TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
