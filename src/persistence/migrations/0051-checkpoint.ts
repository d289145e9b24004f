import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signed heads of the tree, each a C2SP note as it was signed. They are only added. */
export class Checkpoint0051 implements MigrationInterface {
  readonly name = 'Checkpoint9051000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.trail_checkpoint (
        size      bigint PRIMARY KEY CHECK (size > 0),
        note      text NOT NULL,
        -- Whose signature it bears, as C2SP writes a public key.
        vkey      text NOT NULL,
        signed_at timestamptz NOT NULL
      );
      CREATE TRIGGER trail_checkpoint_append_only BEFORE UPDATE OR DELETE ON hotline.trail_checkpoint
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER trail_checkpoint_no_truncate BEFORE TRUNCATE ON hotline.trail_checkpoint
        FOR EACH STATEMENT EXECUTE FUNCTION hotline.refuse_change();
      ALTER TABLE hotline.trail_checkpoint ENABLE ALWAYS TRIGGER trail_checkpoint_append_only;
      ALTER TABLE hotline.trail_checkpoint ENABLE ALWAYS TRIGGER trail_checkpoint_no_truncate;
      GRANT SELECT, INSERT ON hotline.trail_checkpoint TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
