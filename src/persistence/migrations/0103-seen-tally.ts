import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What of the tally somebody sees who sees all sheets but those that they must keep away from (Art 32): the sums less
 * what these few cases count. Whoever sees some units only sees nothing of it.
 */
export class SeenTally0103 implements MigrationInterface {
  readonly name = 'SeenTally9103000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION hotline.tally_of(cases bigint[]) RETURNS SETOF hotline.tally LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = hotline, pg_temp AS $$
        SELECT 'case', 0, ARRAY[level, led_by], 1::bigint, 0::numeric FROM process_case
         WHERE id = ANY (cases) AND realm = 'live' AND ended_at IS NULL
        UNION ALL
        SELECT 'ended', floor((extract(epoch FROM ended_at) + 28800) / 86400)::int, '{}'::text[], 1, 0 FROM process_case
         WHERE id = ANY (cases) AND realm = 'live' AND ended_at IS NOT NULL
        UNION ALL
        SELECT 'task', 0, ARRAY[process, element, duty, level], 1, floor(extract(epoch FROM opened_at) * 1000) FROM task
         WHERE case_id = ANY (cases) AND realm = 'live'
        UNION ALL
        SELECT 'limit', (2 * floor(extract(epoch FROM limit_at) / 3600) + (mod(extract(epoch FROM limit_at), 3600) > 0)::int)::int,
               ARRAY[process, element], 1, 0
          FROM task WHERE case_id = ANY (cases) AND realm = 'live' AND limit_at < 'infinity'
        UNION ALL
        SELECT 'received', floor((extract(epoch FROM w.received_at) + 28800) / 86400)::int, '{}', 1, 0
          FROM process_case c JOIN work_order w ON w.no = c.business_key WHERE c.id = ANY (cases) AND w.realm = 'live'
      $$;
      REVOKE ALL ON FUNCTION hotline.tally_of FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hotline.tally_of TO hotline_app, hotline_viewer;

      CREATE VIEW hotline.seen_tally AS
        SELECT * FROM hotline.tally WHERE (SELECT hotline.sees_everything() OR hotline.viewer_sees_all())
        UNION ALL
        SELECT what, slot, key, -n, -opened FROM hotline.tally_of((SELECT hotline.viewer_recused_cases()))
         WHERE (SELECT hotline.viewer_sees_all() AND cardinality(hotline.viewer_recused()) > 0);
      GRANT SELECT ON hotline.seen_tally TO hotline_app, hotline_viewer;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
