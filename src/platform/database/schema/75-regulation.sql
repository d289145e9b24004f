-- Versions of the regulation, bitemporal: days in force, and the instant of recording. A changed version is a further
-- row.
CREATE TABLE regulation_version (
  id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  regulation  text NOT NULL,
  version     text NOT NULL,
  -- File name in audit bundles and in the trail entry that proves the content.
  file        text NOT NULL UNIQUE,
  sha256      text NOT NULL,
  content     bytea NOT NULL,
  -- First day in force, and first day no longer in force, in Asia/Shanghai.
  valid_from  date NOT NULL,
  valid_to    date,
  recorded_at timestamptz NOT NULL
);

-- Official texts loaded by operators: none is shipped. The last one of a version counts.
CREATE TABLE regulation_text (
  id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  regulation     text NOT NULL,
  version        text NOT NULL,
  -- The file's name, and its bytes' SHA-256 in hexadecimal.
  source         text NOT NULL,
  sha256         text NOT NULL,
  body           bytea NOT NULL,
  -- Provision and sentence, in the order of the text.
  sentences      json NOT NULL,
  effective_from date NOT NULL,
  effective_to   date,
  loaded_by      text NOT NULL,
  loaded_at      timestamptz NOT NULL
);
CREATE INDEX regulation_text_of ON regulation_text (regulation, version, id);
CALL pg_temp.guard('regulation_version');
CALL pg_temp.guard('regulation_text');
GRANT SELECT, INSERT ON regulation_version, regulation_text TO :"app";
GRANT SELECT ON regulation_version, regulation_text TO :"viewer";

-- Past cases lived again under both laws of an amendment: the last comparison asked for. Made in the background,
-- repeatable; it decides nothing.
CREATE TABLE amendment_comparison (
  amendment integer PRIMARY KEY,
  -- Of the next content, as compared.
  sha256    text NOT NULL,
  -- The cases that began on these days, both included, in Asia/Shanghai.
  first_day date NOT NULL,
  last_day  date NOT NULL,
  asked_at  timestamptz NOT NULL,
  -- {done, of}; null before it begins and after it ends.
  progress  json,
  report    json,
  made_at   timestamptz CHECK ((made_at IS NULL) = (report IS NULL)),
  CHECK (first_day <= last_day)
);
GRANT SELECT, INSERT, UPDATE (sha256, first_day, last_day, asked_at, progress, report, made_at), DELETE
  ON amendment_comparison TO :"app";

-- What differs by the comparison, case by case, in the order of the cases.
CREATE TABLE amendment_difference (
  amendment integer NOT NULL REFERENCES amendment_comparison ON DELETE CASCADE,
  place     integer NOT NULL,
  -- The sheet's number.
  no        text NOT NULL,
  -- Each with norm, unit, kind, how it stood and would stand.
  duties    jsonb NOT NULL,
  -- Of the changed limits; null where they are the same.
  levels    json,
  PRIMARY KEY (amendment, place)
);
GRANT SELECT, INSERT, DELETE ON amendment_difference TO :"app";

-- Duties of each case, derived from its trail by a follower of the tree; can be rebuilt at any time. One row per duty,
-- in the order in which they began.
CREATE TABLE case_duty (
  realm       text NOT NULL,
  -- The sheet's number.
  stream      text NOT NULL,
  place       integer NOT NULL,
  norm        text NOT NULL,
  article     integer NOT NULL,
  round       integer NOT NULL,
  -- As of the last processed entry. An open duty becomes violated by time alone: queries compare violated_at, nothing
  -- is written.
  state       text NOT NULL
              CHECK (state IN ('open', 'satisfied', 'temporarily-violated', 'permanently-violated', 'compensated')),
  opened_seq  integer NOT NULL,
  opened_at   timestamptz NOT NULL,
  due         timestamptz,
  -- When it was violated; for an open one, its limit.
  violated_at timestamptz,
  unit        text,
  -- Numbers of the entries behind its state.
  entries     integer[] NOT NULL,
  by          text,
  waived_by   text,
  PRIMARY KEY (stream, place),
  CHECK (state <> 'satisfied' OR violated_at IS NULL),
  CHECK (state IN ('open', 'satisfied') OR violated_at IS NOT NULL)
);
-- For violated duties, latest first: all, by article, by unit; and those that can still be done or made good, few among
-- many.
CREATE INDEX case_duty_violated ON case_duty (realm, violated_at DESC, stream, place)
  WHERE violated_at IS NOT NULL AND state <> 'compensated';
CREATE INDEX case_duty_article ON case_duty (realm, article, violated_at DESC, stream, place)
  WHERE violated_at IS NOT NULL AND state <> 'compensated';
CREATE INDEX case_duty_unit ON case_duty (realm, unit, violated_at DESC, stream, place)
  WHERE violated_at IS NOT NULL AND state <> 'compensated';
CREATE INDEX case_duty_pending ON case_duty (realm, violated_at DESC, stream, place)
  WHERE violated_at IS NOT NULL AND state IN ('open', 'temporarily-violated');
CREATE INDEX case_duty_compensated ON case_duty (realm, violated_at DESC, stream, place)
  WHERE state = 'compensated';
-- For what is recommended: the open ones of a norm that began long enough ago.
CREATE INDEX case_duty_open ON case_duty (norm, opened_at) WHERE realm = 'live' AND state = 'open';
CALL pg_temp.fence('case_duty', 'viewer_sees(stream)');
GRANT SELECT, INSERT, DELETE ON case_duty TO :"app";

-- Position of the follower in the tree.
CREATE TABLE duty_cursor (
  one   boolean PRIMARY KEY DEFAULT true CHECK (one),
  place bigint NOT NULL
);
INSERT INTO duty_cursor (place) VALUES (0);
GRANT SELECT, UPDATE ON duty_cursor TO :"app";
