import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the sheets count for, kept beside the trail by increments, and the sums of it: dashboards read sums, a number
 * opens the facts that it counts. A closed month's rows are never changed again, whoever tries.
 */
export class AssessmentFacts0070 implements MigrationInterface {
  readonly name = 'AssessmentFacts9070000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.assessment_period (
        realm     text NOT NULL,
        period    text NOT NULL,
        closed_at timestamptz NOT NULL,
        closed_by text NOT NULL,
        -- What stood in the tree then, and nothing after it, is what the month's figures count.
        log_size  bigint NOT NULL,
        PRIMARY KEY (realm, period)
      );

      CREATE TABLE hotline.assessment_fact (
        realm    text NOT NULL,
        -- A sheet's number, or 'knowledge'.
        stream   text NOT NULL,
        measure  text NOT NULL,
        -- Numbers of the entries that opened and that decided it.
        opened   integer NOT NULL,
        decided  integer NOT NULL,
        at       timestamptz NOT NULL,
        period   text NOT NULL,
        unit     text NOT NULL,
        met      boolean NOT NULL,
        -- Not counted, on application (assessment_exclusion).
        excluded boolean NOT NULL DEFAULT false,
        round    integer NOT NULL,
        kind     text NOT NULL,
        area     text NOT NULL,
        district text NOT NULL,
        -- Counted once: what a closed month has counted no other month counts again.
        PRIMARY KEY (stream, measure, opened)
      );
      CREATE INDEX assessment_fact_of ON hotline.assessment_fact (realm, period, measure, unit, at);

      CREATE TABLE hotline.assessment_tally (
        realm   text NOT NULL,
        period  text NOT NULL,
        unit    text NOT NULL,
        measure text NOT NULL,
        kind    text NOT NULL,
        met     integer NOT NULL,
        "of"    integer NOT NULL,
        PRIMARY KEY (realm, period, unit, measure, kind)
      ) WITH (fillfactor = 70);

      CREATE TABLE hotline.assessment_spread (
        realm    text NOT NULL,
        period   text NOT NULL,
        measure  text NOT NULL,
        district text NOT NULL,
        area     text NOT NULL,
        met      integer NOT NULL,
        "of"     integer NOT NULL,
        PRIMARY KEY (realm, period, measure, district, area)
      ) WITH (fillfactor = 70);

      -- How far the tree has been followed.
      CREATE TABLE hotline.assessment_cursor (
        one   boolean PRIMARY KEY DEFAULT true CHECK (one),
        place bigint NOT NULL
      );
      INSERT INTO hotline.assessment_cursor (place) VALUES (0);

      CREATE FUNCTION hotline.closed_month_stays() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM changed c JOIN hotline.assessment_period p USING (realm, period)) THEN
          RAISE EXCEPTION '考核周期已经关闭,它的记录不能改动' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NULL;
      END $$;
    `);
    for (const table of ['assessment_fact', 'assessment_tally', 'assessment_spread']) {
      // A statement's rows at once: one look at the few closed months, however many rows.
      for (const [act, rows] of [
        ['INSERT', 'NEW'],
        ['UPDATE', 'OLD'],
        ['DELETE', 'OLD'],
      ] as const) {
        const name = `${table}_${act.toLowerCase()}_stays`;
        await runner.query(`
          CREATE TRIGGER ${name} AFTER ${act} ON hotline.${table}
            REFERENCING ${rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hotline.closed_month_stays();
          ALTER TABLE hotline.${table} ENABLE ALWAYS TRIGGER ${name}`);
      }
    }
    await runner.query(`
      CREATE TRIGGER assessment_period_append_only BEFORE UPDATE OR DELETE ON hotline.assessment_period
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      CREATE TRIGGER assessment_period_no_truncate BEFORE TRUNCATE ON hotline.assessment_period
        FOR EACH STATEMENT EXECUTE FUNCTION hotline.refuse_change();
      ALTER TABLE hotline.assessment_period ENABLE ALWAYS TRIGGER assessment_period_append_only;
      ALTER TABLE hotline.assessment_period ENABLE ALWAYS TRIGGER assessment_period_no_truncate;

      GRANT SELECT, INSERT ON hotline.assessment_period TO hotline_app;
      GRANT SELECT, INSERT, DELETE ON hotline.assessment_fact TO hotline_app;
      GRANT UPDATE (excluded) ON hotline.assessment_fact TO hotline_app;
      GRANT SELECT, INSERT, UPDATE (met, "of") ON hotline.assessment_tally, hotline.assessment_spread TO hotline_app;
      GRANT SELECT, UPDATE ON hotline.assessment_cursor TO hotline_app;

      -- The second fence: a unit's people see what counts for their unit.
      ALTER TABLE hotline.assessment_fact ENABLE ROW LEVEL SECURITY;
      CREATE POLICY program ON hotline.assessment_fact TO hotline_app USING (true) WITH CHECK (true);
      CREATE POLICY viewer ON hotline.assessment_fact FOR SELECT TO hotline_viewer
        USING (unit = ANY (hotline.viewer_units()));
      GRANT SELECT ON hotline.assessment_fact, hotline.assessment_period TO hotline_viewer;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
