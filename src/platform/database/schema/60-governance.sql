-- Drafts of process definitions and decision tables. Texts, comments and decisions are append-only; of a draft only its state changes.
CREATE TABLE draft (
  id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key          text NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('process', 'decision')),
  title        text NOT NULL,
  origin       text NOT NULL CHECK (origin IN ('edited', 'rollback', 'shipped')),
  -- Set by acts; whether a scheduled one is in force depends on the clock.
  state        text NOT NULL
               CHECK (state IN ('draft', 'submitted', 'approved', 'scheduled', 'rejected', 'withdrawn')),
  -- The last revision.
  revision     integer NOT NULL,
  -- The version it replaces; null for a new one.
  base_version integer,
  -- The pending submission; null if none.
  submission   integer,
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL
);
CREATE INDEX draft_newest ON draft (updated_at DESC, id DESC);
CREATE TRIGGER draft_stays BEFORE DELETE ON draft FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT, UPDATE (title, state, revision, base_version, submission, updated_at) ON draft TO :"app";
ALTER TABLE definition ADD FOREIGN KEY (draft) REFERENCES draft;

CREATE TABLE draft_revision (
  draft        integer NOT NULL REFERENCES draft,
  number       integer NOT NULL CHECK (number > 0),
  sha256       text NOT NULL,
  source       text NOT NULL,
  base_version integer,
  login        text NOT NULL,
  author       text NOT NULL,
  note         text,
  saved_at     timestamptz NOT NULL,
  PRIMARY KEY (draft, number)
);
CREATE INDEX draft_revision_bytes ON draft_revision (sha256);

-- Submissions, frozen with everything known at the time.
CREATE TABLE draft_submission (
  id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  draft         integer NOT NULL REFERENCES draft,
  revision      integer NOT NULL,
  sha256        text NOT NULL,
  base_version  integer,
  login         text NOT NULL,
  actor         text NOT NULL,
  comment       text NOT NULL,
  -- Number of approvers required, and why.
  approvers     integer NOT NULL CHECK (approvers BETWEEN 1 AND 2),
  grounds       json NOT NULL,
  difference    json NOT NULL,
  -- Reports on these bytes: checks, scenarios, past and running cases; null if not made.
  checks        json NOT NULL,
  scenarios     json,
  replay        json,
  running_cases json,
  reasons       json NOT NULL,
  regulation    text,
  submitted_at  timestamptz NOT NULL,
  FOREIGN KEY (draft, revision) REFERENCES draft_revision
);

-- The thread: acts and comments.
CREATE TABLE draft_act (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  draft      integer NOT NULL REFERENCES draft,
  act        text NOT NULL CHECK (act IN
    ('created', 'saved', 'commented', 'submitted', 'approved', 'rejected', 'withdrawn', 'scheduled')),
  revision   integer NOT NULL,
  sha256     text NOT NULL,
  submission integer REFERENCES draft_submission,
  login      text NOT NULL,
  actor      text NOT NULL,
  text       text,
  element    text,
  at         timestamptz NOT NULL,
  FOREIGN KEY (draft, revision) REFERENCES draft_revision,
  CHECK (act <> 'approved' OR submission IS NOT NULL)
);
CREATE INDEX draft_act_of ON draft_act (draft, id);
CREATE UNIQUE INDEX draft_act_approves_once ON draft_act (submission, login) WHERE act = 'approved';
CALL pg_temp.guard('draft_revision');
CALL pg_temp.guard('draft_submission');
CALL pg_temp.guard('draft_act');
GRANT SELECT, INSERT ON draft_revision, draft_submission, draft_act TO :"app";

-- Results of trials (rules 13 to 15) of these bytes against the versions in force. Made in the background, repeatable;
-- a submission keeps a copy.
CREATE TABLE draft_trial (
  key      text NOT NULL,
  sha256   text NOT NULL,
  -- Digest of the basis: diagrams in force, calendar, policies.
  ground   text NOT NULL,
  asked_at timestamptz NOT NULL,
  -- {what, done, of}; null before it begins.
  progress json,
  reports  json,
  made_at  timestamptz CHECK ((made_at IS NULL) = (reports IS NULL)),
  PRIMARY KEY (key, sha256, ground)
);
GRANT SELECT, INSERT, UPDATE (asked_at, progress, reports, made_at) ON draft_trial TO :"app";

-- Cities that are being written from the text of their law. Nothing here is a legal act of this installation.
CREATE TABLE package_draft (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  revision   integer NOT NULL,
  law        text NOT NULL,
  -- Not jsonb: the order of what is answered is the order of what is written.
  answers    json NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  changed_by text NOT NULL
);
GRANT SELECT, INSERT, UPDATE (revision, answers, changed_at, changed_by), DELETE ON package_draft TO :"app";
