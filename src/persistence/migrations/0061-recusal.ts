import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who must keep away from a sheet (Art 32), and who has read callers' data when and what for. The fence around rows
 * knows both: whoever must keep away sees the sheet no more than a stranger, also where everything else is theirs.
 */
export class Recusal0061 implements MigrationInterface {
  readonly name = 'Recusal9061000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hotline.recusal (
        -- Keyed hash of the log-in name: the table tells nobody who is complained of.
        person     bytea NOT NULL CHECK (octet_length(person) = 32),
        work_order text NOT NULL,
        PRIMARY KEY (person, work_order)
      );
      GRANT SELECT, INSERT ON hotline.recusal TO hotline_app;

      -- For searching. What counts is the entry in the trail that it names.
      CREATE TABLE hotline.personal_data_read (
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
      CREATE INDEX personal_data_read_at ON hotline.personal_data_read (at DESC);
      CREATE INDEX personal_data_read_reader ON hotline.personal_data_read (reader, at DESC);
      CREATE INDEX personal_data_read_sheet ON hotline.personal_data_read (work_order, at DESC);
      GRANT SELECT, INSERT ON hotline.personal_data_read TO hotline_app;

      -- As viewer_units(): JSON in hexadecimal.
      CREATE FUNCTION hotline.viewer_recused() RETURNS text[] LANGUAGE sql STABLE AS $$
        SELECT ARRAY(SELECT json_array_elements_text(
          convert_from(decode(coalesce(nullif(current_setting('hotline.recused', true), ''), '5b5d'), 'hex'), 'UTF8')::json))
      $$;
      CREATE FUNCTION hotline.viewer_sees_all() RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT coalesce(current_setting('hotline.sees_all', true), '') = 'on'
      $$;
      CREATE OR REPLACE FUNCTION hotline.viewer_sees(key text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = hotline AS $$
        SELECT key <> ALL (hotline.viewer_recused())
           AND (hotline.viewer_sees_all()
                OR EXISTS (SELECT FROM case_party p
                            WHERE p.business_key = key AND p.party = ANY (hotline.viewer_units())))
      $$;
      CREATE OR REPLACE FUNCTION hotline.viewer_sees_case(id bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = hotline AS $$
        SELECT EXISTS (SELECT FROM process_case c WHERE c.id = viewer_sees_case.id
                          AND c.business_key <> ALL (hotline.viewer_recused()))
           AND (hotline.viewer_sees_all()
                OR EXISTS (SELECT FROM case_party p
                            WHERE p.case_id = viewer_sees_case.id AND p.party = ANY (hotline.viewer_units())))
      $$;
      DROP POLICY viewer ON hotline.case_party;
      CREATE POLICY viewer ON hotline.case_party FOR SELECT TO hotline_viewer USING (
        business_key <> ALL (hotline.viewer_recused())
        AND (hotline.viewer_sees_all() OR party = ANY (hotline.viewer_units())));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
