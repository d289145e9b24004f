import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The open tasks of the cases that a unit leads, by duty and level, are kept with every step as well: a task has one
 * leader at most, so that the sums of several units count nothing twice. A unit's worklist is told sums, as that of
 * whoever sees all sheets is.
 *
 * And it is read in the order of its index. A view with a barrier is planned for itself and sorts all that is the unit's:
 * measured at a million sheets, 1,700 tasks for a page. Without one nothing else is shown; only who may write SQL of
 * their own as the viewer's role could have a function of theirs called with rows that are not shown.
 */
export class LedTally0107 implements MigrationInterface {
  readonly name = 'LedTally9107000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE hotline.tally DROP CONSTRAINT tally_what_check;
      ALTER TABLE hotline.tally ADD CONSTRAINT tally_what_check
        CHECK (what IN ('case', 'task', 'led', 'limit', 'due', 'received', 'ended'));
      CREATE INDEX tally_led ON hotline.tally ((key[1])) WHERE what = 'led';

      -- All counted anew from the rows themselves; meanwhile nobody steps.
      CREATE OR REPLACE FUNCTION hotline.recount_tally() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = hotline, pg_temp AS $$
      BEGIN
        LOCK TABLE work_order, process_case, task, deadline, tally IN SHARE ROW EXCLUSIVE MODE;
        DELETE FROM tally;
        INSERT INTO tally
        SELECT 'case', 0, ARRAY[level, led_by], count(*), 0 FROM process_case
         WHERE realm = 'live' AND ended_at IS NULL GROUP BY 3
        UNION ALL
        SELECT 'ended', floor((extract(epoch FROM ended_at) + 28800) / 86400), '{}', count(*), 0 FROM process_case
         WHERE realm = 'live' AND ended_at IS NOT NULL GROUP BY 2
        UNION ALL
        SELECT 'task', 0, ARRAY[process, element, duty, level], count(*), sum(floor(extract(epoch FROM opened_at) * 1000))
          FROM task WHERE realm = 'live' GROUP BY 3
        UNION ALL
        SELECT 'led', 0, ARRAY[led_by, duty, level], count(*), 0
          FROM task WHERE realm = 'live' AND led_by IS NOT NULL GROUP BY 3
        UNION ALL
        SELECT 'limit', 2 * floor(extract(epoch FROM limit_at) / 3600) + (mod(extract(epoch FROM limit_at), 3600) > 0)::int,
               ARRAY[process, element], count(*), 0
          FROM task WHERE realm = 'live' AND limit_at < 'infinity' GROUP BY 2, 3
        UNION ALL
        SELECT 'due', ceil((extract(epoch FROM due_at) + 28800) / 86400) - 1, '{}', count(*), 0 FROM deadline
         WHERE realm = 'live' GROUP BY 2
        UNION ALL
        SELECT 'received', floor((extract(epoch FROM received_at) + 28800) / 86400), '{}', count(*), 0 FROM work_order
         WHERE realm = 'live' GROUP BY 2;
      END $$;

      -- Only what somebody else than whoever sees all sheets asks for: of a unit's led tasks, those of the given cases.
      CREATE FUNCTION hotline.led_tally_of(cases bigint[]) RETURNS SETOF hotline.tally LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = hotline, pg_temp AS $$
        SELECT 'led', 0, ARRAY[led_by, duty, level], 1::bigint, 0::numeric FROM task
         WHERE case_id = ANY (cases) AND realm = 'live' AND led_by IS NOT NULL
      $$;
      REVOKE ALL ON FUNCTION hotline.led_tally_of FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hotline.led_tally_of TO hotline_app, hotline_viewer;

      CREATE VIEW hotline.seen_led_tally WITH (security_barrier) AS
        SELECT * FROM hotline.tally WHERE what = 'led' AND key[1] = ANY ((SELECT hotline.viewer_units())::text[])
        UNION ALL
        SELECT what, slot, key, -n, -opened FROM hotline.led_tally_of((SELECT hotline.viewer_recused_cases()))
         WHERE key[1] = ANY ((SELECT hotline.viewer_units())::text[])
           AND (SELECT cardinality(hotline.viewer_recused()) > 0);
      GRANT SELECT ON hotline.seen_led_tally TO hotline_app, hotline_viewer;

      -- Not "= ANY": by that PostgreSQL would read the index for all units of the viewer, out of order.
      CREATE OR REPLACE VIEW hotline.led_task AS
        SELECT t.* FROM hotline.task t
         WHERE array_position((SELECT hotline.viewer_units())::text[], t.led_by) > 0
           AND t.case_id <> ALL ((SELECT hotline.viewer_recused_cases())::bigint[]);
      ALTER VIEW hotline.led_task RESET (security_barrier);

      SELECT hotline.recount_tally();
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
