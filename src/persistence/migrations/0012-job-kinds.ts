import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The first job of a kind may be added without the queue's own function, which notifies: of two programs that make
 * the kind known at once, the second one's INSERT becomes an UPDATE that changes nothing.
 */
export class JobKinds0012 implements MigrationInterface {
  readonly name = 'JobKinds9012000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('GRANT UPDATE (identifier) ON graphile_worker._private_tasks TO hotline_app');
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
