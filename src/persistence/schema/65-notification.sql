-- Inboxes, the ways out of the house, and what other systems have subscribed to.
CREATE TABLE notification (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The trail entry that it is about, the element of the diagram, and the recipient: once each.
  stream      text NOT NULL,
  seq         integer NOT NULL,
  element     text NOT NULL,
  -- 'unit:…', 'role:…' or 'person:…'
  recipient   text NOT NULL CHECK (recipient ~ '^(unit|role|person):.'),
  -- What was reached; null for a task that was opened.
  level       text,
  title       text NOT NULL,
  text        text NOT NULL,
  article     text,
  -- The legal instant of the entry, and when this row was written.
  at          timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  read_at     timestamptz,
  read_by     text,
  UNIQUE (stream, seq, element, recipient),
  CHECK ((read_at IS NULL) = (read_by IS NULL))
);
CREATE INDEX notification_inbox ON notification (recipient, id DESC);
CREATE INDEX notification_unread ON notification (recipient, id DESC) WHERE read_at IS NULL;
CREATE INDEX notification_recorded ON notification (recorded_at);
GRANT SELECT, INSERT, UPDATE (read_at, read_by), DELETE ON notification TO :"app";

CREATE TABLE notification_channel (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  recipient  text NOT NULL CHECK (recipient ~ '^(unit|role|person):.'),
  kind       text NOT NULL CHECK (kind IN ('webhook', 'email')),
  address    text NOT NULL,
  -- Of a webhook, in the vault: 'whsec_' and the key in Base64. Leaves the program in no answer but the first.
  secret_box bytea CHECK ((secret_box IS NULL) = (kind = 'email')),
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  ended_at   timestamptz,
  ended_by   text
);
-- One way out is used once.
CREATE UNIQUE INDEX notification_channel_once ON notification_channel (recipient, kind, address)
  WHERE ended_at IS NULL;
GRANT SELECT, INSERT, UPDATE (secret_box, ended_at, ended_by) ON notification_channel TO :"app";

-- Which events another system wants to be sent. Every change is an entry of the trail `notifications`.
CREATE TABLE event_subscription (
  id              integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  system          integer NOT NULL REFERENCES client_system,
  address         text NOT NULL,
  types           text[] NOT NULL CHECK (cardinality(types) > 0),
  -- Whose sheets, with those of the units below; null for all.
  unit            integer REFERENCES unit,
  -- Encrypted under the vault's key, bound to the system and the address.
  secret          bytea NOT NULL,
  -- The one before: events are signed with it as well until then, so that there is time to change over.
  previous_secret bytea,
  previous_until  timestamptz,
  created_at      timestamptz NOT NULL,
  created_by      text NOT NULL,
  closed_at       timestamptz,
  closed_by       text,
  -- To the minute: not written for every event.
  delivered_at    timestamptz,
  -- Since when nothing has arrived, and why the last try failed.
  failing_since   timestamptz,
  failure         text,
  CHECK ((previous_secret IS NULL) = (previous_until IS NULL)),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CHECK ((failing_since IS NULL) = (failure IS NULL))
);
CREATE UNIQUE INDEX event_subscription_once ON event_subscription (system, address) WHERE closed_at IS NULL;
GRANT SELECT, INSERT, UPDATE (address, types, unit, secret, previous_secret, previous_until, closed_at, closed_by,
                              delivered_at, failing_since, failure) ON event_subscription TO :"app";
