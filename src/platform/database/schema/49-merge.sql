-- One matter, many callers 并单 (docs/merging.md).

-- Members of a leading sheet. One that is merged leads none: no chains (src/sheet/store/merged-sheets.ts, under locks).
CREATE TABLE merged_sheet (
  member    text PRIMARY KEY REFERENCES work_order,
  lead      text NOT NULL REFERENCES work_order,
  merged_at timestamptz NOT NULL,
  merged_by text NOT NULL,
  CHECK (member <> lead)
);
CREATE INDEX merged_sheet_lead ON merged_sheet (lead);
-- Who does not see both sheets does not see that they are merged.
CALL pg_temp.fence('merged_sheet', 'viewer_sees(member) AND viewer_sees(lead)');
GRANT SELECT, INSERT, UPDATE (lead, merged_at, merged_by), DELETE ON merged_sheet TO :"app";

-- Tasks of members at which their leading sheet stands too, with the same unit: a worklist may show that one alone. The
-- owner's, as the other lists of viewers (11-fence.sql); who is recused from the leading sheet sees the members.
CREATE VIEW folded_task WITH (security_barrier) AS
  SELECT own.id AS case_id, o.element FROM merged_sheet m
    JOIN process_case own ON own.business_key = m.member AND own.ended_at IS NULL
    JOIN process_case l ON l.business_key = m.lead AND l.lead_unit IS NOT DISTINCT FROM own.lead_unit
    JOIN task o ON o.case_id = l.id
   WHERE m.lead <> ALL ((SELECT viewer_recused())::text[]);
GRANT SELECT ON folded_task TO :"app", :"viewer";

-- What a unit did on a leading sheet (entries of its trail) is done on its members too: who waits, what came of the others.
CREATE TABLE carried_act (
  lead        text NOT NULL REFERENCES work_order,
  first_entry integer NOT NULL,
  last_entry  integer NOT NULL,
  member      text NOT NULL REFERENCES work_order,
  unit        text NOT NULL,
  actor       text NOT NULL,
  -- How the callers were told whom no message reaches; null: each is told later.
  told        text,
  at          timestamptz NOT NULL,
  state       text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'part', 'left')),
  -- Why something is left; names tasks and articles, no persons.
  why         text,
  PRIMARY KEY (lead, first_entry, member)
);
CREATE INDEX carried_act_waiting ON carried_act (lead, first_entry, member) WHERE state = 'waiting';
CALL pg_temp.fence('carried_act', 'viewer_sees(member) AND viewer_sees(lead)');
GRANT SELECT, INSERT, UPDATE (state, why) ON carried_act TO :"app";

CREATE INDEX sheet_class_newest ON sheet_class (code, id DESC);

-- Open live sheets that may be of the same matter: near the point, naming the same place, of the same class, or with a
-- similar title. Each by an index and of each the newest, so that the price does not grow with the city.
CREATE FUNCTION same_matter_candidates(own text, longitude double precision, latitude double precision,
  within double precision, names text[], class_code text, probe text, since timestamptz, until timestamptz, most integer)
RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
  days constant integer[] := ARRAY(SELECT generate_series(day_number(since), day_number(until)));
  blocks constant integer[] := ARRAY(SELECT DISTINCT day / 64 FROM unnest(days) day);
  day_terms constant text[] := ARRAY(SELECT '=' || day FROM unnest(days) day);
BEGIN
  PERFORM set_config('pg_trgm.similarity_threshold', '0.3', true);
  RETURN QUERY
    WITH near AS (
      SELECT n.no FROM nearby_sheets(longitude, latitude, within, since, probe, most) n WHERE longitude IS NOT NULL
    ), named AS (
      SELECT found.no FROM unnest(names) name CROSS JOIN unnest(blocks) block CROSS JOIN LATERAL (
        SELECT w.no FROM work_order w
         WHERE w.realm = 'live'
           AND search_terms(sheet_words(w.title, w.content, w.place_address), w.received_at) @> ARRAY[block::text || name]
           AND search_terms(sheet_words(w.title, w.content, w.place_address), w.received_at) && day_terms
         ORDER BY w.received_at DESC LIMIT most) found
    ), classed AS (
      SELECT s.work_order AS no FROM sheet_class s WHERE s.code = class_code ORDER BY s.id DESC LIMIT most
    ), alike AS (
      SELECT found.no FROM unnest(blocks) block CROSS JOIN LATERAL (
        SELECT w.no FROM work_order w
         WHERE w.realm = 'live' AND day_number(w.received_at) / 64 = block AND w.title % probe
         ORDER BY similarity(w.title, probe) DESC, w.received_at DESC LIMIT most) found
    )
    SELECT w.no FROM (SELECT * FROM near UNION SELECT * FROM named UNION SELECT * FROM classed UNION SELECT * FROM alike) c
      JOIN work_order w ON w.no = c.no
      JOIN process_case p ON p.business_key = w.no AND p.ended_at IS NULL
     WHERE w.realm = 'live' AND w.no IS DISTINCT FROM own AND w.received_at BETWEEN since AND until;
END $$;
REVOKE ALL ON FUNCTION same_matter_candidates FROM PUBLIC;
GRANT EXECUTE ON FUNCTION same_matter_candidates TO :"app";
