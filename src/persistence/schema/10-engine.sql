-- The engine's tables. A case row is what every step locks and reads, in one statement; whoever holds it may change the
-- case's tasks and deadlines, nobody else. State, tasks and deadlines exist only while they are alive: what has happened
-- stays in the trail. Cases are never deleted, so tasks and deadlines do without a foreign key, whose check costs more
-- than the row.

CREATE TABLE definition (
  id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key           text NOT NULL,
  version       integer NOT NULL,
  name          text NOT NULL,
  runtime       text NOT NULL CHECK (runtime IN ('token', 'bpmn-engine')),
  sha256        text NOT NULL,
  xml           text NOT NULL,
  deployed_at   timestamptz NOT NULL,
  -- Until the next version's. One that people approved names its draft.
  in_force_from timestamptz NOT NULL,
  draft         integer UNIQUE,
  UNIQUE (key, version)
);
CALL pg_temp.guard('definition');
GRANT SELECT, INSERT ON definition TO :"app";
GRANT SELECT ON definition TO :"viewer";

-- One that was withdrawn before its instant never was in force.
CREATE TABLE definition_withdrawal (
  definition   integer PRIMARY KEY REFERENCES definition,
  actor        text NOT NULL,
  reason       text NOT NULL,
  withdrawn_at timestamptz NOT NULL
);
CALL pg_temp.guard('definition_withdrawal');
GRANT SELECT, INSERT ON definition_withdrawal TO :"app";
GRANT SELECT ON definition_withdrawal TO :"viewer";

-- Those that are, were or will be in force.
CREATE VIEW standing_definition AS
  SELECT d.* FROM definition d
   WHERE NOT EXISTS (SELECT FROM definition_withdrawal w WHERE w.definition = d.id);
GRANT SELECT ON standing_definition TO :"app", :"viewer";

