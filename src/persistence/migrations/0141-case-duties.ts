import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The duties of each case as its trail says they stand: kept by a follower of the tree, made again from the trail at
 * any time. One row a duty, in the order in which they began.
 */
export class CaseDuties0141 implements MigrationInterface {
  readonly name = 'CaseDuties9141000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.case_duty (
        realm       text NOT NULL,
        -- The sheet's number.
        stream      text NOT NULL,
        place       integer NOT NULL,
        norm        text NOT NULL,
        article     integer NOT NULL,
        round       integer NOT NULL,
        -- As of the last entry that was followed. Time passing alone violates what is open: that is asked of
        -- violated_at, never written.
        state       text NOT NULL
                    CHECK (state IN ('open', 'satisfied', 'temporarily-violated', 'permanently-violated', 'compensated')),
        opened_seq  integer NOT NULL,
        opened_at   timestamptz NOT NULL,
        due         timestamptz,
        -- When it was violated; of an open one, from when on it will have been, unless something happens.
        violated_at timestamptz,
        unit        text,
        -- Numbers of the entries behind its state.
        entries     integer[] NOT NULL,
        by          text,
        waived_by   text,
        PRIMARY KEY (stream, place),
        CHECK (state <> 'satisfied' OR violated_at IS NULL),
        CHECK (state IN ('open', 'satisfied') OR violated_at IS NOT NULL)
      );
      -- What is violated, the latest first: of all, of an article, of a unit, and what may still be done or made good,
      -- which is little among what piles up over the years.
      CREATE INDEX case_duty_violated ON hotline.case_duty (realm, violated_at DESC, stream, place)
        WHERE violated_at IS NOT NULL AND state <> 'compensated';
      CREATE INDEX case_duty_article ON hotline.case_duty (realm, article, violated_at DESC, stream, place)
        WHERE violated_at IS NOT NULL AND state <> 'compensated';
      CREATE INDEX case_duty_unit ON hotline.case_duty (realm, unit, violated_at DESC, stream, place)
        WHERE violated_at IS NOT NULL AND state <> 'compensated';
      CREATE INDEX case_duty_pending ON hotline.case_duty (realm, violated_at DESC, stream, place)
        WHERE violated_at IS NOT NULL AND state IN ('open', 'temporarily-violated');
      CREATE INDEX case_duty_compensated ON hotline.case_duty (realm, violated_at DESC, stream, place)
        WHERE state = 'compensated';

      -- How far the tree has been followed.
      CREATE TABLE hotline.duty_cursor (
        one   boolean PRIMARY KEY DEFAULT true CHECK (one),
        place bigint NOT NULL
      );
      INSERT INTO hotline.duty_cursor (place) VALUES (0);
      GRANT SELECT, INSERT, DELETE ON hotline.case_duty TO hotline_app;
      GRANT SELECT, UPDATE ON hotline.duty_cursor TO hotline_app;

      -- The second fence: whoever sees the case sees its duties.
      ALTER TABLE hotline.case_duty ENABLE ROW LEVEL SECURITY;
      CREATE POLICY program ON hotline.case_duty TO hotline_app USING (true) WITH CHECK (true);
      CREATE POLICY viewer ON hotline.case_duty FOR SELECT TO hotline_viewer USING (hotline.viewer_sees(stream));
      GRANT SELECT ON hotline.case_duty TO hotline_viewer;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
