import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Boundaries of districts for the map (Art 36), where somebody has loaded them. */
export class DistrictBoundaries0161 implements MigrationInterface {
  readonly name = 'DistrictBoundaries9161000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.district_boundary (
        name  text PRIMARY KEY,
        -- [[[longitude, latitude], …], …]
        rings json NOT NULL
      );
      GRANT SELECT, INSERT, DELETE ON hotline.district_boundary TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
