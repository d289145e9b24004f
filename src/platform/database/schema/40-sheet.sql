-- The work order sheet 工作流转单: the matter. The caller is in the table caller, encrypted.
CREATE TABLE work_order (
  no           text PRIMARY KEY,
  realm        text NOT NULL,
  -- The sender's own number (of a petition board's message), if any.
  external_no  text,
  channel      text NOT NULL,
  kind         text NOT NULL,
  title        text NOT NULL,
  content      text NOT NULL,
  reply_wanted boolean NOT NULL,
  confidential boolean NOT NULL,
  -- In which the caller is told and answered.
  language     text NOT NULL DEFAULT 'zh' CHECK (language IN ('zh', 'en', 'fr', 'ru', 'de')),
  messages_wanted boolean NOT NULL DEFAULT true,
  received_at  timestamptz NOT NULL,
  district     text,
  -- Of the digests of the fields above in the sheet's first entry and in that of each correction.
  words_salt   text NOT NULL DEFAULT '',
  -- Where the matter is: in words, and a point as given. Apart from the caller's address; if it is that address, it is
  -- not repeated here.
  place_address         text,
  place_given_longitude double precision,
  place_given_latitude  double precision,
  place_system          text CHECK (place_system IN ('WGS-84', 'CGCS2000', 'GCJ-02')),
  -- The point in WGS-84, which CGCS2000 equals within centimetres; for distances.
  place_longitude       double precision CHECK (place_longitude BETWEEN 73 AND 136),
  place_latitude        double precision CHECK (place_latitude BETWEEN 3 AND 54),
  place_of_caller       boolean NOT NULL DEFAULT false,
  -- District whose boundary holds the point; empty if none does, null if not judged.
  place_within          text,
  -- Of the digest in the sheet's first entry.
  place_salt            text,
  CHECK (num_nonnulls(place_given_longitude, place_given_latitude, place_system, place_longitude, place_latitude)
         IN (0, 5)),
  CHECK (NOT (place_of_caller AND place_address IS NOT NULL))
);
CREATE INDEX work_order_received ON work_order (realm, received_at DESC, no DESC);
CREATE INDEX work_order_external_no ON work_order (external_no) WHERE realm = 'live' AND external_no IS NOT NULL;
CREATE INDEX work_order_no_prefix ON work_order (no text_pattern_ops) WHERE realm = 'live';
CALL pg_temp.fence('work_order', 'viewer_sees(no)');
GRANT SELECT, INSERT ON work_order TO :"app";
-- A place that is the caller's is erased with the caller.
GRANT UPDATE (place_given_longitude, place_given_latitude, place_system, place_longitude, place_latitude, place_within,
  place_salt) ON work_order TO :"app";
-- Like every_case.
CREATE VIEW every_sheet WITH (security_barrier) AS
  SELECT no, realm, received_at FROM work_order
   WHERE (SELECT sees_everything() OR viewer_sees_all()) AND no <> ALL ((SELECT viewer_recused())::text[]);
GRANT SELECT ON every_sheet TO :"app", :"viewer";

-- Numbering of a day's sheets.
CREATE TABLE work_order_number (
  day  date PRIMARY KEY,
  last integer NOT NULL
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE ON work_order_number TO :"app";

-- Sheet of each request of a sender, so that a repeated request is accepted once.
CREATE TABLE idempotency_key (
  key        text PRIMARY KEY,
  -- Keyed hash of the parsed request.
  request    text NOT NULL,
  work_order text NOT NULL REFERENCES work_order
);
GRANT SELECT, INSERT, DELETE ON idempotency_key TO :"app";

-- The caller, encrypted with AES-256-GCM under a key outside the database. No foreign key: the row is inserted with the
-- sheet's, in one statement, and sheets are never deleted.
CREATE TABLE caller (
  work_order    text PRIMARY KEY,
  -- Each bound to its sheet and field: salt and value.
  name          bytea,
  contact       bytea,
  address       bytea,
  -- HMAC-SHA-256 of the normalised contact.
  contact_match bytea CHECK (octet_length(contact_match) = 32),
  erased_at     timestamptz,
  CHECK (erased_at IS NULL OR num_nonnulls(name, contact, address, contact_match) = 0)
);
CREATE INDEX caller_match ON caller (contact_match) WHERE contact_match IS NOT NULL;
GRANT SELECT, INSERT, UPDATE ON caller TO :"app";
-- Units cannot read even the encrypted data of a caller who asked for confidentiality, on acceptance or only when the
-- sheet was registered, unless the case's own policies leave it to them: its row says so, which only the program's steps
-- write.
CREATE FUNCTION viewer_sees_caller(key text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER RETURN
  viewer_sees(key) AND (
    (EXISTS (SELECT FROM work_order w WHERE w.no = key AND NOT w.confidential)
     AND NOT EXISTS (
       SELECT FROM process_case c WHERE c.business_key = key AND c.variables ->> 'confidential' = 'true'))
    OR EXISTS (SELECT FROM process_case c WHERE c.business_key = key AND c.variables ->> 'unitMayContact' = 'true'));
REVOKE ALL ON FUNCTION viewer_sees_caller FROM PUBLIC;
GRANT EXECUTE ON FUNCTION viewer_sees_caller TO :"app", :"viewer";
CALL pg_temp.fence('caller', 'viewer_sees_caller(work_order)');

-- The secret by which a caller queries progress: a keyed hash, with the key outside the database.
CREATE TABLE caller_secret (
  work_order text PRIMARY KEY REFERENCES work_order,
  hash       bytea NOT NULL,
  issued_at  timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON caller_secret TO :"app";

-- Recused persons do not see the sheet, whatever their rights.
CREATE TABLE recusal (
  -- Keyed hash of the log-in name: does not reveal who is complained of.
  person     bytea NOT NULL CHECK (octet_length(person) = 32),
  work_order text NOT NULL,
  PRIMARY KEY (person, work_order)
);
GRANT SELECT, INSERT ON recusal TO :"app";

-- District boundaries for the map, if loaded.
CREATE TABLE district_boundary (
  name  text PRIMARY KEY,
  -- [[[longitude, latitude], …], …]
  rings json NOT NULL
);
GRANT SELECT, INSERT, DELETE ON district_boundary TO :"app";
