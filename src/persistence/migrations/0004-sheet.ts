import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The work order sheet 工作流转单 (Art 22): who called and what about. Personal data lives here, never in the trail. */
export class Sheet0004 implements MigrationInterface {
  readonly name = 'Sheet0004000000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.work_order (
        no             text PRIMARY KEY,
        realm          text NOT NULL,
        -- The number the sender gave (a petition board's message number), where there is one.
        external_no    text,
        channel        text NOT NULL,
        kind           text NOT NULL,
        title          text NOT NULL,
        content        text NOT NULL,
        caller_name    text,
        caller_contact text,
        reply_wanted   boolean NOT NULL,
        confidential   boolean NOT NULL,
        received_at    timestamptz NOT NULL
      );
      CREATE INDEX work_order_received ON hotline.work_order (realm, received_at DESC);

      -- Running numbers of a day's sheets: one row a day.
      CREATE TABLE hotline.work_order_number (
        day  date PRIMARY KEY,
        last integer NOT NULL
      ) WITH (fillfactor = 50);

      GRANT SELECT, INSERT ON hotline.work_order TO hotline_app;
      GRANT SELECT, INSERT, UPDATE ON hotline.work_order_number TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
