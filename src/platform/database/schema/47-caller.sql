-- What callers did on their own page after filing: added to the matter, urged, rated. The texts are sealed in the trail;
-- these rows are for lists, which show that there is something.
CREATE TABLE caller_act (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  work_order text NOT NULL REFERENCES work_order,
  kind       text NOT NULL CHECK (kind IN ('added', 'urged', 'rated')),
  at         timestamptz NOT NULL
);
CREATE INDEX caller_act_of ON caller_act (work_order);
GRANT SELECT, INSERT ON caller_act TO :"app";
CALL pg_temp.fence('caller_act', 'viewer_sees(work_order)');

-- Proofs of work that were spent, until they would have expired anyway: each serves once, whichever program is asked.
CREATE TABLE spent_work (
  signature text PRIMARY KEY,
  until     timestamptz NOT NULL
);
CREATE INDEX spent_work_until ON spent_work (until);
GRANT SELECT, INSERT, DELETE ON spent_work TO :"app";

-- Words of callers that say somebody is in danger, until the request is registered or somebody has seen to it: lists show
-- them first.
CREATE TABLE emergency_mark (
  work_order text NOT NULL REFERENCES work_order,
  -- The entry that records it.
  entry      integer NOT NULL,
  -- [{key, name, dial, reach}], as the table of channels had them.
  channels   json NOT NULL,
  marked_at  timestamptz NOT NULL,
  cleared_at timestamptz,
  PRIMARY KEY (work_order, entry)
);
CREATE INDEX emergency_mark_waiting ON emergency_mark (work_order) WHERE cleared_at IS NULL;
GRANT SELECT, INSERT, UPDATE (cleared_at) ON emergency_mark TO :"app";
CALL pg_temp.fence('emergency_mark', 'viewer_sees(work_order)');
