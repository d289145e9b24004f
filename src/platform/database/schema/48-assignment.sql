-- Who of a unit's people attends to a sheet. Whose duty the sheet is does not change: it is the unit's.
CREATE TABLE assignment (
  case_id      bigint NOT NULL,
  unit         text NOT NULL,
  business_key text NOT NULL,
  -- A person as named in the trail, or a team by the name that the unit gives it.
  person       text,
  team         text,
  assigned_at  timestamptz NOT NULL,
  assigned_by  text NOT NULL,
  PRIMARY KEY (case_id, unit),
  CHECK (num_nonnulls(person, team) = 1)
);
CREATE INDEX assignment_of ON assignment (business_key, unit);
CREATE INDEX assignment_person ON assignment (person, case_id) WHERE person IS NOT NULL;
CREATE INDEX assignment_team ON assignment (unit, team, case_id) WHERE team IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON assignment TO :"app";
CALL pg_temp.fence('assignment', 'business_key <> ALL ((SELECT viewer_recused())::text[])
  AND ((SELECT viewer_sees_all()) OR unit = ANY ((SELECT viewer_units())::text[]))');

-- What a worklist was narrowed and sorted by, under a name. No words that were searched for: they may be a caller's.
CREATE TABLE saved_view (
  person   integer NOT NULL,
  name     text NOT NULL,
  -- Of the person, for the others of the unit; null: for the person alone.
  unit     text,
  choice   json NOT NULL,
  -- Opened when the person opens the worklist.
  standard boolean NOT NULL,
  saved_at timestamptz NOT NULL,
  saved_by text NOT NULL,
  PRIMARY KEY (person, name)
);
CREATE INDEX saved_view_unit ON saved_view (unit) WHERE unit IS NOT NULL;
CREATE UNIQUE INDEX saved_view_standard ON saved_view (person) WHERE standard;
GRANT SELECT, INSERT, UPDATE, DELETE ON saved_view TO :"app";

-- What people write again and again, filled from the sheet. A person's own, or the unit's. Nothing of a caller.
CREATE TABLE text_template (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person     integer,
  unit       text,
  name       text NOT NULL,
  body       text NOT NULL,
  -- The only field of a form that it is for: its key in the diagrams, and its label when it was saved.
  field      text,
  field_name text,
  -- For sheets of this class and those below.
  class      text,
  saved_by   text NOT NULL,
  saved_at   timestamptz NOT NULL,
  CHECK (num_nonnulls(person, unit) = 1),
  CHECK ((field IS NULL) = (field_name IS NULL))
);
CREATE UNIQUE INDEX text_template_own ON text_template (person, name) WHERE person IS NOT NULL;
CREATE UNIQUE INDEX text_template_shared ON text_template (unit, name) WHERE unit IS NOT NULL;
GRANT SELECT, INSERT, DELETE ON text_template TO :"app";

-- By what a worklist is narrowed. With the owner's rights: a policy would be evaluated for every task of the list.
CREATE VIEW sheet_trait WITH (security_barrier) AS
  SELECT c.id AS case_id, w.channel, w.kind, w.district, w.language,
         (SELECT k.path FROM sheet_class k WHERE k.work_order = w.no ORDER BY k.id DESC LIMIT 1) AS class_path
    FROM process_case c JOIN work_order w ON w.no = c.business_key
   WHERE (SELECT sees_everything() OR viewer_sees_all())
      OR EXISTS (SELECT FROM case_party p WHERE p.case_id = c.id AND p.party = ANY ((SELECT viewer_units())::text[]));
GRANT SELECT ON sheet_trait TO :"app", :"viewer";
