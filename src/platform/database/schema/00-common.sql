-- The baseline: the whole schema, in the order of these files. See docs/decisions/platform.md.
--
-- Statements name no schema: everything is created in the first schema of the search_path. :"app", :"viewer", :"jobs"
-- and :'app' stand for the roles and the job queue's schema, in psql's notation. Bodies of SQL functions are bound at
-- creation. PL/pgSQL functions that name a relation keep their creator's path (SET search_path FROM CURRENT), except
-- those on the path of every step, whose callers have the same path.

-- The program cannot change the schema. Its rights on each table are granted below the table.
GRANT USAGE ON SCHEMA :"schema" TO :"app", :"viewer";
GRANT SELECT ON migrations TO :"app";

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '轨迹只能追加：% 上不允许 %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

-- Append-only tables: the triggers also stop roles that grants do not (the owner, a superuser), and fire for
-- replication roles. Disabling them is recorded in the trail. With a function of its own, a table may permit certain
-- updates; deletions never.
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

-- Row-level security, in addition to the program's own checks: reads for users with restricted access run under the
-- viewer's role, which sees only rows that satisfy the condition. The program itself sees all rows.
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
