-- The accountability trail. The program may only add entries and advance a stream's head.

CREATE TABLE trail_entry (
  stream text NOT NULL,
  -- No foreign key: verification names the predecessor of the first entry of a chain.
  seq    integer NOT NULL,
  at     timestamptz NOT NULL,
  type   text NOT NULL,
  -- SHA-256(0x00 ‖ body)
  leaf   bytea NOT NULL CHECK (octet_length(leaf) = 32),
  -- The exact bytes hashed: RFC 8785 canonical JSON in UTF-8, including seq and the previous leaf.
  body   bytea NOT NULL,
  -- The writing transaction, by which the sequencer knows what may still become visible; the program's role cannot set
  -- another one.
  xact   xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (stream, seq)
);
CREATE INDEX trail_entry_xact ON trail_entry (xact);
-- Cases that reached a card since a day: few entries, always at the end of the index.
CREATE INDEX trail_fired ON trail_entry (at) WHERE type = 'timer.fired';
CALL pg_temp.guard('trail_entry');
CALL pg_temp.fence('trail_entry', 'viewer_sees(stream)');
GRANT SELECT, INSERT (stream, seq, at, type, leaf, body) ON trail_entry TO :"app";

CREATE FUNCTION advance_head_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.stream <> OLD.stream OR NEW.seq <= OLD.seq THEN
    RAISE EXCEPTION '轨迹链头只能向前：% 的 % 不能改为 %', OLD.stream, OLD.seq, NEW.seq
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TABLE trail_head (
  stream text PRIMARY KEY,
  seq    integer NOT NULL,
  leaf   bytea NOT NULL
) WITH (fillfactor = 60);
CALL pg_temp.guard('trail_head', 'advance_head_only');
CALL pg_temp.fence('trail_head', 'viewer_sees(stream)');
GRANT SELECT, INSERT, UPDATE ON trail_head TO :"app";

-- Free texts of forms, which may hold personal data: the body contains only SHA-256(salt ‖ value); salt and value are
-- here, encrypted. Erasing a row leaves every chain valid.
CREATE TABLE sealed_value (
  stream text NOT NULL,
  seq    integer NOT NULL,
  name   text NOT NULL,
  box    bytea NOT NULL,
  PRIMARY KEY (stream, seq, name)
);
CALL pg_temp.fence('sealed_value', 'viewer_sees(stream)');
GRANT SELECT, INSERT, UPDATE (box), DELETE ON sealed_value TO :"app";

-- One tree over the entries of all streams (RFC 6962). Place of each entry:
CREATE TABLE trail_leaf (
  index  bigint PRIMARY KEY CHECK (index >= 0),
  stream text NOT NULL,
  seq    integer NOT NULL,
  UNIQUE (stream, seq)
);
CALL pg_temp.guard('trail_leaf');
GRANT SELECT, INSERT ON trail_leaf TO :"app";
GRANT SELECT ON trail_leaf TO :"viewer";

CREATE FUNCTION extend_tile_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.level <> OLD.level OR NEW.tile <> OLD.tile
    OR substring(NEW.hashes FOR octet_length(OLD.hashes)) <> OLD.hashes THEN
    RAISE EXCEPTION '轨迹的哈希只能追加：第 % 层第 % 片', OLD.level, OLD.tile USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
-- Up to 256 hashes of 32 bytes: of leaves at level 0, of complete tiles of the level below otherwise.
CREATE TABLE trail_tile (
  level  smallint NOT NULL,
  tile   bigint NOT NULL,
  hashes bytea NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192) CHECK (octet_length(hashes) % 32 = 0),
  PRIMARY KEY (level, tile)
);
-- Hashes do not compress.
ALTER TABLE trail_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
CALL pg_temp.guard('trail_tile', 'extend_tile_only');
GRANT SELECT, INSERT, UPDATE ON trail_tile TO :"app";

-- Progress of placing: all entries of transactions before the horizon have a place. The horizon advances only over
-- ended transactions without unplaced entries, since such an entry would never get a place. Places are written before
-- the horizon, in one transaction.
--
-- In a database restored from another server the horizon may exceed this server's transaction ids; it is reset once,
-- after everything has been examined.
CREATE FUNCTION grow_log_only() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  settled xid8 := pg_snapshot_xmin(pg_current_snapshot());
  restored boolean := OLD.horizon > settled;
  passed record;
