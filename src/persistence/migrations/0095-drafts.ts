import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Drafts of process definitions. What is written, said and decided is only ever added; of the draft itself no more
 * changes than where it stands.
 */
export class Drafts0095 implements MigrationInterface {
  readonly name = 'Drafts9095000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.draft (
        id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key          text NOT NULL,
        title        text NOT NULL,
        origin       text NOT NULL CHECK (origin IN ('edited', 'rollback', 'shipped')),
        -- As acts left it; whether a scheduled one is in force by now only the clock says.
        state        text NOT NULL
                     CHECK (state IN ('draft', 'submitted', 'approved', 'scheduled', 'rejected', 'withdrawn')),
        -- The last revision.
        revision     integer NOT NULL,
        -- The version that the last revision is to replace; null where there was none.
        base_version integer,
        -- The submission that is being decided upon; null where there is none.
        submission   integer,
        created_at   timestamptz NOT NULL,
        updated_at   timestamptz NOT NULL
      );
      CREATE INDEX draft_newest ON hotline.draft (updated_at DESC, id DESC);

      CREATE TABLE hotline.draft_revision (
        draft        integer NOT NULL REFERENCES hotline.draft,
        number       integer NOT NULL CHECK (number > 0),
        sha256       text NOT NULL,
        source       text NOT NULL,
        base_version integer,
        login        text NOT NULL,
        author       text NOT NULL,
        note         text,
        saved_at     timestamptz NOT NULL,
        PRIMARY KEY (draft, number)
      );
      CREATE INDEX draft_revision_bytes ON hotline.draft_revision (sha256);

      -- What was submitted, frozen with everything that was known of it then.
      CREATE TABLE hotline.draft_submission (
        id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        draft        integer NOT NULL REFERENCES hotline.draft,
        revision     integer NOT NULL,
        sha256       text NOT NULL,
        base_version integer,
        login        text NOT NULL,
        actor        text NOT NULL,
        comment      text NOT NULL,
        -- How many have to approve, and why.
        approvers    integer NOT NULL CHECK (approvers BETWEEN 1 AND 2),
        grounds      json NOT NULL,
        difference   json NOT NULL,
        -- The reports on these very bytes: checks, scenarios, replayed cases; null where one was not made.
        checks       json NOT NULL,
        scenarios    json,
        replay       json,
        reasons      json NOT NULL,
        regulation   text,
        submitted_at timestamptz NOT NULL,
        FOREIGN KEY (draft, revision) REFERENCES hotline.draft_revision
      );

      -- The thread: what was done and what was said.
      CREATE TABLE hotline.draft_act (
        id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        draft      integer NOT NULL REFERENCES hotline.draft,
        act        text NOT NULL CHECK (act IN
          ('created', 'saved', 'commented', 'submitted', 'approved', 'rejected', 'withdrawn', 'scheduled')),
        revision   integer NOT NULL,
        sha256     text NOT NULL,
        submission integer REFERENCES hotline.draft_submission,
        login      text NOT NULL,
        actor      text NOT NULL,
        text       text,
        element    text,
        at         timestamptz NOT NULL,
        FOREIGN KEY (draft, revision) REFERENCES hotline.draft_revision,
        CHECK (act <> 'approved' OR submission IS NOT NULL)
      );
      CREATE INDEX draft_act_of ON hotline.draft_act (draft, id);
      CREATE UNIQUE INDEX draft_act_approves_once ON hotline.draft_act (submission, login) WHERE act = 'approved';

      GRANT SELECT, INSERT ON hotline.draft TO hotline_app;
      GRANT UPDATE (state, revision, base_version, submission, updated_at) ON hotline.draft TO hotline_app;
      CREATE TRIGGER draft_stays BEFORE DELETE ON hotline.draft
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
    `);
    for (const table of ['draft_revision', 'draft_submission', 'draft_act']) {
      await runner.query(`
        CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON hotline.${table}
          FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
        CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON hotline.${table}
          FOR EACH STATEMENT EXECUTE FUNCTION hotline.refuse_change();
        ALTER TABLE hotline.${table} ENABLE ALWAYS TRIGGER ${table}_append_only;
        ALTER TABLE hotline.${table} ENABLE ALWAYS TRIGGER ${table}_no_truncate;
        GRANT SELECT, INSERT ON hotline.${table} TO hotline_app;
      `);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
