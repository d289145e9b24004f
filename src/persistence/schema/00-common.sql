-- The baseline: the whole schema as it is, in the order of these files. See docs/decisions/0039.
--
-- No name carries its schema: everything goes into the first schema of the search_path, whatever its name.
-- :"app", :"viewer", :"jobs" and :'app' stand for the roles and the job queue's schema, written as psql does.
-- Bodies of SQL functions are bound when they are made. PL/pgSQL functions that name a relation keep the path they
-- were made with (SET search_path FROM CURRENT), except those on the way of every step: their callers' path is this one.

-- The program may see the schema and change nothing of its shape. What it may do to a table stands below the table.
GRANT USAGE ON SCHEMA :"schema" TO :"app", :"viewer";
GRANT SELECT ON migrations TO :"app";

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '轨迹只能追加:% 上不允许 %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

-- Rows are added and never changed, by nobody: the triggers also stop those whom grants do not (a table's owner, a
-- superuser in a hurry), and fire for replication roles as well. Whoever disables them leaves a trace in the trail.
-- With a function of its own, a table's rows may change as that function allows; they are never deleted.
CREATE PROCEDURE pg_temp.guard(guarded text, on_update text DEFAULT NULL) LANGUAGE plpgsql AS $$
DECLARE
  name text;
BEGIN
  IF on_update IS NULL THEN
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
                   guarded || '_append_only', guarded);
  ELSE
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION %I()',
                   guarded || '_changes', guarded, on_update);
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
                   guarded || '_stays', guarded);
  END IF;
  EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
                 guarded || '_no_truncate', guarded);
  FOR name IN SELECT tgname FROM pg_trigger WHERE tgrelid = guarded::regclass AND NOT tgisinternal LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', guarded, name);
  END LOOP;
END $$;

-- The second fence behind the program's own checks: what is read for somebody who may not see everything is read under
-- the viewer's role, which sees the rows for which the condition holds. The program itself sees all.
CREATE PROCEDURE pg_temp.fence(fenced text, seen text) LANGUAGE plpgsql AS $$
DECLARE
  app constant text := current_schema() || '_app';
  viewer constant text := current_schema() || '_viewer';
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', fenced);
  EXECUTE format('CREATE POLICY program ON %I TO %I USING (true) WITH CHECK (true)', fenced, app);
  EXECUTE format('CREATE POLICY viewer ON %I FOR SELECT TO %I USING (%s)', fenced, viewer, seen);
  EXECUTE format('GRANT SELECT ON %I TO %I', fenced, viewer);
END $$;