BEGIN
  IF NEW.size < OLD.size THEN
    RAISE EXCEPTION '轨迹只能增长：% 条不能改为 % 条', OLD.size, NEW.size USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.horizon = OLD.horizon THEN
    RETURN NEW;
  END IF;
  IF NEW.horizon > settled OR (NEW.horizon < OLD.horizon AND NOT restored) THEN
    RAISE EXCEPTION '轨迹排号的界只能往前推到已结束的事务：% 不能改为 %', OLD.horizon, NEW.horizon
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- By the index on xact, although a backlog of 100,000 entries takes a seventh longer. EXECUTE replans: a plan made
  -- for an empty table would scan a large one.
  EXECUTE 'SELECT stream, seq FROM trail_entry e WHERE '
    || CASE WHEN restored THEN '(xact < $2 OR xact >= pg_snapshot_xmax(pg_current_snapshot()))'
            ELSE 'xact >= $1 AND xact < $2' END
    || ' AND NOT EXISTS (SELECT FROM trail_leaf l WHERE l.stream = e.stream AND l.seq = e.seq) LIMIT 1'
    INTO passed USING OLD.horizon, NEW.horizon;
  IF passed IS NOT NULL THEN
    RAISE EXCEPTION '轨迹排号的界不能越过没有入树的条目：% 第 % 条', passed.stream, passed.seq
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TABLE trail_log (
  one     boolean PRIMARY KEY DEFAULT true CHECK (one),
  size    bigint NOT NULL,
  horizon xid8 NOT NULL
);
INSERT INTO trail_log (size, horizon) VALUES (0, '0');
CALL pg_temp.guard('trail_log', 'grow_log_only');
GRANT SELECT, UPDATE ON trail_log TO :"app";

-- Signed tree heads: C2SP notes as signed.
CREATE TABLE trail_checkpoint (
  size      bigint PRIMARY KEY CHECK (size > 0),
  note      text NOT NULL,
  -- The signer's public key, in C2SP notation.
  vkey      text NOT NULL,
  signed_at timestamptz NOT NULL
);
CALL pg_temp.guard('trail_checkpoint');
GRANT SELECT, INSERT ON trail_checkpoint TO :"app";

-- Co-signatures of witnesses.
CREATE TABLE trail_cosignature (
  -- The checkpoint's size.
  size        bigint NOT NULL CHECK (size > 0),
  -- The witness's public key, in C2SP notation.
  witness     text NOT NULL,
  -- The signature line below the checkpoint.
  line        text NOT NULL,
  -- By the witness's clock.
  cosigned_at timestamptz NOT NULL,
  PRIMARY KEY (size, witness)
);
CALL pg_temp.guard('trail_cosignature');
GRANT SELECT, INSERT ON trail_cosignature TO :"app";

-- A second tree over the same entries (SM3), with checkpoints signed by SM2. Empty until switched on.
CREATE TABLE trail_sm_tile (
  level  smallint NOT NULL,
  tile   bigint NOT NULL,
  hashes bytea NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192) CHECK (octet_length(hashes) % 32 = 0),
  PRIMARY KEY (level, tile)
);
ALTER TABLE trail_sm_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
CALL pg_temp.guard('trail_sm_tile', 'extend_tile_only');
GRANT SELECT, INSERT, UPDATE ON trail_sm_tile TO :"app";
CREATE TABLE trail_sm_checkpoint (
  size      bigint PRIMARY KEY CHECK (size > 0),
  note      text NOT NULL,
  vkey      text NOT NULL,
  signed_at timestamptz NOT NULL
);
CALL pg_temp.guard('trail_sm_checkpoint');
GRANT SELECT, INSERT ON trail_sm_checkpoint TO :"app";

-- Streams of the latest manifest with the tree over them. Derived from the entries; the proof is the root in the
-- manifest's entry.
CREATE TABLE manifest_stream (
  position bigint PRIMARY KEY,
  stream   text COLLATE "C" NOT NULL UNIQUE,
  length   integer NOT NULL,
  head     bytea NOT NULL
);
CREATE TABLE manifest_tile (
  level  smallint NOT NULL,
  tile   bigint NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (level, tile)
);
GRANT SELECT, INSERT, DELETE ON manifest_stream TO :"app";
GRANT SELECT, INSERT, UPDATE, DELETE ON manifest_tile TO :"app";

-- Results of verifications; failures are kept, too.
CREATE TABLE trail_verification (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  started_at timestamptz NOT NULL,
  ended_at   timestamptz NOT NULL,
  entries    bigint NOT NULL,
  streams    bigint NOT NULL,
  size       bigint NOT NULL,
  holds      boolean NOT NULL,
  -- In Chinese: { state, vouched, conclusion, sentences, next }.
  verdict    jsonb NOT NULL,
  -- In Chinese: what was examined, and findings [{ attack, detail }].
  facts      jsonb NOT NULL,
  findings   jsonb NOT NULL
);
CALL pg_temp.guard('trail_verification');
GRANT SELECT, INSERT ON trail_verification TO :"app";

-- What verification has found and not found again since: rows of lists are marked by it. Found anew each round.
CREATE TABLE trail_finding (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Of the chain; empty for what is of none.
  stream   text NOT NULL,
  attack   text NOT NULL,
  -- In Chinese.
  detail   text NOT NULL,
  of_table text,
  of_row   text,
  found_at timestamptz NOT NULL
);
CREATE INDEX trail_finding_of ON trail_finding (stream);
GRANT SELECT, INSERT, DELETE ON trail_finding TO :"app";

