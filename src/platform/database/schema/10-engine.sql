-- The engine's tables. Every step locks and reads its case row in one statement; the lock also covers the case's tasks
-- and deadlines. State, tasks and deadlines exist only while they are active: history is in the trail. Cases are never
-- deleted, so tasks and deadlines need no foreign key, whose check costs more than the row.

CREATE TABLE definition (
  id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key           text NOT NULL,
  version       integer NOT NULL,
  name          text NOT NULL,
  sha256        text NOT NULL,
  xml           text NOT NULL,
  deployed_at   timestamptz NOT NULL,
  -- In force until the next version. An approved version names its draft.
  in_force_from timestamptz NOT NULL,
  draft         integer UNIQUE,
  UNIQUE (key, version)
);
CALL pg_temp.guard('definition');
GRANT SELECT, INSERT ON definition TO :"app";
GRANT SELECT ON definition TO :"viewer";

-- A version withdrawn before its instant was never in force.
CREATE TABLE definition_withdrawal (
  definition   integer PRIMARY KEY REFERENCES definition,
  actor        text NOT NULL,
  reason       text NOT NULL,
  withdrawn_at timestamptz NOT NULL
);
CALL pg_temp.guard('definition_withdrawal');
GRANT SELECT, INSERT ON definition_withdrawal TO :"app";
GRANT SELECT ON definition_withdrawal TO :"viewer";

-- Versions that are, were or will be in force.
CREATE VIEW effective_definition AS
  SELECT d.* FROM definition d
   WHERE NOT EXISTS (SELECT FROM definition_withdrawal w WHERE w.definition = d.id);
GRANT SELECT ON effective_definition TO :"app", :"viewer";

-- State of each version at an instant.
CREATE FUNCTION definition_states(instant timestamptz) RETURNS TABLE (definition integer, state text)
LANGUAGE sql STABLE BEGIN ATOMIC
  SELECT id AS definition,
         CASE WHEN in_force_from > instant THEN 'scheduled'
              WHEN lead(in_force_from) OVER (PARTITION BY key ORDER BY in_force_from, version) <= instant
                THEN 'superseded'
              ELSE 'in-force' END AS state
    FROM effective_definition
  UNION ALL
  SELECT w.definition, 'withdrawn' AS state FROM definition_withdrawal w;
END;
REVOKE ALL ON FUNCTION definition_states FROM PUBLIC;
GRANT EXECUTE ON FUNCTION definition_states TO :"app";

CREATE TABLE process_case (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  business_key text NOT NULL UNIQUE,
  -- 'live' cases follow the scheduler's clock; a replay or a rehearsal has a moved clock of its own.
  realm        text NOT NULL DEFAULT 'live',
  variables    json NOT NULL,
  -- State of the case, packed: instances, open tasks and deadlines. Authoritative for steps; the tables task and
  -- deadline are copies for worklists and the scheduler, written in the same transaction.
  standing     json NOT NULL,
  instances    integer NOT NULL DEFAULT 0,
  started_at   timestamptz NOT NULL,
  ended_at     timestamptz,
  -- For lists and counts: the highest level of escalation, the nearest running limit (minus infinity: the last one has
  -- passed), the lead unit.
  level        text,
  limit_at     timestamptz,
  lead_unit    text
  -- Most rows are ended cases, which never change: 50 would waste 2.4 kB each to save 3 % of WAL.
) WITH (fillfactor = 90, toast_tuple_target = 4080);
-- Cases that timers have opened, for the last of each: the key names process, event and instant.
CREATE INDEX process_case_timed ON process_case (business_key COLLATE "C") WHERE business_key LIKE '定时:%';
CREATE INDEX process_case_open ON process_case (realm, started_at) WHERE ended_at IS NULL;
CREATE INDEX process_case_level ON process_case (level, limit_at, id) WHERE realm = 'live' AND ended_at IS NULL;
-- Most cases have no level: in the index of all levels NULL could not be read in order.
CREATE INDEX process_case_without_level ON process_case (limit_at, id)
  WHERE realm = 'live' AND ended_at IS NULL AND level IS NULL;
-- For migrations, in batches: without it each batch would scan the ended cases.
CREATE INDEX process_case_running ON process_case (id) WHERE realm = 'live' AND ended_at IS NULL;
CREATE INDEX process_case_ended ON process_case (ended_at) WHERE realm = 'live' AND ended_at IS NOT NULL;
GRANT SELECT, INSERT, UPDATE ON process_case TO :"app";

-- Parties of each case, written by its steps: a unit's lists start from its own rows.
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
-- Whether a unit is a party: an index-only query.
CREATE INDEX case_party_key ON case_party (business_key, party);
CREATE INDEX case_party_open ON case_party (party, leads, case_id) WHERE is_open;
CREATE INDEX case_party_newest ON case_party (party, realm, started_at DESC, business_key DESC);
GRANT SELECT, INSERT, UPDATE (leads, is_open), DELETE ON case_party TO :"app";

