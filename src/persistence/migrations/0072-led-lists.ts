import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lists of a unit that cost the same with twenty sheets open and with two thousand. A case and its tasks tell who leads,
 * so that a unit's own worklist is a stretch of one index, as a duty's is; and the board counts cards and units out of
 * one index. Measured before at a million sheets: 1,700 tasks read and sorted a page, 100,000 rows joined a board.
 *
 * What the fence asks of the session it asks once a query: as a bare function in a filter it was asked row by row.
 */
export class LedLists0072 implements MigrationInterface {
  readonly name = 'LedLists9072000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE hotline.process_case ADD COLUMN led_by text;
      ALTER TABLE hotline.task ADD COLUMN led_by text;
      UPDATE hotline.process_case c SET led_by = p.party
        FROM hotline.case_party p WHERE p.case_id = c.id AND p.leads AND c.ended_at IS NULL;
      UPDATE hotline.task t SET led_by = p.party FROM hotline.case_party p WHERE p.case_id = t.case_id AND p.leads;
      CREATE INDEX task_led ON hotline.task (led_by, duty, light, limit_at, case_id, instance, token, element)
        WHERE realm = 'live' AND led_by IS NOT NULL;
      CREATE INDEX process_case_led ON hotline.process_case (level, led_by) WHERE realm = 'live' AND ended_at IS NULL;
      -- Most cases have no level: in the index of all levels "none" is no value that a plan could go by in order.
      CREATE INDEX process_case_unlit ON hotline.process_case (limit_at, id)
        WHERE realm = 'live' AND ended_at IS NULL AND level IS NULL;
      DROP INDEX hotline.process_case_limit;

      CREATE FUNCTION hotline.viewer_recused_cases() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = hotline, pg_temp AS $$
        SELECT ARRAY(SELECT c.id FROM process_case c WHERE c.business_key = ANY (viewer_recused()))
      $$;
      REVOKE ALL ON FUNCTION hotline.viewer_recused_cases FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hotline.viewer_recused_cases TO hotline_viewer, hotline_app;

      CREATE OR REPLACE VIEW hotline.seen_party WITH (security_barrier) AS
        SELECT p.* FROM hotline.case_party p
         WHERE p.party = ANY ((SELECT hotline.viewer_units())::text[])
           AND p.business_key <> ALL ((SELECT hotline.viewer_recused())::text[]);
      DROP VIEW hotline.seen_task;
      CREATE VIEW hotline.seen_task WITH (security_barrier) AS
        -- OFFSET 0: from the units' cases to their tasks. Left to itself PostgreSQL reads the tasks of all units.
        SELECT t.* FROM (
          SELECT DISTINCT p.case_id FROM hotline.case_party p
           WHERE p.is_open AND p.party = ANY ((SELECT hotline.viewer_units())::text[])
             AND p.case_id <> ALL ((SELECT hotline.viewer_recused_cases())::bigint[])) p
          CROSS JOIN LATERAL (SELECT * FROM hotline.task t WHERE t.case_id = p.case_id OFFSET 0) t;
      -- Of the cases that the viewer's units lead.
      CREATE VIEW hotline.led_task WITH (security_barrier) AS
        SELECT t.* FROM hotline.task t
         WHERE t.led_by = ANY ((SELECT hotline.viewer_units())::text[])
           AND t.case_id <> ALL ((SELECT hotline.viewer_recused_cases())::bigint[]);
      DROP VIEW hotline.seen_open_case;
      CREATE VIEW hotline.seen_open_case WITH (security_barrier) AS
        SELECT c.id, c.business_key, c.realm, c.level, c.limit_at, c.ended_at, c.variables,
               CASE WHEN c.led_by = ANY ((SELECT hotline.viewer_units())::text[]) THEN c.led_by END AS led_by
          FROM hotline.process_case c WHERE c.ended_at IS NULL
           AND c.id IN (SELECT p.case_id FROM hotline.case_party p
                         WHERE p.is_open AND p.party = ANY ((SELECT hotline.viewer_units())::text[])
                           AND p.case_id <> ALL ((SELECT hotline.viewer_recused_cases())::bigint[]));
      CREATE OR REPLACE VIEW hotline.seen_case WITH (security_barrier) AS
        SELECT c.id, c.business_key, c.realm, c.started_at, c.ended_at FROM hotline.process_case c
         WHERE c.business_key <> ALL ((SELECT hotline.viewer_recused())::text[])
           AND c.id IN (SELECT p.case_id FROM hotline.case_party p
                         WHERE p.party = ANY ((SELECT hotline.viewer_units())::text[]));
      GRANT SELECT ON hotline.seen_task, hotline.led_task, hotline.seen_open_case TO hotline_viewer;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
