import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the board, the process monitor and the state page count, kept with every step. A step adds rows, plus and minus,
 * and changes none: no two steps wait for each other. The count is the sum; `src/engine/store/tally.ts` folds the rows
 * of one kind into one from time to time.
 */
export class Tally0100 implements MigrationInterface {
  readonly name = 'Tally9100000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.tally (
        -- case: open, by level and leader; task: open, by process, element, duty and level; limit: open tasks by process
        -- and element, in the slot of their case's limit; due: deadlines by day; received, ended: sheets, cases by day.
        what   text NOT NULL CHECK (what IN ('case', 'task', 'limit', 'due', 'received', 'ended')),
        -- A day in Asia/Shanghai from 1970-01-01; for a limit twice the hour, and one more behind the full hour.
        slot   integer NOT NULL,
        key    text[] NOT NULL,
        n      bigint NOT NULL,
        -- Of tasks: the sum of their opened_at, in milliseconds from 1970.
        opened numeric NOT NULL
      ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
      CREATE INDEX tally_what ON hotline.tally (what, slot);
      GRANT SELECT, INSERT, DELETE ON hotline.tally TO hotline_app;

      DROP INDEX hotline.process_case_led;
      -- Who waits longest at an element, whatever their level.
      DROP INDEX hotline.task_place;
      CREATE INDEX task_place ON hotline.task (process, element, opened_at) WHERE realm = 'live';

      -- All counted anew from the rows themselves; meanwhile nobody steps.
      CREATE FUNCTION hotline.recount_tally() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
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
      REVOKE ALL ON FUNCTION hotline.recount_tally FROM PUBLIC;
      SELECT hotline.recount_tally();
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
