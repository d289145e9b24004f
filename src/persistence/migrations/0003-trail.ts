import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The accountability trail: the program may add entries and advance a stream's head, nothing else. The triggers
 * also stop those whom grants do not (a table's owner, a superuser in a hurry); they fire even for replication
 * roles. Who disables them leaves the chain to be broken in sight.
 */
export class Trail0003 implements MigrationInterface {
  readonly name = 'Trail0003000000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.trail_entry (
        stream text NOT NULL,
        seq    integer NOT NULL CHECK (seq > 0),
        at     timestamptz NOT NULL,
        type   text NOT NULL,
        -- SHA-256(0x00 ‖ body)
        leaf   bytea NOT NULL CHECK (octet_length(leaf) = 32),
        -- The exact bytes that were hashed: RFC 8785 canonical JSON in UTF-8. It holds seq and the previous leaf.
        body   bytea NOT NULL,
        PRIMARY KEY (stream, seq)
      );

      CREATE TABLE hotline.trail_head (
        stream text PRIMARY KEY,
        seq    integer NOT NULL,
        leaf   bytea NOT NULL
      ) WITH (fillfactor = 60);

      -- Free text of a form, which may hold personal data: the body holds only SHA-256(salt ‖ value). Erasing a row
      -- here leaves every chain valid.
      CREATE TABLE hotline.sealed_value (
        stream text NOT NULL,
        seq    integer NOT NULL,
        name   text NOT NULL,
        salt   bytea NOT NULL,
        value  text NOT NULL,
        PRIMARY KEY (stream, seq, name)
      );

      CREATE FUNCTION hotline.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '轨迹只能追加:% 上不允许 %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
      END $$;

      CREATE FUNCTION hotline.advance_head_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.stream <> OLD.stream OR NEW.seq <= OLD.seq THEN
          RAISE EXCEPTION '轨迹链头只能向前:% 的 % 不能改为 %', OLD.stream, OLD.seq, NEW.seq
            USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
      END $$;

      CREATE TRIGGER trail_entry_append_only BEFORE UPDATE OR DELETE ON hotline.trail_entry
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER trail_entry_no_truncate BEFORE TRUNCATE ON hotline.trail_entry
        FOR EACH STATEMENT EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER trail_head_forward BEFORE UPDATE ON hotline.trail_head
        FOR EACH ROW EXECUTE FUNCTION hotline.advance_head_only();
      CREATE TRIGGER trail_head_stays BEFORE DELETE ON hotline.trail_head
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER trail_head_no_truncate BEFORE TRUNCATE ON hotline.trail_head
        FOR EACH STATEMENT EXECUTE FUNCTION hotline.refuse_change();
      ALTER TABLE hotline.trail_entry ENABLE ALWAYS TRIGGER trail_entry_append_only;
      ALTER TABLE hotline.trail_entry ENABLE ALWAYS TRIGGER trail_entry_no_truncate;
      ALTER TABLE hotline.trail_head ENABLE ALWAYS TRIGGER trail_head_forward;
      ALTER TABLE hotline.trail_head ENABLE ALWAYS TRIGGER trail_head_stays;
      ALTER TABLE hotline.trail_head ENABLE ALWAYS TRIGGER trail_head_no_truncate;

      GRANT SELECT, INSERT ON hotline.sealed_value TO hotline_app;
      GRANT SELECT, INSERT ON hotline.trail_entry TO hotline_app;
      GRANT SELECT, INSERT, UPDATE ON hotline.trail_head TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
