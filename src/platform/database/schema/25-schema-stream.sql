-- Changes of the schema are entries of the stream `schema`, written in the same transaction: every migration, and every
-- other change of a table, function or right. Written by the database itself, since such changes bypass the program
-- (docs/decisions/trail.md).

-- One entry, chained as in src/accountability/trail/chain.ts. For a flat object of texts and integers with sorted ASCII
-- keys, to_json writes RFC 8785.
CREATE FUNCTION append_to_trail(of_stream text, of_type text, facts jsonb) RETURNS void LANGUAGE sql BEGIN ATOMIC
  INSERT INTO trail_head (stream, seq, leaf) VALUES (of_stream, 0, decode(repeat('00', 32), 'hex'))
    ON CONFLICT (stream) DO NOTHING;
  -- Others wait here; the next statement then reads the current head.
  SELECT FROM trail_head WHERE stream = of_stream FOR UPDATE;
  WITH happened AS MATERIALIZED (
    SELECT date_trunc('milliseconds', clock_timestamp()) AS at
  ), entry AS (
    SELECT h.seq + 1 AS seq, happened.at, convert_to('{' || (
             SELECT string_agg(to_json(key)::text || ':' || normalize(value::text, NFC), ',' ORDER BY key COLLATE "C")
               FROM jsonb_each(facts || jsonb_build_object(
                 'v', 1, 'stream', of_stream, 'seq', h.seq + 1, 'prev', encode(h.leaf, 'hex'), 'type', of_type,
                 'at', to_char(happened.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))) || '}', 'UTF8') AS body
      FROM trail_head h, happened WHERE h.stream = of_stream
  ), written AS (
    INSERT INTO trail_entry (stream, seq, at, type, leaf, body)
    SELECT of_stream, seq, at, of_type, sha256('\x00'::bytea || body), body FROM entry RETURNING seq, leaf
  )
  UPDATE trail_head h SET seq = w.seq, leaf = w.leaf FROM written w WHERE h.stream = of_stream;
END;

-- Digest of each applied migration: a program with another one is refused.
CREATE TABLE migration_digest (
  -- As in the table `migrations`.
  name   text PRIMARY KEY,
  sha256 text NOT NULL
);
CALL pg_temp.guard('migration_digest');
GRANT SELECT ON migration_digest TO :"app";

CREATE FUNCTION record_migration() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM append_to_trail('schema', 'migration.run',
    jsonb_build_object('name', NEW.name, 'sha256', NEW.sha256, 'role', session_user));
  RETURN NEW;
END $$;
CREATE TRIGGER migration_recorded AFTER INSERT ON migration_digest
  FOR EACH ROW EXECUTE FUNCTION record_migration();
ALTER TABLE migration_digest ENABLE ALWAYS TRIGGER migration_recorded;

-- Only of this schema and its job queue's: there may be others in the database. A change of rights names no object;
-- whether it concerned ours is decided by catalog rows written in this transaction.
--
-- A command on many objects names the first twenty. The statement is recorded as sent; of a long one, its beginning and
-- the digest of the whole.
CREATE FUNCTION note_schema_change(event text, command text) RETURNS void LANGUAGE sql BEGIN ATOMIC
  WITH ours AS (
    SELECT ARRAY[:'schema', :'jobs'] AS names
  ), spaces AS (
    SELECT n.oid, n.xmin AS changed FROM pg_namespace n, ours WHERE n.nspname = ANY (ours.names)
  ), rights AS (
    SELECT EXISTS (SELECT FROM spaces WHERE age(changed) <= 0)
        OR EXISTS (SELECT FROM pg_class WHERE age(xmin) <= 0 AND relnamespace IN (SELECT oid FROM spaces))
        OR EXISTS (SELECT FROM pg_attribute WHERE age(xmin) <= 0
                    AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace IN (SELECT oid FROM spaces)))
        OR EXISTS (SELECT FROM pg_proc WHERE age(xmin) <= 0 AND pronamespace IN (SELECT oid FROM spaces))
        OR EXISTS (SELECT FROM pg_default_acl WHERE age(xmin) <= 0 AND defaclnamespace IN (SELECT oid FROM spaces))
        AS touched
  ), touched AS (
    SELECT concat_ws(' ', d.object_type, d.object_identity) AS object FROM ours, pg_event_trigger_dropped_objects() d
     WHERE event = 'sql_drop' AND d.original AND NOT d.is_temporary
       AND (d.schema_name = ANY (ours.names) OR d.address_names && ours.names)
    UNION ALL
    SELECT concat_ws(' ', c.object_type, c.object_identity) FROM ours, pg_event_trigger_ddl_commands() c
     WHERE event = 'ddl_command_end' AND NOT c.in_extension
       AND CASE WHEN c.classid IS NULL THEN (SELECT rights.touched FROM rights)
                ELSE c.schema_name = ANY (ours.names)
                     OR (pg_identify_object_as_address(c.classid, c.objid, c.objsubid)).object_names && ours.names END
  ), change AS (
    SELECT array_agg(object) AS objects, current_query() AS sent FROM touched
  )
  SELECT append_to_trail('schema', 'schema.changed', jsonb_build_object(
           'command', command, 'objects', array_to_string(objects[1:20], ', '), 'count', cardinality(objects),
           'role', session_user, 'statement', left(sent, 2000))
         || CASE WHEN length(sent) > 2000
              THEN jsonb_build_object('statementSha256', encode(sha256(convert_to(sent, 'UTF8')), 'hex')) ELSE '{}' END)
    FROM change WHERE objects IS NOT NULL;
END;
-- May run as a superuser: calls are schema-qualified, everything else is bound.
CREATE FUNCTION record_schema_change() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM :"schema".note_schema_change(TG_EVENT, TG_TAG);
END $$;
REVOKE ALL ON FUNCTION append_to_trail, record_migration, note_schema_change, record_schema_change FROM PUBLIC;
