-- Inboxes, channels, and subscriptions of other systems.
CREATE TABLE notification (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Trail entry, element of the diagram, and recipient: unique.
  stream      text NOT NULL,
  seq         integer NOT NULL,
  element     text NOT NULL,
  -- 'unit:…', 'role:…' or 'person:…'
  recipient   text NOT NULL CHECK (recipient ~ '^(unit|role|person):.'),
  -- The level reached; null for an opened task.
  level       text,
  title       text NOT NULL,
  text        text NOT NULL,
  article     text,
  -- Legal instant of the entry, and when this row was written.
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
  -- A webhook's secret, encrypted: 'whsec_' and the key in Base64. Returned only when the channel is created.
  secret_box bytea CHECK ((secret_box IS NULL) = (kind = 'email')),
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  ended_at   timestamptz,
  ended_by   text
);
-- One channel per address in use.
CREATE UNIQUE INDEX notification_channel_once ON notification_channel (recipient, kind, address)
  WHERE ended_at IS NULL;
GRANT SELECT, INSERT, UPDATE (secret_box, ended_at, ended_by) ON notification_channel TO :"app";

-- Events that another system subscribes to. Every change is an entry of the trail `notifications`.
CREATE TABLE event_subscription (
  id              integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  system          integer NOT NULL REFERENCES client_system,
  address         text NOT NULL,
  types           text[] NOT NULL CHECK (cardinality(types) > 0),
  -- Restricted to this unit and its sub-units; null for all sheets.
  unit            integer REFERENCES unit,
  -- Encrypted under the vault's key, bound to the system and the address.
  secret          bytea NOT NULL,
  -- The previous secret: events are signed with it as well until then.
  previous_secret bytea,
  previous_until  timestamptz,
  created_at      timestamptz NOT NULL,
  created_by      text NOT NULL,
  closed_at       timestamptz,
  closed_by       text,
  -- To the minute, to avoid a write per event.
  delivered_at    timestamptz,
  -- Failing since, and the last failure.
  failing_since   timestamptz,
  failure         text,
  CHECK ((previous_secret IS NULL) = (previous_until IS NULL)),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CHECK ((failing_since IS NULL) = (failure IS NULL))
);
CREATE UNIQUE INDEX event_subscription_once ON event_subscription (system, address) WHERE closed_at IS NULL;
GRANT SELECT, INSERT, UPDATE (address, types, unit, secret, previous_secret, previous_until, closed_at, closed_by,
                              delivered_at, failing_since, failure) ON event_subscription TO :"app";
