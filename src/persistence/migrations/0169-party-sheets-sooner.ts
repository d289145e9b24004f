import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The index of each unit's own sheets (`0165-party-sheets.ts`) takes in two days at a time instead of sixteen: what a
 * unit's search finds among the sheets of all others is then of the last one to three days, not of one to three and a half
 * weeks. It costs 110 kB of log a sheet in place of 31; who is behind is brought up by sixteen days at once as before.
 *
 * Whose a sheet is, is told by an index alone where it is another's.
 */
export class PartySheetsSooner0169 implements MigrationInterface {
  readonly name = 'PartySheetsSooner9169000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX case_party_whose ON hotline.case_party (business_key, party);
      DROP INDEX hotline.case_party_key;
      ALTER INDEX hotline.case_party_whose RENAME TO case_party_key;

      -- Of the days before the one it holds all, and of the days from there until the other what stands before the mark.
      ALTER TABLE hotline.party_sheet_done RENAME COLUMN of_16_days TO before_day;
      ALTER TABLE hotline.party_sheet_done ADD COLUMN until_day integer NOT NULL DEFAULT 0;
      UPDATE hotline.party_sheet_done
         SET before_day = before_day * 16, until_day = before_day * 16 + CASE party WHEN '' THEN 0 ELSE 16 END;

      -- A party's sheet that came in at another time than its case began is passed over by who goes by that.
      CREATE OR REPLACE VIEW hotline.party_sheet_due AS
        SELECT w.no, p.party, w.received_at, w.title || ' ' || w.content AS words
          FROM hotline.case_party p JOIN hotline.work_order w ON w.no = p.business_key
          CROSS JOIN hotline.party_sheet_done d
         WHERE p.realm = 'live' AND w.realm = 'live'
           AND (w.received_at <> p.started_at
                OR hotline.day_number(w.received_at) < d.before_day
                OR (hotline.day_number(w.received_at) < d.until_day
                    AND (p.party, w.received_at, w.no) <= (d.party, d.received_at, d.no)));

      -- Of the mark's days: behind the mark, as far as the other one, in the order in which the mark moves.
      CREATE OR REPLACE FUNCTION hotline.next_party_sheets(mark hotline.party_sheet_done, upto hotline.party_sheet_done, most integer)
        RETURNS TABLE (party text, received_at timestamptz, no text) LANGUAGE sql STABLE
        SET search_path = hotline, pg_temp SET enable_seqscan = off AS $$
        WITH RECURSIVE every (party) AS (
          SELECT min(p.party) FROM case_party p WHERE p.party >= mark.party
          UNION ALL
          SELECT (SELECT min(p.party) FROM case_party p WHERE p.party > e.party) FROM every e WHERE e.party IS NOT NULL
        ), days AS (
          SELECT zero + make_interval(hours => 24 * mark.before_day) AS begins,
                 zero + make_interval(hours => 24 * mark.until_day) AS ends
            FROM (SELECT timestamptz '4714-11-24 00:00:00+00 BC' AS zero) first
        )
        SELECT e.party, s.started_at, s.business_key FROM every e CROSS JOIN days CROSS JOIN LATERAL (
          SELECT p.started_at, p.business_key FROM case_party p
           WHERE p.party = e.party AND p.realm = 'live' AND p.started_at >= days.begins AND p.started_at < days.ends
             AND (p.party, p.started_at, p.business_key) > (mark.party, mark.received_at, mark.no)
             AND (upto.before_day > mark.before_day
                  OR (p.party, p.started_at, p.business_key) <= (upto.party, upto.received_at, upto.no))
           ORDER BY p.started_at, p.business_key LIMIT most) s
         WHERE upto.before_day > mark.before_day OR e.party <= upto.party
         ORDER BY e.party, s.started_at, s.business_key LIMIT most
      $$;

