import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What witnesses have co-signed, only added; and the streams of the latest manifest with the tree over them. The latter
 * can be made again from the entries at any time and prove nothing by themselves: what counts is the root in the
 * manifest's entry.
 */
export class Witnesses0053 implements MigrationInterface {
  readonly name = 'Witnesses9053000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.trail_cosignature (
        -- Of the checkpoint.
        size        bigint NOT NULL CHECK (size > 0),
        -- The witness's public key, as C2SP writes it.
        witness     text NOT NULL,
        -- The signature line, as it stands below the checkpoint.
        line        text NOT NULL,
        -- By the witness's clock.
        cosigned_at timestamptz NOT NULL,
        PRIMARY KEY (size, witness)
      );
      CREATE TRIGGER trail_cosignature_append_only BEFORE UPDATE OR DELETE ON hotline.trail_cosignature
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER trail_cosignature_no_truncate BEFORE TRUNCATE ON hotline.trail_cosignature
        FOR EACH STATEMENT EXECUTE FUNCTION hotline.refuse_change();
      ALTER TABLE hotline.trail_cosignature ENABLE ALWAYS TRIGGER trail_cosignature_append_only;
      ALTER TABLE hotline.trail_cosignature ENABLE ALWAYS TRIGGER trail_cosignature_no_truncate;
      GRANT SELECT, INSERT ON hotline.trail_cosignature TO hotline_app;

      CREATE TABLE hotline.manifest_stream (
        position bigint PRIMARY KEY,
        stream   text COLLATE "C" NOT NULL UNIQUE,
        length   integer NOT NULL,
        head     bytea NOT NULL
      );
      CREATE TABLE hotline.manifest_tile (
        level  smallint NOT NULL,
        tile   bigint NOT NULL,
        hashes bytea NOT NULL,
        PRIMARY KEY (level, tile)
      );
      GRANT SELECT, INSERT, DELETE ON hotline.manifest_stream TO hotline_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON hotline.manifest_tile TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
