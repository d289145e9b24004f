import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people decide about the assessment: its method, and what is not counted. Neither is ever changed. */
export class AssessmentActs0071 implements MigrationInterface {
  readonly name = 'AssessmentActs9071000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.assessment_method_proposal (
        id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        content        json NOT NULL,
        author         text NOT NULL,
        reason         text NOT NULL,
        -- The first month that it is for.
        effective_from text NOT NULL,
        proposed_at    timestamptz NOT NULL
      );
      CREATE TABLE hotline.assessment_method_ruling (
        -- The order of ruling: of two approved for one month, the later ruling counts.
        id       integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        proposal integer NOT NULL UNIQUE REFERENCES hotline.assessment_method_proposal,
        decision text NOT NULL CHECK (decision IN ('approve', 'reject', 'withdraw')),
        actor    text NOT NULL,
        reason   text NOT NULL,
        -- By which the city government approved it (Art 31).
        document text CHECK (document IS NOT NULL OR decision <> 'approve'),
        ruled_at timestamptz NOT NULL
      );

      CREATE TABLE hotline.assessment_exclusion (
        id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        stream     text NOT NULL,
        measure    text NOT NULL,
        opened     integer NOT NULL,
        period     text NOT NULL,
        unit       text NOT NULL,
        ground     text NOT NULL,
        applied_by text NOT NULL,
        applied_at timestamptz NOT NULL
      );
      CREATE INDEX assessment_exclusion_of ON hotline.assessment_exclusion (stream, measure, opened);
      CREATE TABLE hotline.assessment_exclusion_ruling (
        exclusion integer PRIMARY KEY REFERENCES hotline.assessment_exclusion,
        granted   boolean NOT NULL,
        reason    text NOT NULL,
        ruled_by  text NOT NULL,
        ruled_at  timestamptz NOT NULL
      );
    `);
    for (const table of ['method_proposal', 'method_ruling', 'exclusion', 'exclusion_ruling']) {
      await runner.query(`
        CREATE TRIGGER assessment_${table}_append_only BEFORE UPDATE OR DELETE ON hotline.assessment_${table}
          FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
        GRANT SELECT, INSERT ON hotline.assessment_${table} TO hotline_app`);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
