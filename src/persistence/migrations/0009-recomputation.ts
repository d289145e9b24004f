import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a loaded notice sets in motion: deadlines are computed again in the background, case by case. How far that has
 * come is kept here and moves in the transaction of each batch, so that it goes on where it was broken off.
 */
export class Recomputation0009 implements MigrationInterface {
  readonly name = 'Recomputation0009000000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.calendar_recomputation (
        notice      integer PRIMARY KEY REFERENCES hotline.calendar_notice (id),
        -- The days that the notice changed lie from first_day to last_day; null where it changed none.
        first_day   date,
        last_day    date,
        -- Cases with an id up to this one are done.
        done_up_to  bigint NOT NULL DEFAULT 0,
        -- How many cases there are to be looked at: null until counted.
        cases       integer,
        done        integer NOT NULL DEFAULT 0,
        -- Deadlines that moved; that only ceased to be provisional; timers fired too early, revoked.
        moved       integer NOT NULL DEFAULT 0,
        settled     integer NOT NULL DEFAULT 0,
        revoked     integer NOT NULL DEFAULT 0,
        finished_at timestamptz,
        CHECK ((first_day IS NULL) = (last_day IS NULL))
      );
      GRANT SELECT, INSERT, UPDATE ON hotline.calendar_recomputation TO hotline_app;

      -- Locks the calendar as it is until the transaction ends, and refuses (40001, to be tried again) where a notice
      -- was loaded after the one that the deadlines at hand were computed by. Loading takes the same lock alone: a
      -- deadline is either computed by the new calendar, or there to be seen when recomputation begins.
      CREATE FUNCTION hotline.hold_calendar(last integer) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(12345, 9);
        IF EXISTS (SELECT 1 FROM hotline.calendar_notice WHERE id > last) THEN
          RAISE EXCEPTION 'a schedule has been loaded meanwhile' USING ERRCODE = 'serialization_failure';
        END IF;
      END $$;
      REVOKE ALL ON FUNCTION hotline.hold_calendar FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hotline.hold_calendar TO hotline_app;

      -- The last instant that a deadline depends on: its own, or that of a limit that it goes before.
      CREATE FUNCTION hotline.deadline_reach(derivation json) RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
      DECLARE
        reach timestamptz;
        told json := derivation;
      BEGIN
        WHILE told IS NOT NULL LOOP
          reach := greatest(reach, (told ->> 'due')::timestamptz);
          told := told -> 'of';
        END LOOP;
        RETURN reach;
      END $$;
      REVOKE ALL ON FUNCTION hotline.deadline_reach FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hotline.deadline_reach TO hotline_app;

      -- Which cases were given a card since a day: few of all entries, and always at the index's end.
      CREATE INDEX trail_fired ON hotline.trail_entry (at) WHERE type = 'timer.fired';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
