-- Units, people, roles, sessions; other systems and their tokens. Every change is an entry of the trail `accounts`.

CREATE TABLE unit (
  id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- As in the forms of the processes; spaces are ignored.
  name   text NOT NULL UNIQUE CHECK (name = regexp_replace(name, '\s', '', 'g') AND name <> ''),
  kind   text NOT NULL,
  parent integer REFERENCES unit
);
GRANT SELECT, INSERT ON unit TO :"app";

CREATE TABLE person (
  id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  login        text NOT NULL UNIQUE,
  name         text NOT NULL,
  unit         integer NOT NULL REFERENCES unit,
  -- argon2id in PHC format; null if only single sign-on is used.
  password     text,
  -- Set by somebody else: only permits setting one's own.
  must_change  boolean NOT NULL DEFAULT false,
  -- Encrypted. The last used step of 30 seconds, so that no code is accepted twice.
  totp_secret  bytea,
  totp_used    bigint,
  oidc_subject text UNIQUE,
  -- In which the person answers callers, besides Chinese.
  languages    text[] NOT NULL DEFAULT '{}' CHECK (languages <@ ARRAY['en', 'fr', 'ru', 'de']),
  -- Sample account: the program then listens on the local address only.
  sample       boolean NOT NULL DEFAULT false,
  -- Set by `hotline setup`, once.
  first_administrator boolean NOT NULL DEFAULT false,
  created_at   timestamptz NOT NULL,
  closed_at    timestamptz
);
CREATE UNIQUE INDEX person_first_administrator ON person (first_administrator) WHERE first_administrator;
GRANT SELECT, INSERT, UPDATE ON person TO :"app";

CREATE TABLE role_grant (
  person     integer NOT NULL REFERENCES person,
  role       text NOT NULL,
  granted_at timestamptz NOT NULL,
  granted_by text NOT NULL,
  -- Number of the entry of the stream `accounts` that granted it; without it the role does not count.
  entry      integer NOT NULL,
  PRIMARY KEY (person, role)
);
GRANT SELECT, INSERT, DELETE ON role_grant TO :"app";

CREATE TABLE session (
  -- SHA-256 of the browser's secret.
  id           bytea PRIMARY KEY,
  person       integer NOT NULL REFERENCES person,
  started_at   timestamptz NOT NULL,
  seen_at      timestamptz NOT NULL,
  -- Last authentication.
  auth_at      timestamptz NOT NULL,
  -- Encrypted under the vault's key.
  id_token     bytea,
  -- SHA-256 of the identity provider's session; null if it names none, or the session began elsewhere.
  oidc_session bytea
);
CREATE INDEX session_person ON session (person);
CREATE INDEX session_seen ON session (seen_at);

-- Failed log-ins, counted by account, by address and by both; and addresses from which an account has logged in.
CREATE TABLE sign_in_failure (
  subject text PRIMARY KEY,
  count   integer NOT NULL,
  since   timestamptz NOT NULL,
  last    timestamptz
);
GRANT SELECT, INSERT, UPDATE, DELETE ON session, sign_in_failure TO :"app";

