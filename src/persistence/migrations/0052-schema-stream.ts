import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is done to the schema is an entry of the stream `schema`, written in the transaction that does it: every
 * migration, and every other change of a table, function or grant. The entry is made in the database itself, because
 * whoever changes the schema does so past the program. The statement's text is sealed, as free texts are.
 *
 * Only a superuser may make an event trigger. Where the owner is none, an administrator makes it by hand
 * (docs/operations.md); what is missing until then shows in `hotline trail verify`.
 */
export class SchemaStream0052 implements MigrationInterface {
  readonly name = 'SchemaStream9052000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(appendToTrail);
    await runner.query(recordMigrations);
    await runner.query(recordChanges);
    const [owner] = (await runner.query("SELECT current_setting('is_superuser') = 'on' AS mighty")) as {
      mighty: boolean;
    }[];
    if (owner?.mighty) await runner.query(eventTriggers);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

/**
 * One entry, chained as `src/accountability/trail/chain.ts` does: RFC 8785 of flat objects is what `to_json` writes,
 * keys in the order of their bytes (they are ASCII).
 */
const appendToTrail = `
  CREATE FUNCTION hotline.append_to_trail(of_stream text, of_type text, facts jsonb, statement text)
  RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
  DECLARE
    happened timestamptz := date_trunc('milliseconds', clock_timestamp());
    new_salt bytea := uuid_send(gen_random_uuid());
    head hotline.trail_head;
    new_body bytea;
    new_leaf bytea;
  BEGIN
    INSERT INTO hotline.trail_head (stream, seq, leaf) VALUES (of_stream, 0, decode(repeat('00', 32), 'hex'))
      ON CONFLICT (stream) DO NOTHING;
    SELECT * INTO STRICT head FROM hotline.trail_head h WHERE h.stream = of_stream FOR UPDATE;
    SELECT convert_to('{' || string_agg(to_json(key)::text || ':' || written, ',' ORDER BY key COLLATE "C") || '}', 'UTF8')
      INTO new_body
      FROM (
        SELECT key, normalize(value::text, NFC) FROM jsonb_each(facts || jsonb_build_object(
          'v', 1, 'stream', of_stream, 'seq', head.seq + 1, 'prev', encode(head.leaf, 'hex'), 'type', of_type,
          'at', to_char(happened AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
        UNION ALL
        SELECT 'sealed', '{"statement":"' ||
          encode(sha256(new_salt || convert_to(normalize(statement, NFC), 'UTF8')), 'hex') || '"}'
         WHERE statement IS NOT NULL
      ) AS member (key, written);
    new_leaf := sha256('\\x00'::bytea || new_body);
    INSERT INTO hotline.trail_entry (stream, seq, at, type, leaf, body)
      VALUES (of_stream, head.seq + 1, happened, of_type, new_leaf, new_body);
    UPDATE hotline.trail_head h SET seq = head.seq + 1, leaf = new_leaf WHERE h.stream = of_stream;
    IF statement IS NOT NULL THEN
      INSERT INTO hotline.sealed_value (stream, seq, name, salt, value)
        VALUES (of_stream, head.seq + 1, 'statement', new_salt, normalize(statement, NFC));
    END IF;
  END $$;
  REVOKE ALL ON FUNCTION hotline.append_to_trail FROM PUBLIC;`;

/** Those that ran before this one are adopted: when each of them ran nobody has written down. */
const recordMigrations = `
  CREATE FUNCTION hotline.record_migration() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM hotline.append_to_trail('schema', 'migration.run',
      jsonb_build_object('name', NEW.name, 'role', session_user), NULL);
    RETURN NEW;
  END $$;
  REVOKE ALL ON FUNCTION hotline.record_migration FROM PUBLIC;
  CREATE TRIGGER migrations_recorded AFTER INSERT ON hotline.migrations
    FOR EACH ROW EXECUTE FUNCTION hotline.record_migration();
  ALTER TABLE hotline.migrations ENABLE ALWAYS TRIGGER migrations_recorded;
  SELECT hotline.append_to_trail('schema', 'migration.adopted',
    jsonb_build_object('name', name, 'role', session_user), NULL)
    FROM hotline.migrations ORDER BY id;`;

/** Temporary tables are nobody's business. A command that touches many objects names the first twenty. */
const recordChanges = `
  CREATE FUNCTION hotline.record_schema_change() RETURNS event_trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DECLARE
    objects text[];
  BEGIN
    IF TG_EVENT = 'sql_drop' THEN
      SELECT array_agg(object_type || ' ' || object_identity) INTO objects
        FROM pg_event_trigger_dropped_objects() WHERE original AND NOT is_temporary;
    ELSE
      SELECT array_agg(concat_ws(' ', object_type, object_identity)) INTO objects
        FROM pg_event_trigger_ddl_commands() WHERE NOT in_extension AND schema_name IS DISTINCT FROM 'pg_temp';
    END IF;
    IF objects IS NULL THEN RETURN; END IF;
    PERFORM hotline.append_to_trail('schema', 'schema.changed', jsonb_build_object(
      'command', TG_TAG, 'objects', array_to_string(objects[1:20], ', '), 'count', cardinality(objects),
      'role', session_user), current_query());
  END $$;
  REVOKE ALL ON FUNCTION hotline.record_schema_change FROM PUBLIC;`;

const eventTriggers = `
  CREATE EVENT TRIGGER hotline_schema_changed ON ddl_command_end EXECUTE FUNCTION hotline.record_schema_change();
  CREATE EVENT TRIGGER hotline_schema_dropped ON sql_drop EXECUTE FUNCTION hotline.record_schema_change();
  ALTER EVENT TRIGGER hotline_schema_changed ENABLE ALWAYS;
  ALTER EVENT TRIGGER hotline_schema_dropped ENABLE ALWAYS;`;
