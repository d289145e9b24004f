import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who sees which cases. The program checks it in its queries; this is the second fence: what is read for somebody who
 * may not see everything is read as `hotline_viewer`, which sees the rows of the units in `hotline.units` and no other.
 * The program itself, the engine and the scheduler, goes on as `hotline_app`.
 */
export class RowSecurity0040 implements MigrationInterface {
  readonly name = 'RowSecurity9040000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Whose a case is at present: written with the case's step.
      CREATE TABLE hotline.case_party (
        party        text NOT NULL,
        case_id      bigint NOT NULL,
        business_key text NOT NULL,
        PRIMARY KEY (party, case_id)
      );
      CREATE INDEX case_party_case ON hotline.case_party (case_id);
      CREATE INDEX case_party_key ON hotline.case_party (business_key);
      GRANT SELECT, INSERT, DELETE ON hotline.case_party TO hotline_app;

      INSERT INTO hotline.case_party (party, case_id, business_key)
      SELECT DISTINCT regexp_replace(name, '\\s', '', 'g'), c.id, c.business_key
        FROM hotline.process_case c,
             regexp_split_to_table(concat_ws('、', c.variables ->> 'unit', c.variables ->> 'supportingUnits'),
                                   '[、，,；;]') AS name
       WHERE regexp_replace(name, '\\s', '', 'g') <> ''
         AND position('"' || regexp_replace(name, '\\s', '', 'g') || '"' IN
                      coalesce(c.variables ->> 'recusedUnits', '')) = 0;

      -- JSON in hexadecimal, so that no name can end the text that SET takes.
      CREATE FUNCTION hotline.viewer_units() RETURNS text[] LANGUAGE sql STABLE AS $$
        SELECT ARRAY(SELECT json_array_elements_text(
          convert_from(decode(coalesce(nullif(current_setting('hotline.units', true), ''), '5b5d'), 'hex'), 'UTF8')::json))
      $$;

      -- A policy may not look through another table's policies: this looks at case_party as its owner.
      CREATE FUNCTION hotline.viewer_sees(key text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = hotline AS $$
        SELECT EXISTS (SELECT FROM hotline.case_party p
                        WHERE p.business_key = key AND p.party = ANY (hotline.viewer_units()))
      $$;
      CREATE FUNCTION hotline.viewer_sees_case(id bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = hotline AS $$
        SELECT EXISTS (SELECT FROM hotline.case_party p
                        WHERE p.case_id = id AND p.party = ANY (hotline.viewer_units()))
      $$;
      REVOKE ALL ON FUNCTION hotline.viewer_sees, hotline.viewer_sees_case FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION hotline.viewer_sees, hotline.viewer_sees_case TO hotline_viewer, hotline_app;
    `);
    const rows = {
      work_order: 'hotline.viewer_sees(no)',
      process_case: 'hotline.viewer_sees_case(id)',
      task: 'hotline.viewer_sees_case(case_id)',
      deadline: 'hotline.viewer_sees_case(case_id)',
      trail_entry: 'hotline.viewer_sees(stream)',
      trail_head: 'hotline.viewer_sees(stream)',
      sealed_value: 'hotline.viewer_sees(stream)',
      sheet_class: 'hotline.viewer_sees(work_order)',
      case_party: 'party = ANY (hotline.viewer_units())',
    };
    await runner.query('GRANT USAGE ON SCHEMA hotline TO hotline_viewer');
    for (const [table, seen] of Object.entries(rows)) {
      await runner.query(`
        ALTER TABLE hotline.${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY program ON hotline.${table} TO hotline_app USING (true) WITH CHECK (true);
        CREATE POLICY viewer ON hotline.${table} FOR SELECT TO hotline_viewer USING (${seen});
        GRANT SELECT ON hotline.${table} TO hotline_viewer`);
    }
    await runner.query('GRANT SELECT ON hotline.definition, hotline.classification TO hotline_viewer');
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