-- Where each version stands at an instant.
CREATE FUNCTION definition_states(instant timestamptz) RETURNS TABLE (definition integer, state text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT id AS definition,
         CASE WHEN in_force_from > instant THEN 'scheduled'
              WHEN lead(in_force_from) OVER (PARTITION BY key ORDER BY in_force_from, version) <= instant
                THEN 'superseded'
              ELSE 'in-force' END AS state
    FROM standing_definition
  UNION ALL
  SELECT w.definition, 'withdrawn' AS state FROM definition_withdrawal w;
END;
REVOKE ALL ON FUNCTION definition_states FROM PUBLIC;
GRANT EXECUTE ON FUNCTION definition_states TO :"app";

CREATE TABLE process_case (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  business_key text NOT NULL UNIQUE,
  -- 'live' is the scheduler's; a replay or a dry run keeps its own, moved clock.
  realm        text NOT NULL DEFAULT 'live',
  -- Overrides the definitions' own setting for every instance of the case.
  runtime      text CHECK (runtime IN ('token', 'bpmn-engine')),
  variables    json NOT NULL,
  -- Where the case stands: its instances with their states, its open tasks and deadlines, packed. The one truth of a
  -- step; the tables task and deadline are what worklists and the scheduler search, written with it.
  standing     json NOT NULL,
  instances    integer NOT NULL DEFAULT 0,
  started_at   timestamptz NOT NULL,
  ended_at     timestamptz,
  -- For lists and counts: the level of escalation that stands now, the nearest running limit, the unit in the lead.
  level        text,
  limit_at     timestamptz,
  lead_unit       text
  -- Most rows are those of ended cases, which never change: 50 would leave 2.4 kB more of each, for 3 % less WAL.
) WITH (fillfactor = 90, toast_tuple_target = 4080);
CREATE INDEX process_case_open ON process_case (realm, started_at) WHERE ended_at IS NULL;
CREATE INDEX process_case_level ON process_case (level, limit_at, id) WHERE realm = 'live' AND ended_at IS NULL;
-- Most cases have no level: in the index of all levels "none" is no value that a plan could go by in order.
CREATE INDEX process_case_unlit ON process_case (limit_at, id)
  WHERE realm = 'live' AND ended_at IS NULL AND level IS NULL;
-- What a move of cases to another version looks at, batch by batch: without it each batch passed over the ended ones.
CREATE INDEX process_case_running ON process_case (id) WHERE realm = 'live' AND ended_at IS NULL;
CREATE INDEX process_case_ended ON process_case (ended_at) WHERE realm = 'live' AND ended_at IS NOT NULL;
GRANT SELECT, INSERT, UPDATE ON process_case TO :"app";

-- Whose a case is at present, written with the case's step: a unit's lists begin at its own rows.
CREATE TABLE case_party (
  party        text NOT NULL,
  case_id      bigint NOT NULL,
  business_key text NOT NULL,
  leads        boolean NOT NULL DEFAULT false,
  is_open      boolean NOT NULL DEFAULT true,
  realm        text NOT NULL DEFAULT 'live',
  started_at   timestamptz NOT NULL DEFAULT '-infinity',
  PRIMARY KEY (party, case_id)
);
CREATE INDEX case_party_case ON case_party (case_id);
-- Whether a case is a unit's is answered by the index alone.
CREATE INDEX case_party_key ON case_party (business_key, party);
CREATE INDEX case_party_open ON case_party (party, leads, case_id) WHERE is_open;
CREATE INDEX case_party_newest ON case_party (party, realm, started_at DESC, business_key DESC);
GRANT SELECT, INSERT, UPDATE (leads, is_open), DELETE ON case_party TO :"app";

CREATE TABLE task (
  case_id   bigint NOT NULL,
  instance  integer NOT NULL,
  token     text NOT NULL,
  realm     text NOT NULL,
  process   text NOT NULL,
  element   text NOT NULL,
  name      text NOT NULL,
  role      text,
  locals    json,
  -- Of the regulation's vocabulary: what its completion may be.
  deeds     text[] NOT NULL DEFAULT '{}',
  opened_at timestamptz NOT NULL,
  -- Its case's, so that a worklist walks one index in its own order. No limit is later than any.
  level     text,
  limit_at  timestamptz NOT NULL DEFAULT 'infinity',
  -- What lists are divided by, never null, so that an index finds each part by itself.
  duty      text NOT NULL GENERATED ALWAYS AS (coalesce(role, '')) STORED,
  -- The level's: the regulation's data say which.
  light     text NOT NULL DEFAULT 'normal' CHECK (light IN ('normal', 'yellow', 'red')),
  lead_unit    text,
  PRIMARY KEY (case_id, instance, token, element)
);
CREATE INDEX task_nearest ON task (limit_at, case_id, instance, token, element) WHERE realm = 'live';
CREATE INDEX task_duty ON task (duty, light, limit_at, case_id, instance, token, element) WHERE realm = 'live';
CREATE INDEX task_led ON task (lead_unit, duty, light, limit_at, case_id, instance, token, element)
  WHERE realm = 'live' AND lead_unit IS NOT NULL;
-- Who waits longest at an element, whatever their level.
CREATE INDEX task_place ON task (process, element, opened_at) WHERE realm = 'live';
GRANT SELECT, INSERT, UPDATE, DELETE ON task TO :"app";

CREATE TABLE deadline (
  case_id     bigint NOT NULL,
  instance    integer NOT NULL,
  timer       text NOT NULL,
  realm       text NOT NULL,
  element     text NOT NULL,
  host        text,
  level       text,
  due_at      timestamptz NOT NULL,
  started_at  timestamptz NOT NULL,
  fired       integer NOT NULL,
  provisional boolean NOT NULL,
  spec        json NOT NULL,
  derivation  json NOT NULL,
  -- A deadline whose firing failed is an incident: tried again at claim_at, never lost, due_at untouched.
  claim_at    timestamptz NOT NULL,
  attempts    integer NOT NULL DEFAULT 0,
  failure     text,
  -- A limit of the law; whether it stands still; how often the limit that it is or hangs on was moved.
  is_limit    boolean NOT NULL DEFAULT false,
  paused      boolean NOT NULL DEFAULT false,
  version     integer NOT NULL DEFAULT 1,
  -- Begun anew, paused, extended: in that order of time, null where nothing has happened.
  adjustments json,
  PRIMARY KEY (case_id, instance, timer)
);
-- The scheduler's only question: what is due? An index, so that it costs the same with 10,000 or a million open.
CREATE INDEX deadline_due ON deadline (claim_at, case_id) WHERE realm = 'live';
CREATE INDEX deadline_failed ON deadline (claim_at) WHERE attempts > 0;
GRANT SELECT, INSERT, UPDATE, DELETE ON deadline TO :"app";

-- Running cases that are to go on with another version of their process: what is proposed is never changed, how far it
-- has come moves with each batch, and each case that stays behind is noted with the reason.
CREATE TABLE case_migration (
  id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key          text NOT NULL,
  from_version integer NOT NULL,
  to_version   integer NOT NULL CHECK (to_version <> from_version),
  mapping      json NOT NULL,
  reason       text NOT NULL,
  login        text NOT NULL,
  actor        text NOT NULL,
  proposed_at  timestamptz NOT NULL,
  approved_by  text,
  approved_at  timestamptz,
  withdrawn_by text,
  withdrawn_at timestamptz CHECK (withdrawn_at IS NULL OR started_at IS NULL),
  started_by   text,
  started_at   timestamptz CHECK (started_at IS NULL OR approved_at IS NOT NULL),
  finished_at  timestamptz,
  -- The last case that has been looked at.
  done_up_to   bigint NOT NULL DEFAULT 0,
  moved        integer NOT NULL DEFAULT 0,
  stayed       integer NOT NULL DEFAULT 0,
  FOREIGN KEY (key, from_version) REFERENCES definition (key, version),
  FOREIGN KEY (key, to_version) REFERENCES definition (key, version)
);
CREATE TRIGGER case_migration_stays BEFORE DELETE ON case_migration FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT, UPDATE (approved_by, approved_at, withdrawn_by, withdrawn_at, started_by, started_at,
                              finished_at, done_up_to, moved, stayed) ON case_migration TO :"app";

CREATE TABLE case_migration_stayed (
  migration    integer NOT NULL REFERENCES case_migration,
  case_id      bigint NOT NULL,
  business_key text NOT NULL,
  why          text NOT NULL,
  at           timestamptz NOT NULL,
  PRIMARY KEY (migration, case_id)
);
CALL pg_temp.guard('case_migration_stayed');
GRANT SELECT, INSERT ON case_migration_stayed TO :"app";
