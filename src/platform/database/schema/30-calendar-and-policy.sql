-- Holiday schedules and local rules loaded at run time. Never changed: a later notice amends an earlier one.
CREATE TABLE calendar_notice (
  -- Order of loading: a later notice amends an earlier one.
  id        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind      text NOT NULL CHECK (kind IN ('national', 'local')),
  title     text NOT NULL,
  document  text NOT NULL UNIQUE,
  issued_on date,
  address   text,
  -- The year it covers completely; null if it only changes the days it names.
  year      integer UNIQUE,
  -- [{"date", "working", "name"}]
  days      json NOT NULL,
  -- SHA-256 of the file, hex.
  sha256    text NOT NULL,
  loaded_at timestamptz NOT NULL,
  loaded_by text NOT NULL
);
GRANT SELECT, INSERT ON calendar_notice TO :"app";

-- Every edition of the calendar used for deadlines, with its sources: trail entries name only the edition, from which
-- the reasons of each day can be derived again, whatever later programs ship.
CREATE TABLE calendar_edition (
  -- Digest of its days, named by derivations: twelve hexadecimal digits.
  edition text PRIMARY KEY,
  -- Weakest first: [{"kind", "title", "document", "address", "publishedOn", "years", "days"}]
  sources json NOT NULL
);
GRANT SELECT, INSERT ON calendar_edition TO :"app";
GRANT SELECT ON calendar_edition TO :"viewer";

CREATE TABLE calendar_recomputation (
  notice      integer PRIMARY KEY REFERENCES calendar_notice (id),
  -- First and last changed day; null if none changed.
  first_day   date,
  last_day    date,
  -- Cases with an id up to this one are done.
  done_up_to  bigint NOT NULL DEFAULT 0,
  -- Number of cases to examine; null until counted.
  cases       integer,
  done        integer NOT NULL DEFAULT 0,
  -- Deadlines moved; deadlines no longer provisional; premature timers revoked.
  moved       integer NOT NULL DEFAULT 0,
  settled     integer NOT NULL DEFAULT 0,
  revoked     integer NOT NULL DEFAULT 0,
  finished_at timestamptz,
  CHECK ((first_day IS NULL) = (last_day IS NULL))
);
GRANT SELECT, INSERT, UPDATE ON calendar_recomputation TO :"app";

-- Locks the calendar until the transaction ends, and fails with 40001 (to be retried) if a notice was loaded after the
-- one that the present deadlines were computed by. Loading takes the same lock exclusively: a deadline is either
-- computed by the new calendar or visible to the recomputation.
CREATE FUNCTION lock_calendar(last integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext(current_schema()), 9);
  IF EXISTS (SELECT 1 FROM calendar_notice WHERE id > last) THEN
    RAISE EXCEPTION 'a schedule has been loaded meanwhile' USING ERRCODE = 'serialization_failure';
  END IF;
END $$;
REVOKE ALL ON FUNCTION lock_calendar FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_calendar TO :"app";

-- Changes of policies: proposals, and the ruling on each.
CREATE TABLE policy_proposal (
  id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key          text NOT NULL,
  value        text NOT NULL,
  author       text NOT NULL,
  -- Who that is; and the operating system's user who acted in their name on the command line.
  login        text NOT NULL,
  machine      text,
  reason       text NOT NULL,
  document     text,
  -- From 00:00 of this day in Asia/Shanghai.
  effective_on date NOT NULL,
  proposed_at  timestamptz NOT NULL
);
CREATE INDEX policy_proposal_key ON policy_proposal (key, id);
CREATE TABLE policy_ruling (
  -- Order of ruling: of two approved for one day, the later one counts.
  id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  proposal_id integer NOT NULL UNIQUE REFERENCES policy_proposal,
  decision    text NOT NULL CHECK (decision IN ('approve', 'reject', 'withdraw')),
  actor       text NOT NULL,
  login       text NOT NULL,
  machine     text,
  reason      text NOT NULL,
  ruled_at    timestamptz NOT NULL
);
CALL pg_temp.guard('policy_proposal');
CALL pg_temp.guard('policy_ruling');
GRANT SELECT, INSERT ON policy_proposal, policy_ruling TO :"app";
