import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A unit's search asks for its last weeks, which are not in its own index yet, at once, not for a day of them first: among
 * its newest hundred and twenty-five texts it has found few, or it would not ask an index. The rest of the function stays as
 * `0166-search-of-units.ts` has it.
 */
export class LastWeeksAtOnce0168 implements MigrationInterface {
  readonly name = 'LastWeeksAtOnce9168000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$
      DECLARE
        before constant text := pg_get_functiondef('hotline.search_sheets'::regproc);
        mark constant text := 'last_day := day_number(mark);';
      BEGIN
        IF position(mark IN before) = 0 THEN RAISE EXCEPTION 'search_sheets is not as 0166 left it'; END IF;
        EXECUTE replace(before, mark, mark || '
        IF gathered >= 0 AND last_day > gathered AND last_day - gathered < 32 THEN width := 64; END IF;');
      END $$`);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