-- Units that must keep away from a case, written with its step. Whether one was a party before: it has notices of it.
CREATE TABLE case_barred (
  party        text NOT NULL,
  case_id      bigint NOT NULL,
  business_key text NOT NULL,
  was_party    boolean NOT NULL,
  PRIMARY KEY (party, case_id)
);
CREATE INDEX case_barred_case ON case_barred (case_id);
GRANT SELECT, INSERT, DELETE ON case_barred TO :"app";

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
  -- Deeds of the regulation that the completion may be.
  deeds     text[] NOT NULL DEFAULT '{}',
  opened_at timestamptz NOT NULL,
  -- Copied from the case, so that a worklist reads one index in its own order. Without a limit: infinity.
  level     text,
  limit_at  timestamptz NOT NULL DEFAULT 'infinity',
  -- Never null, so that each duty is a range of the index.
  duty      text NOT NULL GENERATED ALWAYS AS (coalesce(role, '')) STORED,
  -- Derived from the level by the regulation's data.
  light     text NOT NULL DEFAULT 'normal' CHECK (light IN ('normal', 'yellow', 'red')),
  lead_unit    text,
  PRIMARY KEY (case_id, instance, token, element)
);
CREATE INDEX task_nearest ON task (limit_at, case_id, instance, token, element) WHERE realm = 'live';
CREATE INDEX task_duty ON task (duty, light, limit_at, case_id, instance, token, element) WHERE realm = 'live';
CREATE INDEX task_lead_unit ON task (lead_unit, duty, light, limit_at, case_id, instance, token, element)
  WHERE realm = 'live' AND lead_unit IS NOT NULL;
-- Longest waiting tasks per element, whatever their level.
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
  -- When the scheduler claims it: the due instant, or infinity while an incident holds it.
  claim_at    timestamptz NOT NULL,
  -- Legal limit; paused; number of changes of the limit that it is or depends on.
  is_limit    boolean NOT NULL DEFAULT false,
  paused      boolean NOT NULL DEFAULT false,
  version     integer NOT NULL DEFAULT 1,
  -- Restarts, pauses, extensions, ascending; null for none.
  adjustments json,
  PRIMARY KEY (case_id, instance, timer)
);
-- For the scheduler: due deadlines, at the same cost with 10,000 or a million open.
CREATE INDEX deadline_due ON deadline (claim_at, case_id) WHERE realm = 'live';
GRANT SELECT, INSERT, UPDATE, DELETE ON deadline TO :"app";

-- Signals on their way to other cases: written with the step that throws, gone with the last that hears. What was thrown
-- and heard stays in the trails.
CREATE TABLE thrown_signal (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text NOT NULL,
  thrown_at  timestamptz NOT NULL,
  process    text NOT NULL,
  -- Business key of the case that has thrown it.
  sender     text NOT NULL,
  -- The last case that has heard it.
  done_up_to bigint NOT NULL DEFAULT 0
);
GRANT SELECT, INSERT, UPDATE (done_up_to), DELETE ON thrown_signal TO :"app";

-- Firings that cannot go on, each tried again at next_try. Copied from the state of the case, as its tasks are.
CREATE TABLE incident (
  case_id  bigint NOT NULL,
  key      text NOT NULL,
  realm    text NOT NULL,
  kind     text NOT NULL CHECK (kind IN ('timer', 'message', 'condition')),
  -- Null: the message is to start a process.
  instance integer,
  process  text NOT NULL,
  version  integer NOT NULL,
  -- The timer's event; the message; the process of the condition. Where it cannot go on, if known.
  of       text NOT NULL,
  place    text,
  timer    text,
  sender   text,
  -- The legal instant.
  due_at   timestamptz NOT NULL,
  code     text NOT NULL,
  why      text NOT NULL,
  remedy   text,
  since    timestamptz NOT NULL,
  tries    integer NOT NULL,
  next_try timestamptz NOT NULL,
  PRIMARY KEY (case_id, key)
);
CREATE INDEX incident_next_try ON incident (next_try) WHERE realm = 'live';
GRANT SELECT, INSERT, UPDATE, DELETE ON incident TO :"app";

-- Migrations of running cases to another version: the proposal is fixed, progress is updated by each batch, cases left
-- behind are stored with the reason.
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
  -- The last case examined.
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

-- Of a case that a timer or a signal of a diagram opened, by its key (`定时:PROCESS:EVENT:20261201T010000Z`, in UTC;
-- `信号:PROCESS:EVENT:NUMBER`): the process's name, and for a timer its instant; null of any other key.
CREATE FUNCTION title_of_started(key text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER RETURN
  CASE WHEN key ~ '^(定时|信号):' THEN
    (SELECT d.name FROM definition d WHERE d.key = split_part(title_of_started.key, ':', 2)
      ORDER BY d.version DESC LIMIT 1)
    || CASE WHEN key ~ ':\d{8}T\d{6}Z$' THEN
         ' ' || to_char(right(key, 16)::timestamptz AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')
       ELSE '' END
  END;
REVOKE ALL ON FUNCTION title_of_started FROM PUBLIC;
GRANT EXECUTE ON FUNCTION title_of_started TO :"app", :"viewer";
