import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A second tree over the same entries, by SM3, with checkpoints signed by SM2. Empty while nobody has switched it on;
 * guarded as the first one is.
 */
export class SecondTree0080 implements MigrationInterface {
  readonly name = 'SecondTree9080000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.trail_sm_tile (
        level  smallint NOT NULL,
        tile   bigint NOT NULL,
        hashes bytea NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0),
        PRIMARY KEY (level, tile)
      );
      ALTER TABLE hotline.trail_sm_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;

      CREATE TABLE hotline.trail_sm_checkpoint (
        size      bigint PRIMARY KEY CHECK (size > 0),
        note      text NOT NULL,
        vkey      text NOT NULL,
        signed_at timestamptz NOT NULL
      );

      CREATE TRIGGER trail_sm_tile_extends BEFORE UPDATE ON hotline.trail_sm_tile
        FOR EACH ROW EXECUTE FUNCTION hotline.extend_tile_only();
      CREATE TRIGGER trail_sm_tile_stays BEFORE DELETE ON hotline.trail_sm_tile
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER trail_sm_tile_no_truncate BEFORE TRUNCATE ON hotline.trail_sm_tile
        FOR EACH STATEMENT EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER trail_sm_checkpoint_append_only BEFORE UPDATE OR DELETE ON hotline.trail_sm_checkpoint
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER trail_sm_checkpoint_no_truncate BEFORE TRUNCATE ON hotline.trail_sm_checkpoint
        FOR EACH STATEMENT EXECUTE FUNCTION hotline.refuse_change();
      ALTER TABLE hotline.trail_sm_tile ENABLE ALWAYS TRIGGER trail_sm_tile_extends;
      ALTER TABLE hotline.trail_sm_tile ENABLE ALWAYS TRIGGER trail_sm_tile_stays;
      ALTER TABLE hotline.trail_sm_tile ENABLE ALWAYS TRIGGER trail_sm_tile_no_truncate;
      ALTER TABLE hotline.trail_sm_checkpoint ENABLE ALWAYS TRIGGER trail_sm_checkpoint_append_only;
      ALTER TABLE hotline.trail_sm_checkpoint ENABLE ALWAYS TRIGGER trail_sm_checkpoint_no_truncate;

      GRANT SELECT, INSERT, UPDATE ON hotline.trail_sm_tile TO hotline_app;
      GRANT SELECT, INSERT ON hotline.trail_sm_checkpoint TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