-- Refusals and failed log-ins of the current minute, written to the trail as one entry when it is over.
CREATE TABLE counted_entry (
  id      bigint GENERATED ALWAYS AS IDENTITY,
  minute  timestamptz NOT NULL,
  stream  text NOT NULL,
  type    text NOT NULL,
  -- Actor and code; and up to twenty differing details.
  alike   jsonb NOT NULL,
  count   integer NOT NULL DEFAULT 1,
  details jsonb NOT NULL,
  PRIMARY KEY (minute, stream, type, alike)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON counted_entry TO :"app";

CREATE TABLE oidc_flow (
  -- SHA-256 of the state; used once.
  id         bytea PRIMARY KEY,
  -- SHA-256 of the browser's secret: only that browser may return.
  browser    bytea NOT NULL,
  -- Nonce, code verifier and target page, encrypted.
  sealed     bytea NOT NULL,
  started_at timestamptz NOT NULL
);
CREATE INDEX oidc_flow_started ON oidc_flow (started_at);
CREATE TABLE oidc_logout (
  -- SHA-256 of a notice's id: accepted once.
  id         bytea PRIMARY KEY,
  expires_at timestamptz NOT NULL
);
CREATE INDEX oidc_logout_expires ON oidc_logout (expires_at);
GRANT SELECT, INSERT, DELETE ON oidc_flow, oidc_logout TO :"app";

CREATE TABLE client_system (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text NOT NULL,
  -- Unit whose sheets it sees; null for none.
  unit       integer REFERENCES unit,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  closed_at  timestamptz,
  closed_by  text
);
CREATE UNIQUE INDEX client_system_name ON client_system (name) WHERE closed_at IS NULL;
GRANT SELECT, INSERT, UPDATE (closed_at, closed_by) ON client_system TO :"app";

-- Only a keyed hash of a token is stored: the database's contents do not permit using or forging one.
CREATE TABLE api_token (
  id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  system       integer NOT NULL REFERENCES client_system,
  -- Prefix of the token, to recognise it by.
  prefix       text NOT NULL UNIQUE,
  hash         bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
  scopes       text[] NOT NULL CHECK (cardinality(scopes) > 0),
  issued_at    timestamptz NOT NULL,
  issued_by    text NOT NULL,
  expires_at   timestamptz NOT NULL CHECK (expires_at >= issued_at),
  -- Its successor; the old one stays valid until it expires.
  replaced_by  integer REFERENCES api_token,
  last_used_at timestamptz,
  revoked_at   timestamptz,
  revoked_by   text
);
CREATE INDEX api_token_system ON api_token (system);
GRANT SELECT, INSERT, UPDATE (expires_at, replaced_by, last_used_at, revoked_at, revoked_by) ON api_token TO :"app";

-- Shared by all programs. Unlogged: after a crash counting starts again.
CREATE UNLOGGED TABLE request_rate (
  key    varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE, DELETE ON request_rate TO :"app";

-- Exports of the trail and their progress. The order itself is an entry of `exports`.
CREATE TABLE trail_export (
  id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person      integer NOT NULL REFERENCES person,
  -- The order with the tree's size: written again from this if a program was killed.
  ordered     jsonb NOT NULL,
  ordered_at  timestamptz NOT NULL,
  -- Entries to write, and written so far.
  total       integer NOT NULL CHECK (total > 0),
  done        integer NOT NULL DEFAULT 0,
  state       text NOT NULL DEFAULT 'waiting'
              CHECK (state IN ('waiting', 'running', 'ready', 'failed', 'expired')),
  -- Names and sizes, in order.
  files       jsonb NOT NULL DEFAULT '[]',
  failure     text,
  finished_at timestamptz,
  expires_at  timestamptz,
  CHECK ((state = 'failed') = (failure IS NOT NULL)),
  CHECK (state NOT IN ('ready', 'expired') OR expires_at IS NOT NULL)
);
CREATE INDEX trail_export_of ON trail_export (person, id);
CREATE INDEX trail_export_kept ON trail_export (id) WHERE state IN ('waiting', 'running', 'ready');
GRANT SELECT, INSERT, UPDATE (done, state, files, failure, finished_at, expires_at) ON trail_export TO :"app";

-- Check values of the vault's keys, which reveal nothing about them: a program with other keys does not start.
CREATE TABLE vault_key (
  purpose     text NOT NULL CHECK (purpose IN ('seal', 'match')),
  -- For sealing keys the name; empty for the matching key, of which there is only one.
  name        text NOT NULL CHECK ((purpose = 'match') = (name = '')),
  check_value text NOT NULL,
  PRIMARY KEY (purpose, name)
);
GRANT SELECT, INSERT, DELETE ON vault_key TO :"app";