      /*
       * The next sheets into the index, so many at most, of days that were over at the instant given: two of them, or up to
       * sixteen where more are over. Answers whether there are more.
       */
      CREATE OR REPLACE FUNCTION hotline.gather_party_sheets(before timestamptz, most integer) RETURNS boolean
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = hotline, pg_temp SET enable_seqscan = off AS $$
      DECLARE
        ends constant integer := day_number(before) / 2 * 2;
        oldest integer;
        mark party_sheet_done;
        upto party_sheet_done;
        parties text[];
        times timestamptz[];
        nos text[];
      BEGIN
        -- One at a time.
        IF NOT pg_try_advisory_xact_lock(hashtextextended('hotline.party_sheet', 0)) THEN RETURN false; END IF;
        -- What the triggers have put in: searches read through what is not sorted in.
        PERFORM gin_clean_pending_list('hotline.party_sheet_terms');
        SELECT * INTO mark FROM party_sheet_done;
        oldest := least(ends, oldest_party_day());
        IF mark.until_day = mark.before_day THEN
          IF mark.before_day >= ends THEN RETURN false; END IF;
          -- What is older than all there is, is done.
          mark.before_day := greatest(mark.before_day, oldest);
          mark.until_day := least(mark.before_day + 16, ends);
        END IF;
        upto := (true, mark.until_day, '', '-infinity', '', mark.until_day);
        SELECT array_agg(n.party), array_agg(n.received_at), array_agg(n.no) INTO parties, times, nos
          FROM (SELECT * FROM next_party_sheets(mark, upto, most)) n;
        IF cardinality(nos) = most THEN
          upto := mark;
          upto.party := parties[most];
          upto.received_at := times[most];
          upto.no := nos[most];
        END IF;
        INSERT INTO party_sheet
        SELECT w.no, n.party, w.received_at, pair_numbers(w.title || ' ' || w.content)
          FROM unnest(parties, times, nos) n (party, received_at, no) JOIN work_order w ON w.no = n.no
         WHERE w.realm = 'live' AND w.received_at = n.received_at
        ON CONFLICT DO NOTHING;
        PERFORM gin_clean_pending_list('hotline.party_sheet_terms');

        -- Whoever steps waits for who waits for the lock: not for long, rather it is all done another time.
        SET LOCAL lock_timeout = '300ms';
        PERFORM pg_advisory_xact_lock(hashtextextended('hotline.party_sheet changes', 0));
        DELETE FROM party_sheet s USING unnest(parties, nos) n (party, no)
         WHERE s.party = n.party AND s.no = n.no
           AND NOT EXISTS (SELECT FROM case_party p WHERE p.business_key = n.no AND p.party = n.party);
        -- Meanwhile an older one has come.
        IF oldest_party_day() < oldest THEN RETURN true; END IF;
        INSERT INTO party_sheet
        SELECT w.no, n.party, w.received_at, pair_numbers(w.title || ' ' || w.content)
          FROM next_party_sheets(mark, upto, NULL) n JOIN work_order w ON w.no = n.no
         WHERE w.realm = 'live' AND w.received_at = n.received_at
           AND NOT EXISTS (SELECT FROM party_sheet s WHERE s.no = n.no AND s.party = n.party);
        UPDATE party_sheet_done d SET before_day = upto.before_day, until_day = upto.until_day, party = upto.party,
                                      received_at = upto.received_at, no = upto.no;
        RETURN upto.until_day < ends OR upto.before_day < upto.until_day;
      EXCEPTION WHEN lock_not_available THEN
        RETURN false;
      END $$;
      DROP FUNCTION hotline.oldest_16_days;
      CREATE FUNCTION hotline.oldest_party_day() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = hotline, pg_temp AS $$
        SELECT coalesce((SELECT day_number(w.received_at) FROM work_order w WHERE w.realm = 'live'
                          ORDER BY w.received_at, w.no LIMIT 1), 2147483647)
      $$;
      REVOKE ALL ON FUNCTION hotline.oldest_party_day FROM PUBLIC;

      -- What \`party_keys\` says, in two functions that cost a search little: a number of 20 bits, and what is made of it.
      CREATE FUNCTION hotline.party_number(party text) RETURNS bigint
        LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
        BEGIN
          RETURN ('x' || left(encode(sha256(convert_to(party, 'UTF8')), 'hex'), 5))::bit(20)::integer;
        END $$;
      CREATE FUNCTION hotline.party_key(party_number bigint, of_512_days integer, number integer) RETURNS bigint
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT ((of_512_days % 2048)::bigint << 52) | (party_number << 32) | (number::bigint & 4294967295)
      $$;
      CREATE OR REPLACE FUNCTION hotline.party_keys(party text, of_512_days integer, numbers integer[]) RETURNS bigint[]
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT ARRAY(SELECT hotline.party_key(of_party.number, of_512_days, pair) FROM unnest(numbers) pair)
          FROM (SELECT hotline.party_number(party) AS number OFFSET 0) of_party
      $$;

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
          EXIT WHEN found_so_far * 40 < rows_read;
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
            -- Whose it is first: of a unit's hits few are its own, and no other's text need be read.
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
      END $$;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