-- Where the nightly verification goes on.
CREATE TABLE trail_round (
  one        boolean PRIMARY KEY DEFAULT true CHECK (one),
  -- The last chain of the round so far; empty at its start.
  after      text NOT NULL,
  -- Entries of the tree that the last night knew.
  size       bigint NOT NULL,
  started_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE (after, size, started_at) ON trail_round TO :"app";

-- Search index of entries, written after they are placed, never in a business transaction. Derived from the entries.
-- Some hundred term sets serve all entries, which refer to them by number; the stream is in trail_leaf.
CREATE TABLE trail_terms (
  id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Terms with a prefix for their kind: 'a:' for a provision's id. One program at a time adds sets.
  terms text[] NOT NULL
);
CREATE INDEX trail_terms_equal ON trail_terms USING hash (terms);
CREATE INDEX trail_terms_each ON trail_terms USING gin (terms);
GRANT SELECT, INSERT ON trail_terms TO :"app";
GRANT SELECT ON trail_terms TO :"viewer";
CREATE TABLE trail_search (
  index bigint PRIMARY KEY,
  at    timestamptz NOT NULL,
  -- Kind of stream, type, articles, elements, process.
  what  integer NOT NULL,
  who   integer,
  -- Units that were assigned the case.
  units integer
);
CREATE INDEX trail_search_what ON trail_search (what);
CREATE INDEX trail_search_who ON trail_search (who) WHERE who IS NOT NULL;
CREATE INDEX trail_search_units ON trail_search (units) WHERE units IS NOT NULL;
-- Entries arrive nearly in the order of their instants.
CREATE INDEX trail_search_at ON trail_search USING brin (at) WITH (pages_per_range = 32, autosummarize = on);
CALL pg_temp.fence('trail_search',
                   'viewer_sees((SELECT l.stream FROM trail_leaf l WHERE l.index = trail_search.index))');
GRANT SELECT, INSERT ON trail_search TO :"app";

-- Reads of callers' data: by whom, when, for what. For searching; the named entry is the proof.
CREATE TABLE personal_data_read (
  stream     text NOT NULL,
  seq        integer NOT NULL,
  at         timestamptz NOT NULL,
  -- Log-in name.
  reader     text NOT NULL,
  work_order text NOT NULL,
  purpose    text NOT NULL,
  fields     text[] NOT NULL,
  PRIMARY KEY (stream, seq)
);
CREATE INDEX personal_data_read_at ON personal_data_read (at DESC);
CREATE INDEX personal_data_read_reader ON personal_data_read (reader, at DESC);
CREATE INDEX personal_data_read_sheet ON personal_data_read (work_order, at DESC);
GRANT SELECT, INSERT, DELETE ON personal_data_read TO :"app";

-- What an entry says: null if its bytes are not those of its hash, or no JSON, or hold what no text can (U+0000).
CREATE FUNCTION entry_said(leaf bytea, body bytea) RETURNS json
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN CASE WHEN leaf = sha256('\x00'::bytea || body) THEN convert_from(body, 'UTF8')::jsonb::json END;
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION entry_said FROM PUBLIC;
GRANT EXECUTE ON FUNCTION entry_said TO :"app";

-- Digests with which a version of a definition was deployed. Runs with the owner's rights: whoever sees a case must be able
-- to load its definitions, whose chains no viewer sees.
CREATE FUNCTION recorded_deployment(of_key text, of_version integer) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER BEGIN ATOMIC
  SELECT entry_said(leaf, body) ->> 'sha256' FROM trail_entry
   WHERE stream = 'definition:' || of_key AND type = 'definition.deployed'
     AND entry_said(leaf, body) ->> 'version' = of_version::text;
END;
REVOKE ALL ON FUNCTION recorded_deployment FROM PUBLIC;
GRANT EXECUTE ON FUNCTION recorded_deployment TO :"app", :"viewer";

-- The same as text, as long as it is text.
CREATE FUNCTION entry_text(leaf bytea, body bytea) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN CASE WHEN leaf = sha256('\x00'::bytea || body) THEN convert_from(body, 'UTF8') END;
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION entry_text FROM PUBLIC;
GRANT EXECUTE ON FUNCTION entry_text TO :"app";

-- Whether the entry grants the role to this account, unchanged, and no later one takes it back.
CREATE INDEX trail_revoked ON trail_entry (seq) WHERE stream = 'accounts' AND type = 'role.revoked';
CREATE FUNCTION is_role_recorded(entry integer, login text, role text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT EXISTS (
    SELECT FROM trail_entry e, LATERAL (SELECT entry_said(e.leaf, e.body) AS said) s
     WHERE e.stream = 'accounts' AND e.seq = entry
       AND CASE e.type
             WHEN 'role.granted' THEN said ->> 'of' = login AND said ->> 'role' = role
             WHEN 'samples.added' THEN EXISTS (
               SELECT FROM json_array_elements(said -> 'persons') p
                WHERE p ->> 'of' = login AND p ->> 'role' = role)
             ELSE false END
  ) AND NOT EXISTS (
    SELECT FROM trail_entry r, LATERAL (SELECT entry_said(r.leaf, r.body) AS said) s
     WHERE r.stream = 'accounts' AND r.type = 'role.revoked' AND r.seq > entry
       AND said ->> 'of' = login AND said ->> 'role' = role
  );
END;
REVOKE ALL ON FUNCTION is_role_recorded FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_role_recorded TO :"app";
