-- Intake's data: classification tree in versions, each sheet's class, words of each class, other channels. Append-only
-- except for the counts of words.

CREATE TABLE classification (
  version     integer PRIMARY KEY CHECK (version > 0),
  title       text NOT NULL,
  -- SHA-256 of the file, hex.
  sha256      text NOT NULL,
  imported_at timestamptz NOT NULL,
  imported_by text NOT NULL,
  -- [{"code", "name", "parent", "trade"}], in the order of the file
  classes     json NOT NULL
);
GRANT SELECT, INSERT ON classification TO :"app";
GRANT SELECT ON classification TO :"viewer";

-- Where else a matter belongs: emergency numbers, bodies with procedures of their own.
CREATE TABLE other_channel_set (
  version  integer PRIMARY KEY CHECK (version > 0),
  channels json NOT NULL,
  reason   text NOT NULL,
  saved_at timestamptz NOT NULL,
  saved_by text NOT NULL
);
GRANT SELECT, INSERT ON other_channel_set TO :"app";

-- A sheet's last row is its class, earlier ones are its history. Sheets keep the version they were classified by.
CREATE TABLE sheet_class (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  work_order text NOT NULL REFERENCES work_order,
  version    integer NOT NULL,
  code       text NOT NULL,
  -- Codes from the first level down.
  path       text[] NOT NULL,
  trade      text,
  set_at     timestamptz NOT NULL,
  set_by     text,
  -- Whether its words have been counted.
  learned    boolean NOT NULL DEFAULT false
);
CREATE INDEX sheet_class_of ON sheet_class (work_order, id DESC);
CREATE INDEX sheet_class_to_learn ON sheet_class (id) WHERE NOT learned;
CALL pg_temp.fence('sheet_class', 'viewer_sees(work_order)');
GRANT SELECT, INSERT, UPDATE (learned) ON sheet_class TO :"app";

-- Per class and per unit: number of sheets, and in how many of them each pair of characters occurred. No text.
CREATE TABLE word_profile (
  subject  text NOT NULL CHECK (subject IN ('class', 'unit')),
  -- Code of the class, or name of the unit.
  code     text NOT NULL,
  sheets   integer NOT NULL,
  terms    json NOT NULL,
  revision bigint NOT NULL,
  PRIMARY KEY (subject, code)
);
CREATE SEQUENCE word_profile_revision;
GRANT SELECT, INSERT, UPDATE ON word_profile TO :"app";
GRANT USAGE ON SEQUENCE word_profile_revision TO :"app";

-- The last ended sheet whose words have been counted for its unit.
CREATE TABLE unit_lesson (
  one      boolean PRIMARY KEY DEFAULT true CHECK (one),
  ended_at timestamptz NOT NULL,
  no       text NOT NULL
);
INSERT INTO unit_lesson (ended_at, no) VALUES ('-infinity', '');
GRANT SELECT, UPDATE ON unit_lesson TO :"app";
