import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the trail was verified, how much of it, and with what verdict. Only added: a bad verdict stays. */
export class Verification0054 implements MigrationInterface {
  readonly name = 'Verification9054000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.trail_verification (
        id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        started_at timestamptz NOT NULL,
        ended_at   timestamptz NOT NULL,
        entries    bigint NOT NULL,
        streams    bigint NOT NULL,
        size       bigint NOT NULL,
        holds      boolean NOT NULL,
        -- Sentences in Chinese: what was seen, and what does not hold, [{ attack, detail }].
        facts      jsonb NOT NULL,
        findings   jsonb NOT NULL
      );
      CREATE TRIGGER trail_verification_append_only BEFORE UPDATE OR DELETE ON hotline.trail_verification
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER trail_verification_no_truncate BEFORE TRUNCATE ON hotline.trail_verification
        FOR EACH STATEMENT EXECUTE FUNCTION hotline.refuse_change();
      ALTER TABLE hotline.trail_verification ENABLE ALWAYS TRIGGER trail_verification_append_only;
      ALTER TABLE hotline.trail_verification ENABLE ALWAYS TRIGGER trail_verification_no_truncate;
      GRANT SELECT, INSERT ON hotline.trail_verification TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
