import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Running cases by rising id: what a move of cases to another version looks at, batch by batch. Without it each batch
 * passed over the ended cases between two running ones, and behind the last one over all later ones (with 300,000 of
 * them half a second); with it a whole move passes once over what runs. By case and not by version: which versions a
 * case runs on is in its `standing`, which every step writes anew, and an index on that would cost every step.
 */
export class RunningCases0110 implements MigrationInterface {
  readonly name = 'RunningCases9110000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX process_case_running ON hotline.process_case (id) WHERE realm = 'live' AND ended_at IS NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
