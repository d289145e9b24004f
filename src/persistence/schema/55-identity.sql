-- People, their units and roles, their sessions; other systems and their tokens. Every change of them is an entry of the
-- trail `accounts`.

CREATE TABLE unit (
  id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- As the forms of the processes name it; blanks do not count.
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
  -- argon2id in the PHC format; null for whoever comes by single sign-on only.
  password     text,
  -- Set by somebody else: good for one thing, setting one's own.
  must_change  boolean NOT NULL DEFAULT false,
  -- Encrypted under the vault's key. The last step of 30 seconds that was used up, so that no code works twice.
  totp_secret  bytea,
  totp_used    bigint,
  oidc_subject text UNIQUE,
  -- Made for trying out: the program then listens on the local address only.
  sample       boolean NOT NULL DEFAULT false,
  -- By `hotline setup`, once.
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
  PRIMARY KEY (person, role)
);
GRANT SELECT, INSERT, DELETE ON role_grant TO :"app";

CREATE TABLE session (
  -- SHA-256 of what the browser holds.
  id           bytea PRIMARY KEY,
  person       integer NOT NULL REFERENCES person,
  started_at   timestamptz NOT NULL,
  seen_at      timestamptz NOT NULL,
  -- When the person last proved who they are.
  auth_at      timestamptz NOT NULL,
  -- Encrypted under the vault's key.
  id_token     bytea,
  -- SHA-256 of the identity provider's session; null where it names none, or the session did not begin there.
  oidc_session bytea
);
CREATE INDEX session_person ON session (person);
CREATE INDEX session_seen ON session (seen_at);

-- Failed log-ins, counted by account, by address and by both; and which account has logged in from where.
CREATE TABLE sign_in_failure (
  subject text PRIMARY KEY,
  count   integer NOT NULL,
  since   timestamptz NOT NULL,
  last    timestamptz
);
GRANT SELECT, INSERT, UPDATE, DELETE ON session, sign_in_failure TO :"app";

-- Refusals and failed log-ins of the running minute: they become one entry of the trail when it is over.
CREATE TABLE counted_entry (
  id      bigint GENERATED ALWAYS AS IDENTITY,
  minute  timestamptz NOT NULL,
  stream  text NOT NULL,
  type    text NOT NULL,
  -- Who, and which refusal; and of what differs, twenty.
  alike   jsonb NOT NULL,
  count   integer NOT NULL DEFAULT 1,
  details jsonb NOT NULL,
  PRIMARY KEY (minute, stream, type, alike)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON counted_entry TO :"app";

CREATE TABLE oidc_flow (
  -- SHA-256 of the state; used up by the first that comes back with it.
  id         bytea PRIMARY KEY,
  -- SHA-256 of what the browser holds that set out: no other may come back.
  browser    bytea NOT NULL,
  -- Nonce, code verifier and where to go afterwards, encrypted under the vault's key.
  sealed     bytea NOT NULL,
  started_at timestamptz NOT NULL
);
CREATE INDEX oidc_flow_started ON oidc_flow (started_at);
CREATE TABLE oidc_logout (
  -- SHA-256 of a notice's number: it counts once.
  id         bytea PRIMARY KEY,
  expires_at timestamptz NOT NULL
);
CREATE INDEX oidc_logout_expires ON oidc_logout (expires_at);
GRANT SELECT, INSERT, DELETE ON oidc_flow, oidc_logout TO :"app";

CREATE TABLE client_system (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text NOT NULL,
  -- Whose sheets it sees; null for a system of no unit.
  unit       integer REFERENCES unit,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  closed_at  timestamptz,
  closed_by  text
);
CREATE UNIQUE INDEX client_system_name ON client_system (name) WHERE closed_at IS NULL;
GRANT SELECT, INSERT, UPDATE (closed_at, closed_by) ON client_system TO :"app";

-- Of a token only a keyed hash is kept: who can read or write the database can neither use one nor make one up.
CREATE TABLE api_token (
  id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  system       integer NOT NULL REFERENCES client_system,
  -- What the token begins with, to recognise it by; the rest only its holder knows.
  prefix       text NOT NULL UNIQUE,
  hash         bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
  scopes       text[] NOT NULL CHECK (cardinality(scopes) > 0),
  issued_at    timestamptz NOT NULL,
  issued_by    text NOT NULL,
  expires_at   timestamptz NOT NULL CHECK (expires_at > issued_at),
  -- The one that has taken its place; this one goes on until it expires, so that there is time to change over.
  replaced_by  integer REFERENCES api_token,
  last_used_at timestamptz,
  revoked_at   timestamptz,
  revoked_by   text
);
CREATE INDEX api_token_system ON api_token (system);
GRANT SELECT, INSERT, UPDATE (expires_at, replaced_by, last_used_at, revoked_at, revoked_by) ON api_token TO :"app";

-- Counted at all programs together. Not worth a write to disk: after a crash everyone begins anew.
CREATE UNLOGGED TABLE request_rate (
  key    varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE, DELETE ON request_rate TO :"app";

-- What people have asked to take away of the trail, and how far it is. That they asked is an entry of `exports`.
CREATE TABLE trail_export (
  id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person      integer NOT NULL REFERENCES person,
  -- What was asked for, of which tree: it is written anew from this where a program was killed meanwhile.
  ordered     jsonb NOT NULL,
  ordered_at  timestamptz NOT NULL,
  -- Entries to be written, and written by now.
  total       integer NOT NULL CHECK (total > 0),
  done        integer NOT NULL DEFAULT 0,
  state       text NOT NULL DEFAULT 'waiting'
              CHECK (state IN ('waiting', 'running', 'ready', 'failed', 'expired')),
  -- Names and bytes, in their order.
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

-- Check values of the vault's keys, from which no key can be computed: a program with other keys does not start.
CREATE TABLE vault_key (
  purpose     text NOT NULL CHECK (purpose IN ('seal', 'match')),
  -- Of a sealing key; empty for the matching one.
  name        text NOT NULL CHECK ((purpose = 'match') = (name = '')),
  check_value text NOT NULL,
  PRIMARY KEY (purpose, name)
);
GRANT SELECT, INSERT, DELETE ON vault_key TO :"app";
