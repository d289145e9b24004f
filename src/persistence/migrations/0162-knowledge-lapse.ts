import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An entry of the knowledge base whose review day has passed: supervised once for each day that it let pass. */
export class KnowledgeLapse0162 implements MigrationInterface {
  readonly name = 'KnowledgeLapse9162000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.knowledge_lapse (
        entry        integer NOT NULL REFERENCES hotline.knowledge_entry,
        review_on    date NOT NULL,
        -- The case of its supervision.
        business_key text NOT NULL UNIQUE,
        opened_at    timestamptz NOT NULL,
        PRIMARY KEY (entry, review_on)
      );
      CREATE TRIGGER knowledge_lapse_append_only BEFORE UPDATE OR DELETE ON hotline.knowledge_lapse
        FOR EACH ROW EXECUTE FUNCTION hotline.refuse_change();
      GRANT SELECT, INSERT ON hotline.knowledge_lapse TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
