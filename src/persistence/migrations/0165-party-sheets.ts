import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What each unit's older sheets are found by, in an index that holds every unit's apart. The index of all sheets finds
 * what all units have, and whose each is must be looked up: of a word that five hundred of a million sheets hold, the
 * five hundred for the nine of a unit.
 *
 * A sheet comes into it when the 16 days in which it was received are long over, unit after unit. Written when a sheet is
 * handed to its unit, its 240 pairs would go into as many pages (measured at a million sheets: 470 kB of log and 3 ms a
 * sheet); two weeks of one unit at once are 31 kB and 0.7 ms, in no step. Up to the mark in `party_sheet_done` the index
 * holds exactly what `party_sheet_due` says: triggers see to it whoever writes, so that a unit that has lost a sheet
 * (Art 23) does not find it. Before the mark has moved, a search goes by the index of all sheets as before: this
 * migration moves nothing, the program does (`src/sheet/keep-gathering.ts`).
 */
export class PartySheets0165 implements MigrationInterface {
  readonly name = 'PartySheets9165000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Pairs of characters as numbers, 16 bits each. The few characters beyond share a number with others: what the
      -- index finds is looked at.
      CREATE FUNCTION hotline.pair_numbers(given text) RETURNS integer[]
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT ARRAY(SELECT ((ascii(one) & 65535) << 16) | (ascii(next) & 65535)
                       FROM unnest(string_to_array(lower(given), NULL),
                                   (string_to_array(lower(given), NULL))[2:]) AS pairs (one, next)
                      WHERE next IS NOT NULL)
      $$;
      -- The same behind the number of the 512 days and 20 bits for the party: what belongs together stands together.
      CREATE FUNCTION hotline.party_keys(party text, of_512_days integer, numbers integer[]) RETURNS bigint[]
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT ARRAY(SELECT ahead | (number::bigint & 4294967295) FROM unnest(numbers) number)
          FROM (SELECT ((of_512_days % 2048)::bigint << 52)
                       | (('x' || left(encode(sha256(convert_to(party, 'UTF8')), 'hex'), 5))::bit(20)::integer::bigint
                          << 32) AS ahead OFFSET 0) of_party
      $$;
      -- With the number of the eight days, which no pair has: no character is numbered 0.
      CREATE FUNCTION hotline.party_terms(party text, received_at timestamptz, pairs integer[]) RETURNS bigint[]
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT hotline.party_keys(party, day / 512, pairs || (day / 8 & 65535))
          FROM (SELECT hotline.day_number(received_at) AS day OFFSET 0) received
      $$;

      -- Nobody reads it but the owner's search.
      CREATE TABLE hotline.party_sheet (
        no          text NOT NULL,
        party       text NOT NULL,
        received_at timestamptz NOT NULL,
        pairs       integer[] NOT NULL,
        PRIMARY KEY (no, party)
      );
      CREATE INDEX party_sheet_terms ON hotline.party_sheet USING gin (hotline.party_terms(party, received_at, pairs));

      -- How far it has come: through so many times 16 days; of the next 16 through these parties; of the last through
      -- these sheets.
      CREATE TABLE hotline.party_sheet_done (
        only_one    boolean PRIMARY KEY DEFAULT true CHECK (only_one),
        of_16_days  integer NOT NULL DEFAULT 0,
        party       text NOT NULL DEFAULT '',
        received_at timestamptz NOT NULL DEFAULT '-infinity',
        no          text NOT NULL DEFAULT ''
      );
      INSERT INTO hotline.party_sheet_done DEFAULT VALUES;

      -- A party's sheet that came in at another time than its case began is passed over by who goes by that.
      CREATE VIEW hotline.party_sheet_due AS
        SELECT w.no, p.party, w.received_at, w.title || ' ' || w.content AS words
          FROM hotline.case_party p JOIN hotline.work_order w ON w.no = p.business_key
          CROSS JOIN hotline.party_sheet_done d
         WHERE p.realm = 'live' AND w.realm = 'live'
           AND (w.received_at <> p.started_at
                OR (hotline.day_number(w.received_at) / 16, p.party, w.received_at, w.no)
                   <= (d.of_16_days, d.party, d.received_at, d.no));

