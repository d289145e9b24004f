-- Early warning: live sheets by district and class, counted incrementally, and the warnings raised. No texts, no
-- callers.

-- Position of the follower in the tree, and the earliest hour counted.
CREATE TABLE matter_cursor (
  one   boolean PRIMARY KEY DEFAULT true CHECK (one),
  place bigint NOT NULL,
  since timestamptz
);
INSERT INTO matter_cursor (place) VALUES (0);
GRANT SELECT, UPDATE ON matter_cursor TO :"app";

-- How each live sheet is counted at present.
CREATE TABLE matter_sheet (
  no          text PRIMARY KEY,
  -- Empty if unknown, as are the codes of its first level and its class.
  district    text NOT NULL,
  area        text NOT NULL,
  class       text NOT NULL,
  -- Emergencies mentioned by its title or class.
  emergencies text[] NOT NULL,
  -- The same caller raised the same class within the policy's days.
  repeated    boolean NOT NULL,
  -- Hash of the place in words, as it is compared; empty if it names no spot.
  spot        text NOT NULL DEFAULT '',
  received_at timestamptz NOT NULL
);
CREATE INDEX matter_sheet_spot ON matter_sheet (spot, class, received_at DESC) WHERE spot <> '';
CREATE INDEX matter_sheet_class ON matter_sheet (class, district, received_at DESC, no);
CREATE INDEX matter_sheet_area ON matter_sheet (area, district, received_at DESC, no);
CREATE INDEX matter_sheet_district ON matter_sheet (district, received_at DESC, no);
CALL pg_temp.fence('matter_sheet', 'viewer_sees(no)');
GRANT SELECT, INSERT, UPDATE ON matter_sheet TO :"app";

-- Sheets per ten minutes, by district and class or area; old rows are deleted.
CREATE TABLE matter_slot (
  district text NOT NULL,
  code     text NOT NULL,
  -- Ten minutes since 1970.
  slot     integer NOT NULL,
  sheets   integer NOT NULL,
  PRIMARY KEY (district, code, slot)
) WITH (fillfactor = 70);
CREATE INDEX matter_slot_old ON matter_slot (slot);
GRANT SELECT, INSERT, UPDATE, DELETE ON matter_slot TO :"app";

CREATE TABLE matter_day (
  day      date NOT NULL,
  district text NOT NULL,
  area     text NOT NULL,
  class    text NOT NULL,
  sheets   integer NOT NULL,
  repeated integer NOT NULL,
  PRIMARY KEY (day, district, class)
) WITH (fillfactor = 70);
CREATE INDEX matter_day_class ON matter_day (class, district, day);
GRANT SELECT, INSERT, UPDATE (sheets, repeated) ON matter_day TO :"app";

-- The daily sums as one row per week with a column per weekday: seven days ending on any day span two rows, so that hot
-- spots and map read a third of the rows. Written only by the trigger.
CREATE TABLE matter_week (
  -- Its Monday.
  week       date NOT NULL,
  class      text NOT NULL,
  district   text NOT NULL,
  area       text NOT NULL,
  -- ISO 8601 weekdays.
  sheets_1   integer NOT NULL DEFAULT 0,
  repeated_1 integer NOT NULL DEFAULT 0,
  sheets_2   integer NOT NULL DEFAULT 0,
  repeated_2 integer NOT NULL DEFAULT 0,
  sheets_3   integer NOT NULL DEFAULT 0,
  repeated_3 integer NOT NULL DEFAULT 0,
  sheets_4   integer NOT NULL DEFAULT 0,
  repeated_4 integer NOT NULL DEFAULT 0,
  sheets_5   integer NOT NULL DEFAULT 0,
  repeated_5 integer NOT NULL DEFAULT 0,
  sheets_6   integer NOT NULL DEFAULT 0,
  repeated_6 integer NOT NULL DEFAULT 0,
  sheets_7   integer NOT NULL DEFAULT 0,
  repeated_7 integer NOT NULL DEFAULT 0,
  PRIMARY KEY (week, class, district, area)
) WITH (fillfactor = 70);
GRANT SELECT ON matter_week TO :"app";

CREATE FUNCTION add_to_matter_week() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
DECLARE
  weekday  integer := extract(isodow FROM NEW.day);
  -- Adds to the weekday's column only.
  s integer[] := array_fill(0, ARRAY[7]);
  r integer[] := array_fill(0, ARRAY[7]);
