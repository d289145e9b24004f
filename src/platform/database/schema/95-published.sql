-- Views that modules publish. A table is named only in the SQL of its owner (test/architecture/tables.test.ts); others
-- read these views. They run with the reader's rights (security_invoker), so that row-level security applies, and cost
-- nothing in plans.

-- The engine's
CREATE VIEW case_overview WITH (security_invoker) AS
  SELECT id, business_key, realm, variables, level, limit_at, lead_unit, started_at, ended_at FROM process_case;
-- Position of each case in its trail, written with its last step: [seq, leaf in base64].
CREATE VIEW case_trail_end WITH (security_invoker) AS
  SELECT business_key AS stream, (standing -> 3 ->> 0)::int AS seq, standing -> 3 ->> 1 AS leaf
    FROM process_case WHERE json_typeof(standing -> 3) = 'array';
-- The definitions that each case runs on.
CREATE VIEW case_definition WITH (security_invoker) AS
  SELECT c.id AS case_id, (i ->> 1)::int AS definition FROM process_case c, json_array_elements(c.standing -> 0) i;
CREATE VIEW open_task WITH (security_invoker) AS
  SELECT case_id, realm, process, element, name, role, deeds, opened_at, level, limit_at FROM task;
CREATE VIEW open_deadline WITH (security_invoker) AS
  SELECT case_id, realm, due_at, claim_at, is_limit, paused, provisional FROM deadline;
CREATE VIEW open_incident WITH (security_invoker) AS
  SELECT c.business_key, i.* FROM incident i JOIN process_case c ON c.id = i.case_id;
CREATE VIEW definition_overview WITH (security_invoker) AS
  SELECT id, key, version, name, sha256, xml, deployed_at, in_force_from, draft FROM definition;
CREATE VIEW party_overview WITH (security_invoker) AS
  SELECT party, case_id, business_key, realm, started_at FROM case_party;
CREATE VIEW barred_overview WITH (security_invoker) AS
  SELECT party, case_id, business_key, was_party FROM case_barred;

-- The sheet's
CREATE VIEW sheet_overview WITH (security_invoker) AS
  SELECT no, realm, channel, kind, title, content, district, confidential, received_at,
         -- Where the matter is, unless it is the caller's own address.
         place_address AS place, CASE WHEN NOT place_of_caller THEN place_longitude END AS longitude,
         CASE WHEN NOT place_of_caller THEN place_latitude END AS latitude, language
    FROM work_order;

CREATE VIEW merged_overview WITH (security_invoker) AS SELECT member, lead FROM merged_sheet;

-- The callers' page's
CREATE VIEW caller_act_overview WITH (security_invoker) AS SELECT work_order, kind, at FROM caller_act;

-- Of open cases, those that nobody has registered yet.
CREATE VIEW waiting_emergency WITH (security_invoker) AS
  SELECT m.work_order, c.id AS case_id, m.entry, m.channels FROM emergency_mark m JOIN process_case c ON c.business_key = m.work_order
   WHERE m.cleared_at IS NULL AND c.ended_at IS NULL;

-- The channels'
-- Since when the mailbox has not been read to its end.
CREATE VIEW mailbox_overview WITH (security_invoker) AS
  SELECT coalesce(b.read_at, s.created_at) AS read_at FROM channel_source s LEFT JOIN channel_mailbox b ON b.source = s.id
   WHERE s.proof = 'mailbox' AND s.closed_at IS NULL;

-- What leaves the house, with its last attempt.
CREATE VIEW outgoing_overview WITH (security_invoker) AS
  SELECT id, kind, recipient, sheet, about, added_at, outcome, settled_at,
         attempts[cardinality(attempts)] ->> 'failure' AS failure
    FROM outbox;

-- The classification's
CREATE VIEW class_given WITH (security_invoker) AS
  SELECT id, work_order, code, path, trade FROM sheet_class;

-- The warnings': live sheets by place and class, seconds after their entries
CREATE VIEW matter_overview WITH (security_invoker) AS
  SELECT no, district, area, class, received_at FROM matter_sheet;

-- The duties': limits that have passed and are still owed, seconds after the entry that says so.
CREATE VIEW passed_limit WITH (security_invoker) AS
  SELECT stream, violated_at AS at FROM case_duty WHERE state = 'temporarily-violated' AND due IS NOT NULL;

-- The trail's
CREATE VIEW recorded_entry WITH (security_invoker) AS
  SELECT stream, seq, type, at, leaf, body FROM trail_entry;
CREATE VIEW proved_entry WITH (security_invoker) AS
  SELECT stream, seq, type, entry_said(leaf, body) AS said FROM trail_entry;
CREATE VIEW found_entry WITH (security_invoker) AS
  SELECT l.stream, s.at, t.terms FROM trail_search s JOIN trail_leaf l USING (index) JOIN trail_terms t ON t.id = s.what;

-- The identity's
CREATE VIEW unit_overview WITH (security_invoker) AS SELECT id, name, kind, parent FROM unit;
CREATE VIEW system_overview WITH (security_invoker) AS SELECT id, name, unit, closed_at FROM client_system;
CREATE VIEW session_overview WITH (security_invoker) AS SELECT id FROM session;

GRANT SELECT ON case_overview, case_trail_end, case_definition, open_task, open_deadline, open_incident, definition_overview, party_overview,
  barred_overview, sheet_overview, merged_overview, caller_act_overview, waiting_emergency, mailbox_overview, outgoing_overview, class_given, matter_overview, passed_limit, recorded_entry, proved_entry, found_entry, unit_overview, system_overview, session_overview
  TO :"app";
-- A subscriber is locked while it is subscribed for; locking a row requires the right to update.
GRANT UPDATE (closed_at) ON system_overview TO :"app";
GRANT SELECT ON case_overview, open_task, open_deadline, open_incident, definition_overview, party_overview, sheet_overview,
  merged_overview, caller_act_overview, waiting_emergency, outgoing_overview, class_given, matter_overview, passed_limit, recorded_entry, found_entry TO :"viewer";
