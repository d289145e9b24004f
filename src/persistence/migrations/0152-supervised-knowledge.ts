import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lists name what a case is about that is about no sheet: the entry of the knowledge base, which all who work on sheets
 * may read, else a month's assessment, whose key says it. By PL/pgSQL: the table of lapses is made by a later migration.
 */
export class SupervisedKnowledge0152 implements MigrationInterface {
  readonly name = 'SupervisedKnowledge9152000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION hotline.title_without_sheet(key text) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
        SET search_path = hotline AS $$
      BEGIN
        RETURN coalesce((SELECT '知识库条目:' || e.title FROM knowledge_lapse l JOIN knowledge_entry e ON e.id = l.entry
                          WHERE l.business_key = key), key);
      END $$;
      REVOKE ALL ON FUNCTION hotline.title_without_sheet FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hotline.title_without_sheet TO hotline_viewer, hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
