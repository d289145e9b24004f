import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Inboxes, and the ways out of the house. Neither holds personal data of a caller. */
export class Notification0011 implements MigrationInterface {
  readonly name = 'Notification9011000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.notification (
        id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        -- The trail entry that it tells of, the element of the diagram, and whom it tells: once each.
        stream      text NOT NULL,
        seq         integer NOT NULL,
        element     text NOT NULL,
        -- 'unit:…', 'role:…' or 'person:…'
        recipient   text NOT NULL CHECK (recipient ~ '^(unit|role|person):.'),
        -- What was reached; null for a task that was opened.
        level       text,
        title       text NOT NULL,
        text        text NOT NULL,
        article     text,
        -- The legal instant of the entry, and when this row was written.
        at          timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL,
        read_at     timestamptz,
        read_by     text,
        UNIQUE (stream, seq, element, recipient),
        CHECK ((read_at IS NULL) = (read_by IS NULL))
      );
      CREATE INDEX notification_inbox ON hotline.notification (recipient, id DESC);
      CREATE INDEX notification_unread ON hotline.notification (recipient, id DESC) WHERE read_at IS NULL;

      CREATE TABLE hotline.notification_channel (
        id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        recipient  text NOT NULL CHECK (recipient ~ '^(unit|role|person):.'),
        kind       text NOT NULL CHECK (kind IN ('webhook', 'email')),
        address    text NOT NULL,
        -- Of a webhook: 'whsec_' and the key in Base64. Leaves the program in no answer but the first.
        secret     text CHECK ((secret IS NULL) = (kind = 'email')),
        created_at timestamptz NOT NULL,
        created_by text NOT NULL,
        ended_at   timestamptz,
        ended_by   text
      );
      -- One way out is used once.
      CREATE UNIQUE INDEX notification_channel_once ON hotline.notification_channel (recipient, kind, address)
        WHERE ended_at IS NULL;

      GRANT SELECT, INSERT ON hotline.notification, hotline.notification_channel TO hotline_app;
      GRANT UPDATE (read_at, read_by) ON hotline.notification TO hotline_app;
      GRANT UPDATE (ended_at, ended_by) ON hotline.notification_channel TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
