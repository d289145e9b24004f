-- The knowledge base. Entries are withdrawn, never deleted; all versions are kept.
CREATE TABLE knowledge_entry (
  id        integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version   integer NOT NULL,
  -- The responsible unit.
  unit      text NOT NULL,
  -- Code of its class; null for several.
  class     text,
  title     text NOT NULL,
  body      text NOT NULL,
  -- Review date.
  review_on date NOT NULL,
  state     text NOT NULL CHECK (state IN ('valid', 'withdrawn')),
  -- Found on the callers' page until its review date.
  for_public boolean NOT NULL,
  -- Title and body for searching.
  searched  text NOT NULL GENERATED ALWAYS AS (title || ' ' || body) STORED
);
CREATE INDEX knowledge_entry_trigrams ON knowledge_entry USING gin (searched gin_trgm_ops);
CREATE INDEX knowledge_entry_review ON knowledge_entry (review_on) WHERE state = 'valid';
GRANT SELECT, INSERT, UPDATE (version, unit, class, title, body, review_on, state, for_public) ON knowledge_entry TO :"app";

CREATE TABLE knowledge_version (
  entry      integer NOT NULL REFERENCES knowledge_entry,
  version    integer NOT NULL,
  unit       text NOT NULL,
  class      text,
  title      text NOT NULL,
  body       text NOT NULL,
  review_on  date NOT NULL,
  state      text NOT NULL,
  for_public boolean NOT NULL,
  written_at timestamptz NOT NULL,
  written_by text NOT NULL,
  reason     text NOT NULL,
  PRIMARY KEY (entry, version)
);
GRANT SELECT, INSERT ON knowledge_version TO :"app";

-- Entries past their review date: supervised once per date.
CREATE TABLE knowledge_lapse (
  entry        integer NOT NULL REFERENCES knowledge_entry,
  review_on    date NOT NULL,
  -- The case of its supervision.
  business_key text NOT NULL UNIQUE,
  opened_at    timestamptz NOT NULL,
  PRIMARY KEY (entry, review_on)
);
CALL pg_temp.guard('knowledge_lapse');
GRANT SELECT, INSERT ON knowledge_lapse TO :"app";

-- Valid entries similar to the question, most similar first; similarity from 0 to 1. With a day: only those for the
-- public that are up to date on it.
CREATE FUNCTION similar_knowledge(question text, threshold real, most integer, public_on date)
RETURNS TABLE (id integer, similarity real)
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  -- A word of two or three characters inside a sentence has no trigram of its own: scan.
  IF length(question) < 4 THEN
    RETURN QUERY
      SELECT e.id, CASE WHEN position(question IN e.title) > 0 THEN 1 ELSE 0.5 END::real
        FROM knowledge_entry e
       WHERE position(question IN e.searched) > 0 AND e.state = 'valid'
         AND (public_on IS NULL OR (e.for_public AND e.review_on >= public_on))
       ORDER BY 2 DESC, e.id LIMIT most;
    RETURN;
  END IF;
  PERFORM set_config('pg_trgm.word_similarity_threshold', threshold::text, true);
  RETURN QUERY
    SELECT e.id, word_similarity(question, e.searched) FROM knowledge_entry e
     WHERE e.searched %> question AND e.state = 'valid'
       AND (public_on IS NULL OR (e.for_public AND e.review_on >= public_on))
     ORDER BY 2 DESC, e.id LIMIT most;
END $$;
REVOKE ALL ON FUNCTION similar_knowledge FROM PUBLIC;
GRANT EXECUTE ON FUNCTION similar_knowledge TO :"app";

-- Subject of cases without a sheet, for lists: the knowledge entry, which all who work on sheets may read, the
-- process that began by itself, else a month's assessment, named by the key.
CREATE FUNCTION title_without_sheet(key text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER RETURN
  coalesce((SELECT '知识库条目：' || e.title FROM knowledge_lapse l JOIN knowledge_entry e ON e.id = l.entry
             WHERE l.business_key = key), title_of_started(key), key);
REVOKE ALL ON FUNCTION title_without_sheet FROM PUBLIC;
GRANT EXECUTE ON FUNCTION title_without_sheet TO :"app", :"viewer";