BEGIN
  s[weekday] := NEW.sheets - coalesce(OLD.sheets, 0);
  r[weekday] := NEW.repeated - coalesce(OLD.repeated, 0);
  INSERT INTO matter_week AS w
  VALUES (NEW.day - weekday + 1, NEW.class, NEW.district, NEW.area,
          s[1], r[1], s[2], r[2], s[3], r[3], s[4], r[4], s[5], r[5], s[6], r[6], s[7], r[7])
  ON CONFLICT (week, class, district, area) DO UPDATE SET
    sheets_1 = w.sheets_1 + s[1], repeated_1 = w.repeated_1 + r[1],
    sheets_2 = w.sheets_2 + s[2], repeated_2 = w.repeated_2 + r[2],
    sheets_3 = w.sheets_3 + s[3], repeated_3 = w.repeated_3 + r[3],
    sheets_4 = w.sheets_4 + s[4], repeated_4 = w.repeated_4 + r[4],
    sheets_5 = w.sheets_5 + s[5], repeated_5 = w.repeated_5 + r[5],
    sheets_6 = w.sheets_6 + s[6], repeated_6 = w.repeated_6 + r[6],
    sheets_7 = w.sheets_7 + s[7], repeated_7 = w.repeated_7 + r[7];
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION add_to_matter_week FROM PUBLIC;
CREATE TRIGGER matter_week_follows AFTER INSERT OR UPDATE ON matter_day
  FOR EACH ROW EXECUTE FUNCTION add_to_matter_week();

CREATE TABLE warning (
  id        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sort      text NOT NULL CHECK (sort IN ('rise', 'burst', 'repeat-caller', 'repeat-place', 'repeat-spot')),
  district  text NOT NULL,
  -- For a burst the emergency's name, else the class code.
  matter    text NOT NULL,
  -- Counting since this instant; and receipt of the sheet that raised it.
  since     timestamptz NOT NULL,
  tipped_at timestamptz NOT NULL,
  tipped_by text NOT NULL,
  raised_at timestamptz NOT NULL,
  -- Count at that time, and the expected count; hundredths, null without comparison.
  observed  integer NOT NULL,
  expected  integer,
  -- Number of sheets so far, and the last one.
  sheets    integer NOT NULL,
  last_at   timestamptz NOT NULL
);
CREATE INDEX warning_standing ON warning (sort, district, matter, last_at DESC);
GRANT SELECT, INSERT, UPDATE (sheets, last_at) ON warning TO :"app";

CREATE TABLE warning_sheet (
  warning integer NOT NULL REFERENCES warning,
  no      text NOT NULL,
  PRIMARY KEY (warning, no)
);
CREATE INDEX warning_sheet_no ON warning_sheet (no);
GRANT SELECT, INSERT ON warning_sheet TO :"app";

-- Acts on warnings. The last one determines the state.
CREATE TABLE warning_act (
  id      integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  warning integer NOT NULL REFERENCES warning,
  act     text NOT NULL CHECK (act IN ('acknowledged', 'dismissed', 'suggested')),
  reason  text NOT NULL,
  actor   text NOT NULL,
  at      timestamptz NOT NULL
);
CREATE INDEX warning_act_of ON warning_act (warning, id);
CALL pg_temp.guard('warning_act');
GRANT SELECT, INSERT ON warning_act TO :"app";

CREATE FUNCTION viewer_sees_warning(id integer) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER RETURN
  EXISTS (SELECT FROM warning_sheet m
           WHERE m.warning = viewer_sees_warning.id AND m.no <> ALL (viewer_recused())
             AND (viewer_sees_all()
                  OR EXISTS (SELECT FROM case_party p WHERE p.business_key = m.no AND p.party = ANY (viewer_units()))));
REVOKE ALL ON FUNCTION viewer_sees_warning FROM PUBLIC;
GRANT EXECUTE ON FUNCTION viewer_sees_warning TO :"app", :"viewer";
CALL pg_temp.fence('warning', 'viewer_sees_warning(id)');
CALL pg_temp.fence('warning_sheet', 'viewer_sees(no)');
CALL pg_temp.fence('warning_act', 'viewer_sees_warning(warning)');

-- Special studies requested from units; answered once.
CREATE TABLE study_suggestion (
  id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  warning      integer REFERENCES warning,
  district     text NOT NULL,
  matter       text NOT NULL,
  unit         text NOT NULL,
  reason       text NOT NULL,
  suggested_by text NOT NULL,
  suggested_at timestamptz NOT NULL
);
CREATE TABLE study_answer (
  suggestion  integer PRIMARY KEY REFERENCES study_suggestion,
  taken       boolean NOT NULL,
  reason      text NOT NULL,
  answered_by text NOT NULL,
  answered_at timestamptz NOT NULL
);
CALL pg_temp.guard('study_suggestion');
CALL pg_temp.guard('study_answer');
GRANT SELECT, INSERT ON study_suggestion, study_answer TO :"app";
