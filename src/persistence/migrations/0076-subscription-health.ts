import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether events arrive, per subscription; and where to, what of and whose events are sent may be changed in place. */
export class SubscriptionHealth0076 implements MigrationInterface {
  readonly name = 'SubscriptionHealth9076000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE hotline.event_subscription
        -- To the minute: not written for every event.
        ADD COLUMN delivered_at  timestamptz,
        -- Since when nothing has arrived, and why the last try failed.
        ADD COLUMN failing_since timestamptz,
        ADD COLUMN failure       text,
        ADD CHECK ((failing_since IS NULL) = (failure IS NULL));
      GRANT UPDATE (address, types, unit, delivered_at, failing_since, failure) ON hotline.event_subscription
        TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
