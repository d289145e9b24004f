import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A case tells its nearest running limit, as it tells its level: worklists and the board ask for the first few by it,
 * and an index answers at the same price with ten thousand open and a hundred thousand. What has ended is counted by
 * days.
 */
export class NearestLimit0041 implements MigrationInterface {
  readonly name = 'NearestLimit9041000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE hotline.process_case ADD COLUMN limit_at timestamptz;
      UPDATE hotline.process_case c SET limit_at = d.limit_at
        FROM (SELECT case_id, min(due_at) AS limit_at FROM hotline.deadline WHERE is_limit AND NOT paused
               GROUP BY case_id) d
       WHERE d.case_id = c.id;
      CREATE INDEX process_case_limit ON hotline.process_case (limit_at, id)
        WHERE realm = 'live' AND ended_at IS NULL;
      CREATE INDEX process_case_level ON hotline.process_case (level, limit_at, id)
        WHERE realm = 'live' AND ended_at IS NULL;
      CREATE INDEX process_case_ended ON hotline.process_case (ended_at)
        WHERE realm = 'live' AND ended_at IS NOT NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
