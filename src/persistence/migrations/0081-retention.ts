import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What runs out may be deleted by the program: never an entry of the trail. */
export class Retention0081 implements MigrationInterface {
  readonly name = 'Retention9081000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      GRANT DELETE ON hotline.sealed_value, hotline.personal_data_read, hotline.notification,
        hotline.idempotency_key, hotline.caller_secret TO hotline_app;
      CREATE INDEX notification_recorded ON hotline.notification (recorded_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
