import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Similar sheets among those of the last 64 to 128 days; further back only where they are too few. Of hundreds that are
 * nearly the same the newest matter to whoever takes the call, and the others are not read: measured at a million sheets,
 * five hundred of them alike, 507 texts read for each question, now a hundred. The index holds the 64 days beside the
 * trigrams, so that it compares the lists of these days only.
 */
export class RecentSimilar0102 implements MigrationInterface {
  readonly name = 'RecentSimilar9102000000000';

  async up(runner: QueryRunner): Promise<void> {
    // Numbers and trigrams in one index is what it is for.
    await runner.query('CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA hotline');
    // An operator may have pg_trgm in another schema.
    const [found] = (await runner.query(
      "SELECT extnamespace::regnamespace::text AS schema FROM pg_extension WHERE extname = 'pg_trgm'",
    )) as { schema: string }[];
    const schema = found?.schema ?? 'hotline';
    await runner.query(`
      DROP INDEX hotline.work_order_title_trigrams;
      CREATE INDEX work_order_title_trigrams ON hotline.work_order
        USING gin ((hotline.day_number(received_at) / 64), title ${schema}.gin_trgm_ops)
        WITH (gin_pending_list_limit = 256) WHERE realm = 'live';

      CREATE OR REPLACE FUNCTION hotline.similar_sheets(probe text, threshold real, most integer)
        RETURNS TABLE (no text, similarity real)
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = hotline, ${schema}, pg_temp
        SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 AS $$
      DECLARE
        newest integer;
        found_now integer;
      BEGIN
        PERFORM set_config('pg_trgm.similarity_threshold', threshold::text, true);
        SELECT day_number(w.received_at) / 64 INTO newest FROM work_order w WHERE w.realm = 'live'
         ORDER BY w.received_at DESC, w.no DESC LIMIT 1;
        RETURN QUERY
          SELECT s.no, s.similarity FROM unnest(ARRAY[newest, newest - 1]) block CROSS JOIN LATERAL (
            SELECT w.no, similarity(w.title, probe), w.received_at FROM work_order w
             WHERE w.realm = 'live' AND day_number(w.received_at) / 64 = block AND w.title % probe) s
           ORDER BY s.similarity DESC, s.received_at DESC LIMIT most;
        GET DIAGNOSTICS found_now = ROW_COUNT;
        IF found_now < most THEN
          RETURN QUERY
            SELECT w.no, similarity(w.title, probe) FROM work_order w
             WHERE w.title % probe AND w.realm = 'live'
               AND w.received_at < timestamptz '4714-11-24 00:00:00+00 BC' + make_interval(hours => (newest - 1) * 1536)
             ORDER BY 2 DESC, w.received_at DESC LIMIT most - found_now;
        END IF;
      END $$;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
