-- Corrections of accepted sheets. The number, the realm, the sender's number and the time of receipt stay.
GRANT UPDATE (channel, kind, title, content, confidential, language, messages_wanted, reply_wanted, district, place_address,
  place_of_caller, words_salt) ON work_order TO :"app";

-- A caller's values that a correction replaced, and where the matter was if it was at the caller's; until the caller's
-- data are erased.
CREATE TABLE caller_before (
  work_order  text NOT NULL,
  number      integer NOT NULL,
  field       text NOT NULL CHECK (field IN ('name', 'contact', 'address', 'place')),
  -- Bound to its row: salt and value.
  box         bytea NOT NULL,
  replaced_at timestamptz NOT NULL,
  PRIMARY KEY (work_order, number)
);
GRANT SELECT, INSERT, UPDATE (box), DELETE ON caller_before TO :"app";
CALL pg_temp.fence('caller_before', 'viewer_sees_caller(work_order)');
