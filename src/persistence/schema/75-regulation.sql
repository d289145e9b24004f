-- What the regulation says, with both times: the days for which it is in force, and the instant since which it is known
-- here. A version that is worded anew is a further row.
CREATE TABLE regulation_version (
  id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  regulation  text NOT NULL,
  version     text NOT NULL,
  -- Under this name an entry of the trail vouches for the content, and an audit bundle has it.
  file        text NOT NULL UNIQUE,
  sha256      text NOT NULL,
  content     bytea NOT NULL,
  -- First day in force, and the first day on which it no longer is; days of Asia/Shanghai.
  valid_from  date NOT NULL,
  valid_to    date,
  recorded_at timestamptz NOT NULL
);

-- The official text, as somebody has loaded it: the program comes with none. Of a version the last one counts.
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

-- The duties of each case as its trail says they stand: kept by a follower of the tree, made again from the trail at any
-- time. One row a duty, in the order in which they began.
CREATE TABLE case_duty (
  realm       text NOT NULL,
  -- The sheet's number.
  stream      text NOT NULL,
  place       integer NOT NULL,
  norm        text NOT NULL,
  article     integer NOT NULL,
  round       integer NOT NULL,
  -- As of the last entry that was followed. Time passing alone violates what is open: that is asked of violated_at,
  -- never written.
  state       text NOT NULL
              CHECK (state IN ('open', 'satisfied', 'temporarily-violated', 'permanently-violated', 'compensated')),
  opened_seq  integer NOT NULL,
  opened_at   timestamptz NOT NULL,
  due         timestamptz,
  -- When it was violated; of an open one, from when on it will have been, unless something happens.
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
-- What is violated, the latest first: of all, of an article, of a unit, and what may still be done or made good, which is
-- little among what piles up over the years.
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
CALL pg_temp.fence('case_duty', 'viewer_sees(stream)');
GRANT SELECT, INSERT, DELETE ON case_duty TO :"app";

-- How far the tree has been followed.
CREATE TABLE duty_cursor (
  one   boolean PRIMARY KEY DEFAULT true CHECK (one),
  place bigint NOT NULL
);
INSERT INTO duty_cursor (place) VALUES (0);
GRANT SELECT, UPDATE ON duty_cursor TO :"app";