      /*
       * Who changes whose a sheet is holds a lock that others may hold too; who gathers takes it alone for a last look at
       * what has changed meanwhile, and moves the mark.
       */
      CREATE FUNCTION hotline.keep_party_sheet() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = hotline, pg_temp SET enable_seqscan = off AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(hashtextextended('hotline.party_sheet changes', 0));
        IF TG_OP <> 'INSERT' THEN
          DELETE FROM party_sheet s WHERE s.no = OLD.business_key AND s.party = OLD.party;
        END IF;
        IF TG_OP <> 'DELETE' THEN
          INSERT INTO party_sheet SELECT d.no, d.party, d.received_at, pair_numbers(d.words) FROM party_sheet_due d
            WHERE d.no = NEW.business_key AND d.party = NEW.party ON CONFLICT DO NOTHING;
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER party_sheet AFTER INSERT OR DELETE OR UPDATE OF party, business_key, realm, started_at
        ON hotline.case_party FOR EACH ROW EXECUTE FUNCTION hotline.keep_party_sheet();

      CREATE FUNCTION hotline.keep_sheet_of_parties() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = hotline, pg_temp SET enable_seqscan = off AS $$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          PERFORM pg_advisory_xact_lock_shared(hashtextextended('hotline.party_sheet changes', 0));
        ELSE
          -- The program changes no text. Who does, waits for who gathers, and nobody's sheet changes hands meanwhile.
          PERFORM pg_advisory_xact_lock(hashtextextended('hotline.party_sheet', 0));
          PERFORM pg_advisory_xact_lock(hashtextextended('hotline.party_sheet changes', 0));
          DELETE FROM party_sheet s WHERE s.no = OLD.no;
        END IF;
        IF TG_OP <> 'DELETE' THEN
          INSERT INTO party_sheet SELECT d.no, d.party, d.received_at, pair_numbers(d.words) FROM party_sheet_due d
            WHERE d.no = NEW.no ON CONFLICT DO NOTHING;
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER party_sheet AFTER INSERT OR DELETE OR UPDATE OF no, realm, title, content, received_at
        ON hotline.work_order FOR EACH ROW EXECUTE FUNCTION hotline.keep_sheet_of_parties();

      -- Behind the mark and of its 16 days, as far as the other mark, in the order in which the mark moves.
      CREATE FUNCTION hotline.next_party_sheets(mark hotline.party_sheet_done, upto hotline.party_sheet_done, most integer)
        RETURNS TABLE (party text, received_at timestamptz, no text) LANGUAGE sql STABLE
        SET search_path = hotline, pg_temp SET enable_seqscan = off AS $$
        WITH RECURSIVE every (party) AS (
          SELECT min(p.party) FROM case_party p WHERE p.party >= mark.party
          UNION ALL
          SELECT (SELECT min(p.party) FROM case_party p WHERE p.party > e.party) FROM every e WHERE e.party IS NOT NULL
        ), days AS (
          SELECT day AS begins, day + interval '384 hours' AS ends
            FROM (SELECT timestamptz '4714-11-24 00:00:00+00 BC'
                         + make_interval(hours => 384 * mark.of_16_days) AS day) first
        )
        SELECT e.party, s.started_at, s.business_key FROM every e CROSS JOIN days CROSS JOIN LATERAL (
          SELECT p.started_at, p.business_key FROM case_party p
           WHERE p.party = e.party AND p.realm = 'live' AND p.started_at >= days.begins AND p.started_at < days.ends
             AND (mark.of_16_days, p.party, p.started_at, p.business_key)
                 > (mark.of_16_days, mark.party, mark.received_at, mark.no)
             AND (mark.of_16_days, p.party, p.started_at, p.business_key)
                 <= (upto.of_16_days, upto.party, upto.received_at, upto.no)
           ORDER BY p.started_at, p.business_key LIMIT most) s
         WHERE (mark.of_16_days, e.party) <= (upto.of_16_days, upto.party)
         ORDER BY e.party, s.started_at, s.business_key LIMIT most
      $$;

