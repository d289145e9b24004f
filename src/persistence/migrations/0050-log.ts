import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One tree over the entries of all streams. An entry notes the transaction that wrote it, so that whoever gives the
 * global numbers can tell what may still become visible; the program's role cannot say another one. Numbers and tiles
 * only grow.
 */
export class Log0050 implements MigrationInterface {
  readonly name = 'Log9050000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Entries that are there already all get this migration's transaction: they are committed.
      ALTER TABLE hotline.trail_entry ADD COLUMN xact xid8 NOT NULL DEFAULT pg_current_xact_id();
      CREATE INDEX trail_entry_xact ON hotline.trail_entry (xact);
      REVOKE INSERT ON hotline.trail_entry FROM hotline_app;
      GRANT INSERT (stream, seq, at, type, leaf, body) ON hotline.trail_entry TO hotline_app;

      -- Which entry stands where in the tree.
      CREATE TABLE hotline.trail_leaf (
        index  bigint PRIMARY KEY CHECK (index >= 0),
        stream text NOT NULL,
        seq    integer NOT NULL,
        UNIQUE (stream, seq)
      );

      -- Up to 256 hashes of 32 bytes: of leaves at level 0, of complete tiles of the level below above.
      CREATE TABLE hotline.trail_tile (
        level  smallint NOT NULL,
        tile   bigint NOT NULL,
        hashes bytea NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0),
        PRIMARY KEY (level, tile)
      );
      -- Hashes do not compress.
      ALTER TABLE hotline.trail_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;

      -- How far numbers have been given: all entries of transactions before the horizon have theirs.
      CREATE TABLE hotline.trail_log (
        one     boolean PRIMARY KEY DEFAULT true CHECK (one),
        size    bigint NOT NULL,
        horizon xid8 NOT NULL
      );
      INSERT INTO hotline.trail_log (size, horizon) VALUES (0, '0');

      CREATE FUNCTION hotline.extend_tile_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.level <> OLD.level OR NEW.tile <> OLD.tile
          OR substring(NEW.hashes FOR octet_length(OLD.hashes)) <> OLD.hashes THEN
          RAISE EXCEPTION '轨迹的哈希只能追加:第 % 层第 % 片', OLD.level, OLD.tile USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
      END $$;

      CREATE FUNCTION hotline.grow_log_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.size < OLD.size THEN
          RAISE EXCEPTION '轨迹只能增长:% 条不能改为 % 条', OLD.size, NEW.size USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
      END $$;

      CREATE TRIGGER trail_leaf_append_only BEFORE UPDATE OR DELETE ON hotline.trail_leaf
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER trail_leaf_no_truncate BEFORE TRUNCATE ON hotline.trail_leaf
        FOR EACH STATEMENT EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER trail_tile_extends BEFORE UPDATE ON hotline.trail_tile
        FOR EACH ROW EXECUTE FUNCTION hotline.extend_tile_only();
      CREATE TRIGGER trail_tile_stays BEFORE DELETE ON hotline.trail_tile
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER trail_tile_no_truncate BEFORE TRUNCATE ON hotline.trail_tile
        FOR EACH STATEMENT EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER trail_log_grows BEFORE UPDATE ON hotline.trail_log
        FOR EACH ROW EXECUTE FUNCTION hotline.grow_log_only();
      CREATE TRIGGER trail_log_stays BEFORE DELETE ON hotline.trail_log
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER trail_log_no_truncate BEFORE TRUNCATE ON hotline.trail_log
        FOR EACH STATEMENT EXECUTE FUNCTION hotline.refuse_change();
      ALTER TABLE hotline.trail_leaf ENABLE ALWAYS TRIGGER trail_leaf_append_only;
      ALTER TABLE hotline.trail_leaf ENABLE ALWAYS TRIGGER trail_leaf_no_truncate;
      ALTER TABLE hotline.trail_tile ENABLE ALWAYS TRIGGER trail_tile_extends;
      ALTER TABLE hotline.trail_tile ENABLE ALWAYS TRIGGER trail_tile_stays;
      ALTER TABLE hotline.trail_tile ENABLE ALWAYS TRIGGER trail_tile_no_truncate;
      ALTER TABLE hotline.trail_log ENABLE ALWAYS TRIGGER trail_log_grows;
      ALTER TABLE hotline.trail_log ENABLE ALWAYS TRIGGER trail_log_stays;
      ALTER TABLE hotline.trail_log ENABLE ALWAYS TRIGGER trail_log_no_truncate;

      GRANT SELECT, INSERT ON hotline.trail_leaf TO hotline_app;
      GRANT SELECT, INSERT, UPDATE ON hotline.trail_tile TO hotline_app;
      GRANT SELECT, UPDATE ON hotline.trail_log TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
