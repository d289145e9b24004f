import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The program may add, work and retry jobs. The queue's own tables are made by graphile-worker (`preparation.ts`)
 * just before this runs; a version of it with other tables comes with another migration of ours.
 */
export class Jobs0010 implements MigrationInterface {
  readonly name = 'Jobs9010000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      GRANT USAGE ON SCHEMA graphile_worker TO hotline_app;
      GRANT SELECT ON graphile_worker.migrations TO hotline_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON graphile_worker._private_jobs TO hotline_app;
      GRANT SELECT, INSERT, UPDATE ON graphile_worker._private_job_queues TO hotline_app;
      GRANT SELECT, INSERT ON graphile_worker._private_tasks TO hotline_app;
      CREATE POLICY works_jobs ON graphile_worker._private_jobs TO hotline_app USING (true);
      CREATE POLICY works_jobs ON graphile_worker._private_job_queues TO hotline_app USING (true);
      CREATE POLICY works_jobs ON graphile_worker._private_tasks TO hotline_app USING (true);

      -- Who works jobs at present. Each holds an advisory lock on its id as long as its connection lives; a row whose
      -- lock is free is of a program that died, and its jobs go back to the queue.
      CREATE TABLE hotline.job_worker (
        id         text PRIMARY KEY,
        started_at timestamptz NOT NULL
      );
      GRANT SELECT, INSERT, DELETE ON hotline.job_worker TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
