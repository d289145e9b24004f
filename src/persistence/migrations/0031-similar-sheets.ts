import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Similar texts by trigrams. The search is a function of the owner's: under row level security PostgreSQL would not
 * use a trigram index for anybody else, since its operators may leak what they compare. Who may call it is decided
 * where the operation is.
 */
export class SimilarSheets0031 implements MigrationInterface {
  readonly name = 'SimilarSheets9031000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA hotline');
    // An operator may have it in another schema already.
    const [found] = (await runner.query(
      "SELECT extnamespace::regnamespace::text AS schema FROM pg_extension WHERE extname = 'pg_trgm'",
    )) as { schema: string }[];
    const schema = found?.schema ?? 'hotline';
    await runner.query(`
      CREATE INDEX work_order_title_trigrams ON hotline.work_order USING gin (title ${schema}.gin_trgm_ops);
      DO $$ BEGIN
        IF EXISTS (SELECT FROM information_schema.columns WHERE table_schema = 'hotline'
                     AND table_name = 'work_order' AND column_name = 'caller_contact') THEN
          CREATE INDEX work_order_contact ON hotline.work_order (caller_contact) WHERE caller_contact IS NOT NULL;
        END IF;
      END $$;

      -- Live sheets whose title is like the given one, the most similar first; similarity from 0 to 1.
      CREATE FUNCTION hotline.similar_sheets(probe text, threshold real, most integer)
        RETURNS TABLE (no text, similarity real)
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = hotline, ${schema}, pg_temp AS $$
      BEGIN
        PERFORM set_config('pg_trgm.similarity_threshold', threshold::text, true);
        RETURN QUERY
          SELECT w.no, similarity(w.title, probe) FROM hotline.work_order w
           WHERE w.title % probe AND w.realm = 'live'
           ORDER BY 2 DESC, w.received_at DESC LIMIT most;
      END $$;
      -- Under plain C as character type pg_trgm takes Chinese characters for blanks. A body like this one is bound when
      -- the function is made, by the path of the session and not by its own.
      CREATE FUNCTION hotline.trigrams_know_chinese() RETURNS boolean
        LANGUAGE sql SECURITY DEFINER SET search_path = hotline, ${schema}, pg_temp
        RETURN cardinality(${schema}.show_trgm('停水通知')) > 0;
      REVOKE ALL ON FUNCTION hotline.similar_sheets, hotline.trigrams_know_chinese FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hotline.similar_sheets, hotline.trigrams_know_chinese TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
