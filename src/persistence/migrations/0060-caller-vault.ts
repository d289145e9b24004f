import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who called, what people wrote in free texts and the secrets of channels lie in boxes of the vault: AES-256-GCM under
 * a key that is not in the database. A migration does not have it. So the columns of before stay for the time being,
 * take nothing new, and the program empties them at its next start (`src/casework/personal-data/close-up.ts`).
 */
export class CallerVault0060 implements MigrationInterface {
  readonly name = 'CallerVault9060000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.caller (
        -- No foreign key: the row comes with the sheet's, in one statement, and sheets are never deleted.
        work_order    text PRIMARY KEY,
        -- Boxes, each bound to its sheet and field: salt and value.
        name          bytea,
        contact       bytea,
        address       bytea,
        -- HMAC-SHA-256 of the contact as it is compared.
        contact_match bytea CHECK (octet_length(contact_match) = 32),
        erased_at     timestamptz,
        CHECK (erased_at IS NULL OR num_nonnulls(name, contact, address, contact_match) = 0)
      );
      CREATE INDEX caller_match ON hotline.caller (contact_match) WHERE contact_match IS NOT NULL;
      GRANT SELECT, INSERT, UPDATE ON hotline.caller TO hotline_app;

      DROP INDEX hotline.work_order_contact;
      ALTER TABLE hotline.work_order
        ADD CONSTRAINT work_order_caller_in_vault CHECK (num_nonnulls(caller_name, caller_contact) = 0) NOT VALID;
      CREATE INDEX work_order_readable_caller ON hotline.work_order (no)
        WHERE caller_name IS NOT NULL OR caller_contact IS NOT NULL;
      GRANT UPDATE (caller_name, caller_contact) ON hotline.work_order TO hotline_app;

      ALTER TABLE hotline.sealed_value
        ADD COLUMN box bytea,
        ALTER COLUMN salt DROP NOT NULL,
        ALTER COLUMN value DROP NOT NULL,
        -- The database itself has no key: what it writes down of its schema is closed up at the next start.
        ADD CONSTRAINT sealed_value_in_vault
          CHECK ((box IS NOT NULL AND num_nonnulls(salt, value) = 0) OR stream = 'schema') NOT VALID;
      CREATE INDEX sealed_value_readable ON hotline.sealed_value (stream) WHERE value IS NOT NULL;
      GRANT UPDATE (salt, value, box) ON hotline.sealed_value TO hotline_app;

      DO $$ DECLARE rule text; BEGIN
        FOR rule IN SELECT conname FROM pg_constraint
                     WHERE conrelid = 'hotline.notification_channel'::regclass AND contype = 'c'
                       AND pg_get_constraintdef(oid) LIKE '%secret IS NULL%' LOOP
          EXECUTE format('ALTER TABLE hotline.notification_channel DROP CONSTRAINT %I', rule);
        END LOOP;
      END $$;
      ALTER TABLE hotline.notification_channel
        ADD COLUMN secret_box bytea,
        ADD CONSTRAINT notification_channel_secret_in_vault
          CHECK (secret IS NULL AND (secret_box IS NULL) = (kind = 'email')) NOT VALID;
      GRANT UPDATE (secret, secret_box) ON hotline.notification_channel TO hotline_app;

      -- A plain hash of a request lets one guess a telephone number. What it was of, is not known from now on.
      UPDATE hotline.idempotency_key SET request = '';

      -- Art 16: units do not get even the boxes of a caller who asked for confidentiality.
      CREATE FUNCTION hotline.viewer_sees_caller(key text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = hotline AS $$
        SELECT hotline.viewer_sees(key)
           AND EXISTS (SELECT FROM hotline.work_order w WHERE w.no = key AND NOT w.confidential)
      $$;
      REVOKE ALL ON FUNCTION hotline.viewer_sees_caller FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hotline.viewer_sees_caller TO hotline_viewer, hotline_app;
      ALTER TABLE hotline.caller ENABLE ROW LEVEL SECURITY;
      CREATE POLICY program ON hotline.caller TO hotline_app USING (true) WITH CHECK (true);
      CREATE POLICY viewer ON hotline.caller FOR SELECT TO hotline_viewer USING (hotline.viewer_sees_caller(work_order));
      GRANT SELECT ON hotline.caller TO hotline_viewer;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