      /*
       * The next sheets into the index, so many at most, of 16 days that were over at the instant given.
       * Answers whether there are more.
       */
      CREATE FUNCTION hotline.gather_party_sheets(before timestamptz, most integer) RETURNS boolean
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = hotline, pg_temp SET enable_seqscan = off AS $$
      DECLARE
        ends constant integer := day_number(before) / 16;
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
        IF mark.of_16_days >= ends THEN RETURN false; END IF;
        -- What is older than all there is, is done.
        oldest := least(ends, oldest_16_days());
        IF mark.of_16_days < oldest THEN mark := (true, oldest, '', '-infinity', ''); END IF;
        upto := mark;
        IF mark.of_16_days < ends THEN
          upto.of_16_days := mark.of_16_days + 1;
          upto.party := '';
          upto.received_at := '-infinity';
          upto.no := '';
          SELECT array_agg(n.party), array_agg(n.received_at), array_agg(n.no) INTO parties, times, nos
            FROM (SELECT * FROM next_party_sheets(mark, upto, most)) n;
          IF cardinality(nos) = most THEN upto := (true, mark.of_16_days, parties[most], times[most], nos[most]); END IF;
          INSERT INTO party_sheet
          SELECT w.no, n.party, w.received_at, pair_numbers(w.title || ' ' || w.content)
            FROM unnest(parties, times, nos) n (party, received_at, no) JOIN work_order w ON w.no = n.no
           WHERE w.realm = 'live' AND w.received_at = n.received_at
          ON CONFLICT DO NOTHING;
          PERFORM gin_clean_pending_list('hotline.party_sheet_terms');
        END IF;

        -- Whoever steps waits for who waits for the lock: not for long, rather it is all done another time.
        SET LOCAL lock_timeout = '300ms';
        PERFORM pg_advisory_xact_lock(hashtextextended('hotline.party_sheet changes', 0));
        DELETE FROM party_sheet s USING unnest(parties, nos) n (party, no)
         WHERE s.party = n.party AND s.no = n.no
           AND NOT EXISTS (SELECT FROM case_party p WHERE p.business_key = n.no AND p.party = n.party);
        -- Meanwhile an older one has come.
        IF oldest_16_days() < oldest THEN RETURN true; END IF;
        INSERT INTO party_sheet
        SELECT w.no, n.party, w.received_at, pair_numbers(w.title || ' ' || w.content)
          FROM next_party_sheets(mark, upto, NULL) n JOIN work_order w ON w.no = n.no
         WHERE mark.of_16_days < ends AND w.realm = 'live' AND w.received_at = n.received_at
           AND NOT EXISTS (SELECT FROM party_sheet s WHERE s.no = n.no AND s.party = n.party);
        UPDATE party_sheet_done d SET of_16_days = upto.of_16_days, party = upto.party, received_at = upto.received_at,
                                      no = upto.no;
        RETURN upto.of_16_days < ends;
      EXCEPTION WHEN lock_not_available THEN
        RETURN false;
      END $$;
      CREATE FUNCTION hotline.oldest_16_days() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = hotline, pg_temp AS $$
        SELECT coalesce((SELECT day_number(w.received_at) / 16 FROM work_order w WHERE w.realm = 'live'
                          ORDER BY w.received_at, w.no LIMIT 1), 2147483647)
      $$;
      REVOKE ALL ON FUNCTION hotline.keep_party_sheet, hotline.keep_sheet_of_parties, hotline.next_party_sheets,
                             hotline.oldest_16_days, hotline.gather_party_sheets FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hotline.gather_party_sheets TO hotline_app;

      INSERT INTO hotline.party_sheet
      SELECT d.no, d.party, d.received_at, hotline.pair_numbers(d.words) FROM hotline.party_sheet_due d;

      -- A case's step leaves the parties that stay where they are.
      GRANT UPDATE (leads, is_open) ON hotline.case_party TO hotline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
