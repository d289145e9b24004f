import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The engine's tables. A case row is what every step locks and reads, in one statement; whoever holds it may change
 * the case's tasks and deadlines, nobody else. State, tasks and deadlines exist only while they are alive: what has
 * happened stays in the trail. Cases are never deleted, so tasks and deadlines do without a foreign key, whose check
 * costs more than the row.
 */
export class Engine0002 implements MigrationInterface {
  readonly name = 'Engine0002000000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.definition (
        id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key         text NOT NULL,
        version     integer NOT NULL,
        name        text NOT NULL,
        runtime     text NOT NULL CHECK (runtime IN ('token', 'bpmn-engine')),
        sha256      text NOT NULL,
        xml         text NOT NULL,
        deployed_at timestamptz NOT NULL,
        UNIQUE (key, version)
      );

      CREATE TABLE hotline.process_case (
        id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        business_key text NOT NULL UNIQUE,
        -- 'live' is the scheduler's; a replay or a dry run keeps its own, moved clock.
        realm        text NOT NULL DEFAULT 'live',
        -- Overrides the definitions' own setting for every instance of the case.
        runtime      text CHECK (runtime IN ('token', 'bpmn-engine')),
        variables    json NOT NULL,
        -- Where the case stands: its instances with their states, its open tasks and deadlines, packed. The one truth
        -- of a step; the tables task and deadline are what worklists and the scheduler search, written with it.
        standing     json NOT NULL,
        -- Counts the steps written: who stepped on an older version is refused.
        version      integer NOT NULL DEFAULT 0,
        instances    integer NOT NULL DEFAULT 0,
        started_at   timestamptz NOT NULL,
        ended_at     timestamptz
      ) WITH (fillfactor = 50, toast_tuple_target = 4080);
      CREATE INDEX process_case_open ON hotline.process_case (realm, started_at) WHERE ended_at IS NULL;

      CREATE TABLE hotline.task (
        case_id   bigint NOT NULL,
        instance  integer NOT NULL,
        token     text NOT NULL,
        realm     text NOT NULL,
        process   text NOT NULL,
        element   text NOT NULL,
        name      text NOT NULL,
        role      text,
        locals    json,
        opened_at timestamptz NOT NULL,
        PRIMARY KEY (case_id, instance, token, element)
      );
      CREATE INDEX task_worklist ON hotline.task (realm, role, opened_at);

      CREATE TABLE hotline.deadline (
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
        PRIMARY KEY (case_id, instance, timer)
      );
      -- The scheduler's only question: what is due? An index, so that it costs the same with 10,000 or a million open.
      CREATE INDEX deadline_due ON hotline.deadline (claim_at, case_id) WHERE realm = 'live';
      CREATE INDEX deadline_failed ON hotline.deadline (claim_at) WHERE attempts > 0;

      -- Locks cases and refuses (40001, to be tried again) where one is not at the version that the step began from.
      CREATE FUNCTION hotline.hold_cases(ids bigint[], versions integer[]) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        -- One by one: a search by array would be planned anew each time.
        FOR place IN 1 .. cardinality(ids) LOOP
          PERFORM 1 FROM hotline.process_case c
            WHERE c.id = ids[place] AND c.version = versions[place] FOR UPDATE;
          IF NOT FOUND THEN
            RAISE EXCEPTION 'a case has been stepped by somebody else' USING ERRCODE = 'serialization_failure';
          END IF;
        END LOOP;
      END $$;
      REVOKE ALL ON FUNCTION hotline.hold_cases FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hotline.hold_cases TO hotline_app;

      GRANT SELECT, INSERT ON hotline.definition TO hotline_app;
      GRANT SELECT, INSERT, UPDATE ON hotline.process_case TO hotline_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON
        hotline.task, hotline.deadline TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
