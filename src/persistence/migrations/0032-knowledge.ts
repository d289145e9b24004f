import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The knowledge base (Art 34). An entry is never deleted: it is withdrawn; each of its versions stays as it was. */
export class Knowledge0032 implements MigrationInterface {
  readonly name = 'Knowledge9032000000000';

  async up(runner: QueryRunner): Promise<void> {
    const [found] = (await runner.query(
      "SELECT extnamespace::regnamespace::text AS schema FROM pg_extension WHERE extname = 'pg_trgm'",
    )) as { schema: string }[];
    const schema = found?.schema ?? 'hotline';
    await runner.query(`
      CREATE TABLE hotline.knowledge_entry (
        id        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        version   integer NOT NULL,
        -- The unit that answers for it (Art 13 (3)).
        unit      text NOT NULL,
        -- The kind that it is about, by code; null where it is about several.
        class     text,
        title     text NOT NULL,
        body      text NOT NULL,
        -- The civil day by which the unit must have looked at it again.
        review_on date NOT NULL,
        state     text NOT NULL CHECK (state IN ('valid', 'withdrawn')),
        -- Title and body as they are searched.
        searched  text NOT NULL GENERATED ALWAYS AS (title || ' ' || body) STORED
      );
      CREATE INDEX knowledge_entry_trigrams ON hotline.knowledge_entry USING gin (searched ${schema}.gin_trgm_ops);
      CREATE INDEX knowledge_entry_review ON hotline.knowledge_entry (review_on) WHERE state = 'valid';

      CREATE TABLE hotline.knowledge_version (
        entry     integer NOT NULL REFERENCES hotline.knowledge_entry,
        version   integer NOT NULL,
        unit      text NOT NULL,
        class     text,
        title     text NOT NULL,
        body      text NOT NULL,
        review_on date NOT NULL,
        state     text NOT NULL,
        written_at timestamptz NOT NULL,
        written_by text NOT NULL,
        reason    text NOT NULL,
        PRIMARY KEY (entry, version)
      );

      -- Valid entries in which something like the question stands, the most similar first; similarity from 0 to 1.
      CREATE FUNCTION hotline.similar_knowledge(question text, threshold real, most integer)
        RETURNS TABLE (id integer, similarity real)
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = hotline, ${schema}, pg_temp AS $$
      BEGIN
        -- A word of two or three characters inside a sentence has no trigram of its own: then it is read through.
        IF length(question) < 4 THEN
          RETURN QUERY
            SELECT e.id, CASE WHEN position(question IN e.title) > 0 THEN 1 ELSE 0.5 END::real
              FROM hotline.knowledge_entry e
             WHERE position(question IN e.searched) > 0 AND e.state = 'valid' ORDER BY 2 DESC, e.id LIMIT most;
          RETURN;
        END IF;
        PERFORM set_config('pg_trgm.word_similarity_threshold', threshold::text, true);
        RETURN QUERY
          SELECT e.id, word_similarity(question, e.searched) FROM hotline.knowledge_entry e
           WHERE e.searched %> question AND e.state = 'valid'
           ORDER BY 2 DESC, e.id LIMIT most;
      END $$;
      REVOKE ALL ON FUNCTION hotline.similar_knowledge FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hotline.similar_knowledge TO hotline_app;

      GRANT SELECT, INSERT ON hotline.knowledge_entry, hotline.knowledge_version TO hotline_app;
      GRANT UPDATE (version, unit, class, title, body, review_on, state) ON hotline.knowledge_entry TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
