-- The radar: what is statistically rare, put to units and decided on by auditors. Every row is said by an entry of the
-- stream `radar`. No texts of sheets, no callers.

CREATE TABLE radar_hypothesis (
  id         integer PRIMARY KEY CHECK (id > 0),
  pattern    text NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('unit', 'person', 'district', 'units')),
  subject    text NOT NULL,
  -- Of the subject, and of everybody else.
  found      integer NOT NULL,
  "of"       integer NOT NULL,
  rest_found integer NOT NULL,
  rest_of    integer NOT NULL,
  -- By chance at most once in ten to this power.
  power      integer NOT NULL,
  raised_at  timestamptz NOT NULL,
  seen_at    timestamptz NOT NULL,
  open       boolean NOT NULL,
  UNIQUE (pattern, kind, subject)
);
GRANT SELECT, INSERT, UPDATE (found, "of", rest_found, rest_of, power, seen_at, open) ON radar_hypothesis TO :"app";

-- The entries that each stands on.
CREATE TABLE radar_place (
  hypothesis integer NOT NULL REFERENCES radar_hypothesis,
  stream     text NOT NULL,
  seq        integer NOT NULL,
  PRIMARY KEY (hypothesis, stream, seq)
);
CALL pg_temp.guard('radar_place');
CALL pg_temp.fence('radar_place', 'viewer_sees(stream)');
GRANT SELECT, INSERT ON radar_place TO :"app";

CREATE TABLE radar_question (
  id         integer PRIMARY KEY CHECK (id > 0),
  hypothesis integer NOT NULL REFERENCES radar_hypothesis,
  unit       text NOT NULL,
  question   text NOT NULL,
  asked_by   text NOT NULL,
  asked_at   timestamptz NOT NULL,
  due_at     timestamptz NOT NULL
);
CREATE INDEX radar_question_of ON radar_question (hypothesis, id);
CREATE INDEX radar_question_unit ON radar_question (unit, id);
CALL pg_temp.guard('radar_question');
CREATE TABLE radar_answer (
  question    integer PRIMARY KEY REFERENCES radar_question,
  answer      text NOT NULL,
  answered_by text NOT NULL,
  answered_at timestamptz NOT NULL
);
CALL pg_temp.guard('radar_answer');
CREATE TABLE radar_decision (
  id         integer PRIMARY KEY CHECK (id > 0),
  hypothesis integer NOT NULL REFERENCES radar_hypothesis,
  decision   text NOT NULL CHECK (decision IN ('followed-up', 'explained', 'no-pattern')),
  reason     text NOT NULL,
  decided_by text NOT NULL,
  decided_at timestamptz NOT NULL
);
CREATE INDEX radar_decision_of ON radar_decision (hypothesis, id);
CALL pg_temp.guard('radar_decision');
GRANT SELECT, INSERT ON radar_question, radar_answer, radar_decision TO :"app";
