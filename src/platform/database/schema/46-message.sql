-- Texts of messages to callers.
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
