-- Everything that leaves the house, each thing once.
CREATE TABLE outbox (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- What sends it, and what makes it one thing within its kind.
  kind       text NOT NULL,
  key        text NOT NULL,
  -- In words, for operators, without personal data.
  recipient  text NOT NULL,
  occasion   text NOT NULL,
  -- The sheet that it tells of, if one is told of.
  sheet      text REFERENCES work_order,
  -- What the kind needs to write it, without personal data.
  about      json NOT NULL,
  -- Text, encrypted, bound to kind and key; null once it was sent.
  box        bytea,
  added_at   timestamptz NOT NULL,
  -- Each with its instant and the failure, in Chinese without the address, or what the receiver answered.
  attempts   json[] NOT NULL DEFAULT '{}',
  -- Keyed hash of the address of a mail.
  sent_to    bytea,
  outcome    text CHECK (outcome IN ('sent', 'failed', 'bounced', 'dropped')),
  settled_at timestamptz,
  UNIQUE (kind, key),
  CHECK ((settled_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX outbox_sheet ON outbox (sheet) WHERE sheet IS NOT NULL;
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;
GRANT SELECT, INSERT, UPDATE (box, attempts, sent_to, outcome, settled_at), DELETE ON outbox TO :"app";
CALL pg_temp.fence('outbox', 'viewer_sees(sheet)');
