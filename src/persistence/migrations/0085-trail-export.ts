import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people have asked to take away of the trail, and how far it is. That they asked is an entry of `exports`. */
export class TrailExport0085 implements MigrationInterface {
  readonly name = 'TrailExport9085000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.trail_export (
        id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        person      integer NOT NULL REFERENCES hotline.person,
        -- What was asked for, of which tree: it is written anew from this where a program was killed meanwhile.
        ordered     jsonb NOT NULL,
        ordered_at  timestamptz NOT NULL,
        -- Entries to be written, and written by now.
        total       integer NOT NULL CHECK (total > 0),
        done        integer NOT NULL DEFAULT 0,
        state       text NOT NULL DEFAULT 'waiting'
                    CHECK (state IN ('waiting', 'running', 'ready', 'failed', 'expired')),
        -- Names and bytes, in their order.
        files       jsonb NOT NULL DEFAULT '[]',
        failure     text,
        finished_at timestamptz,
        expires_at  timestamptz,
        CHECK ((state = 'failed') = (failure IS NOT NULL)),
        CHECK (state NOT IN ('ready', 'expired') OR expires_at IS NOT NULL)
      );
      CREATE INDEX trail_export_of ON hotline.trail_export (person, id);
      CREATE INDEX trail_export_kept ON hotline.trail_export (id) WHERE state IN ('waiting', 'running', 'ready');
      GRANT SELECT, INSERT ON hotline.trail_export TO hotline_app;
      GRANT UPDATE (done, state, files, failure, finished_at, expires_at) ON hotline.trail_export TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
