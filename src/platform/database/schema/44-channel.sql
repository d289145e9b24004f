-- Sources of requests besides the telephone and the desk, and what they sent.
CREATE TABLE channel_source (
  id              integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Part of the address to which it sends: cannot be guessed.
  key             text NOT NULL UNIQUE,
  name            text NOT NULL,
  -- As the package lists them.
  channel         text NOT NULL,
  -- Signs its messages, only shows a token, is a mailbox that the program reads, or has a key of Open311's.
  proof           text NOT NULL CHECK (proof IN ('signature', 'token', 'mailbox', 'api-key')),
  -- Encrypted under the vault's key, bound to `key`.
  secret          bytea NOT NULL,
  -- FEEL by field of the sheet.
  mapping         json NOT NULL,
  -- Where messages to its callers go, and the encrypted secret that signs them, bound to the address.
  out_address     text,
  out_secret      bytea,
  created_at      timestamptz NOT NULL,
  created_by      text NOT NULL,
  closed_at       timestamptz,
  closed_by       text,
  last_message_at timestamptz,
  last_failure_at timestamptz,
  -- In Chinese, without anything of the message.
  last_failure    text,
  CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CHECK ((out_address IS NULL) = (out_secret IS NULL)),
  CHECK ((last_failure_at IS NULL) = (last_failure IS NULL))
);
CREATE UNIQUE INDEX channel_source_name ON channel_source (name) WHERE closed_at IS NULL;
GRANT SELECT, INSERT, UPDATE (name, channel, proof, secret, mapping, out_address, out_secret, closed_at, closed_by, last_message_at,
                              last_failure_at, last_failure) ON channel_source TO :"app";

-- By which source a sheet came, so that its caller is told the same way: kept longer than the message.
CREATE TABLE channel_origin (
  work_order text PRIMARY KEY REFERENCES work_order,
  source     integer NOT NULL REFERENCES channel_source
);
GRANT SELECT, INSERT ON channel_origin TO :"app";

-- Sheets of an upstream hotline: its own number, its limit, and whether it was given the result. Those not yet handed back
-- are few, whatever the number of sheets.
CREATE TABLE upstream_sheet (
  work_order text PRIMARY KEY REFERENCES work_order,
  source     integer NOT NULL REFERENCES channel_source,
  number     text NOT NULL,
  -- Until when it wants the result, if it said so.
  due_at     timestamptz,
  -- Since when its result can be handed back.
  ended_at   timestamptz,
  handed_at  timestamptz,
  handed_by  text,
  -- What was last told of its limit.
  reminded   text CHECK (reminded IN ('near', 'passed')),
  UNIQUE (source, number),
  CHECK ((handed_at IS NULL) = (handed_by IS NULL))
);
CREATE INDEX upstream_sheet_waiting ON upstream_sheet (due_at, work_order) WHERE handed_at IS NULL;
GRANT SELECT, INSERT, UPDATE (ended_at, handed_at, handed_by, reminded) ON upstream_sheet TO :"app";

-- How far the mailbox has been read, within what its server calls a UIDVALIDITY.
CREATE TABLE channel_mailbox (
  source       integer PRIMARY KEY REFERENCES channel_source,
  uid_validity bigint NOT NULL,
  last_uid     bigint NOT NULL,
  -- When it was last read to its end.
  read_at      timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE (uid_validity, last_uid, read_at) ON channel_mailbox TO :"app";

-- Each message once: it became a sheet, or was put aside for a person.
CREATE TABLE channel_message (
  id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source      integer NOT NULL REFERENCES channel_source,
  -- Keyed hashes, hex: of the message's id at its source, and of its bytes.
  match       text NOT NULL CHECK (length(match) = 64),
  digest      text NOT NULL CHECK (length(digest) = 64),
  received_at timestamptz NOT NULL,
  work_order  text,
  -- When all files that came with it were kept, or refused; what died before begins anew.
  files_done_at timestamptz,
  -- Encrypted, bound to source and match: the caller's secret, repeated in the answer to a repeated message.
  secret      bytea,
  -- Why it was put aside, and the encrypted message until somebody has dealt with it.
  reason      text,
  raw         bytea,
  settled_at  timestamptz,
  settled_by  text,
  UNIQUE (source, match),
  CHECK (num_nonnulls(work_order, reason) > 0),
  CHECK ((settled_at IS NULL) = (settled_by IS NULL)),
  CHECK (raw IS NULL OR settled_at IS NULL)
);
CREATE INDEX channel_message_put_aside ON channel_message (id) WHERE reason IS NOT NULL AND settled_at IS NULL;
CREATE INDEX channel_message_received ON channel_message (received_at);
GRANT SELECT, INSERT, UPDATE (work_order, files_done_at, secret, raw, settled_at, settled_by), DELETE ON channel_message TO :"app";

-- Requests by Open311: what may be listed to everybody is found among these. Kept as long as the sheet.
CREATE TABLE service_request (
  work_order  text PRIMARY KEY,
  source      integer NOT NULL REFERENCES channel_source,
  received_at timestamptz NOT NULL
);
CREATE INDEX service_request_received ON service_request (received_at DESC, work_order DESC);
GRANT SELECT, INSERT ON service_request TO :"app";
