-- Search in sheets (docs/decisions/platform.md). Most Chinese words have two characters, too short for a trigram index: this
-- index holds pairs of characters, each prefixed by its sheet's window of 64 days, and the day. A search proceeds
-- window by window until the page is full, so that its cost depends on the result, not on the number of sheets; the two
-- hundred pairs of a new sheet only touch the pages of the last window.
--
-- The searches are functions of the owner with the viewer's restriction inside: under row-level security PostgreSQL
-- would not use these indexes for others, since their operators are not leakproof.

CREATE FUNCTION character_pairs(given text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  ARRAY(SELECT one || next
          FROM unnest(string_to_array(lower(given), NULL), (string_to_array(lower(given), NULL))[2:]) AS pairs (one, next)
         WHERE next IS NOT NULL);
-- Counted from PostgreSQL's first day (4714 BC), so that no day is negative.
CREATE FUNCTION day_number(at timestamptz) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  floor(date_part('epoch', at - timestamptz '4714-11-24 00:00:00+00 BC') / 86400)::int;
-- Each pair of a text after the number of its window; and the day, distinguished by its first character.
CREATE FUNCTION search_terms(given text, at timestamptz) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  ARRAY(SELECT (day_number(at) / 64)::text || pair FROM unnest(character_pairs(given)) pair)
  || ('=' || day_number(at)::text);

-- What is searched of a sheet: title, text and the place's words.
CREATE FUNCTION sheet_words(title text, content text, address text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN title || ' ' || content || coalesce(' ' || address, '');

-- Small pending list: every search scans it, and whoever fills it sorts it in.
CREATE INDEX work_order_terms ON work_order USING gin (search_terms(sheet_words(title, content, place_address), received_at))
  WITH (gin_pending_list_limit = 256) WHERE realm = 'live';
-- The window beside the trigrams, so that only lists of these days are compared.
CREATE INDEX work_order_title_trigrams ON work_order
  USING gin ((day_number(received_at) / 64), title gin_trgm_ops)
  WITH (gin_pending_list_limit = 256) WHERE realm = 'live';

-- Live sheets that contain every word, or whose number begins with the only one, newest first; up to `most` before the
-- cursor. Words are in lower case, with at least two characters.
CREATE FUNCTION search_sheets(words text[], open_only boolean, mark timestamptz, mark_no text, most integer)
RETURNS SETOF text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT
-- Forces index use in many small queries.
SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
  everything constant boolean := sees_everything() OR viewer_sees_all();
  recused constant text[] := viewer_recused();
  units constant text[] := viewer_units();
  asked constant text[] := ARRAY(SELECT DISTINCT p FROM unnest(words) w, unnest(character_pairs(w)) p);
  -- A word of two characters is a pair itself.
  longer constant text[] := ARRAY(SELECT w FROM unnest(words) w WHERE length(w) > 2);
  cased constant boolean := EXISTS (SELECT FROM unnest(words) w WHERE upper(w) <> w);
  few boolean;
  stretch constant integer := 100;
  oldest timestamptz;
  rows_read integer := 0;
  found_so_far integer := 0;
  read_now integer;
  hits text[];
  last_day integer;
  first_day integer;
  of_days text[];
  -- Days of a window.
  width integer := 1;
  wanted text[];
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
    -- A range instead of LIKE: a pattern unknown at planning time would not use the index.
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
  -- Text by text while at least every twentieth contains the words.
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
         AND (SELECT bool_and(position(one IN CASE WHEN cased
                                                   THEN lower(sheet_words(w.title, w.content, w.place_address))
                                                   ELSE sheet_words(w.title, w.content, w.place_address) END) > 0)
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
    EXIT WHEN found_so_far * 20 < rows_read;
  END LOOP;
  last_day := day_number(mark);
  LOOP
    -- The window of the last place; later days of it, already returned, are skipped.
    first_day := last_day - last_day % width;
    wanted := ARRAY(SELECT (last_day / 64)::text || pair FROM unnest(asked) pair);
    of_days := CASE WHEN width < 64 THEN ARRAY(SELECT '=' || day FROM generate_series(first_day, last_day) day)
                    ELSE wanted[1:1] END;
    RETURN QUERY
      SELECT w.no FROM work_order w
       WHERE w.realm = 'live' AND w.no <> ALL (recused)
         AND search_terms(sheet_words(w.title, w.content, w.place_address), w.received_at) @> wanted
         AND search_terms(sheet_words(w.title, w.content, w.place_address), w.received_at) && of_days
         AND (w.received_at, w.no) < (mark, mark_no)
         AND day_number(w.received_at) <= last_day
         AND (everything OR (SELECT true FROM case_party p
                              WHERE p.business_key = w.no AND p.party = ANY (units) LIMIT 1))
         AND (NOT open_only OR (SELECT c.ended_at IS NULL FROM process_case c WHERE c.business_key = w.no))
         AND (cardinality(longer) = 0
              OR (SELECT bool_and(position(one IN lower(sheet_words(w.title, w.content, w.place_address))) > 0) FROM unnest(longer) one))
       ORDER BY w.received_at DESC, w.no DESC LIMIT most - found_so_far;
    GET DIAGNOSTICS found_now = ROW_COUNT;
    found_so_far := found_so_far + found_now;
    EXIT WHEN found_so_far >= most OR first_day <= day_number(oldest);
    last_day := first_day - 1;
    IF found_now < 8 THEN width := least(width * 8, 64); END IF;
  END LOOP;
END $$;

-- Live sheets with a similar title, most similar first; similarity from 0 to 1. From the last 64 to 128 days, and
-- further back only if those are too few: of hundreds of similar ones the newest matter.
CREATE FUNCTION similar_sheets(probe text, threshold real, most integer) RETURNS TABLE (no text, similarity real)
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
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

-- Sheets nearby. A cell is a five-hundredth of a degree: about 220 m northwards, 180 m eastwards at 36 degrees north. The index
-- holds a cell's sheets by time, so that a search costs what the few cells around a point hold of recent sheets, not
-- what the city has. Without extensions.
CREATE FUNCTION place_cell(longitude double precision, latitude double precision) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  floor(latitude * 500)::bigint * 1000000 + floor(longitude * 500)::bigint;
CREATE INDEX work_order_nearby ON work_order (place_cell(place_longitude, place_latitude), received_at DESC)
  WHERE realm = 'live' AND place_longitude IS NOT NULL;
-- Great-circle distance, as in src/sheet/coordinates.ts.
CREATE FUNCTION metres_between(longitude_1 double precision, latitude_1 double precision,
  longitude_2 double precision, latitude_2 double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  2 * 6371008.8 * asin(sqrt(least(1, sin(radians(latitude_2 - latitude_1) / 2) ^ 2
    + cos(radians(latitude_1)) * cos(radians(latitude_2)) * sin(radians(longitude_2 - longitude_1) / 2) ^ 2)));

-- Live sheets around a point since an instant: the closer and the more alike in words, the earlier. Of a spot with
-- thousands the newest are compared.
CREATE FUNCTION nearby_sheets(longitude double precision, latitude double precision, within double precision,
  since timestamptz, probe text, most integer)
RETURNS TABLE (no text, metres double precision, similarity real)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT
SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
  -- A degree of latitude has at least 110,500 m.
  north constant double precision := within / 110500;
  east constant double precision := within / (110500 * cos(radians(latitude)));
  cells constant bigint[] := ARRAY(
    SELECT y * 1000000 + x
      FROM generate_series(floor((latitude - north) * 500)::bigint, floor((latitude + north) * 500)::bigint) y,
           generate_series(floor((longitude - east) * 500)::bigint, floor((longitude + east) * 500)::bigint) x);
BEGIN
  RETURN QUERY
    SELECT f.no, f.metres, f.similarity FROM (
      SELECT c.no, c.received_at, similarity(c.title, probe) AS similarity,
             metres_between(longitude, latitude, c.place_longitude, c.place_latitude) AS metres
        FROM (SELECT w.no, w.received_at, w.title, w.place_longitude, w.place_latitude FROM work_order w
               WHERE w.realm = 'live' AND w.place_longitude IS NOT NULL
                 AND place_cell(w.place_longitude, w.place_latitude) = ANY (cells) AND w.received_at >= since
               ORDER BY w.received_at DESC LIMIT 2000) c) f
     WHERE f.metres <= within
     ORDER BY f.similarity - f.metres / (2 * within) DESC, f.received_at DESC LIMIT most;
END $$;

-- Under LC_CTYPE C, pg_trgm treats Chinese characters as blanks.
CREATE FUNCTION trigrams_know_chinese() RETURNS boolean LANGUAGE sql SECURITY DEFINER RETURN
  cardinality(show_trgm('停水通知')) > 0;

REVOKE ALL ON FUNCTION search_sheets, similar_sheets, nearby_sheets, trigrams_know_chinese FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_sheets TO :"app", :"viewer";
GRANT EXECUTE ON FUNCTION similar_sheets, nearby_sheets, trigrams_know_chinese TO :"app";
