-- Which cases a user may see (docs/decisions/people.md): the viewer's units and recusals are settings of its session.

-- Hex-encoded JSON, so that no name can end the literal of SET.
CREATE FUNCTION viewer_units() RETURNS text[] LANGUAGE sql STABLE RETURN
  ARRAY(SELECT json_array_elements_text(
    convert_from(decode(coalesce(nullif(current_setting('hotline.units', true), ''), '5b5d'), 'hex'), 'UTF8')::json));
CREATE FUNCTION viewer_recused() RETURNS text[] LANGUAGE sql STABLE RETURN
  ARRAY(SELECT json_array_elements_text(
    convert_from(decode(coalesce(nullif(current_setting('hotline.recused', true), ''), '5b5d'), 'hex'), 'UTF8')::json));
CREATE FUNCTION viewer_sees_all() RETURNS boolean LANGUAGE sql STABLE RETURN
  coalesce(current_setting('hotline.sees_all', true), '') = 'on';
-- Viewers see only sheets of the units in hotline.units.
CREATE FUNCTION sees_everything() RETURNS boolean LANGUAGE sql STABLE RETURN
  current_setting('role', true) = :'app';

-- A policy cannot query through another table's policies: these functions query as their owner.
CREATE FUNCTION viewer_sees(key text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER RETURN
  key <> ALL (viewer_recused())
  AND (viewer_sees_all()
       OR EXISTS (SELECT FROM case_party p WHERE p.business_key = key AND p.party = ANY (viewer_units())));
CREATE FUNCTION viewer_sees_case(id bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER RETURN
  EXISTS (SELECT FROM process_case c WHERE c.id = viewer_sees_case.id AND c.business_key <> ALL (viewer_recused()))
  AND (viewer_sees_all()
       OR EXISTS (SELECT FROM case_party p WHERE p.case_id = viewer_sees_case.id AND p.party = ANY (viewer_units())));
CREATE FUNCTION viewer_recused_cases() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER RETURN
  ARRAY(SELECT c.id FROM process_case c WHERE c.business_key = ANY (viewer_recused()));
REVOKE ALL ON FUNCTION viewer_sees, viewer_sees_case, viewer_recused_cases FROM PUBLIC;
GRANT EXECUTE ON FUNCTION viewer_sees, viewer_sees_case, viewer_recused_cases TO :"app", :"viewer";

CALL pg_temp.fence('process_case', 'viewer_sees_case(id)');
CALL pg_temp.fence('task', 'viewer_sees_case(case_id)');
CALL pg_temp.fence('deadline', 'viewer_sees_case(case_id)');
CALL pg_temp.fence('incident', 'viewer_sees_case(case_id)');
CALL pg_temp.fence('case_party',
  'business_key <> ALL (viewer_recused()) AND (viewer_sees_all() OR party = ANY (viewer_units()))');

-- Lists of a viewer read the owner's views, which apply the same restriction once per query (hence the subqueries): a
-- policy is evaluated per row, which is cheap for a page but takes seconds for a count.
CREATE VIEW visible_party WITH (security_barrier) AS
  SELECT p.* FROM case_party p
   WHERE p.party = ANY ((SELECT viewer_units())::text[]) AND p.business_key <> ALL ((SELECT viewer_recused())::text[]);
CREATE VIEW visible_task WITH (security_barrier) AS
  -- OFFSET 0 makes the plan go from the units' cases to their tasks; otherwise PostgreSQL reads the tasks of all units.
  SELECT t.* FROM (
    SELECT DISTINCT p.case_id FROM case_party p
     WHERE p.is_open AND p.party = ANY ((SELECT viewer_units())::text[])
       AND p.case_id <> ALL ((SELECT viewer_recused_cases())::bigint[])) p
    CROSS JOIN LATERAL (SELECT * FROM task t WHERE t.case_id = p.case_id OFFSET 0) t;
-- Tasks of cases led by the viewer's units, in index order. Without security_barrier, which would force a sort of all
-- the unit's rows; exploitable only by somebody who can already run SQL as the viewer's role. Not "= ANY", which reads
-- the index for all units out of order.
CREATE VIEW lead_unit_task AS
  SELECT t.* FROM task t
   WHERE array_position((SELECT viewer_units())::text[], t.lead_unit) > 0
     AND t.case_id <> ALL ((SELECT viewer_recused_cases())::bigint[]);
CREATE VIEW visible_open_case WITH (security_barrier) AS
  SELECT c.id, c.business_key, c.realm, c.level, c.limit_at, c.ended_at, c.variables,
         CASE WHEN c.lead_unit = ANY ((SELECT viewer_units())::text[]) THEN c.lead_unit END AS lead_unit
    FROM process_case c
   WHERE c.ended_at IS NULL
     AND c.id IN (SELECT p.case_id FROM case_party p
                   WHERE p.is_open AND p.party = ANY ((SELECT viewer_units())::text[])
                     AND p.case_id <> ALL ((SELECT viewer_recused_cases())::bigint[]));
CREATE VIEW visible_case WITH (security_barrier) AS
  SELECT c.id, c.business_key, c.realm, c.started_at, c.ended_at FROM process_case c
   WHERE c.business_key <> ALL ((SELECT viewer_recused())::text[])
     AND c.id IN (SELECT p.case_id FROM case_party p WHERE p.party = ANY ((SELECT viewer_units())::text[]));
GRANT SELECT ON visible_party, visible_task, lead_unit_task, visible_open_case, visible_case TO :"viewer";
-- For counts by the program and by viewers of all sheets, without those they are recused from.
CREATE VIEW every_case WITH (security_barrier) AS
  SELECT id, business_key, realm, level, lead_unit, ended_at FROM process_case
   WHERE (SELECT sees_everything() OR viewer_sees_all()) AND id <> ALL ((SELECT viewer_recused_cases())::bigint[]);
CREATE VIEW every_task WITH (security_barrier) AS
  SELECT * FROM task
   WHERE (SELECT sees_everything() OR viewer_sees_all()) AND case_id <> ALL ((SELECT viewer_recused_cases())::bigint[]);
GRANT SELECT ON every_case, every_task TO :"app", :"viewer";

-- The newest sheets of the viewer's units before the cursor: a fixed number per unit, by index. With a view, PostgreSQL
-- would sort all of a unit's sheets, expecting few.
CREATE FUNCTION newest_visible(asked text, mark timestamptz, mark_no text, most integer)
RETURNS TABLE (no text, started_at timestamptz) LANGUAGE sql STABLE SECURITY DEFINER BEGIN ATOMIC
  SELECT DISTINCT t.business_key, t.started_at FROM unnest(viewer_units()) unit CROSS JOIN LATERAL (
    SELECT p.business_key, p.started_at FROM case_party p
     WHERE p.party = unit AND p.realm = asked AND (p.started_at, p.business_key) < (mark, mark_no)
       AND p.business_key <> ALL (viewer_recused())
     ORDER BY p.started_at DESC, p.business_key DESC LIMIT most) t
   ORDER BY t.started_at DESC, t.business_key DESC LIMIT most;
END;
REVOKE ALL ON FUNCTION newest_visible FROM PUBLIC;
GRANT EXECUTE ON FUNCTION newest_visible TO :"viewer";
