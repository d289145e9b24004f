-- Facts derived from the trail and their sums, maintained incrementally: dashboards read sums, a number opens its
-- facts. Rows of a closed month never change.

CREATE TABLE assessment_period (
  realm     text NOT NULL,
  period    text NOT NULL,
  closed_at timestamptz NOT NULL,
  closed_by text NOT NULL,
  -- The month's figures count entries of the tree below this size.
  log_size  bigint NOT NULL,
  PRIMARY KEY (realm, period)
);
CALL pg_temp.guard('assessment_period');
GRANT SELECT, INSERT ON assessment_period TO :"app";
GRANT SELECT ON assessment_period TO :"viewer";

CREATE TABLE assessment_fact (
  realm    text NOT NULL,
  -- A sheet's number, or 'knowledge'.
  stream   text NOT NULL,
  measure  text NOT NULL,
  -- Numbers of the entries that opened and that decided it.
  opened   integer NOT NULL,
  decided  integer NOT NULL,
  at       timestamptz NOT NULL,
  period   text NOT NULL,
  unit     text NOT NULL,
  met      boolean NOT NULL,
  -- Excluded on application (assessment_exclusion).
  excluded boolean NOT NULL DEFAULT false,
  round    integer NOT NULL,
  kind     text NOT NULL,
  area     text NOT NULL,
  district text NOT NULL,
  -- The sheet that it is merged into when the month ends; empty for none.
  lead     text NOT NULL DEFAULT '',
  -- Counted once: what a closed month has counted, no other month counts again.
  PRIMARY KEY (stream, measure, opened)
);
-- Sheets behind a number in list order, of one unit or of the city, without a sort.
CREATE INDEX assessment_fact_of_unit ON assessment_fact (realm, period, measure, unit, met, at);
CREATE INDEX assessment_fact_of_all ON assessment_fact (realm, period, measure, met, at);
CREATE INDEX assessment_fact_excluded ON assessment_fact (realm, period, measure) WHERE excluded;
CREATE INDEX assessment_fact_merged ON assessment_fact (realm, period, measure, lead) WHERE lead <> '';
CALL pg_temp.fence('assessment_fact',
  'stream <> ALL ((SELECT viewer_recused())::text[])
   AND ((SELECT viewer_sees_all()) OR unit = ANY ((SELECT viewer_units())::text[]))');
GRANT SELECT, INSERT, UPDATE (excluded), DELETE ON assessment_fact TO :"app";

CREATE TABLE assessment_tally (
  realm   text NOT NULL,
  period  text NOT NULL,
  unit    text NOT NULL,
  measure text NOT NULL,
  kind    text NOT NULL,
  met     integer NOT NULL,
  "of"    integer NOT NULL,
  PRIMARY KEY (realm, period, unit, measure, kind)
) WITH (fillfactor = 70);
CREATE TABLE assessment_spread (
  realm    text NOT NULL,
  period   text NOT NULL,
  measure  text NOT NULL,
  district text NOT NULL,
  area     text NOT NULL,
  met      integer NOT NULL,
  "of"     integer NOT NULL,
  PRIMARY KEY (realm, period, measure, district, area)
) WITH (fillfactor = 70);
GRANT SELECT, INSERT, UPDATE (met, "of") ON assessment_tally, assessment_spread TO :"app";

CREATE FUNCTION closed_month_stays() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT FROM changed c JOIN assessment_period p USING (realm, period)) THEN
    RAISE EXCEPTION '考核周期已经关闭，它的记录不能改动' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
-- Per statement: one look-up of the few closed months, however many rows.
DO $$
DECLARE
  guarded text;
  act text;
  name text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['assessment_fact', 'assessment_tally', 'assessment_spread'] LOOP
    FOREACH act IN ARRAY ARRAY['insert', 'update', 'delete'] LOOP
      name := format('%s_%s_stays', guarded, act);
      EXECUTE format('CREATE TRIGGER %I AFTER %s ON %I REFERENCING %s TABLE AS changed
                      FOR EACH STATEMENT EXECUTE FUNCTION closed_month_stays()',
                     name, act, guarded, CASE act WHEN 'insert' THEN 'NEW' ELSE 'OLD' END);
      EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', guarded, name);
    END LOOP;
  END LOOP;
