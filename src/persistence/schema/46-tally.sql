-- What the board, the process monitor and the state page count, kept with every step. A step adds rows, plus and minus,
-- and changes none: no two steps wait for each other. The count is the sum; src/engine/store/tally.ts folds the rows of
-- one kind into one from time to time.
CREATE TABLE tally (
  -- case: open, by level and leader; task: open, by process, element, duty and level; led: open tasks of the cases that
  -- a unit leads, by duty and level; limit: open tasks by process and element, in the slot of their case's limit; due:
  -- deadlines by day; received, ended: sheets, cases by day.
  what   text NOT NULL CHECK (what IN ('case', 'task', 'led', 'limit', 'due', 'received', 'ended')),
  -- A day in Asia/Shanghai from 1970-01-01; for a limit twice the hour, and one more behind the full hour.
  slot   integer NOT NULL,
  key    text[] NOT NULL,
  n      bigint NOT NULL,
  -- Of tasks: the sum of their opened_at, in milliseconds from 1970.
  opened numeric NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
CREATE INDEX tally_what ON tally (what, slot);
CREATE INDEX tally_led ON tally ((key[1])) WHERE what = 'led';
GRANT SELECT, INSERT, DELETE ON tally TO :"app";

-- All counted anew from the rows themselves; meanwhile nobody steps.
CREATE FUNCTION recount_tally() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
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
REVOKE ALL ON FUNCTION recount_tally FROM PUBLIC;

-- What single cases count: whoever sees all sheets but those that they must keep away from (Art 32) gets the sums less
-- these few.
CREATE FUNCTION tally_of(cases bigint[]) RETURNS SETOF tally LANGUAGE sql STABLE SECURITY DEFINER BEGIN ATOMIC
  SELECT 'case' AS what, 0 AS slot, ARRAY[level, led_by] AS key, 1::bigint AS n, 0::numeric AS opened FROM process_case
   WHERE id = ANY (cases) AND realm = 'live' AND ended_at IS NULL
  UNION ALL
  SELECT 'ended' AS what, floor((extract(epoch FROM ended_at) + 28800) / 86400)::int AS slot, '{}'::text[] AS key,
         1 AS n, 0 AS opened FROM process_case
   WHERE id = ANY (cases) AND realm = 'live' AND ended_at IS NOT NULL
  UNION ALL
  SELECT 'task' AS what, 0 AS slot, ARRAY[process, element, duty, level] AS key, 1 AS n,
         floor(extract(epoch FROM opened_at) * 1000) AS opened FROM task
   WHERE case_id = ANY (cases) AND realm = 'live'
  UNION ALL
  SELECT 'limit' AS what,
         (2 * floor(extract(epoch FROM limit_at) / 3600) + (mod(extract(epoch FROM limit_at), 3600) > 0)::int)::int
           AS slot, ARRAY[process, element] AS key, 1 AS n, 0 AS opened
    FROM task WHERE case_id = ANY (cases) AND realm = 'live' AND limit_at < 'infinity'
  UNION ALL
  SELECT 'received' AS what, floor((extract(epoch FROM w.received_at) + 28800) / 86400)::int AS slot, '{}' AS key,
         1 AS n, 0 AS opened
    FROM process_case c JOIN work_order w ON w.no = c.business_key WHERE c.id = ANY (cases) AND w.realm = 'live';
END;
-- Of a unit's led tasks; a task has one leader at most, so that the sums of several units count nothing twice.
CREATE FUNCTION led_tally_of(cases bigint[]) RETURNS SETOF tally LANGUAGE sql STABLE SECURITY DEFINER BEGIN ATOMIC
  SELECT 'led' AS what, 0 AS slot, ARRAY[led_by, duty, level] AS key, 1::bigint AS n, 0::numeric AS opened FROM task
   WHERE case_id = ANY (cases) AND realm = 'live' AND led_by IS NOT NULL;
END;
REVOKE ALL ON FUNCTION tally_of, led_tally_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tally_of, led_tally_of TO :"app", :"viewer";

-- Nothing of it for whoever sees some units only, but the led tasks of these.
CREATE VIEW seen_tally AS
  SELECT * FROM tally WHERE (SELECT sees_everything() OR viewer_sees_all())
  UNION ALL
  SELECT what, slot, key, -n, -opened FROM tally_of((SELECT viewer_recused_cases()))
   WHERE (SELECT viewer_sees_all() AND cardinality(viewer_recused()) > 0);
CREATE VIEW seen_led_tally WITH (security_barrier) AS
  SELECT * FROM tally WHERE what = 'led' AND key[1] = ANY ((SELECT viewer_units())::text[])
  UNION ALL
  SELECT what, slot, key, -n, -opened FROM led_tally_of((SELECT viewer_recused_cases()))
   WHERE key[1] = ANY ((SELECT viewer_units())::text[]) AND (SELECT cardinality(viewer_recused()) > 0);
GRANT SELECT ON seen_tally, seen_led_tally TO :"app", :"viewer";
