import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A word that many texts hold, but none of a unit's newest 25 (one unit in 25, of a word in every eighth text): all hits
 * of the unit's last days were read, everybody's, 6 ms at a million sheets. Where they are more than a thousand a unit the
 * units' own texts of these days are read instead, eight days of them at most.
 */
export class FrequentWordsOfUnits0170 implements MigrationInterface {
  readonly name = 'FrequentWordsOfUnits9170000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      /*
       * Live sheets in which every word stands, or whose number begins with the only one, the newest first; up to
       * \`most\` before the mark. Words are in lower case and of two characters at least.
       */
      CREATE OR REPLACE FUNCTION hotline.search_sheets(words text[], open_only boolean, mark timestamptz, mark_no text,
                                                       most integer)
        RETURNS SETOF text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = hotline, pg_temp
        -- Many small questions, each of them by the index.
        SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 AS $$
      DECLARE
        everything constant boolean := sees_everything() OR viewer_sees_all();
        recused constant text[] := viewer_recused();
        units constant text[] := viewer_units();
        asked constant text[] := ARRAY(SELECT DISTINCT p FROM unnest(words) w, unnest(character_pairs(w)) p);
        -- A word of two characters is the pair itself.
        longer constant text[] := ARRAY(SELECT w FROM unnest(words) w WHERE length(w) > 2);
        numbers constant integer[] := ARRAY(SELECT DISTINCT p FROM unnest(words) w, unnest(pair_numbers(w)) p);
        -- Up to this day the index of each party's sheets is asked; not for many units, of which each is asked by itself.
        gathered constant integer := CASE WHEN everything OR cardinality(units) > 16 THEN -1
                                          ELSE (SELECT d.before_day - 1 FROM party_sheet_done d) END;
        cased constant boolean := EXISTS (SELECT FROM unnest(words) w WHERE upper(w) <> w);
        few boolean;
        stretch integer := 25;
        oldest timestamptz;
        rows_read integer := 0;
        found_so_far integer := 0;
        read_now integer;
        hits text[];
        last_day integer;
        first_day integer;
        oldest_day integer;
        of_days text[];
        -- Days of a window.
        width integer := 1;
        found_now integer;
        -- So many sheets of all with the words in the units' last days: where there are more, their own texts are sooner read.
        most_hits constant integer := 1000 * cardinality(units);
        hits_found integer;
        -- Texts are read back to this day, however few hold the words.
        read_until integer := 2147483647;
      BEGIN
        IF open_only THEN
          SELECT c.started_at INTO oldest FROM process_case c WHERE c.realm = 'live' AND c.ended_at IS NULL
           ORDER BY c.started_at LIMIT 1;
        ELSE
          SELECT w.received_at INTO oldest FROM work_order w WHERE w.realm = 'live'
           ORDER BY w.received_at, w.no LIMIT 1;
        END IF;
        IF oldest IS NULL THEN RETURN; END IF;
        IF cardinality(words) = 1 AND words[1] ~ '^[0-9]{4}[0-9-]*$' THEN
          -- Between the beginning itself and all that follows it: a pattern that is not known when the plan is made
          -- would use no index.
          few := (SELECT count(*) FROM (SELECT FROM work_order w
                                         WHERE w.realm = 'live' AND w.no ~>=~ words[1]
                                           AND w.no ~<~ (words[1] || chr(1114111)) LIMIT 2001) named) <= 2000;
          RETURN QUERY
            WITH numbered AS MATERIALIZED (
              SELECT w.no, w.received_at FROM work_order w
               WHERE few AND w.realm = 'live' AND w.no ~>=~ words[1] AND w.no ~<~ (words[1] || chr(1114111))
            ), candidate AS (
              SELECT n.no, n.received_at FROM numbered n
              UNION ALL
              SELECT w.no, w.received_at FROM work_order w
               WHERE NOT few AND w.realm = 'live' AND starts_with(w.no, words[1])
            )
            SELECT w.no FROM candidate w
             WHERE w.no <> ALL (recused) AND (w.received_at, w.no) < (mark, mark_no)
               AND (everything OR (SELECT true FROM case_party p
                                    WHERE p.business_key = w.no AND p.party = ANY (units) LIMIT 1))
               AND (NOT open_only OR (SELECT c.ended_at IS NULL FROM process_case c WHERE c.business_key = w.no))
             ORDER BY w.received_at DESC, w.no DESC LIMIT most;
          RETURN;
        END IF;
        <<search>>
        LOOP
          -- Text by text, as long as every fortieth holds the words: of the first 25 one is enough.
          LOOP
            WITH candidate AS MATERIALIZED (
              SELECT * FROM (
                SELECT w.no, w.received_at AS at FROM work_order w
                 WHERE everything AND w.realm = 'live' AND (w.received_at, w.no) < (mark, mark_no)
                   AND w.received_at >= oldest
                 ORDER BY w.received_at DESC, w.no DESC LIMIT stretch) every_sheet
              UNION ALL
              SELECT * FROM (
                SELECT DISTINCT n.business_key, n.started_at FROM unnest(units) unit CROSS JOIN LATERAL (
                  SELECT p.business_key, p.started_at FROM case_party p
                   WHERE p.party = unit AND p.realm = 'live' AND (p.started_at, p.business_key) < (mark, mark_no)
                     AND p.started_at >= oldest
                   ORDER BY p.started_at DESC, p.business_key DESC LIMIT stretch) n
                 WHERE NOT everything
                 ORDER BY n.started_at DESC, n.business_key DESC LIMIT stretch) of_units
            ), hit AS (
              SELECT c.no, c.at FROM candidate c JOIN work_order w ON w.no = c.no
               WHERE w.no <> ALL (recused)
                 AND (SELECT bool_and(position(one IN CASE WHEN cased THEN lower(w.title || ' ' || w.content)
                                                           ELSE w.title || ' ' || w.content END) > 0)
                        FROM unnest(words) one)
                 AND (NOT open_only OR (SELECT o.ended_at IS NULL FROM process_case o WHERE o.business_key = w.no))
               ORDER BY c.at DESC, c.no DESC LIMIT most - found_so_far
            )
            SELECT (SELECT count(*) FROM candidate), ARRAY(SELECT no FROM hit ORDER BY at DESC, no DESC),
                   l.at, l.no INTO read_now, hits, mark, mark_no
              FROM (SELECT NULL) always LEFT JOIN (SELECT * FROM candidate ORDER BY at, no LIMIT 1) l ON true;
            RETURN QUERY SELECT unnest(hits);
            found_so_far := found_so_far + cardinality(hits);
            rows_read := rows_read + read_now;
            IF found_so_far >= most OR read_now < stretch THEN RETURN; END IF;
            EXIT WHEN found_so_far * 40 < rows_read AND day_number(mark) <= read_until;
            stretch := 100;
          END LOOP;
          oldest_day := day_number(oldest);
          last_day := day_number(mark);
          IF found_so_far = 0 AND gathered >= 0 AND last_day - gathered < 32 THEN
            width := 64;
          END IF;
          LOOP
            -- The window that holds the last place; what of its later days is found again, which held few, is passed over.
            first_day := greatest(last_day - last_day % width, oldest_day);
            IF last_day > gathered THEN
              first_day := greatest(first_day, gathered + 1);
              -- Of more days their terms are longer to read than the sheets.
              of_days := CASE WHEN last_day - first_day < 8 THEN ARRAY(SELECT '=' || day FROM generate_series(first_day, last_day) day) END;
            END IF;
            IF last_day - gathered BETWEEN 1 AND 8 THEN
              -- Whose it is first: of a unit's hits few are its own, and no other's text need be read.
              WITH found AS MATERIALIZED (
                SELECT h.no, h.received_at FROM generate_series(first_day / 64, last_day / 64) of_64_days
                 CROSS JOIN LATERAL (SELECT ARRAY(SELECT of_64_days::text || pair FROM unnest(asked) pair) AS pairs OFFSET 0) k
                 CROSS JOIN LATERAL (
                  SELECT w.no, w.received_at FROM work_order w
                   WHERE w.realm = 'live' AND w.no <> ALL (recused)
                     AND search_terms(w.title || ' ' || w.content, w.received_at) @> k.pairs
                     AND search_terms(w.title || ' ' || w.content, w.received_at) && coalesce(of_days, k.pairs[1:1])
                     AND (w.received_at, w.no) < (mark, mark_no)
                     AND day_number(w.received_at) BETWEEN first_day AND last_day OFFSET 0) h
                 LIMIT most_hits + 1
              )
              SELECT every.hits, CASE WHEN every.hits <= most_hits THEN ARRAY(
                SELECT own.no FROM (
                  SELECT f.no, f.received_at FROM found f
                   WHERE (SELECT true FROM case_party p
                           WHERE p.business_key = f.no AND p.party = ANY (units) LIMIT 1) OFFSET 0) own
                  JOIN work_order w ON w.no = own.no
                 WHERE (NOT open_only OR (SELECT c.ended_at IS NULL FROM process_case c WHERE c.business_key = own.no))
                   AND (cardinality(longer) = 0
                        OR (SELECT bool_and(position(one IN CASE WHEN cased THEN lower(w.title || ' ' || w.content)
                                                                 ELSE w.title || ' ' || w.content END) > 0)
                              FROM unnest(longer) one))
                 ORDER BY own.received_at DESC, own.no DESC LIMIT most - found_so_far) END
                INTO hits_found, hits FROM (SELECT count(*) AS hits FROM found) every;
              IF hits_found > most_hits THEN
                read_until := gathered;
                stretch := 100;
                CONTINUE search;
              END IF;
              RETURN QUERY SELECT unnest(hits);
            ELSIF last_day > gathered THEN
              RETURN QUERY
                SELECT h.no FROM generate_series(first_day / 64, last_day / 64) of_64_days
                 CROSS JOIN LATERAL (SELECT ARRAY(SELECT of_64_days::text || pair FROM unnest(asked) pair) AS pairs OFFSET 0) k
                 CROSS JOIN LATERAL (
                  SELECT w.no, w.received_at, w.title, w.content FROM work_order w
                   WHERE w.realm = 'live' AND w.no <> ALL (recused)
                     AND search_terms(w.title || ' ' || w.content, w.received_at) @> k.pairs
                     AND search_terms(w.title || ' ' || w.content, w.received_at) && coalesce(of_days, k.pairs[1:1])
                     AND (w.received_at, w.no) < (mark, mark_no)
                     AND day_number(w.received_at) BETWEEN first_day AND last_day
                     AND (everything OR (SELECT true FROM case_party p
                                          WHERE p.business_key = w.no AND p.party = ANY (units) LIMIT 1)) OFFSET 0) h
                 WHERE (NOT open_only OR (SELECT c.ended_at IS NULL FROM process_case c WHERE c.business_key = h.no))
                   AND (cardinality(longer) = 0
                        OR (SELECT bool_and(position(one IN CASE WHEN cased THEN lower(h.title || ' ' || h.content)
                                                                 ELSE h.title || ' ' || h.content END) > 0)
                              FROM unnest(longer) one))
                 ORDER BY h.received_at DESC, h.no DESC LIMIT most - found_so_far;
            ELSE
              RETURN QUERY
                SELECT h.no FROM (
                  SELECT DISTINCT s.no FROM (SELECT unit, party_number(unit) AS number FROM unnest(units) unit OFFSET 0) u
                   CROSS JOIN generate_series(first_day / 512, last_day / 512) of_512_days
                   CROSS JOIN LATERAL (
                     SELECT ARRAY(SELECT party_key(u.number, of_512_days, pair) FROM unnest(numbers) pair) AS pairs,
                            CASE WHEN width < 512 THEN
                              ARRAY(SELECT party_key(u.number, of_512_days, day_8 & 65535)
                                      FROM generate_series(first_day / 8, last_day / 8) day_8)
                            END AS days OFFSET 0) k
                   CROSS JOIN LATERAL (
                     SELECT p.no FROM party_sheet p
                      WHERE party_terms(p.party, p.received_at, p.pairs) @> k.pairs
                        AND party_terms(p.party, p.received_at, p.pairs) && coalesce(k.days, k.pairs[1:1])
                        AND p.party = u.unit AND p.received_at <= mark OFFSET 0) s) f
                  CROSS JOIN LATERAL (
                    SELECT w.no, w.received_at FROM work_order w
                     WHERE w.no = f.no AND w.realm = 'live' AND w.no <> ALL (recused)
                       AND (w.received_at, w.no) < (mark, mark_no)
                       AND day_number(w.received_at) BETWEEN first_day AND last_day
                       AND (NOT open_only OR (SELECT c.ended_at IS NULL FROM process_case c WHERE c.business_key = w.no))
                       AND (SELECT bool_and(position(one IN CASE WHEN cased THEN lower(w.title || ' ' || w.content)
                                                                ELSE w.title || ' ' || w.content END) > 0)
                              FROM unnest(words) one) OFFSET 0) h
                 ORDER BY h.received_at DESC, h.no DESC LIMIT most - found_so_far;
            END IF;
            GET DIAGNOSTICS found_now = ROW_COUNT;
            found_so_far := found_so_far + found_now;
            EXIT WHEN found_so_far >= most OR first_day <= oldest_day;
            last_day := first_day - 1;
            IF found_now < 8 THEN
              -- What is left of a unit's last days is asked at once.
              width := CASE WHEN last_day <= gathered AND found_so_far = 0 THEN 4096
                            WHEN last_day > gathered AND gathered >= 0 AND last_day - gathered < 32 THEN 64
                            ELSE least(width * 8, 4096) END;
            END IF;
          END LOOP;
          RETURN;
        END LOOP;
      END $$;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
