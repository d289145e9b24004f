-- Another system's logs that an officer has uploaded, to be laid over the regulation. Nothing of them is mixed with our
-- own cases. The log goes a few days after it came, what the check found some weeks later (src/takeover/uploaded/).
CREATE TABLE old_log (
  id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Of the file.
  name        text NOT NULL,
  uploaded_by text NOT NULL,
  uploaded_at timestamptz NOT NULL,
  -- Of the file as it came; null until it has come as a whole.
  sha256      text,
  bytes       bigint,
  -- Columns and activities, as the first lines have them.
  found       json,
  -- What the officer says of it.
  mapping     json,
  -- Who asked for the check, and when.
  asked_by    text,
  asked_at    timestamptz,
  -- How many cases are done.
  done        integer NOT NULL DEFAULT 0,
  made_at     timestamptz,
  -- From when on the log itself, and all of it, is gone.
  log_until   timestamptz NOT NULL,
  until       timestamptz NOT NULL,
  CHECK ((asked_at IS NULL) = (asked_by IS NULL))
);
GRANT SELECT, INSERT, DELETE, UPDATE (sha256, bytes, found, mapping, asked_by, asked_at, done, made_at)
  ON old_log TO :"app";

-- The log, and the report and the tables that the check makes of it, in pieces: encrypted, each bound to its place.
CREATE TABLE old_log_piece (
  log    integer NOT NULL REFERENCES old_log ON DELETE CASCADE,
  part   text NOT NULL CHECK (part IN ('log', 'report', 'duties', 'findings')),
  -- From 0.
  number integer NOT NULL,
  box    bytea NOT NULL,
  PRIMARY KEY (log, part, number)
);
GRANT SELECT, INSERT, DELETE, UPDATE (box) ON old_log_piece TO :"app";
