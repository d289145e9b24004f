import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The sheets behind a number are read in the order in which they are listed, of one unit or of the city: nothing is
 * sorted, and no more rows are read than a page has. How many there are is known from the sums and the few not counted.
 */
export class SheetsBehindANumber0151 implements MigrationInterface {
  readonly name = 'SheetsBehindANumber9151000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX hotline.assessment_fact_of;
      CREATE INDEX assessment_fact_of_unit ON hotline.assessment_fact (realm, period, measure, unit, met, at);
      CREATE INDEX assessment_fact_of_all ON hotline.assessment_fact (realm, period, measure, met, at);
      CREATE INDEX assessment_fact_excluded ON hotline.assessment_fact (realm, period, measure) WHERE excluded;

      -- As for all other rows of sheets (0061): who must keep away from one sees all the others.
      DROP POLICY viewer ON hotline.assessment_fact;
      CREATE POLICY viewer ON hotline.assessment_fact FOR SELECT TO hotline_viewer USING (
        stream <> ALL ((SELECT hotline.viewer_recused())::text[])
        AND ((SELECT hotline.viewer_sees_all()) OR unit = ANY ((SELECT hotline.viewer_units())::text[])));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
