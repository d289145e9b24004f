import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * By what the entries of all streams are looked for, written after they have their place in the tree and never in a
 * business transaction; it can be made again from the entries and proves nothing by itself.
 */
export class TrailSearch0055 implements MigrationInterface {
  readonly name = 'TrailSearch9055000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.trail_search (
        index  bigint PRIMARY KEY,
        stream text NOT NULL,
        seq    integer NOT NULL,
        at     timestamptz NOT NULL,
        -- Kind of stream, type, person, article, element, process, unit, each with its letter: 'a:art24.p1'.
        terms  text[] NOT NULL
      );
      CREATE INDEX trail_search_terms ON hotline.trail_search USING gin (terms);
      CREATE INDEX trail_search_at ON hotline.trail_search (at);
      CREATE INDEX trail_search_stream ON hotline.trail_search (stream, seq);
      GRANT SELECT, INSERT ON hotline.trail_search TO hotline_app;
      ALTER TABLE hotline.trail_search ENABLE ROW LEVEL SECURITY;
      CREATE POLICY program ON hotline.trail_search TO hotline_app USING (true) WITH CHECK (true);
      CREATE POLICY viewer ON hotline.trail_search FOR SELECT TO hotline_viewer USING (hotline.viewer_sees(stream));
      GRANT SELECT ON hotline.trail_search, hotline.trail_leaf TO hotline_viewer;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
