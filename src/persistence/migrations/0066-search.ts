import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Search in sheets. A Chinese word is mostly two characters, of which a trigram index knows nothing, so the index holds
 * pairs of characters. The search is a function of the owner's, with the viewer's fence inside: under row level
 * security PostgreSQL would not use the index, since its operator may leak what it compares.
 */
export class Search0066 implements MigrationInterface {
  readonly name = 'Search9066000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION hotline.character_pairs(given text) RETURNS text[]
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT coalesce(array_agg(DISTINCT one || next), '{}')
          FROM (SELECT one, lead(one) OVER (ORDER BY place) AS next
                  FROM unnest(string_to_array(lower(given), NULL)) WITH ORDINALITY AS every (one, place)) pairs
         WHERE next IS NOT NULL
      $$;
      CREATE INDEX work_order_pairs ON hotline.work_order
        USING gin (hotline.character_pairs(title || ' ' || content)) WHERE realm = 'live';
      CREATE INDEX work_order_no_prefix ON hotline.work_order (no text_pattern_ops) WHERE realm = 'live';

      -- Whoever is not the program itself sees the sheets of the units in hotline.units and no other.
      CREATE FUNCTION hotline.sees_everything() RETURNS boolean LANGUAGE sql STABLE AS
        $$ SELECT current_setting('role', true) = 'hotline_app' $$;

      /*
       * Live sheets in which every word stands, or whose number begins with the only one, the newest first; up to
       * \`most\` before the mark. Words are in lower case and of two characters at least. What is often written is
       * soon found among the newest sheets, what is seldom written by the index: neither reads the rest.
       */
      CREATE FUNCTION hotline.search_sheets(words text[], open_only boolean, mark timestamptz, mark_no text,
                                            most integer)
        RETURNS SETOF text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = hotline, pg_temp AS $$
      DECLARE
        everything constant boolean := sees_everything() OR viewer_sees_all();
        recused constant text[] := viewer_recused();
        units constant text[] := viewer_units();
        asked constant text[] := ARRAY(SELECT DISTINCT p FROM unnest(words) w, unnest(character_pairs(w)) p);
        stretch integer;
        hits text[];
      BEGIN
        IF cardinality(words) = 1 AND words[1] ~ '^[0-9]{4}[0-9-]*$' THEN
          RETURN QUERY
            SELECT w.no FROM work_order w
             WHERE w.realm = 'live' AND w.no <> ALL (recused) AND w.no LIKE words[1] || '%' AND (w.received_at, w.no) < (mark, mark_no)
               AND (everything OR EXISTS (SELECT FROM case_party p
                                           WHERE p.business_key = w.no AND p.party = ANY (units)))
               AND (NOT open_only OR EXISTS (SELECT FROM process_case c
                                              WHERE c.business_key = w.no AND c.ended_at IS NULL))
             ORDER BY w.received_at DESC, w.no DESC LIMIT most;
          RETURN;
        END IF;
        FOREACH stretch IN ARRAY ARRAY[2000, 6000] LOOP
          IF everything THEN
            SELECT coalesce(array_agg(s.no), '{}') INTO hits FROM (
              SELECT r.no FROM (
                SELECT w.no, w.title, w.content, w.received_at FROM work_order w
                 WHERE w.realm = 'live' AND w.no <> ALL (recused) AND (w.received_at, w.no) < (mark, mark_no)
                 ORDER BY w.received_at DESC, w.no DESC LIMIT stretch) r
               WHERE NOT EXISTS (SELECT FROM unnest(words) one
                                  WHERE position(one IN lower(r.title || ' ' || r.content)) = 0)
                 AND (NOT open_only OR EXISTS (SELECT FROM process_case c
                                                WHERE c.business_key = r.no AND c.ended_at IS NULL))
               ORDER BY r.received_at DESC, r.no DESC LIMIT most) s;
          ELSE
            SELECT coalesce(array_agg(s.no), '{}') INTO hits FROM (
              SELECT w.no FROM (
                SELECT DISTINCT n.business_key, n.started_at FROM unnest(units) unit CROSS JOIN LATERAL (
                  SELECT p.business_key, p.started_at FROM case_party p
                   WHERE p.party = unit AND p.realm = 'live' AND p.business_key <> ALL (recused)
                     AND (p.started_at, p.business_key) < (mark, mark_no)
                     AND (p.is_open OR NOT open_only)
                   ORDER BY p.started_at DESC, p.business_key DESC LIMIT stretch) n
                 ORDER BY n.started_at DESC, n.business_key DESC LIMIT stretch) r
                JOIN work_order w ON w.no = r.business_key
               WHERE NOT EXISTS (SELECT FROM unnest(words) one
                                  WHERE position(one IN lower(w.title || ' ' || w.content)) = 0)
               ORDER BY r.started_at DESC, r.business_key DESC LIMIT most) s;
          END IF;
          EXIT WHEN cardinality(hits) * 10 < most;
          IF cardinality(hits) = most THEN
            RETURN QUERY SELECT unnest(hits);
            RETURN;
          END IF;
        END LOOP;
        RETURN QUERY
          WITH hit AS MATERIALIZED (
            SELECT w.no, w.received_at FROM work_order w
             WHERE w.realm = 'live' AND w.no <> ALL (recused) AND character_pairs(w.title || ' ' || w.content) @> asked
               AND NOT EXISTS (SELECT FROM unnest(words) one
                                WHERE position(one IN lower(w.title || ' ' || w.content)) = 0))
          SELECT h.no FROM hit h
           WHERE (h.received_at, h.no) < (mark, mark_no)
             AND (everything OR EXISTS (SELECT FROM case_party p
                                         WHERE p.business_key = h.no AND p.party = ANY (units)))
             AND (NOT open_only OR EXISTS (SELECT FROM process_case c
                                            WHERE c.business_key = h.no AND c.ended_at IS NULL))
           ORDER BY h.received_at DESC, h.no DESC LIMIT most;
      END $$;
      REVOKE ALL ON FUNCTION hotline.search_sheets FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hotline.search_sheets TO hotline_app, hotline_viewer;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
