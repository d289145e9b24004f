-- Messages to callers: their texts, and each message once.
CREATE TABLE message_template (
  occasion   text NOT NULL,
  language   text NOT NULL CHECK (language IN ('zh', 'en', 'fr', 'ru', 'de')),
  -- The highest one counts; without a row the shipped text does, as version 0.
  version    integer NOT NULL CHECK (version > 0),
  subject    text NOT NULL,
  text       text NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  PRIMARY KEY (occasion, language, version)
);
GRANT SELECT, INSERT ON message_template TO :"app";

CREATE TABLE caller_message (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sheet      text NOT NULL REFERENCES work_order,
  occasion   text NOT NULL,
  -- The entry of the sheet's trail that it tells of.
  entry      integer NOT NULL,
  language   text NOT NULL,
  template   integer NOT NULL,
  -- Subject and text, encrypted, bound to the message; null once the trail holds them.
  box        bytea,
  created_at timestamptz NOT NULL,
  -- Why the last attempt failed, in Chinese, without the address.
  failure    text,
  settled_at timestamptz,
  outcome    text CHECK (outcome IN ('told', 'not-told')),
  UNIQUE (sheet, occasion, entry),
  CHECK ((settled_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX caller_message_settled ON caller_message (settled_at) WHERE settled_at IS NOT NULL;
GRANT SELECT, INSERT, UPDATE (box, failure, settled_at, outcome), DELETE ON caller_message TO :"app";
CALL pg_temp.fence('caller_message', 'viewer_sees(sheet)');