END $$;

-- Position of the follower in the tree.
CREATE TABLE assessment_cursor (
  one   boolean PRIMARY KEY DEFAULT true CHECK (one),
  place bigint NOT NULL
);
INSERT INTO assessment_cursor (place) VALUES (0);
GRANT SELECT, UPDATE ON assessment_cursor TO :"app";

-- Decisions about the assessment: method and exclusions.
CREATE TABLE assessment_method_proposal (
  id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  content        json NOT NULL,
  author         text NOT NULL,
  login          text NOT NULL,
  reason         text NOT NULL,
  -- The first month that it is for.
  effective_from text NOT NULL,
  proposed_at    timestamptz NOT NULL
);
CREATE TABLE assessment_method_ruling (
  -- Order of ruling: of two approved for one month, the later one counts.
  id       integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  proposal integer NOT NULL UNIQUE REFERENCES assessment_method_proposal,
  decision text NOT NULL CHECK (decision IN ('approve', 'reject', 'withdraw')),
  actor    text NOT NULL,
  login    text NOT NULL,
  reason   text NOT NULL,
  -- Document of the city government's approval.
  document text CHECK (document IS NOT NULL OR decision <> 'approve'),
  ruled_at timestamptz NOT NULL
);
CREATE TABLE assessment_exclusion (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream     text NOT NULL,
  measure    text NOT NULL,
  opened     integer NOT NULL,
  period     text NOT NULL,
  unit       text NOT NULL,
  ground     text NOT NULL,
  applied_by text NOT NULL,
  login      text NOT NULL,
  applied_at timestamptz NOT NULL
);
CREATE INDEX assessment_exclusion_of ON assessment_exclusion (stream, measure, opened);
CREATE TABLE assessment_exclusion_ruling (
  exclusion integer PRIMARY KEY REFERENCES assessment_exclusion,
  granted   boolean NOT NULL,
  reason    text NOT NULL,
  ruled_by  text NOT NULL,
  login     text NOT NULL,
  ruled_at  timestamptz NOT NULL
);
CALL pg_temp.guard('assessment_method_proposal');
CALL pg_temp.guard('assessment_method_ruling');
CALL pg_temp.guard('assessment_exclusion');
CALL pg_temp.guard('assessment_exclusion_ruling');
GRANT SELECT, INSERT ON assessment_method_proposal, assessment_method_ruling, assessment_exclusion,
                        assessment_exclusion_ruling TO :"app";

-- Publications of a month: versions, and acts on them.
CREATE TABLE assessment_publication (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind       text NOT NULL CHECK (kind IN ('public', 'intake', 'circular')),
  period     text NOT NULL,
  version    integer NOT NULL CHECK (version > 0),
  content    json NOT NULL,
  drafted_by text NOT NULL,
  drafted_at timestamptz NOT NULL,
  UNIQUE (kind, period, version)
);
CREATE TABLE assessment_publication_act (
  publication integer NOT NULL REFERENCES assessment_publication,
  -- Of two acts on the same state, the second violates this constraint.
  seq         integer NOT NULL,
  act         text NOT NULL CHECK (act IN ('cases', 'approve', 'return', 'publish')),
  actor       text NOT NULL,
  login       text NOT NULL,
  at          timestamptz NOT NULL,
  reason      text,
  cases       json CHECK ((cases IS NOT NULL) = (act = 'cases')),
  content     json CHECK ((content IS NOT NULL) = (act = 'publish')),
  PRIMARY KEY (publication, seq)
);
CREATE UNIQUE INDEX assessment_publication_once ON assessment_publication_act (publication) WHERE act = 'publish';
CALL pg_temp.guard('assessment_publication');
CALL pg_temp.guard('assessment_publication_act');
GRANT SELECT, INSERT ON assessment_publication, assessment_publication_act TO :"app";
