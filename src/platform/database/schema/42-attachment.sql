-- Photographs, sound and documents of a sheet. What is kept of them lies outside the database (src/sheet/attachment/files.ts),
-- encrypted under a key of its own that is here: without the row nobody can read the file.
CREATE TABLE attachment (
  id              text PRIMARY KEY,
  work_order      text NOT NULL REFERENCES work_order,
  -- The matter, as the caller sent it; the place before and after it was dealt with.
  shows           text NOT NULL CHECK (shows IN ('matter', 'before', 'after')),
  kind            text NOT NULL CHECK (kind IN ('picture', 'document', 'sound', 'film')),
  media_type      text NOT NULL,
  -- Encrypted, bound to the row: the name it came under, the key of its file.
  name            bytea,
  key             bytea,
  added_at        timestamptz NOT NULL,
  -- Null: the caller.
  added_by        text,
  received_sha256 text NOT NULL,
  received_bytes  integer NOT NULL,
  -- Pictures are written anew.
  kept_sha256     text NOT NULL,
  kept_bytes      integer NOT NULL,
  thumbnail_bytes integer,
  erased_at       timestamptz,
  CHECK (num_nonnulls(name, key) = CASE WHEN erased_at IS NULL THEN 2 ELSE 0 END)
);
-- The same file is kept once for a sheet: what was sent again is answered with what there is.
CREATE UNIQUE INDEX attachment_once ON attachment (work_order, received_sha256) WHERE erased_at IS NULL;
CREATE INDEX attachment_of ON attachment (work_order);
GRANT SELECT, INSERT, UPDATE (name, key, erased_at) ON attachment TO :"app";
-- What the caller sent can show the caller: units do not see it where the caller asked for confidentiality.
CALL pg_temp.fence('attachment',
  'viewer_sees(work_order) AND (shows <> ''matter'' OR viewer_sees_all() OR viewer_sees_caller(work_order))');

-- Files to be removed, and from when: those of erased attachments at once; what is being taken in a day later, unless
-- its row is there by then. Only what stands here is ever removed: a program that is started on a wrong database, or on
-- an older copy, removes nothing.
CREATE TABLE attachment_leftover (
  id  text PRIMARY KEY,
  due timestamptz NOT NULL
);
CREATE INDEX attachment_leftover_due ON attachment_leftover (due);
GRANT SELECT, INSERT, UPDATE, DELETE ON attachment_leftover TO :"app";
